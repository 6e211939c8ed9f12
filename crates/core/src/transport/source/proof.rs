//! Proves that a source without a validator is still the same: what is read again must have the hash that it had.

use sha2::{Digest, Sha256};

type Hash = [u8; 32];

/// The hash of what was read, and what is still to be proven with it.
#[derive(Default)]
pub(super) struct Proof {
    read: Sha256,
    position: u64,
    /// How many of the first bytes were read before, and their hash.
    owed: Option<(u64, Hash)>,
}

impl Proof {
    /// Takes the next bytes. Says whether they fit to what was read before.
    #[must_use]
    pub(super) fn push(&mut self, chunk: &[u8]) -> bool {
        let start = self.position;
        self.position = start.saturating_add(chunk.len() as u64);
        let Some((end, hash)) = self.owed.filter(|(end, _)| *end <= self.position) else {
            self.read.update(chunk);
            return true;
        };
        let known = usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX);
        let (again, new) = chunk.split_at_checked(known).unwrap_or((chunk, &[]));
        self.read.update(again);
        let same = self.hash() == hash;
        self.owed = None;
        self.read.update(new);
        same
    }

    /// The source is read from its start again.
    pub(super) fn restart(&mut self) {
        // A restart before an earlier one was made good leaves that one's debt, which reaches further.
        if self.owed.is_none() && self.position > 0 {
            self.owed = Some((self.position, self.hash()));
        }
        self.read = Sha256::new();
        self.position = 0;
    }

    /// Something was read before that has not been read again yet.
    pub(super) fn is_owed(&self) -> bool {
        self.owed.is_some()
    }

    fn hash(&self) -> Hash {
        self.read.clone().finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(first: &str) -> Proof {
        let mut proof = Proof::default();
        assert!(proof.push(first.as_bytes()) && !proof.is_owed());
        proof.restart();
        proof
    }

    #[test]
    fn the_same_bytes_prove_it_however_they_are_cut() {
        for cuts in [&["hello, world"][..], &["hel", "lo"], &["hello", ", world"], &["h", "ello, "]] {
            let mut proof = read("hello");
            assert!(proof.is_owed());
            assert!(cuts.iter().all(|cut| proof.push(cut.as_bytes())), "{cuts:?}");
            assert!(!proof.is_owed());
        }
    }

    #[test]
    fn other_bytes_are_found_out_where_the_known_ones_end() {
        for cuts in [&["hellO, world"][..], &["Hel", "lo"], &["xxxxxxxx"]] {
            let mut proof = read("hello");
            assert!(!cuts.iter().all(|cut| proof.push(cut.as_bytes())), "{cuts:?}");
        }
    }

    #[test]
    fn a_second_restart_does_not_forget_what_the_first_one_owes() {
        let mut proof = read("hello");
        assert!(proof.push(b"hel"));
        proof.restart();
        assert!(proof.push(b"hel") && proof.is_owed());
        assert!(!proof.push(b"p!"));
    }

    #[test]
    fn after_it_is_proven_the_next_restart_owes_more() {
        let mut proof = read("hello");
        assert!(proof.push(b"hello, world"));
        proof.restart();
        assert!(proof.push(b"hello") && proof.is_owed());
        assert!(proof.push(b", world") && !proof.is_owed());
    }

    #[test]
    fn nothing_read_owes_nothing() {
        let mut proof = Proof::default();
        proof.restart();
        assert!(!proof.is_owed() && proof.push(b"anything"));
    }
}
