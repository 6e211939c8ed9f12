#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::panic
)]

use std::io::Cursor;

use image::codecs::bmp::BmpEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::tiff::TiffEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader};

use super::super::limits::MAX_IMAGE_BYTES;
use super::*;

const SRGB: &[u8] = b"\0\0\x02\x0clcms\x02\x10\0\0mntrRGB XYZ a profile of colours";

/// Bytes without a pattern, the same each time.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as u8
    })
    .take(count)
    .collect()
}

/// Red to the left, blue to the right.
fn halves(width: usize, height: usize, channels: usize) -> Vec<u8> {
    let pixel = |x: usize| if x < width / 2 { [255, 0, 0, 255] } else { [0, 0, 255, 128] };
    (0..height).flat_map(|_| (0..width).flat_map(move |x| pixel(x)[..channels].to_vec())).collect()
}

fn png(pixels: &[u8], width: u32, height: u32, color: ExtendedColorType, profile: Option<&[u8]>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(&mut file);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).unwrap();
    }
    encoder.write_image(pixels, width, height, color).unwrap();
    file
}

fn fitted(content_type: ContentType, bytes: &[u8]) -> Fitted {
    fit(content_type, bytes, &|| true).unwrap()
}

struct Seen {
    size: (u32, u32),
    profile: Option<Vec<u8>>,
    rgba: image::RgbaImage,
}

fn seen(fitted: &Fitted) -> Seen {
    let format = match fitted.content_type {
        ContentType::Jpeg => ImageFormat::Jpeg,
        ContentType::Png => ImageFormat::Png,
        other => panic!("{}", other.as_str()),
    };
    assert!(fitted.bytes.len() as u64 <= MAX_IMAGE_BYTES);
    let mut decoder = ImageReader::with_format(Cursor::new(&fitted.bytes), format).into_decoder().unwrap();
    let (size, profile) = (decoder.dimensions(), decoder.icc_profile().unwrap());
    Seen { size, profile, rgba: image::DynamicImage::from_decoder(decoder).unwrap().into_rgba8() }
}

fn is_near(seen: &Seen, x: u32, y: u32, colour: [u8; 4]) {
    let pixel = seen.rgba.get_pixel(x, y).0;
    let near = pixel.iter().zip(colour).all(|(one, other)| one.abs_diff(other) < 12);
    assert!(near, "{pixel:?} at {x}, {y} is not {colour:?}");
}

#[test]
fn a_picture_that_is_too_wide_is_scaled_with_its_aspect_and_profile() {
    let bytes = png(&halves(9000, 36, 3), 9000, 36, ExtendedColorType::Rgb8, Some(SRGB));
    let fitted = fitted(ContentType::Png, &bytes);
    assert_eq!(fitted.content_type, ContentType::Jpeg);
    let seen = seen(&fitted);
    assert_eq!(seen.size, (8192, 33));
    assert_eq!(fitted_size(9000, 36), (8192, 33));
    assert_eq!(seen.profile.as_deref(), Some(SRGB));
    is_near(&seen, 100, 16, [255, 0, 0, 255]);
    is_near(&seen, 8000, 16, [0, 0, 255, 255]);
}

