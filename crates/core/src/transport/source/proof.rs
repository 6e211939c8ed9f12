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
mod tests;
