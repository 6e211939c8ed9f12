//! `WebM` (RFC 9559 and RFC 8794): size, codecs and duration come before the first cluster of samples.

use std::time::Duration;

use super::tracks::{AudioTrack, Codec, Scan, VideoTrack};
use super::{Ending, MediaFacts, Parser, Step, big_endian, pixels};

#[derive(Default)]
pub(super) struct Webm {
    /// Nanoseconds a unit of the duration; a million if it is not given.
    timescale: Option<u64>,
    /// In units.
    duration: Option<f64>,
    track: Track,
    picture: Option<Track>,
    sound: Option<Track>,
}

/// What is known of the current track so far.
#[derive(Default)]
struct Track {
    kind: u64,
    codec: Option<Codec>,
    /// Nanoseconds a frame.
    frame_ns: u64,
    interlaced: u64,
    width: u64,
    height: u64,
    display_width: u64,
    display_height: u64,
    channels: u64,
}

/// No element that is looked at has more content.
const MAX_CONTENT: u64 = 64;

const SEGMENT: u64 = 0x1853_8067;
const INFO: u64 = 0x1549_a966;
const TIMESTAMP_SCALE: u64 = 0x2a_d7b1;
const DURATION: u64 = 0x4489;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK_ENTRY: u64 = 0xae;
const TRACK_TYPE: u64 = 0x83;
const CODEC_ID: u64 = 0x86;
const DEFAULT_DURATION: u64 = 0x23_e383;
const VIDEO: u64 = 0xe0;
const FLAG_INTERLACED: u64 = 0x9a;
const PIXEL_WIDTH: u64 = 0xb0;
const PIXEL_HEIGHT: u64 = 0xba;
const DISPLAY_WIDTH: u64 = 0x54b0;
const DISPLAY_HEIGHT: u64 = 0x54ba;
const AUDIO: u64 = 0xe1;
const CHANNELS: u64 = 0x9f;
const CLUSTER: u64 = 0x1f43_b675;

const VIDEO_TRACK: u64 = 1;
const AUDIO_TRACK: u64 = 2;

/// An element's header.
struct Element {
    id: u64,
    /// Bytes of the header.
    length: usize,
    /// Bytes of the content; `None` if they go on until something else begins.
    size: Option<u64>,
}

impl Parser for Webm {
    fn step(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step {
        let element = match header(window) {
            Ok(element) => element,
            Err(Some(more)) => return Step::Want(more),
            // Nothing that a player could read; what it is, no header says.
            Err(None) => return self.conclude(facts),
        };
        match element.id {
            CLUSTER => return self.conclude(facts),
            TRACK_ENTRY => self.end_track(),
            SEGMENT | INFO | TRACKS | VIDEO | AUDIO => {}
            _ => return self.leaf(&element, window, facts),
        }
        Step::Advance(element.length as u64)
    }

    fn ending(&mut self, facts: &mut MediaFacts) -> Ending {
        self.conclude(facts);
        Ending::Proper
    }
}

/// Reads an element's header, or says how many bytes that takes. `Err(None)` if it is none.
fn header(window: &[u8]) -> Result<Element, Option<usize>> {
    let id_length = number_length(window, 0, 4)?;
    let size_length = number_length(window, id_length, 8)?;
    let length = id_length + size_length;
    let Some(size) = window.get(id_length..length) else {
        return Err(Some(length));
    };
    // The size's marker is no part of it; all bits set mean that it is not known.
    let most = (1 << (7 * size_length)) - 1;
    let size = Some(big_endian(Some(size)) & most).filter(|size| *size != most);
    Ok(Element { id: big_endian(window.get(..id_length)), length, size })
}

/// Bytes of the number that begins at `at`: one more than the zero bits that it begins with.
fn number_length(window: &[u8], at: usize, most: usize) -> Result<usize, Option<usize>> {
    let first = window.get(at).ok_or(Some(at + 1))?;
    let length = first.leading_zeros() as usize + 1;
    if length <= most { Ok(length) } else { Err(None) }
}

impl Webm {
    /// Reads an element that holds a value, or steps over it.
    fn leaf(&mut self, element: &Element, window: &[u8], facts: &mut MediaFacts) -> Step {
        let Some(size) = element.size else {
            return self.conclude(facts);
        };
        let is_value = matches!(
            element.id,
            TIMESTAMP_SCALE
                | DURATION
                | TRACK_TYPE
                | CODEC_ID
                | DEFAULT_DURATION
                | FLAG_INTERLACED
                | PIXEL_WIDTH
                | PIXEL_HEIGHT
                | DISPLAY_WIDTH
                | DISPLAY_HEIGHT
                | CHANNELS
        );
        if is_value && size <= MAX_CONTENT {
            let end = element.length + usize::try_from(size).unwrap_or_default();
            let Some(content) = window.get(element.length..end) else {
                return Step::Want(end);
            };
            self.take(element.id, content);
        }
        Step::Advance(size.saturating_add(element.length as u64))
    }