#[test]
fn transparent_parts_stay_and_idle_alpha_goes() {
    let bytes = png(&halves(9000, 36, 4), 9000, 36, ExtendedColorType::Rgba8, None);
    let transparent = fitted(ContentType::Png, &bytes);
    assert_eq!(transparent.content_type, ContentType::Png);
    let seen = seen(&transparent);
    is_near(&seen, 100, 16, [255, 0, 0, 255]);
    is_near(&seen, 8000, 16, [0, 0, 255, 128]);
    let opaque: Vec<u8> =
        halves(9000, 36, 3).chunks(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect();
    let bytes = png(&opaque, 9000, 36, ExtendedColorType::Rgba8, None);
    assert_eq!(fitted(ContentType::Png, &bytes).content_type, ContentType::Jpeg);
}

#[test]
fn the_colour_behind_transparency_does_not_show() {
    // Clear black beside opaque white: the mean is half transparent, and white.
    let raster = Raster {
        pixels: vec![0, 0, 0, 0, 255, 255, 255, 255],
        width: 2,
        height: 1,
        channels: 4,
        icc_profile: None,
    };
    assert_eq!(scale::shrink(&raster, 1, 1).pixels, [255, 255, 255, 128]);
}

#[test]
fn a_plain_colour_stays_the_same_at_any_size() {
    for (width, height) in [(1, 1), (3, 2), (6, 5), (7, 3)] {
        let raster =
            Raster { pixels: vec![200; 7 * 5 * 3], width: 7, height: 5, channels: 3, icc_profile: None };
        assert_eq!(scale::shrink(&raster, width, height).pixels, vec![200; width * height * 3]);
    }
}

#[test]
fn pictures_are_turned_as_an_independent_library_does() {
    let (width, height) = (5, 3);
    let pixels: Vec<u8> = (0..width * height * 3).map(|at| at as u8).collect();
    for orientation in 1..=8_u16 {
        let raster = Raster { pixels: pixels.clone(), width, height, channels: 3, icc_profile: None };
        let turned = scale::turn(raster, orientation);
        let picture = image::RgbImage::from_raw(width as u32, height as u32, pixels.clone()).unwrap();
        let mut other = image::DynamicImage::ImageRgb8(picture);
        other.apply_orientation(image::metadata::Orientation::from_exif(orientation as u8).unwrap());
        assert_eq!(turned.pixels, other.as_bytes(), "{orientation}");
        assert_eq!((turned.width as u32, turned.height as u32), (other.width(), other.height()));
    }
}

#[test]
fn bmp_and_tiff_become_what_x_takes() {
    let pixels = halves(64, 32, 3);
    let mut bmp = Vec::new();
    BmpEncoder::new(&mut bmp).encode(&pixels, 64, 32, ExtendedColorType::Rgb8).unwrap();
    let mut tiff = Cursor::new(Vec::new());
    TiffEncoder::new(&mut tiff).write_image(&pixels, 64, 32, ExtendedColorType::Rgb8).unwrap();
    let mut transparent = Cursor::new(Vec::new());
    TiffEncoder::new(&mut transparent)
        .write_image(&halves(64, 32, 4), 64, 32, ExtendedColorType::Rgba8)
        .unwrap();
    for (kind, bytes, becomes) in [
        (ContentType::Bmp, bmp, ContentType::Jpeg),
        (ContentType::Tiff, tiff.into_inner(), ContentType::Jpeg),
        (ContentType::Tiff, transparent.into_inner(), ContentType::Png),
    ] {
        let fitted = fitted(kind, &bytes);
        assert_eq!(fitted.content_type, becomes);
        let seen = seen(&fitted);
        assert_eq!(seen.size, (64, 32));
        is_near(&seen, 5, 5, [255, 0, 0, 255]);
    }
}

#[test]
fn a_photo_and_a_webp_that_are_too_wide_are_scaled() {
    let pixels = halves(9000, 36, 3);
    let mut jpeg = Vec::new();
    JpegEncoder::new(&mut jpeg).write_image(&pixels, 9000, 36, ExtendedColorType::Rgb8).unwrap();
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp).encode(&pixels, 9000, 36, ExtendedColorType::Rgb8).unwrap();
    for (kind, bytes) in [(ContentType::Jpeg, jpeg), (ContentType::Webp, webp)] {
        let fitted = fitted(kind, &bytes);
        assert_eq!(fitted.content_type, ContentType::Jpeg);
        let seen = seen(&fitted);
        assert_eq!(seen.size, (8192, 33));
        is_near(&seen, 100, 16, [255, 0, 0, 255]);
        is_near(&seen, 8000, 16, [0, 0, 255, 255]);
    }
}

