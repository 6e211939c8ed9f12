//! From a file to pixels, within bounds that are checked before anything is decoded.

use std::io::Cursor;

use image::codecs::bmp::BmpDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, ImageError, Limits};

use super::super::category::ContentType;
use super::super::strip::is_whole_jpeg;
use super::{FitError, MAX_FIT_PIXELS, Raster, check_pixels};

/// What a decoder may take beside the pixels that it gives: 8 bytes for each that is allowed.
const MAX_ALLOC: u64 = MAX_FIT_PIXELS * 8;

pub(super) fn decode(content_type: ContentType, bytes: &[u8]) -> Result<Raster, FitError> {
    let file = Cursor::new(bytes);
    match content_type {
        ContentType::Jpeg if !is_whole_jpeg(bytes) => {
            Err(FitError::Unreadable("the file ends in the middle".to_owned()))
        }
        ContentType::Jpeg => read(JpegDecoder::new(file)),
        ContentType::Png => read(PngDecoder::with_limits(file, limits())),
        ContentType::Webp => read(WebPDecoder::new(file)),
        ContentType::Bmp => read(BmpDecoder::new(file)),
        ContentType::Tiff => read(TiffDecoder::new(file)),
        other => Err(FitError::Unreadable(format!("there is no decoder for {}", other.as_str()))),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_ALLOC);
    limits
}

fn read<D: ImageDecoder>(opened: Result<D, ImageError>) -> Result<Raster, FitError> {
    let mut decoder = opened.map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    check_pixels(width, height)?;
    decoder.set_limits(limits()).map_err(unreadable)?;
    let icc_profile = decoder.icc_profile().ok().flatten();
    let color = decoder.color_type();
    let size = usize::try_from(decoder.total_bytes()).unwrap_or(usize::MAX);
    if width == 0 || height == 0 || size as u64 > MAX_ALLOC * 2 {
        // The decoders refuse such pictures themselves.
        return Err(FitError::Unreadable("it has no pixels, or more than fit".to_owned()));
    }
    let mut samples = vec![0; size];
    decoder.read_image(&mut samples).map_err(unreadable)?;
    let (channels, pixels) = to_bytes(color, samples)?;
    let (width, height) = (width as usize, height as usize);
    let icc_profile = icc_profile.filter(|profile| fits(profile, channels));
    Ok(Raster { pixels, width, height, channels, icc_profile })
}

/// Samples of 8 bits.
fn to_bytes(color: ColorType, samples: Vec<u8>) -> Result<(usize, Vec<u8>), FitError> {
    let channels = usize::from(color.channel_count());
    let pixels = match color {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => samples,
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            let (pairs, _) = samples.as_chunks::<2>();
            pairs.iter().map(|pair| u16::from_ne_bytes(*pair).to_be_bytes()[0]).collect()
        }
        ColorType::Rgb32F | ColorType::Rgba32F => {
            let (fours, _) = samples.as_chunks::<4>();
            fours.iter().map(|four| level(f32::from_ne_bytes(*four))).collect()
        }
        // None that the decoders above give.
        _ => return Err(FitError::Unreadable("its pixels have a form that is not known here".to_owned())),
    };
    Ok((channels, pixels))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 255")]
fn level(sample: f32) -> u8 {
    (sample.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// A profile of other colours than these would show them wrong: that of a print, when its inks were made red, green and
/// blue (ICC.1 §7.2.6).
fn fits(profile: &[u8], channels: usize) -> bool {
    let space: &[u8] = if channels < 3 { b"GRAY" } else { b"RGB " };
    profile.get(16..20) == Some(space)
}

/// The decoder's words may be long, or hold more than one line.
fn unreadable(error: ImageError) -> FitError {
    match error {
        ImageError::Limits(_) => FitError::TooLarge("it needs more memory than decoding may take".to_owned()),
        other => {
            let words: String =
                other.to_string().chars().filter(|letter| !letter.is_control()).take(200).collect();
            FitError::Unreadable(format!("it can't be decoded: {words}"))
        }
    }
}
