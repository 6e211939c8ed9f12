//! What a movie box says: the movie's own length, and the tracks that are shown.

use super::locations::LocationSearch;
use super::tracks::{AudioTrack, VideoTrack};
use super::{MediaFacts, big_endian, pixels, sample_entry};

/// What the movie box has said so far.
#[derive(Default)]
pub(super) struct Movie {
    /// Where the box ends.
    pub(super) end: u64,
    /// Units a second, and how many of them the movie lasts. Edit lists are taken into account there.
    header: Option<Length>,
    /// The movie continues in fragments after the box.
    pub(super) is_fragmented: bool,
    /// Units that the movie lasts with its fragments.
    fragments: Option<u64>,
    /// Where it says where it was taken.
    pub(super) locations: LocationSearch,
    /// The track that is being read.
    track: Track,
    picture: Option<Track>,
    sound: Option<Track>,
}

/// Units a second, and how many of them something lasts.
type Length = (u64, Option<u64>);

/// What a track says: its boxes come in any order.
#[derive(Default)]
struct Track {
    kind: Option<TrackKind>,
    size: Option<(u32, u32)>,
    is_enabled: bool,
    length: Option<Length>,
    samples: Option<u64>,
    /// Samples, and how many units they last in all, if the table of it is short.
    timed: Option<(u64, u64)>,
    /// The beginning of the sample description, which is read once it is known what kind of track it is.
    description: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TrackKind {
    Picture,
    Sound,
    Other,
}

impl Movie {
    pub(super) fn new(end: u64) -> Self {
        Self { end, ..Self::default() }
    }

    /// Takes the content of a box, as far as it is looked at.
    pub(super) fn take(&mut self, name: &[u8], content: &[u8]) {
        let track = &mut self.track;
        match name {
            b"mvhd" => self.header = Some(length(content)),
            b"mehd" => self.fragments = versioned(content, 4, 4),
            b"tkhd" => {
                track.size = track_size(content);
                track.is_enabled = content.get(3).is_some_and(|flags| flags & 1 != 0);
            }
            b"mdhd" => track.length = Some(length(content)),
            // `QuickTime` has a second handler in each track, which says where the data are.
            b"hdlr" if content.get(4..8) != Some(b"dhlr") => {
                track.kind = Some(match content.get(8..12) {
                    Some(b"vide") => TrackKind::Picture,
                    Some(b"soun") => TrackKind::Sound,
                    _ => TrackKind::Other,
                });
            }
            b"stsz" | b"stz2" => {
                track.samples = content.get(8..12).map(|count| big_endian(Some(count)));
            }
            b"stts" => track.timed = sum_of_times(content),
            b"stsd" => track.description = content.to_vec(),
            _ => {}
        }
    }

    /// Ends a track. The first that is shown counts, since thumbnails and alternatives come after it.
    pub(super) fn end_track(&mut self) {
        let track = std::mem::take(&mut self.track);
        let chosen = match track.kind {
            Some(TrackKind::Picture) => &mut self.picture,
            Some(TrackKind::Sound) => &mut self.sound,
            _ => return,
        };
        let is_better = match chosen {
            None => true,
            Some(chosen) => {
                let is_sized = track.kind != Some(TrackKind::Picture) || track.size.is_some();
                let has_more = track.size.is_some() && chosen.size.is_none();
                is_sized && (has_more || (track.is_enabled && !chosen.is_enabled))
            }
        };
        if is_better {
            *chosen = Some(track);
        }
    }

    /// Writes down what is known, and what is missing.
    pub(super) fn conclude(&mut self, facts: &mut MediaFacts) {
        self.end_track();
        facts.duration_ms = self.duration_ms();
        if let Some(picture) = &self.picture {
            (facts.width, facts.height) = picture.size.unzip();
            facts.video = picture.video();
        }
        facts.audio = self.sound.as_ref().and_then(Track::audio);
    }

    /// What the movie lacks.
    pub(super) fn defect(&self) -> Option<&'static str> {
        match (&self.header, &self.picture) {
            (None, _) => Some("a movie without a header"),
            (_, None) => Some("a movie without a picture track"),
            _ => None,
        }
    }

    /// The header of a movie in fragments leaves them out, so their own header counts if there is one.
    fn duration_ms(&self) -> Option<u64> {
        let (timescale, duration) = self.header?;
        let duration = if self.is_fragmented { self.fragments.filter(|units| *units > 0) } else { duration };
        u64::try_from(u128::from(duration?) * 1000 / u128::from(timescale)).ok()
    }
}

impl Track {
    fn video(&self) -> Option<VideoTrack> {
        let video = sample_entry::video(&self.description)?;
        // What the container's samples last is more than what the codec says that they do.
        let frame_rate_millis = self.frame_rate_millis().or(video.frame_rate_millis);
        Some(VideoTrack { frame_rate_millis, ..video })
    }

    fn audio(&self) -> Option<AudioTrack> {
        sample_entry::audio(&self.description)
    }

    /// On average, since telephones record at a rate that varies. A movie in fragments has no samples here.
    fn frame_rate_millis(&self) -> Option<u64> {
        let (timescale, duration) = self.length?;
        let from_header = || Some((self.samples?, duration?));
        // In a long video, what its header counts in addition is next to nothing.
        let (samples, duration) = self.timed.or_else(from_header)?;
        let (samples, duration) = (u128::from(samples), u128::from(duration));
        let rate = (samples * u128::from(timescale) * 1000 + duration / 2).checked_div(duration)?;
        u64::try_from(rate).ok().filter(|rate| *rate > 0)
    }
}

/// Sums up a table of runs of samples that last equally long, if all of it is here.
fn sum_of_times(content: &[u8]) -> Option<(u64, u64)> {
    let count = usize::try_from(big_endian(content.get(4..8))).ok()?;
    let runs = content.get(8..)?.get(..count.checked_mul(8)?)?;
    Some(runs.chunks_exact(8).fold((0, 0), |(samples, duration): (u64, u64), run| {
        let (count, delta) = (big_endian(run.get(..4)), big_endian(run.get(4..)));
        (samples.saturating_add(count), duration.saturating_add(count.saturating_mul(delta)))
    }))
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

/// The header of a movie, and that of a track's media, tell both in the same place.
fn length(content: &[u8]) -> Length {
    let timescale = if content.first() == Some(&1) { content.get(20..24) } else { content.get(12..16) };
    let timescale = big_endian(timescale);
    (timescale.max(1), versioned(content, 16, 24).filter(|_| timescale > 0))
}

/// Width and height are 16.16 fixed-point numbers after a matrix, which may turn the picture on its side.
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
