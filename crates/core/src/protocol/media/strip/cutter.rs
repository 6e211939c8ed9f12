//! Copies a file but for the parts that are cut out of it.

use std::ops::Range;

use super::exif::{ExifFacts, read_exif};
use super::{Metadata, Stripped};

/// A file and what is taken out of it, from front to back.
pub(super) struct Cutter<'a> {
    input: &'a [u8],
    /// It is only looked what there is to cut.
    only_looks: bool,
    /// What is kept of the bytes before `copied`. Empty until something is cut.
    output: Vec<u8>,
    copied: usize,
    removed: Vec<Metadata>,
    exif: Option<ExifFacts>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { input, only_looks: false, output: Vec::new(), copied: 0, removed: Vec::new(), exif: None }
    }

    /// One that makes no output.
    pub(super) fn looking(input: &'a [u8]) -> Self {
        Self { only_looks: true, ..Self::new(input) }
    }

    pub(super) fn input(&self) -> &'a [u8] {
        self.input
    }

    /// The first EXIF that was met.
    pub(super) fn exif(&self) -> Option<ExifFacts> {
        self.exif
    }

    /// Leaves out a part. Parts come in order; what lies before one that was cut already is not cut again.
    pub(super) fn cut(&mut self, part: Range<usize>, what: Metadata) {
        if part.start < self.copied || part.end > self.input.len() || part.is_empty() {
            return;
        }
        if !self.only_looks {
            if self.output.capacity() == 0 {
                self.output.reserve_exact(self.input.len());
            }
            self.output.extend_from_slice(self.input.get(self.copied..part.start).unwrap_or_default());
        }
        self.copied = part.end;
        if !self.removed.contains(&what) {
            self.removed.push(what);
        }
    }

    /// Leaves out a part that holds `exif`. In its place stays what `smallest` makes of the orientation, if it says to
    /// turn the picture and no earlier EXIF did. A part that is nothing but that stays as it is.
    pub(super) fn cut_exif(&mut self, part: Range<usize>, exif: &[u8], smallest: impl Fn(u16) -> Vec<u8>) {
        let facts = read_exif(exif);
        let is_first = self.exif.is_none();
        if is_first {
            self.exif = Some(facts);
        }
        let replacement = facts.turned().filter(|_| is_first).map(smallest);
        // A part that is as small has no room for more than that.
        if replacement.as_ref().is_some_and(|replacement| part.len() <= replacement.len()) {
            return;
        }
        self.cut(part, Metadata::Exif);
        if facts.has_gps && !self.removed.contains(&Metadata::Gps) {
            self.removed.push(Metadata::Gps);
        }
        if !self.only_looks {
            self.output.extend(replacement.unwrap_or_default());
        }
    }

    /// Takes back all that was cut.
    pub(super) fn discard(&mut self) {
        (self.output, self.copied, self.removed) = (Vec::new(), 0, Vec::new());
    }

    /// Whether anything was cut so far.
    pub(super) fn has_cut(&self) -> bool {
        !self.removed.is_empty()
    }

    /// Leaves out all that follows the picture's end.
    pub(super) fn cut_trailer(&mut self, end: usize) {
        self.cut(end..self.input.len(), Metadata::Trailer);
    }

    /// Changes bytes that were copied, once something was cut; `offset` is that in the output.
    pub(super) fn patch(&mut self, offset: usize, bytes: &[u8]) {
        if let Some(place) = self.output.get_mut(offset..offset + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    /// Copies the rest, so that the output is whole.
    pub(super) fn copy_rest(&mut self) {
        if self.has_cut() && !self.only_looks {
            self.output.extend_from_slice(self.input.get(self.copied..).unwrap_or_default());
            self.copied = self.input.len();
        }
    }

    /// Length of the output; 0 if nothing was cut.
    pub(super) fn output_len(&self) -> usize {
        self.output.len()
    }

    /// What was cut, each kind once.
    pub(super) fn removed(mut self) -> Vec<Metadata> {
        self.removed.sort_unstable();
        self.removed
    }

    pub(super) fn finish(mut self) -> Option<Stripped> {
        if !self.has_cut() {
            return None;
        }
        self.copy_rest();
        let bytes = std::mem::take(&mut self.output);
        Some(Stripped { bytes, removed: self.removed() })
    }
}
