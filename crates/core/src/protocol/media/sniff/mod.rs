//! What a medium is, from its own bytes, while they arrive.
//!
//! A sniffer is fed the bytes in order. It keeps only the few that its format's parser asked for, and says which
//! byte it wants next, so that a probe can jump over what does not matter, such as a video's samples.

mod aac;
mod bits;
mod boxes;
mod gif;
mod h264;
mod jpeg;
mod locations;
mod magic;
mod movie;
mod mp4;
mod png;
mod sample_entry;
mod text;
mod tracks;
mod webm;
mod webp;

use std::ops::Range;

use super::category::ContentType;
pub use locations::LocationBox;
use magic::Verdict;
pub use tracks::{AudioTrack, Chroma, Codec, Scan, VideoTrack};

/// What is known of a medium so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaFacts {
    /// What the bytes are.
    pub content_type: Option<ContentType>,
    /// More than one frame.
    pub animated: Option<bool>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// Milliseconds. A video in fragments may not tell.
    pub duration_ms: Option<u64>,
    /// Frames of a GIF, counted as far as it was read, or those that an animated PNG announces.
    pub frames: Option<u32>,
    /// A video's picture.
    pub video: Option<VideoTrack>,
    /// A video's sound.
    pub audio: Option<AudioTrack>,
    /// Where the file of a video says where it was taken, as far as it was read.
    pub locations: Vec<LocationBox>,
    /// Why the file is broken.
    pub defect: Option<&'static str>,
}

/// What a parser wants next, from where it is.
enum Step {
    /// At least this many bytes to look at.
    Want(usize),
    /// To go on this many bytes further.
    Advance(u64),
    /// Nothing more.
    Done,
}

/// A format's parser. `window` begins where the parser is and has at least the bytes that it wanted.
trait Parser: Send {
    fn step(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step;

    /// What it means that the file ends where the parser is, before it is done.
    fn ending(&mut self, _facts: &mut MediaFacts) -> Ending {
        Ending::Truncated
    }
}

/// What it means that a file ends between two of its parts.
enum Ending {
    /// Something is missing.
    Truncated,
    /// Something else is wrong.
    Defect(&'static str),
    /// The file may end here.
    Proper,
}

/// Enough to tell every binary format; texts are looked at a little longer.
const MAGIC_BYTES: usize = 16;
const TEXT_BYTES: usize = 512;
/// No parser asks for more at once.
const MAX_WINDOW: usize = 4096;

/// Reads a medium's facts out of its bytes.
pub struct MediaSniffer {
    facts: MediaFacts,
    parser: Option<Box<dyn Parser>>,
    window: Vec<u8>,
    /// Where the window begins, or will begin once what is to be skipped was.
    position: u64,
    /// Bytes that were given or jumped over.
    seen: u64,
    want: usize,
    most_frames: u32,
    done: bool,
}

impl Default for MediaSniffer {
    fn default() -> Self {
        Self::new()
    }
}

impl MediaSniffer {
    /// A sniffer at the beginning of a medium.
    pub fn new() -> Self {
        Self {
            facts: MediaFacts::default(),
            parser: None,
            window: Vec::new(),
            position: 0,
            seen: 0,
            want: MAGIC_BYTES,
            most_frames: u32::MAX,
            done: false,
        }
    }

    /// Stops counting a GIF's frames after this many, so that a probe need not read all of a GIF that is too long.
    #[must_use]
    pub fn counting_at_most(mut self, frames: u32) -> Self {
        self.most_frames = frames;
        self
    }

    /// What is known so far.
    pub fn facts(&self) -> &MediaFacts {
        &self.facts
    }

    /// Says whether more bytes can tell more.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// What lies before this byte is known to the last bit: whether a location is there, for one.
    pub fn decided(&self) -> u64 {
        if self.done { u64::MAX } else { self.position }
    }

    /// The locations that were found since the last time.
    pub fn take_locations(&mut self) -> Vec<LocationBox> {
        std::mem::take(&mut self.facts.locations)
    }

    /// Where the next byte is that says something: after the ones that were given, which may be far after them.
    pub fn next_offset(&self) -> u64 {
        self.position.max(self.seen)
    }

    /// The bytes that can tell something next, from [`Self::next_offset`] on. `None` when nothing more can.
    pub fn next_wanted(&self) -> Option<Range<u64>> {
        let end = self.position.saturating_add(self.want as u64);
        (!self.done).then(|| self.next_offset()..end)
    }

