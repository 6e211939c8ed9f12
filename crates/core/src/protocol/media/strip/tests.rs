#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, load_from_memory_with_format};
use proptest::prelude::*;

use super::*;

/// In runs of odd lengths, so that whatever is read lies across two of them somewhere.
fn in_runs(file: &[u8]) -> Vec<Bytes> {
    let mut rest = Bytes::copy_from_slice(file);
    let mut lengths = [1, 7, 13, 64, 5].into_iter().cycle();
    std::iter::from_fn(|| (!rest.is_empty()).then(|| rest.split_to(lengths.next().unwrap().min(rest.len()))))
        .collect()
}

/// What is left of a file, however it was read.
fn strip(content_type: ContentType, file: &[u8]) -> Option<WholeStripped> {
    let whole =
        |stripped: Stripped| WholeStripped { bytes: stripped.bytes.concat(), removed: stripped.removed };
    let stripped = super::strip(content_type, &[Bytes::copy_from_slice(file)]).map(whole);
    assert_eq!(super::strip(content_type, &in_runs(file)).map(whole), stripped);
    stripped
}

#[derive(Debug, PartialEq)]
struct WholeStripped {
    bytes: Vec<u8>,
    removed: Vec<Metadata>,
}

const WIDTH: u32 = 16;
const HEIGHT: u32 = 8;
const PROFILE: &[u8] = b"\0\0\x02\x0clcms\x02\x10\0\0mntrRGB XYZ a profile of colours";

fn pixels() -> Vec<u8> {
    (0..WIDTH * HEIGHT * 3).map(|at| (at * 7 % 251) as u8).collect()
}

fn encoded(content_type: ContentType) -> Vec<u8> {
    let mut file = Vec::new();
    let (pixels, color) = (pixels(), ExtendedColorType::Rgb8);
    match content_type {
        ContentType::Jpeg => {
            let mut encoder = JpegEncoder::new(&mut file);
            encoder.set_icc_profile(PROFILE.to_vec()).unwrap();
            encoder.write_image(&pixels, WIDTH, HEIGHT, color).unwrap();
        }
        ContentType::Png => {
            let mut encoder = PngEncoder::new(&mut file);
            encoder.set_icc_profile(PROFILE.to_vec()).unwrap();
            encoder.write_image(&pixels, WIDTH, HEIGHT, color).unwrap();
        }
        _ => {
            let mut encoder = WebPEncoder::new_lossless(&mut file);
            encoder.set_icc_profile(PROFILE.to_vec()).unwrap();
            encoder.write_image(&pixels, WIDTH, HEIGHT, color).unwrap();
        }
    }
    file
}

/// What a decoder that is not ours sees.
fn seen(content_type: ContentType, bytes: &[u8]) -> Vec<u8> {
    let format = match content_type {
        ContentType::Jpeg => ImageFormat::Jpeg,
        ContentType::Png => ImageFormat::Png,
        _ => ImageFormat::WebP,
    };
    load_from_memory_with_format(bytes, format).unwrap().into_bytes()
}

/// An EXIF with an orientation and a location.
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend(b"\x0f\x01\x02\0\x04\0\0\0Can\0");
    tiff.extend(b"\x12\x01\x03\0\x01\0\0\0");
    tiff.extend(u32::from(orientation).to_le_bytes());
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x32\0\0\0\0\0\0\0");
    tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0the secret place");
    tiff
}

fn jpeg_segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() + 2) as u16;
    [&[0xff, marker][..], &length.to_be_bytes(), content].concat()
}

fn png_chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    // The checksum of what is removed does not matter.
    [&(content.len() as u32).to_be_bytes()[..], name, content, &[0; 4]].concat()
}

fn webp_chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let padding: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
    [name, &(content.len() as u32).to_le_bytes()[..], content, padding].concat()
}

