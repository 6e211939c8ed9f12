//! What is taken out of a file, and what is left of it.

use std::ops::Range;

use bytes::Bytes;

use super::exif::{ExifFacts, read_exif};
use super::{Metadata, Stripped};

/// What is left of a file keeps the memory that the file was read into, but for parts smaller than this: they are put
/// together, so that a file of many small parts does not become as many runs.
const MIN_KEPT_RUN: usize = 4096;

/// Notes what goes from a file, from front to back.
pub(super) struct Cutter {
    /// Bytes of the file.
    length: usize,
    edits: Vec<Edit>,
    /// Where the last part ends that was cut.
    end: usize,
    removed: Vec<Metadata>,
    exif: Option<ExifFacts>,
}

/// Other bytes in the place of a part.
struct Edit {
    part: Range<usize>,
    by: Box<[u8]>,
}

impl Cutter {
    pub(super) fn new(length: usize) -> Self {
        Self { length, edits: Vec::new(), end: 0, removed: Vec::new(), exif: None }
    }

    /// The first EXIF that was met.
    pub(super) fn exif(&self) -> Option<ExifFacts> {
        self.exif
    }

    /// Leaves out a part. Parts come in order; what lies before one that was cut already is not cut again.
    pub(super) fn cut(&mut self, part: Range<usize>, what: Metadata) {
        self.replace(part, &[], what);
    }

    fn replace(&mut self, part: Range<usize>, by: &[u8], what: Metadata) {
        if part.start < self.end || part.end > self.length || part.is_empty() {
            return;
        }
        self.end = part.end;
        self.note(what);
        match self.edits.last_mut() {
            Some(last) if last.part.end == part.start && by.is_empty() => last.part.end = part.end,
            _ => self.edits.push(Edit { part, by: by.into() }),
        }
    }

    fn note(&mut self, what: Metadata) {
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
        self.replace(part, &replacement.unwrap_or_default(), Metadata::Exif);
        if facts.has_gps {
            self.note(Metadata::Gps);
        }
    }

    /// Takes back all that was cut.
    pub(super) fn discard(&mut self) {
        (self.edits, self.end, self.removed) = (Vec::new(), 0, Vec::new());
    }

    /// Whether anything was cut so far.
    pub(super) fn has_cut(&self) -> bool {
        !self.removed.is_empty()
    }

    /// Leaves out all that follows the picture's end.
    pub(super) fn cut_trailer(&mut self, end: usize) {
        self.cut(end..self.length, Metadata::Trailer);
    }

    /// Writes other bytes over some that stay.
    pub(super) fn overwrite(&mut self, at: usize, by: &[u8]) {
        let part = at..at + by.len();
        let place = self.edits.partition_point(|edit| edit.part.start < part.start);
        let follows = place.checked_sub(1).and_then(|before| self.edits.get(before));
        let precedes = self.edits.get(place);
        let is_free = follows.is_none_or(|edit| edit.part.end <= part.start)
            && precedes.is_none_or(|edit| part.end <= edit.part.start);
        if is_free {
            self.edits.insert(place, Edit { part, by: by.into() });
        }
    }

    /// Bytes of what is left.
    pub(super) fn left(&self) -> usize {
        self.edits.iter().fold(self.length, |left, edit| left - edit.part.len() + edit.by.len())
    }

    /// What was cut, each kind once.
    pub(super) fn removed(mut self) -> Vec<Metadata> {
        self.removed.sort_unstable();
        self.removed
    }

    /// What is left of the file that these are the runs of; `None` if nothing was cut.
    pub(super) fn finish(self, file: &[Bytes]) -> Option<Stripped> {
        if !self.has_cut() {
            return None;
        }
        let mut left = Left::new(file);
        for Edit { part, by } in &self.edits {
            left.keep_until(part.start);
            left.skip_until(part.end);
            left.push(&Bytes::copy_from_slice(by));
        }
        left.keep_until(self.length);
        Some(Stripped { bytes: left.finish(), removed: self.removed() })
    }
}

/// Puts together what is left of a file.
struct Left<'a> {
    rest: std::slice::Iter<'a, Bytes>,
    /// What comes next of the file, and where that lies.
    next: Bytes,
    at: usize,
    runs: Vec<Bytes>,
    /// What is too small to be kept where it is.
    small: Vec<u8>,
}

impl<'a> Left<'a> {
    fn new(file: &'a [Bytes]) -> Self {
        Self { rest: file.iter(), next: Bytes::new(), at: 0, runs: Vec::new(), small: Vec::new() }
    }

    fn keep_until(&mut self, end: usize) {
        while let Some(run) = self.take_until(end) {
            self.push(&run);
        }
    }

    fn skip_until(&mut self, end: usize) {
        while self.take_until(end).is_some() {}
    }

    /// The file's next bytes before `end`, as far as they lie in one run.
    fn take_until(&mut self, end: usize) -> Option<Bytes> {
        let wanted = end.checked_sub(self.at).filter(|wanted| *wanted > 0)?;
        while self.next.is_empty() {
            self.next = self.rest.next()?.clone();
        }
        let run = self.next.split_to(wanted.min(self.next.len()));
        self.at += run.len();
        Some(run)
    }

    fn push(&mut self, run: &Bytes) {
        if run.len() < MIN_KEPT_RUN {
            self.small.extend_from_slice(run);
            return;
        }
        self.end_small();
        self.runs.push(run.clone());
    }

    fn end_small(&mut self) {
        if !self.small.is_empty() {
            self.runs.push(std::mem::take(&mut self.small).into());
        }
    }

    fn finish(mut self) -> Vec<Bytes> {
        self.end_small();
        self.runs
    }
}
