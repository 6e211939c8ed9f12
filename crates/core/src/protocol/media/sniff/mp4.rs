//! MPEG-4 and `QuickTime` (ISO 14496-12): duration and size stand in `moov`, before or behind the samples.

use super::{Ending, MediaFacts, Parser, Step, big_endian, pixels};

#[derive(Default)]
pub(super) struct Mp4 {
    /// Where the parser stands.
    position: u64,
    /// The movie box, once it was met.
    movie: Option<Movie>,
}

/// What the movie box has told so far.
struct Movie {
    end: u64,
    /// Units a second, and how many of them the movie lasts.
    header: Option<(u64, Option<u64>)>,
    /// The movie goes on in fragments behind the box.
    fragmented: bool,
    /// Units that the movie lasts with its fragments.
    fragments: Option<u64>,
    track: Track,
    has_picture: bool,
    /// The size in the facts is that of a track that is shown.
    has_enabled_size: bool,
}

/// What the current track has told so far: its header and its handler come in either order.
#[derive(Default)]
struct Track {
    size: Option<(u32, u32)>,
    enabled: bool,
    is_picture: bool,
}

/// A box's header.
struct BoxHeader<'a> {
    kind: Option<&'a [u8]>,
    /// Bytes of the header.
    length: usize,
    /// Bytes of the whole box; 0 means to the end of what it is in.
    size: u64,
}

const SHORT_HEADER: usize = 8;
const LONG_HEADER: usize = 16;
/// Bytes of a box's content that are looked at: up to the duration in the longer version of the movie header, up to
/// the height in that of the track header, the handler's type, the duration with fragments.
const MOVIE_HEADER: usize = 32;
const TRACK_HEADER: usize = 96;
const HANDLER: usize = 12;
const FRAGMENTS_HEADER: usize = 12;

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
        if window.len() < SHORT_HEADER {
            return Step::Want(SHORT_HEADER);
        }
        let long = big_endian(window.get(..4)) == 1;
        if long && window.len() < LONG_HEADER {
            return Step::Want(LONG_HEADER);
        }
        let size = if long { big_endian(window.get(8..16)) } else { big_endian(window.get(..4)) };
        let length = if long { LONG_HEADER } else { SHORT_HEADER };
        let header = BoxHeader { kind: window.get(4..8), length, size };
        match (&self.movie, header.kind) {
            _ if size > 0 && size < length as u64 => {
                facts.defect = Some("an MPEG-4 box smaller than its own header");
                Step::Done
            }
            (None, Some(b"moov")) => self.enter_movie(&header, facts),
            // To the end of the file: no movie can follow.
            (None, _) if size == 0 => {
                facts.defect = Some(NO_MOVIE);
                Step::Done
            }
            (None, _) => self.advance(size, facts),
            (Some(_), _) if size == 0 => self.conclude(facts),
            (Some(_), _) => self.inside(&header, window, facts),
        }
    }

    fn ending(&self, facts: &mut MediaFacts) -> Ending {
        match &self.movie {
            None => Ending::Defect(NO_MOVIE),
            // A movie box without a size ends with the file.
            Some(movie) if movie.end == u64::MAX => {
                self.conclude(facts);
                Ending::Proper
            }
            Some(_) => Ending::Truncated,
        }
    }
}

const NO_MOVIE: &str = "a video without a movie box";

impl Mp4 {
    fn enter_movie(&mut self, header: &BoxHeader<'_>, facts: &mut MediaFacts) -> Step {
        let end = if header.size == 0 { u64::MAX } else { self.position.saturating_add(header.size) };
        self.movie = Some(Movie {
            end,
            header: None,
            fragmented: false,
            fragments: None,
            track: Track::default(),
            has_picture: false,
            has_enabled_size: false,
        });
        self.advance(header.length as u64, facts)
    }

