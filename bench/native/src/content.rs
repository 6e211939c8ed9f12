//! Media of any size, made while they are read: the same bytes at the same place each time, other ones in each medium.

use std::sync::LazyLock;

use bytes::Bytes;
use serde::Deserialize;

/// A prime, so that a segment in another's place never has the same bytes.
const NOISE_BYTES: usize = 1_048_573;
/// Bytes of one piece: what a server writes at once.
const MAX_PIECE: u64 = 256 * 1024;

/// What a medium is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A JPEG.
    #[default]
    Image,
    /// An MP4.
    Video,
}

impl Kind {
    /// Its content type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Image => "image/jpeg",
            Self::Video => "video/mp4",
        }
    }

    /// Its category at X.
    pub fn category(self) -> &'static str {
        match self {
            Self::Image => "tweet_image",
            Self::Video => "tweet_video",
        }
    }
}

/// A medium.
#[derive(Clone, Debug)]
pub struct Content {
    /// What it is.
    pub kind: Kind,
    /// How large it is.
    pub bytes: u64,
    head: Bytes,
    shift: u64,
}

impl Content {
    /// The medium of this number; it has at least 1024 bytes.
    pub fn new(kind: Kind, bytes: u64, number: u64) -> Self {
        let bytes = bytes.max(1024);
        let head = match kind {
            Kind::Image => jpeg_head(),
            Kind::Video => movie_head(bytes),
        };
        Self { kind, bytes, head: Bytes::from(head), shift: number.wrapping_mul(4099) }
    }

    /// Its bytes from `offset` on, as many as lie in one run of memory; empty at `end`.
    pub fn piece(&self, offset: u64, end: u64) -> Bytes {
        let wanted = self.bytes.min(end).saturating_sub(offset).min(MAX_PIECE);
        let in_head = usize::try_from(offset).ok().filter(|at| *at < self.head.len());
        let (run, at) = match in_head {
            Some(at) => (&self.head, at),
            None => (&*NOISE, place_in_noise(offset.wrapping_add(self.shift))),
        };
        let length = usize::try_from(wanted).unwrap_or(usize::MAX).min(run.len() - at);
        run.slice(at..at + length)
    }

    /// The CRC-32 of the whole.
    pub fn checksum(&self) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        let mut offset = 0;
        while offset < self.bytes {
            let piece = self.piece(offset, self.bytes);
            hasher.update(&piece);
            offset += piece.len() as u64;
        }
        hasher.finalize()
    }
}

fn place_in_noise(offset: u64) -> usize {
    usize::try_from(offset % NOISE_BYTES as u64).unwrap_or_default()
}

/// Noise without the byte that begins a JPEG's markers.
static NOISE: LazyLock<Bytes> = LazyLock::new(|| {
    let mut state: u32 = 0x2545_f491;
    let noise = (0..NOISE_BYTES).map(|_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let [byte, ..] = state.to_be_bytes();
        byte.min(0xfe)
    });
    noise.collect()
});

/// The start of a picture of 640 × 480: its frame header, then a scan.
fn jpeg_head() -> Vec<u8> {
    let frame = [0xff, 0xc0, 0, 17, 8, 1, 0xe0, 2, 0x80, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
    let scan = [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0];
    [&[0xff, 0xd8][..], &frame, &scan].concat()
}

/// The start of a video of ten seconds: all but its samples.
fn movie_head(bytes: u64) -> Vec<u8> {
    let file_type = atom(*b"ftyp", &[b"isom\0\0\x02\0isomavc1"]);
    let movie = movie_box(1280, 720, 10_000);
    let samples = bytes - (file_type.len() + movie.len()) as u64;
    [file_type, movie, vec![0, 0, 0, 1], b"mdat".to_vec(), samples.to_be_bytes().to_vec()].concat()
}

fn movie_box(width: u32, height: u32, duration_ms: u32) -> Vec<u8> {
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000];
    let header = atom(
        *b"mvhd",
        &[&words(&[0, 0, 0, 1000, duration_ms, 0x10000, 0, 0, 0]), &words(&matrix), &[0; 24], &words(&[2])],
    );
    let track = atom(
        *b"tkhd",
        &[
            &words(&[3, 0, 0, 1, 0, duration_ms, 0, 0, 0, 0]),
            &words(&matrix),
            &words(&[width << 16, height << 16]),
        ],
    );
    let media_header = atom(*b"mdhd", &[&words(&[0, 0, 0, 1000, duration_ms, 0])]);
    let handler = atom(*b"hdlr", &[&words(&[0, 0]), b"vide", &[0; 13]]);
    let information = atom(*b"minf", &[&atom(*b"vmhd", &[&words(&[1, 0, 0])])]);
    let media = atom(*b"mdia", &[&media_header, &handler, &information]);
    atom(*b"moov", &[&header, &atom(*b"trak", &[&track, &media])])
}

fn atom(name: [u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let body = content.concat();
    let length = u32::try_from(body.len() + 8).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], &name, &body].concat()
}

#[cfg(test)]
mod tests;