/// A picture with everything that identifies, and the same one without any of it.
fn laden(content_type: ContentType, orientation: u16) -> (Vec<u8>, Vec<u8>) {
    let plain = encoded(content_type);
    let mut laden = plain.clone();
    match content_type {
        ContentType::Jpeg => {
            let segments = [
                jpeg_segment(0xe1, &[&b"Exif\0\0"[..], &exif(orientation)].concat()),
                jpeg_segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>the secret place</x:xmpmeta>"),
                jpeg_segment(0xe2, b"MPF\0the secret place"),
                jpeg_segment(0xed, b"Photoshop 3.0\08BIM\x04\x04the secret place"),
                jpeg_segment(0xfe, b"the secret place"),
            ];
            laden.splice(2..2, segments.concat());
            laden.extend(b"\xff\xd8\xff the secret place \xff\xd9");
        }
        ContentType::Png => {
            let early = [
                png_chunk(b"eXIf", &exif(orientation)),
                png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0the secret place"),
                png_chunk(b"zTXt", b"Raw profile type iptc\0\0the secret place"),
                png_chunk(b"zTXt", b"Raw profile type exif\0\0the secret place"),
            ];
            laden.splice(33..33, early.concat());
            let late =
                [png_chunk(b"tEXt", b"Comment\0the secret place"), png_chunk(b"tIME", &[7; 7])].concat();
            let end = laden.len() - 12;
            laden.splice(end..end, late);
            laden.extend(b"the secret place");
        }
        _ => {
            assert_eq!(&laden[12..16], b"VP8X");
            laden[20] |= 0b1100;
            laden.extend(webp_chunk(b"EXIF", &exif(orientation)));
            laden.extend(webp_chunk(b"XMP ", b"the secret place"));
            let size = laden.len() as u32 - 8;
            laden[4..8].copy_from_slice(&size.to_le_bytes());
            laden.extend(b"the secret place");
        }
    }
    (laden, plain)
}

const KINDS: [ContentType; 3] = [ContentType::Jpeg, ContentType::Png, ContentType::Webp];

#[test]
fn what_identifies_is_removed_and_nothing_else() {
    for kind in KINDS {
        let (laden, plain) = laden(kind, 1);
        let stripped = strip(kind, &laden).unwrap();
        assert_eq!(stripped.bytes, plain, "{}", kind.as_str());
        let mut expected = vec![Metadata::Exif, Metadata::Gps, Metadata::Xmp];
        match kind {
            ContentType::Jpeg => expected.extend([Metadata::Iptc, Metadata::Text]),
            ContentType::Png => expected.extend([Metadata::Iptc, Metadata::Text, Metadata::Time]),
            _ => {}
        }
        expected.push(Metadata::Trailer);
        assert_eq!(stripped.removed, expected, "{}", kind.as_str());
        assert_eq!(metadata_of(kind, &laden), expected);
        assert_eq!(seen(kind, &stripped.bytes), seen(kind, &laden));
    }
}

#[test]
fn a_turned_picture_keeps_how_to_turn_it() {
    for kind in KINDS {
        for orientation in 2..=8 {
            let (laden, plain) = laden(kind, orientation);
            let stripped = strip(kind, &laden).unwrap().bytes;
            let has = |needle: &[u8]| stripped.windows(needle.len()).any(|window| window == needle);
            assert!(!has(b"secret") && !has(b"Can"));
            let facts = ExifFacts { orientation: Some(orientation), has_gps: false };
            assert_eq!(exif_of(kind, &stripped), Some(facts));
            assert_eq!(seen(kind, &stripped), seen(kind, &plain));
            // A second reader, which is not ours.
            let expected = image::metadata::Orientation::from_exif(orientation as u8);
            let mut decoder = image::ImageReader::with_format(
                Cursor::new(&stripped),
                match kind {
                    ContentType::Jpeg => ImageFormat::Jpeg,
                    ContentType::Png => ImageFormat::Png,
                    _ => ImageFormat::WebP,
                },
            )
            .into_decoder()
            .unwrap();
            assert_eq!(Some(image::ImageDecoder::orientation(&mut decoder).unwrap()), expected);
            assert_eq!(image::ImageDecoder::icc_profile(&mut decoder).unwrap().as_deref(), Some(PROFILE));
        }
        // An orientation that says nothing, or nothing that is known, goes with the rest.
        for orientation in [0, 1, 9, 65535] {
            let (laden, plain) = laden(kind, orientation);
            assert_eq!(strip(kind, &laden).unwrap().bytes, plain);
        }
    }
}

