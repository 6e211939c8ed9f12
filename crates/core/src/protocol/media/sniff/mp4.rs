//! MPEG-4 and QuickTime (ISO 14496-12): duration and size stand in `moov`, before or behind the samples.

use super::{MediaFacts, Parser, Step, big_endian, pixels};

#[derive(Default)]
pub(super) struct Mp4 {
    /// Where the parser stands.
    position: u64,
    /// Where `moov` ends, once it was met.
    movie_end: Option<u64>,
}

const BOX_HEADER: usize = 16;
/// Up to the duration, in the longer version of the movie header.
const MOVIE_HEADER: usize = 8 + 32;
/// Up to the height, in the longer version of the track header.
const TRACK_HEADER: usize = 8 + 96;

impl Parser for Mp4 {
    fn step(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step {
        // The smallest box has eight bytes; a larger window may reach over the file's end.
        if window.len() < 8 {
            return Step::Want(8);
        }
        let size = big_endian(window.get(..4));
        if size == 1 && window.len() < BOX_HEADER {
            return Step::Want(BOX_HEADER);
        }
        let size = match size {
            // To the end of the file: nothing that matters can follow.
            0 => {
                facts.defect = facts.duration_ms.is_none().then_some("a video without a movie box");
                return Step::Done;
            }
            1 => big_endian(window.get(8..16)),
            size => size,
        };
        if size < 8 {
            facts.defect = Some("an MPEG-4 box smaller than its own header");
            return Step::Done;
        }
        self.enter(window, size, facts)
    }
}

impl Mp4 {
    fn enter(&mut self, window: &[u8], size: u64, facts: &mut MediaFacts) -> Step {
        let header: u64 = if big_endian(window.get(..4)) == 1 { 16 } else { 8 };
        match window.get(4..8) {
            Some(b"moov") => {
                self.movie_end = Some(self.position.saturating_add(size));
                self.advance(header, facts)
            }
            Some(b"trak") if self.movie_end.is_some() => self.advance(header, facts),
            Some(b"mvhd") if window.len() < MOVIE_HEADER && size >= MOVIE_HEADER as u64 => {
                Step::Want(MOVIE_HEADER)
            }
            Some(b"mvhd") => {
                facts.duration_ms = movie_duration(window);
                self.advance(size, facts)
            }
            Some(b"tkhd") if window.len() < TRACK_HEADER && size >= 92 => {
                self.track_header(window, size, facts)
            }
            Some(b"tkhd") => {
                read_track(window, facts);
                self.advance(size, facts)
            }
            _ => self.advance(size, facts),
        }
    }

    /// The shorter version ends before the window of the longer one is full.
    fn track_header(&mut self, window: &[u8], size: u64, facts: &mut MediaFacts) -> Step {
        let wanted = if window.get(8).is_none() {
            12
        } else if window.get(8) == Some(&1) {
            TRACK_HEADER
        } else {
            TRACK_HEADER - 12
        };
        if window.len() < wanted {
            return Step::Want(wanted);
        }
        read_track(window, facts);
        self.advance(size, facts)
    }

    /// Goes on, unless the movie box ends there.
    fn advance(&mut self, count: u64, facts: &mut MediaFacts) -> Step {
        self.position = self.position.saturating_add(count);
        if self.movie_end.is_none_or(|end| self.position < end) {
            return Step::Advance(count);
        }
        if facts.duration_ms.is_none() {
            facts.defect = Some("a movie without a header");
        }
        Step::Done
    }
}

fn movie_duration(window: &[u8]) -> Option<u64> {
    let (timescale, duration) = if window.get(8) == Some(&1) {
        (big_endian(window.get(28..32)), big_endian(window.get(32..40)))
    } else {
        (big_endian(window.get(20..24)), big_endian(window.get(24..28)))
    };
    u64::try_from(u128::from(duration) * 1000 / u128::from(timescale.max(1))).ok().filter(|_| timescale > 0)
}

/// Width and height are 16.16 fixed-point numbers behind a matrix, which may turn the picture on its side. Audio
/// tracks have none.
fn read_track(window: &[u8], facts: &mut MediaFacts) {
    let longer = if window.get(8) == Some(&1) { 12 } else { 0 };
    let word = |offset: usize| big_endian(window.get(longer + offset..longer + offset + 4));
    let (width, height) = (word(84) >> 16, word(88) >> 16);
    if width == 0 || height == 0 {
        return;
    }
    // [a b u; c d v; x y w]: with a and d zero, x and y change places.
    let turned = word(48) == 0 && word(64) == 0 && word(52) != 0;
    let (width, height) = if turned { (height, width) } else { (width, height) };
    facts.width = pixels(width);
    facts.height = pixels(height);
}