    /// Opens the boxes on the way to what is looked for, reads that, and steps over everything else.
    fn inside(&mut self, header: &BoxHeader<'_>, window: &[u8], facts: &mut MediaFacts) -> Step {
        let Some(movie) = &mut self.movie else {
            return Step::Done;
        };
        let content = match header.kind {
            Some(b"trak") => {
                movie.track = Track::default();
                return self.advance(header.length as u64, facts);
            }
            Some(b"mvex") => {
                movie.fragmented = true;
                return self.advance(header.length as u64, facts);
            }
            Some(b"mdia") => return self.advance(header.length as u64, facts),
            Some(b"mvhd") => MOVIE_HEADER,
            Some(b"tkhd") => TRACK_HEADER,
            Some(b"hdlr") => HANDLER,
            Some(b"mehd") => FRAGMENTS_HEADER,
            _ => return self.advance(header.size, facts),
        };
        let wanted = usize::try_from(header.size).unwrap_or(usize::MAX).min(header.length + content);
        if window.len() < wanted {
            return Step::Want(wanted);
        }
        let content = window.get(header.length..wanted).unwrap_or_default();
        match header.kind {
            Some(b"mvhd") => movie.header = Some(movie_header(content)),
            Some(b"tkhd") => {
                movie.track.size = track_size(content);
                movie.track.enabled = content.get(3).is_some_and(|flags| flags & 1 != 0);
            }
            Some(b"hdlr") => movie.track.is_picture = content.get(8..12) == Some(b"vide"),
            _ => movie.fragments = versioned(content, 4, 4),
        }
        movie.take_size(facts);
        self.advance(header.size, facts)
    }

    /// Goes on, unless the movie box ends there.
    fn advance(&mut self, count: u64, facts: &mut MediaFacts) -> Step {
        self.position = self.position.saturating_add(count);
        match &self.movie {
            Some(movie) if self.position >= movie.end => self.conclude(facts),
            _ => Step::Advance(count),
        }
    }

    fn conclude(&self, facts: &mut MediaFacts) -> Step {
        if let Some(movie) = &self.movie {
            facts.duration_ms = movie.duration_ms();
            facts.defect = if movie.header.is_none() {
                Some("a movie without a header")
            } else if movie.has_picture {
                None
            } else {
                Some("a movie without a picture track")
            };
        }
        Step::Done
    }
}

impl Movie {
    /// Takes the track's size for the movie's, once it turns out to be a picture track. The first that is shown
    /// counts, since thumbnails and alternatives come behind it.
    fn take_size(&mut self, facts: &mut MediaFacts) {
        let Track { size, enabled, is_picture } = self.track;
        if !is_picture {
            return;
        }
        self.has_picture = true;
        if let Some((width, height)) = size
            && (facts.width.is_none() || (enabled && !self.has_enabled_size))
        {
            facts.width = Some(width);
            facts.height = Some(height);
            self.has_enabled_size = enabled;
        }
    }

    /// The header of a movie in fragments leaves them out, so their own header counts if there is one.
    fn duration_ms(&self) -> Option<u64> {
        let (timescale, duration) = self.header?;
        let duration = if self.fragmented { self.fragments.filter(|units| *units > 0) } else { duration };
        u64::try_from(u128::from(duration?) * 1000 / u128::from(timescale)).ok()
    }
}

/// Reads a number that has eight bytes in a box's version 1, four before, and all bits set when it is unknown.
fn versioned(content: &[u8], short_offset: usize, long_offset: usize) -> Option<u64> {
    if content.first() == Some(&1) {
        Some(big_endian(Some(content.get(long_offset..long_offset + 8)?)))
            .filter(|number| *number != u64::MAX)
    } else {
        Some(big_endian(Some(content.get(short_offset..short_offset + 4)?)))
            .filter(|number| *number != u64::from(u32::MAX))
    }
}

fn movie_header(content: &[u8]) -> (u64, Option<u64>) {
    let timescale = if content.first() == Some(&1) { content.get(20..24) } else { content.get(12..16) };
    let timescale = big_endian(timescale);
    (timescale.max(1), versioned(content, 16, 24).filter(|_| timescale > 0))
}

/// Width and height are 16.16 fixed-point numbers behind a matrix, which may turn the picture on its side.
fn track_size(content: &[u8]) -> Option<(u32, u32)> {
    let longer = if content.first() == Some(&1) { 12 } else { 0 };
    let word = |offset: usize| big_endian(content.get(longer + offset..longer + offset + 4));
    let (width, height) = (pixels(word(76) >> 16)?, pixels(word(80) >> 16)?);
    if width == 0 || height == 0 {
        return None;
    }
    // [a b u; c d v; x y w]: with a and d zero, x and y change places.
    let turned = word(40) == 0 && word(56) == 0 && word(44) != 0;
    Some(if turned { (height, width) } else { (width, height) })
}