    fn take(&mut self, id: u64, content: &[u8]) {
        let track = &mut self.track;
        let number = big_endian(Some(content));
        match id {
            TIMESTAMP_SCALE => self.timescale = Some(number),
            DURATION => self.duration = float(content),
            TRACK_TYPE => track.kind = number,
            CODEC_ID => track.codec = codec(content),
            DEFAULT_DURATION => track.frame_ns = number,
            FLAG_INTERLACED => track.interlaced = number,
            PIXEL_WIDTH => track.width = number,
            PIXEL_HEIGHT => track.height = number,
            DISPLAY_WIDTH => track.display_width = number,
            DISPLAY_HEIGHT => track.display_height = number,
            CHANNELS => track.channels = number,
            // Elements of no other name are read.
            _ => {}
        }
    }

    /// Ends a track; the first of its kind counts.
    fn end_track(&mut self) {
        let track = std::mem::take(&mut self.track);
        match track.kind {
            VIDEO_TRACK => self.picture = self.picture.take().or(Some(track)),
            AUDIO_TRACK => self.sound = self.sound.take().or(Some(track)),
            _ => {}
        }
    }

    fn conclude(&mut self, facts: &mut MediaFacts) -> Step {
        self.end_track();
        facts.duration_ms = self.duration_ms();
        if let Some(picture) = &self.picture {
            (facts.width, facts.height) = picture.size().unzip();
            facts.video = picture.video();
        }
        facts.audio = self.sound.as_ref().and_then(Track::audio);
        Step::Done
    }

    fn duration_ms(&self) -> Option<u64> {
        let scale = Duration::from_nanos(self.timescale.unwrap_or(1_000_000)).as_secs_f64();
        let duration = Duration::try_from_secs_f64(self.duration? * scale).ok()?;
        u64::try_from((duration.as_nanos() + 500_000) / 1_000_000).ok()
    }
}

impl Track {
    fn size(&self) -> Option<(u32, u32)> {
        Some((pixels(self.width)?, pixels(self.height)?)).filter(|(width, height)| *width > 0 && *height > 0)
    }

    fn video(&self) -> Option<VideoTrack> {
        Some(VideoTrack {
            codec: self.codec.clone()?,
            pixel_aspect: self.pixel_aspect(),
            scan: match self.interlaced {
                1 => Some(Scan::Interlaced),
                2 => Some(Scan::Progressive),
                _ => None,
            },
            frame_rate_millis: 1_000_000_000_000_u64.checked_div(self.frame_ns),
            ..VideoTrack::default()
        })
    }

    /// What the picture's shape becomes on the screen.
    fn pixel_aspect(&self) -> Option<(u32, u32)> {
        let across = self.display_width.checked_mul(self.height)?;
        let down = self.display_height.checked_mul(self.width)?;
        let divisor = greatest_common_divisor(across, down);
        let (across, down) = (across.checked_div(divisor)?, down.checked_div(divisor)?);
        Some((pixels(across)?, pixels(down)?)).filter(|(across, down)| *across > 0 && *down > 0)
    }

    fn audio(&self) -> Option<AudioTrack> {
        let channels = pixels(self.channels).filter(|channels| *channels > 0);
        Some(AudioTrack { codec: self.codec.clone()?, profile: None, channels })
    }
}

fn greatest_common_divisor(mut one: u64, mut other: u64) -> u64 {
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one
}

fn float(content: &[u8]) -> Option<f64> {
    match content.len() {
        4 => Some(f32::from_be_bytes(content.try_into().ok()?).into()),
        8 => Some(f64::from_be_bytes(content.try_into().ok()?)),
        _ => None,
    }
}

/// <https://www.matroska.org/technical/codec_specs.html>; `WebM` takes no others than these. Zeros may fill a text up
/// (RFC 8794 §7.4).
fn codec(name: &[u8]) -> Option<Codec> {
    let name = name.split(|byte| *byte == 0).next().filter(|name| !name.is_empty())?;
    Some(Codec::Known(match name {
        b"V_VP8" => "vp8",
        b"V_VP9" => "vp9",
        b"V_AV1" => "av1",
        b"A_VORBIS" => "vorbis",
        b"A_OPUS" => "opus",
        other => return Some(Codec::other(other)),
    }))
}