    /// Bytes that come before the next one that can tell something.
    pub fn skippable(&self) -> u64 {
        self.position.saturating_sub(self.seen)
    }

    /// Goes on at [`Self::next_offset`] instead of with the next byte.
    pub fn jump(&mut self) {
        self.seen = self.next_offset();
    }

    /// Takes the next bytes.
    pub fn push(&mut self, mut bytes: &[u8]) {
        while !self.done && !bytes.is_empty() {
            let skipped = self.position.saturating_sub(self.seen);
            if self.window.is_empty() && skipped > 0 {
                let skip = usize::try_from(skipped).unwrap_or(usize::MAX).min(bytes.len());
                bytes = bytes.get(skip..).unwrap_or_default();
                self.seen += skip as u64;
                continue;
            }
            let take = self.want.saturating_sub(self.window.len()).min(bytes.len());
            let (taken, rest) = bytes.split_at(take);
            self.window.extend_from_slice(taken);
            self.seen += take as u64;
            bytes = rest;
            self.work(false);
        }
        self.seen += bytes.len() as u64;
    }

    /// There are no more bytes.
    pub fn end(&mut self) {
        self.work(true);
        if !self.done && self.facts.defect.is_none() {
            self.facts.defect = self.ending();
        }
        if self.facts.content_type == Some(ContentType::Gif) && self.facts.animated.is_none() {
            self.facts.animated = Some(self.facts.frames.unwrap_or(0) > 1);
        }
        self.done = true;
    }

    /// What is wrong with the file, if it ends here.
    fn ending(&mut self) -> Option<&'static str> {
        let parser = self.parser.as_mut()?;
        let between_parts = self.window.is_empty() && self.position == self.seen;
        match parser.ending(&mut self.facts) {
            Ending::Proper if between_parts => None,
            Ending::Defect(defect) if between_parts => Some(defect),
            _ => Some("the file ends in the middle"),
        }
    }

    fn work(&mut self, at_end: bool) {
        while !self.done && (self.window.len() >= self.want || (at_end && self.parser.is_none())) {
            let Some(parser) = &mut self.parser else {
                if !self.identify(at_end) {
                    return;
                }
                continue;
            };
            match parser.step(&self.window, &mut self.facts) {
                Step::Done => self.done = true,
                Step::Want(count) if count > self.window.len() && count <= MAX_WINDOW => self.want = count,
                // No parser says so of any file that is known: it would never end.
                Step::Want(_) | Step::Advance(0) => {
                    self.facts.defect = Some("the file's structure makes no sense");
                    self.done = true;
                }
                Step::Advance(count) => self.advance(count),
            }
        }
    }

    fn advance(&mut self, count: u64) {
        let in_window = usize::try_from(count).unwrap_or(usize::MAX).min(self.window.len());
        self.window.drain(..in_window);
        self.position = self.position.saturating_add(count);
        self.want = 1;
    }

    /// Finds the format. Says whether there is something to continue with.
    fn identify(&mut self, at_end: bool) -> bool {
        let content_type = match magic::identify(&self.window) {
            Verdict::Is(content_type) => content_type,
            Verdict::Wants(count) if !at_end => {
                self.want = count;
                return false;
            }
            _ if !at_end && self.window.len() < TEXT_BYTES => {
                self.want = TEXT_BYTES;
                return false;
            }
            _ => text::identify(&self.window),
        };
        self.facts.content_type = Some(content_type);
        self.parser = match content_type {
            ContentType::Jpeg => Some(Box::new(jpeg::Jpeg::default())),
            ContentType::Png => Some(Box::new(png::Png::default())),
            ContentType::Gif => Some(Box::new(gif::Gif::new(self.most_frames))),
            ContentType::Webp => Some(Box::new(webp::Webp)),
            ContentType::Mp4 | ContentType::QuickTime => Some(Box::new(mp4::Mp4::default())),
            ContentType::Webm => Some(Box::new(webm::Webm::default())),
            _ => None,
        };
        self.done = self.parser.is_none();
        self.want = 1;
        true
    }
}

/// A big-endian number of up to eight bytes.
fn big_endian(bytes: Option<&[u8]>) -> u64 {
    bytes.unwrap_or_default().iter().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// A little-endian number of up to eight bytes.
fn little_endian(bytes: Option<&[u8]>) -> u64 {
    bytes.unwrap_or_default().iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

fn pixels(number: u64) -> Option<u32> {
    u32::try_from(number).ok()
}

#[cfg(test)]
mod tests;
