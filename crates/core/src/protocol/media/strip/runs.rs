//! A file as it was read: runs of bytes, one after the other.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// A file in memory, read at any place without being put together.
pub(super) struct Runs<'a> {
    parts: Vec<Run<'a>>,
    length: usize,
    /// The run that was read last: nearly always the next place is in it, too.
    last: Cell<usize>,
}

struct Run<'a> {
    start: usize,
    bytes: &'a [u8],
}

impl Run<'_> {
    fn end(&self) -> usize {
        self.start + self.bytes.len()
    }
}

impl<'a> Runs<'a> {
    pub(super) fn new(runs: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut length = 0;
        let mut at = |bytes: &'a [u8]| {
            let start = length;
            length += bytes.len();
            Run { start, bytes }
        };
        let parts = runs.into_iter().filter(|bytes| !bytes.is_empty()).map(&mut at).collect();
        Self { parts, length, last: Cell::new(0) }
    }

    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// Whether the file has all of a part.
    pub(super) fn has(&self, part: &Range<usize>) -> bool {
        part.start <= part.end && part.end <= self.length
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        let run = self.parts.get(self.run_of(at)?)?;
        run.bytes.get(at - run.start).copied()
    }

    /// A few bytes, where there are that many.
    pub(super) fn bytes<const COUNT: usize>(&self, at: usize) -> Option<[u8; COUNT]> {
        let part = self.part(at..at.checked_add(COUNT)?)?;
        part.as_ref().try_into().ok()
    }

    /// A part of the file, copied only if it lies in several runs.
    pub(super) fn part(&self, part: Range<usize>) -> Option<Cow<'a, [u8]>> {
        if !self.has(&part) {
            return None;
        }
        if part.is_empty() {
            return Some(Cow::Borrowed(&[]));
        }
        let first = self.run_of(part.start)?;
        let run = self.parts.get(first)?;
        if let Some(bytes) = run.bytes.get(part.start - run.start..part.end - run.start) {
            return Some(Cow::Borrowed(bytes));
        }
        let mut whole = Vec::with_capacity(part.len());
        for run in self.parts.get(first..)?.iter().take_while(|run| run.start < part.end) {
            let from = part.start.saturating_sub(run.start);
            let to = (part.end - run.start).min(run.bytes.len());
            whole.extend_from_slice(run.bytes.get(from..to)?);
        }
        Some(Cow::Owned(whole))
    }

    /// Whether these bytes are there.
    pub(super) fn starts_with(&self, at: usize, bytes: &[u8]) -> bool {
        let part = at.checked_add(bytes.len()).and_then(|end| self.part(at..end));
        part.is_some_and(|part| part.as_ref() == bytes)
    }

    /// The next place of a byte, from `at` on.
    pub(super) fn find(&self, byte: u8, at: usize) -> Option<usize> {
        let mut index = self.run_of(at)?;
        let mut from = at;
        loop {
            let run = self.parts.get(index)?;
            if let Some(place) = memchr::memchr(byte, run.bytes.get(from - run.start..)?) {
                self.last.set(index);
                return Some(from + place);
            }
            from = run.end();
            index += 1;
        }
    }

    /// Which run holds the byte at a place.
    fn run_of(&self, at: usize) -> Option<usize> {
        let last = self.last.get();
        if self.parts.get(last).is_some_and(|run| (run.start..run.end()).contains(&at)) {
            return Some(last);
        }
        let index = self.parts.partition_point(|run| run.end() <= at);
        self.parts.get(index)?;
        self.last.set(index);
        Some(index)
    }
}

#[cfg(test)]
mod tests;
