//! From pixels to a file that X takes.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageResult};

use super::super::category::ContentType;
use super::scale::{shrink, turn, without_idle_alpha};
use super::{FitError, Fitted, Raster, fitted_size};

/// Qualities of a JPEG that are tried before it is made smaller.
const QUALITIES: [u8; 3] = [90, 84, 76];
/// How often a picture is made smaller that is still too large.
const MAX_SHRINKS: u32 = 8;

/// Encodes a picture, turned, in as many pixels as fit into `max_bytes`.
pub(super) fn encode(
    raster: Raster,
    orientation: Option<u16>,
    max_bytes: u64,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Fitted, FitError> {
    let check = || if go_on() { Ok(()) } else { Err(FitError::Stopped) };
    check()?;
    let mut raster = without_idle_alpha(raster);
    let profile = raster.icc_profile.take();
    let (width, height) = (raster.width, raster.height);
    let (mut width, mut height) = size_of(fitted_size(side(width), side(height)));
    let mut shown = if (width, height) == (raster.width, raster.height) {
        None
    } else {
        Some(shrink(&raster, width, height))
    };
    for _ in 0..=MAX_SHRINKS {
        let turned =
            orientation.map(|orientation| turn(shown.take().unwrap_or_else(|| copy(&raster)), orientation));
        let picture = turned.as_ref().or(shown.as_ref()).unwrap_or(&raster);
        let mut smallest = u64::MAX;
        let qualities = if picture.has_alpha() { &QUALITIES[..1] } else { &QUALITIES[..] };
        for quality in qualities {
            check()?;
            let fitted = write(picture, profile.as_deref(), *quality)?;
            let length = fitted.bytes.len() as u64;
            if length <= max_bytes {
                return Ok(fitted);
            }
            smallest = smallest.min(length);
        }
        check()?;
        (width, height) = smaller(width, height, share(max_bytes, smallest));
        shown = Some(shrink(&raster, width, height));
    }
    Err(FitError::TooLarge(format!("it can't be made as small as the {max_bytes} bytes that X takes")))
}

#[allow(clippy::cast_precision_loss, reason = "it is about")]
fn share(of: u64, all: u64) -> f64 {
    of as f64 / all as f64
}

fn copy(raster: &Raster) -> Raster {
    Raster { pixels: raster.pixels.clone(), icc_profile: None, ..*raster }
}

fn side(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn size_of((width, height): (u32, u32)) -> (usize, usize) {
    (width as usize, height as usize)
}

/// A file's length goes with its pixels, about; a little less than the share of it that may be is aimed at.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths of sides, and what is smaller"
)]
fn smaller(width: usize, height: usize, share: f64) -> (usize, usize) {
    let factor = share.sqrt().min(0.95) * 0.97;
    let scaled = |length: usize| ((length as f64 * factor) as usize).max(1);
    (scaled(width), scaled(height))
}

fn write(picture: &Raster, profile: Option<&[u8]>, quality: u8) -> Result<Fitted, FitError> {
    let mut bytes = Vec::new();
    let color = match picture.channels {
        1 => ExtendedColorType::L8,
        2 => ExtendedColorType::La8,
        3 => ExtendedColorType::Rgb8,
        _ => ExtendedColorType::Rgba8,
    };
    let written = if picture.has_alpha() {
        let encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        write_with(encoder, picture, profile, color)
    } else {
        write_with(JpegEncoder::new_with_quality(&mut bytes, quality), picture, profile, color)
    };
    written.map_err(|error| FitError::Unreadable(format!("it can't be encoded: {error}")))?;
    let content_type = if picture.has_alpha() { ContentType::Png } else { ContentType::Jpeg };
    Ok(Fitted { bytes, content_type })
}

fn write_with<E: ImageEncoder>(
    mut encoder: E,
    picture: &Raster,
    profile: Option<&[u8]>,
    color: ExtendedColorType,
) -> ImageResult<()> {
    if let Some(profile) = profile {
        // Both kinds of file can hold one.
        let _unsupported = encoder.set_icc_profile(profile.to_vec());
    }
    encoder.write_image(&picture.pixels, side(picture.width), side(picture.height), color)
}