#[test]
fn samples_of_16_bits_and_of_floats_become_8_bits() {
    let bytes = halves(64, 32, 3);
    let wide: Vec<u8> =
        bytes.iter().flat_map(|byte| u16::from_be_bytes([*byte, 0x55]).to_ne_bytes()).collect();
    let floats: Vec<u8> = bytes.iter().flat_map(|byte| (f32::from(*byte) / 250.0).to_ne_bytes()).collect();
    let tiff = |samples: &[u8], color| {
        let mut file = Cursor::new(Vec::new());
        TiffEncoder::new(&mut file).write_image(samples, 64, 32, color).unwrap();
        file.into_inner()
    };
    for (kind, file) in [
        (ContentType::Png, png(&wide, 64, 32, ExtendedColorType::Rgb16, None)),
        (ContentType::Tiff, tiff(&wide, ExtendedColorType::Rgb16)),
        (ContentType::Tiff, tiff(&floats, ExtendedColorType::Rgb32F)),
    ] {
        let raster = decode(kind, &file).unwrap();
        assert_eq!((raster.width, raster.height, raster.channels), (64, 32, 3));
        assert_eq!(raster.pixels, bytes, "{}", kind.as_str());
    }
}

#[test]
fn pictures_without_colours_stay_so() {
    for (color, channels, becomes) in
        [(ExtendedColorType::L8, 1, ContentType::Jpeg), (ExtendedColorType::La8, 2, ContentType::Png)]
    {
        let bytes = png(&vec![100; 9000 * 4 * channels], 9000, 4, color, None);
        let fitted = fitted(ContentType::Png, &bytes);
        assert_eq!(fitted.content_type, becomes);
        let alpha = if channels == 2 { 100 } else { 255 };
        is_near(&seen(&fitted), 4000, 2, [100, 100, 100, alpha]);
    }
}

#[test]
fn a_picture_of_too_many_bytes_becomes_smaller_until_it_fits() {
    let made = |channels: usize, max_bytes: u64| {
        let pixels = noise(100 * 100 * channels);
        let raster = Raster { pixels, width: 100, height: 100, channels, icc_profile: None };
        let fitted = encode(raster, None, max_bytes, &|| true);
        assert!(fitted.as_ref().is_ok_and(|fitted| fitted.bytes.len() as u64 <= max_bytes));
        fitted
    };
    // What is opaque loses quality first, then pixels.
    assert_eq!(seen(&made(3, 30_000).unwrap()).size, (100, 100));
    assert_eq!(seen(&made(3, 20_000).unwrap()).size, (100, 100));
    let (width, height) = seen(&made(3, 5_000).unwrap()).size;
    assert!(width == height && (30..80).contains(&width), "{width}");
    // What stays a PNG loses pixels.
    let (width, height) = seen(&made(4, 20_000).unwrap()).size;
    assert!(width == height && (50..80).contains(&width), "{width}");
    assert_eq!(made(4, 20_000), made(4, 20_000), "the same pixels give the same result");
    let raster = Raster { pixels: noise(40_000), width: 100, height: 100, channels: 4, icc_profile: None };
    assert!(matches!(encode(raster, None, 50, &|| true), Err(FitError::TooLarge(_))));
}

#[test]
fn a_profile_of_other_colours_goes() {
    let cmyk = b"\0\0\x02\x0clcms\x02\x10\0\0prtrCMYKLab a profile of inks";
    let bytes = png(&halves(9000, 8, 3), 9000, 8, ExtendedColorType::Rgb8, Some(cmyk));
    assert_eq!(seen(&fitted(ContentType::Png, &bytes)).profile, None);
}

fn refused(content_type: ContentType, bytes: &[u8]) -> FitError {
    fit(content_type, bytes, &|| true).unwrap_err()
}

