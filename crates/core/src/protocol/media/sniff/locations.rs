//! Where a video's file says where it was taken: boxes among a movie's or a track's user data, which players need not know.
//!
//! - `©xyz` of `QuickTime`, which Android writes too, and `loci` of 3GPP (TS 26.244, 8.10);
//! - Apple's metadata by keys, `com.apple.quicktime.location.…`:
//!   <https://developer.apple.com/documentation/quicktime-file-format/metadata_atoms_and_types>

use std::ops::Range;

use super::Step;
use super::boxes::{BoxHeader, SHORT_HEADER};

/// A box that says where a video was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocationBox {
    /// Where the box begins in its file.
    pub(super) offset: u64,
    /// Bytes of its header.
    pub(super) header: u64,
    /// Bytes of all of it.
    pub(super) size: u64,
}

/// What a box is called that holds nothing (ISO 14496-12, 8.1.2).
const FREE: &[u8; 4] = b"free";
/// Offset of a box's name.
const NAME: u64 = 4;

impl LocationBox {
    /// The first byte after the box.
    pub fn end(&self) -> u64 {
        self.offset.saturating_add(self.size)
    }

    /// Whether some of it lies in that part of the file.
    pub fn is_in(&self, part: &Range<u64>) -> bool {
        self.offset < part.end && part.start < self.end()
    }

    /// Makes of the box one of the same size that holds nothing. `bytes` are a part of the file that begins at `offset`; other
    /// parts of the box are left to their own calls.
    pub fn blank(&self, bytes: &mut [u8], offset: u64) {
        let at = |position: u64| {
            usize::try_from(position.saturating_sub(offset)).unwrap_or(usize::MAX).min(bytes.len())
        };
        let content = at(self.offset.saturating_add(self.header))..at(self.end());
        let name =
            (self.offset + NAME..).zip(FREE).map(|(position, byte)| (position.checked_sub(offset), *byte));
        for (index, byte) in name {
            if let Some(place) = index.and_then(|index| bytes.get_mut(usize::try_from(index).ok()?)) {
                *place = byte;
            }
        }
        bytes.get_mut(content).unwrap_or_default().fill(0);
    }
}

/// More locations than the bytes between two looks can hold are not kept.
const MAX_LOCATIONS: usize = 65_536;
/// Apple has seven keys about locations.
const MAX_KEYS: usize = 64;
const KEY_PREFIX: &[u8] = b"com.apple.quicktime.location.";
/// A list of keys begins with a version and their number.
const KEYS_HEADER: u64 = 8;

/// A box that was opened, and where it ends.
struct Level {
    kind: LevelKind,
    end: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LevelKind {
    UserData,
    Metadata,
    Keys,
    Items,
}

/// Looks for locations while a movie box is walked.
#[derive(Default)]
pub(super) struct LocationSearch {
    levels: Vec<Level>,
    /// Keys that were met in the open metadata, and those of them that are about locations; counted from 1.
    met: u64,
    location_keys: Vec<u64>,
}

impl LocationSearch {
    /// Closes what ends here. Gives the bytes to what has too few left for another box: some writers end user data with four
    /// zero bytes.
    pub(super) fn close(&mut self, position: u64) -> Option<u64> {
        while let Some(level) = self.levels.last() {
            let left = level.end.saturating_sub(position);
            if left >= SHORT_HEADER as u64 {
                return None;
            }
            self.levels.pop();
            if left > 0 {
                return Some(left);
            }
        }
        None
    }

    /// Opens a box of a movie or track that may hold locations; `None` of others. `end` is that of the movie.
    pub(super) fn open(
        &mut self,
        header: &BoxHeader<'_>,
        window: &[u8],
        position: u64,
        end: u64,
    ) -> Option<Step> {
        match header.kind {
            b"udta" => Some(self.enter(LevelKind::UserData, header, (position, end), 0)),
            b"meta" => Some(self.enter_metadata(header, window, (position, end))),
            _ => None,
        }
    }

    /// A box within one that was opened here; `None` of others. One that makes no sense ends what it is in: nobody refuses a video for that.
    pub(super) fn step(
        &mut self,
        header: &BoxHeader<'_>,
        window: &[u8],
        position: u64,
        found: &mut Vec<LocationBox>,
    ) -> Option<Step> {
        let &Level { kind, end } = self.levels.last()?;
        let left = end.saturating_sub(position);
        if header.size < header.length as u64 || header.size > left {
            self.levels.pop();
            return Some(Step::Advance(left));
        }
        let name = header.kind;
        match (kind, name) {
            (LevelKind::UserData, b"meta") => {
                return Some(self.enter_metadata(header, window, (position, end)));
            }
            (LevelKind::Metadata, b"keys") => {
                (self.met, self.location_keys) = (0, Vec::new());
                return Some(self.enter(LevelKind::Keys, header, (position, end), KEYS_HEADER));
            }
            (LevelKind::Metadata, b"ilst") => {
                return Some(self.enter(LevelKind::Items, header, (position, end), 0));
            }
            (LevelKind::Keys, _) => return Some(self.take_key(header, window)),
            _ => {}
        }
        let is_location = match kind {
            LevelKind::UserData => matches!(name, b"\xa9xyz" | b"loci"),
            LevelKind::Items => {
                name == b"\xa9xyz" || self.location_keys.contains(&u32::from_be_bytes(*name).into())
            }
            _ => false,
        };
        if is_location && found.len() < MAX_LOCATIONS {
            found.push(LocationBox { offset: position, header: header.length as u64, size: header.size });
        }
        Some(Step::Advance(header.size))
    }

    fn enter(
        &mut self,
        kind: LevelKind,
        header: &BoxHeader<'_>,
        (position, outer): (u64, u64),
        skipped: u64,
    ) -> Step {
        let end = position.saturating_add(header.size).min(outer);
        self.levels.push(Level { kind, end });
        let to_content = (header.length as u64).saturating_add(skipped);
        Step::Advance(to_content.min(end.saturating_sub(position)))
    }

    /// Metadata have a version in front in ISO's files, and none in `QuickTime`'s, where the handler comes first.
    fn enter_metadata(&mut self, header: &BoxHeader<'_>, window: &[u8], place: (u64, u64)) -> Step {
        let wanted = header.length + 8;
        if header.size < wanted as u64 {
            return Step::Advance(header.size);
        }
        if window.len() < wanted {
            return Step::Want(wanted);
        }
        let has_version = window.get(header.length + 4..wanted) != Some(b"hdlr");
        self.location_keys = Vec::new();
        self.enter(LevelKind::Metadata, header, place, if has_version { 4 } else { 0 })
    }

    /// A key looks like a box: its size, its namespace, its name.
    fn take_key(&mut self, header: &BoxHeader<'_>, window: &[u8]) -> Step {
        let wanted = header.length + KEY_PREFIX.len();
        if header.size >= wanted as u64 {
            if window.len() < wanted {
                return Step::Want(wanted);
            }
            let is_location = window.get(header.length..wanted) == Some(KEY_PREFIX);
            if is_location && self.location_keys.len() < MAX_KEYS {
                self.location_keys.push(self.met + 1);
            }
        }
        self.met += 1;
        Step::Advance(header.size)
    }
}
