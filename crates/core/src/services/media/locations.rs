//! Videos on their way to X without their locations: each is blanked in passing, so that nothing moves.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::protocol::media::preparation::may_have_location;
use crate::protocol::media::sniff::{LocationBox, MediaSniffer};

/// Blanks locations in the bytes of one file, which pass from its first byte on.
pub(super) struct BlankedLocations {
    is_wanted: bool,
    /// Locations whose bytes have not all passed.
    pending: Vec<LocationBox>,
    has_found: bool,
    /// Bytes that may belong to a location: a box's header that is not whole yet, at most.
    undecided: VecDeque<Bytes>,
    /// Where the first of them lies.
    position: u64,
}

impl BlankedLocations {
    pub(super) fn new(is_wanted: bool) -> Self {
        let (pending, undecided) = (Vec::new(), VecDeque::new());
        Self { is_wanted, pending, has_found: false, undecided, position: 0 }
    }

    /// Takes the next bytes, and gives those that can go on.
    pub(super) fn pass(&mut self, sniffer: &mut MediaSniffer, chunk: Bytes) -> Vec<Bytes> {
        sniffer.push(&chunk);
        if !self.is_wanted {
            return vec![chunk];
        }
        let locations = sniffer.take_locations();
        self.has_found |= !locations.is_empty();
        self.pending.extend(locations);
        self.undecided.push_back(chunk);
        let may_follow = sniffer.facts().content_type.is_none_or(may_have_location);
        self.release(if may_follow { sniffer.decided() } else { u64::MAX })
    }

    /// What is left at the file's end.
    pub(super) fn rest(&mut self) -> Vec<Bytes> {
        self.release(u64::MAX)
    }

    fn release(&mut self, decided: u64) -> Vec<Bytes> {
        let mut ready = Vec::new();
        while let Some(mut chunk) = self.undecided.pop_front() {
            let known = usize::try_from(decided.saturating_sub(self.position)).unwrap_or(usize::MAX);
            if known < chunk.len() {
                self.undecided.push_front(chunk.split_off(known));
            }
            if chunk.is_empty() {
                break;
            }
            ready.push(self.blank(chunk));
        }
        ready
    }

    /// Bytes without a location are not copied.
    fn blank(&mut self, chunk: Bytes) -> Bytes {
        let part = self.position..self.position.saturating_add(chunk.len() as u64);
        self.position = part.end;
        if !self.pending.iter().any(|location| location.is_in(&part)) {
            return chunk;
        }
        let mut bytes = chunk.to_vec();
        for location in &self.pending {
            location.blank(&mut bytes, part.start);
        }
        self.pending.retain(|location| location.end() > part.end);
        bytes.into()
    }

    /// Locations are blanked, if there are any.
    pub(super) fn is_wanted(&self) -> bool {
        self.is_wanted
    }

    /// A location was found, and is blanked.
    pub(super) fn has_found(&self) -> bool {
        self.has_found
    }

    /// All bytes of the file pass as they are.
    pub(super) fn is_unchanged(&self, sniffer: &MediaSniffer) -> bool {
        let facts = sniffer.facts();
        !self.is_wanted
            || facts.content_type.is_some_and(|content_type| !may_have_location(content_type))
            || (sniffer.is_done() && !self.has_found)
    }

    /// The file's bytes pass again, or from somewhere else on where none of them is changed.
    pub(super) fn restart(&mut self) {
        *self = Self::new(self.is_wanted);
    }
}