#[test]
fn what_has_nothing_to_remove_is_left_alone() {
    for kind in KINDS {
        assert_eq!(strip(kind, &encoded(kind)), None);
        let (laden, _) = laden(kind, 6);
        let stripped = strip(kind, &laden).unwrap();
        assert_eq!(strip(kind, &stripped.bytes), None, "twice is once: {}", kind.as_str());
    }
    for kind in [ContentType::Bmp, ContentType::Tiff, ContentType::Mp4, ContentType::Unknown] {
        assert_eq!(strip(kind, &laden(ContentType::Jpeg, 6).0), None);
    }
}

#[test]
fn gifs_lose_comments_and_xmp_and_keep_their_loop() {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let looped = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let frame = b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let comment = b"\x21\xfe\x0bHello there\0";
    let trailer: Vec<u8> = std::iter::once(1).chain((0..=255).rev()).chain([0]).collect();
    let xmp = [&b"\x21\xff\x0bXMP DataXMP<x:xmpmeta>secret</x:xmpmeta>"[..], &trailer].concat();
    let laden = [&head[..], looped, comment, frame, &xmp, frame, comment, b";after"].concat();
    let plain = [&head[..], looped, frame, frame, b";"].concat();
    let stripped = strip(ContentType::Gif, &laden).unwrap();
    assert_eq!(stripped.bytes, plain);
    assert_eq!(stripped.removed, [Metadata::Xmp, Metadata::Text, Metadata::Trailer]);
    assert_eq!(strip(ContentType::Gif, &plain), None);
}

#[test]
fn a_cut_off_or_lying_file_stays_readable_as_far_as_it_was() {
    for kind in KINDS {
        let (laden, _) = laden(kind, 6);
        for end in 0..laden.len() {
            if let Some(stripped) = strip(kind, &laden[..end]) {
                assert!(stripped.bytes.len() < end);
                assert!(
                    strip(kind, &stripped.bytes).is_none_or(|again| again.bytes.len() < stripped.bytes.len())
                );
            }
        }
    }
    // Lengths that lead after the end.
    let jpeg = [&b"\xff\xd8"[..], b"\xff\xe1\xff\xff", b"Exif\0\0", &exif(6)].concat();
    assert_eq!(strip(ContentType::Jpeg, &jpeg), None);
    let png = [&b"\x89PNG\r\n\x1a\n"[..], &u32::MAX.to_be_bytes(), b"eXIf", &exif(6)].concat();
    assert_eq!(strip(ContentType::Png, &png), None);
    let webp = [&b"RIFF"[..], &u32::MAX.to_le_bytes(), b"WEBP", &webp_chunk(b"EXIF", &exif(6))].concat();
    assert_eq!(strip(ContentType::Webp, &webp), None);
}

#[test]
fn an_exif_that_makes_no_sense_gives_nothing() {
    for tiff in [
        &b""[..],
        b"II",
        b"II*\0\xff\xff\xff\xff",
        b"XX*\0\x08\0\0\0\x01\0",
        b"MM\0*\0\0\0\x08\xff\xff\x01\x12",
    ] {
        assert_eq!(exif::read_exif(tiff), ExifFacts::default());
    }
}

proptest! {
    /// Whatever the bytes: no panic, and nothing grows.
    #[test]
    fn anything_may_come(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0..4_usize, at in any::<proptest::sample::Index>(), byte in any::<u8>()) {
        let kind = [ContentType::Jpeg, ContentType::Png, ContentType::Webp, ContentType::Gif][kind];
        if let Some(stripped) = strip(kind, &bytes) {
            prop_assert!(stripped.bytes.len() < bytes.len());
        }
        if kind != ContentType::Gif {
            let (mut changed, _) = laden(kind, 6);
            let at = at.index(changed.len());
            changed[at] = byte;
            if let Some(stripped) = strip(kind, &changed) {
                prop_assert!(stripped.bytes.len() < changed.len());
            }
        }
    }
}
