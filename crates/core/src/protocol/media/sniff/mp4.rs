//! MPEG-4 and `QuickTime` (ISO 14496-12): all that matters is in `moov`, before or after the samples.

use super::boxes::{BoxHeader, LONG_HEADER, SHORT_HEADER};
use super::movie::Movie;
use super::{Ending, MAX_WINDOW, MediaFacts, Parser, Step, big_endian};

#[derive(Default)]
pub(super) struct Mp4 {
    /// Where the parser is.
    position: u64,
    /// The movie box, once it was met.
    movie: Option<Movie>,
}

/// Bytes of the content of a movie's or a track's header that are looked at: up to the duration in the longer version.
const HEADER: usize = 32;
/// Up to the height in the longer version.
const TRACK_HEADER: usize = 96;
/// Up to the handler's type.
const HANDLER: usize = 12;
/// Up to the duration with fragments.
const FRAGMENTS_HEADER: usize = 12;
/// Up to the number of samples.
const SAMPLE_SIZES: usize = 12;
/// As much as can be looked at: a sample description begins with the codec's configuration, and a table of times is
/// short unless the frame rate varies.
const BEGINNING: usize = MAX_WINDOW - LONG_HEADER;

impl Parser for Mp4 {
    fn step(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step {
        // Some writers end a box with four zero bytes, too few for a box.
        if self
            .movie
            .as_ref()
            .is_some_and(|movie| movie.end.saturating_sub(self.position) < SHORT_HEADER as u64)
        {
            return self.conclude(facts);
        }
        if let Some(rest) = self.movie.as_mut().and_then(|movie| movie.locations.close(self.position)) {
            return self.advance(rest, facts);
        }
        let Some(kind) = window.get(4..SHORT_HEADER).and_then(|name| name.try_into().ok()) else {
            return Step::Want(SHORT_HEADER);
        };
        let long = big_endian(window.get(..4)) == 1;
        if long && window.len() < LONG_HEADER {
            return Step::Want(LONG_HEADER);
        }
        let size = if long { big_endian(window.get(8..16)) } else { big_endian(window.get(..4)) };
        let length = if long { LONG_HEADER } else { SHORT_HEADER };
        let header = BoxHeader { kind, length, size };
        let position = self.position;
        let within =
            |movie: &mut Movie| movie.locations.step(&header, window, position, &mut facts.locations);
        if let Some(step) = self.movie.as_mut().and_then(within) {
            return self.follow(step, facts);
        }
        match (&mut self.movie, header.kind) {
            _ if size > 0 && size < length as u64 => {
                facts.defect = Some("an MPEG-4 box smaller than its own header");
                Step::Done
            }
            (None, b"moov") => self.enter_movie(&header, facts),
            // To the end of the file: no movie can follow.
            (None, _) if size == 0 => {
                facts.defect = Some(NO_MOVIE);
                Step::Done
            }
            (None, _) => self.advance(size, facts),
            (Some(_), _) if size == 0 => self.conclude(facts),
            (Some(movie), _) => {
                let step = inside(movie, &header, window, position);
                self.follow(step, facts)
            }
        }
    }

    fn ending(&mut self, facts: &mut MediaFacts) -> Ending {
        let Some(movie) = &self.movie else {
            return Ending::Defect(NO_MOVIE);
        };
        // A movie box without a size ends with the file.
        let may_end = movie.end == u64::MAX;
        self.conclude(facts);
        if may_end { Ending::Proper } else { Ending::Truncated }
    }
}

const NO_MOVIE: &str = "a video without a movie box";

impl Mp4 {
    fn enter_movie(&mut self, header: &BoxHeader<'_>, facts: &mut MediaFacts) -> Step {
        let end = if header.size == 0 { u64::MAX } else { self.position.saturating_add(header.size) };
        self.movie = Some(Movie::new(end));
        self.advance(header.length as u64, facts)
    }

    fn follow(&mut self, step: Step, facts: &mut MediaFacts) -> Step {
        match step {
            Step::Advance(count) => self.advance(count, facts),
            other => other,
        }
    }

    /// Goes on, unless the movie box ends there.
    fn advance(&mut self, count: u64, facts: &mut MediaFacts) -> Step {
        self.position = self.position.saturating_add(count);
        match &self.movie {
            Some(movie) if self.position >= movie.end => self.conclude(facts),
            _ => Step::Advance(count),
        }
    }

    fn conclude(&mut self, facts: &mut MediaFacts) -> Step {
        if let Some(movie) = &mut self.movie {
            movie.conclude(facts);
            facts.defect = movie.defect();
        }
        Step::Done
    }
}

/// Opens the boxes on the way to what is looked for, reads that, and steps over everything else.
fn inside(movie: &mut Movie, header: &BoxHeader<'_>, window: &[u8], position: u64) -> Step {
    if let Some(step) = movie.locations.open(header, window, position, movie.end) {
        return step;
    }
    let content = match header.kind {
        b"trak" => {
            movie.end_track();
            return Step::Advance(header.length as u64);
        }
        b"mvex" => {
            movie.is_fragmented = true;
            return Step::Advance(header.length as u64);
        }
        b"mdia" | b"minf" | b"stbl" => return Step::Advance(header.length as u64),
        b"mvhd" | b"mdhd" => HEADER,
        b"tkhd" => TRACK_HEADER,
        b"hdlr" => HANDLER,
        b"mehd" => FRAGMENTS_HEADER,
        b"stsz" | b"stz2" => SAMPLE_SIZES,
        b"stsd" | b"stts" => BEGINNING,
        _ => return Step::Advance(header.size),
    };
    let wanted = usize::try_from(header.size).unwrap_or(usize::MAX).min(header.length + content);
    if window.len() < wanted {
        return Step::Want(wanted);
    }
    movie.take(header.kind, window.get(header.length..wanted).unwrap_or_default());
    Step::Advance(header.size)
}
