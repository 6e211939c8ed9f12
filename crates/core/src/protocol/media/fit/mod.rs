//! Makes of a picture that X would refuse one that it takes: smaller, or in another format.
//!
//! A picture is decoded only if it has to be. It keeps its aspect, its colour profile, and, where it has one, its
//! transparency; it is turned as its EXIF says, and no other metadata are kept.

mod decode;
mod encode;
mod scale;

use std::fmt;

use super::category::ContentType;
use super::limits::{IMAGE_SIDE, MAX_IMAGE_BYTES};
use super::sniff::MediaFacts;
use super::strip::exif_of;
use decode::decode;
use encode::encode;

/// Largest file that is fitted.
pub const MAX_FIT_BYTES: u64 = 64_000_000;
/// Most pixels that are decoded: 8192 × 8192. A pixel takes up to ten bytes while it is worked on.
pub const MAX_FIT_PIXELS: u64 = 8192 * 8192;

/// Why a picture could not be fitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FitError {
    /// It can't be decoded, in words for a person.
    Unreadable(String),
    /// It is larger than what is decoded.
    TooLarge(String),
    /// Nobody waits for it any more.
    Stopped,
}

impl fmt::Display for FitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) | Self::TooLarge(why) => formatter.write_str(why),
            Self::Stopped => formatter.write_str("the work was given up"),
        }
    }
}

/// A picture that X takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// What it is: JPEG, or PNG if it has transparent parts.
    pub content_type: ContentType,
}

/// Decoded pixels, 8 bits a sample.
pub(super) struct Raster {
    pub(super) pixels: Vec<u8>,
    pub(super) width: usize,
    pub(super) height: usize,
    /// 1: grey, 2: grey and alpha, 3: red, green, blue, 4: and alpha.
    pub(super) channels: usize,
    pub(super) icc_profile: Option<Vec<u8>>,
}

impl Raster {
    pub(super) fn has_alpha(&self) -> bool {
        matches!(self.channels, 2 | 4)
    }
}

/// Whether X would refuse a still picture for what fitting mends. What is not known yet speaks for the picture.
pub fn needs_fit(facts: &MediaFacts, bytes: Option<u64>) -> bool {
    match facts.content_type {
        Some(ContentType::Bmp | ContentType::Tiff | ContentType::Heic | ContentType::Avif) => true,
        Some(ContentType::Jpeg | ContentType::Png | ContentType::Webp) => {
            let (_, most) = IMAGE_SIDE;
            bytes.is_some_and(|bytes| bytes > MAX_IMAGE_BYTES)
                || facts.width.max(facts.height).is_some_and(|side| side > most)
        }
        _ => false,
    }
}

/// Why a picture that needs it can't be fitted, as far as its head shows.
pub fn unfit(facts: &MediaFacts, bytes: Option<u64>) -> Option<FitError> {
    let content_type = facts.content_type?;
    if matches!(content_type, ContentType::Heic | ContentType::Avif) {
        let message = format!(
            "X does not accept {}, and this package has no decoder for it: save it as JPEG, PNG or WebP first",
            content_type.as_str()
        );
        return Some(FitError::Unreadable(message));
    }
    if facts.animated == Some(true) {
        let message = "it is an animation, which can't be fitted: make it smaller, or a GIF or video of it";
        return Some(FitError::Unreadable(message.to_owned()));
    }
    if let Some(bytes) = bytes.filter(|bytes| *bytes > MAX_FIT_BYTES) {
        let message = format!("it has {bytes} bytes; a picture to be fitted may have {MAX_FIT_BYTES}");
        return Some(FitError::TooLarge(message));
    }
    let (width, height) = facts.width.zip(facts.height)?;
    check_pixels(width, height).err()
}

fn check_pixels(width: u32, height: u32) -> Result<(), FitError> {
    if u64::from(width) * u64::from(height) <= MAX_FIT_PIXELS {
        return Ok(());
    }
    let message = format!(
        "it has {width} × {height} pixels; a picture to be fitted may have {MAX_FIT_PIXELS} in all (8192 × 8192)"
    );
    Err(FitError::TooLarge(message))
}

/// Width and height within X's limit, with the same aspect.
pub fn fitted_size(width: u32, height: u32) -> (u32, u32) {
    let (_, most) = IMAGE_SIDE;
    let side = width.max(height);
    if side <= most {
        return (width, height);
    }
    let scaled = |length: u32| {
        let rounded = (u64::from(length) * u64::from(most) * 2 + u64::from(side)) / (2 * u64::from(side));
        u32::try_from(rounded).unwrap_or(most).max(1)
    };
    (scaled(width), scaled(height))
}

/// Decodes a picture and makes one of it of at most 5 MB and 8,192 pixels a side. It is asked between steps whether to
/// `go_on`. The same bytes always give the same result.
pub fn fit(
    content_type: ContentType,
    bytes: &[u8],
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Fitted, FitError> {
    let orientation = exif_of(content_type, bytes).and_then(super::strip::ExifFacts::turned);
    let raster = decode(content_type, bytes)?;
    encode(raster, orientation, MAX_IMAGE_BYTES, go_on)
}

#[cfg(test)]
mod tests;