/// A PNG's first 33 bytes.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut header = png(&[0; 3], 1, 1, ExtendedColorType::Rgb8, None);
    header[16..20].copy_from_slice(&width.to_be_bytes());
    header[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&header[12..29]);
    header[29..33].copy_from_slice(&checksum.to_be_bytes());
    header
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[test]
fn a_picture_of_too_many_pixels_is_refused_by_its_header() {
    for (width, height) in [(60_000, 60_000), (8193, 8192), (i32::MAX as u32, 2)] {
        let why = refused(ContentType::Png, &png_header(width, height));
        assert!(matches!(why, FitError::TooLarge(_)), "{why}");
    }
    // As many as may be, announced with a few bytes of data.
    let why = refused(ContentType::Png, &png_header(8192, 8192));
    assert!(matches!(why, FitError::Unreadable(_)), "{why}");
}

#[test]
fn what_is_broken_is_refused_with_a_reason() {
    let mut jpeg = Vec::new();
    JpegEncoder::new(&mut jpeg).write_image(&halves(64, 64, 3), 64, 64, ExtendedColorType::Rgb8).unwrap();
    let mut tiff = Cursor::new(Vec::new());
    TiffEncoder::new(&mut tiff).write_image(&halves(64, 32, 3), 64, 32, ExtendedColorType::Rgb8).unwrap();
    let mut bmp = Vec::new();
    BmpEncoder::new(&mut bmp).encode(&halves(64, 64, 3), 64, 64, ExtendedColorType::Rgb8).unwrap();
    let png = png(&noise(64 * 64 * 3), 64, 64, ExtendedColorType::Rgb8, None);
    for (kind, bytes) in [
        (ContentType::Jpeg, jpeg),
        (ContentType::Png, png),
        (ContentType::Tiff, tiff.into_inner()),
        (ContentType::Bmp, bmp),
    ] {
        for end in [0, 1, 30, bytes.len() / 2] {
            let why = refused(kind, &bytes[..end]);
            assert!(matches!(why, FitError::Unreadable(_)), "{} {end} {why}", kind.as_str());
            assert!(!why.to_string().contains('\n'));
        }
        assert!(matches!(refused(kind, &noise(2000)), FitError::Unreadable(_)));
    }
    assert!(matches!(refused(ContentType::Heic, b"ftypheic"), FitError::Unreadable(_)));
}

#[test]
fn work_ends_when_nobody_waits_for_it() {
    let bytes = png(&halves(9000, 8, 3), 9000, 8, ExtendedColorType::Rgb8, None);
    let stopped = fit(ContentType::Png, &bytes, &|| false).unwrap_err();
    assert_eq!((&stopped, stopped.to_string().as_str()), (&FitError::Stopped, "the work was given up"));
}

#[test]
fn what_is_in_order_needs_no_fitting() {
    let facts = |content_type, side| MediaFacts {
        content_type: Some(content_type),
        width: Some(side),
        height: Some(side),
        ..MediaFacts::default()
    };
    assert!(!needs_fit(&facts(ContentType::Jpeg, 8192), Some(MAX_IMAGE_BYTES)));
    assert!(needs_fit(&facts(ContentType::Jpeg, 8193), Some(1)));
    assert!(needs_fit(&facts(ContentType::Webp, 1), Some(MAX_IMAGE_BYTES + 1)));
    assert!(needs_fit(&facts(ContentType::Bmp, 1), Some(1)));
    assert!(!needs_fit(&facts(ContentType::Gif, 9000), Some(MAX_IMAGE_BYTES + 1)));
    assert!(!needs_fit(&facts(ContentType::Mp4, 9000), Some(MAX_IMAGE_BYTES + 1)));
    let unfit_facts = |facts: &MediaFacts, bytes| unfit(facts, Some(bytes)).unwrap().to_string();
    assert!(unfit_facts(&facts(ContentType::Heic, 10), 1).contains("save it as JPEG"));
    assert!(unfit_facts(&facts(ContentType::Tiff, 10), MAX_FIT_BYTES + 1).contains("64000000"));
    let moving = MediaFacts { animated: Some(true), ..facts(ContentType::Webp, 10) };
    assert!(unfit_facts(&moving, 1).contains("animation"));
    assert_eq!(unfit(&facts(ContentType::Jpeg, 8192), Some(MAX_FIT_BYTES)), None);
}
