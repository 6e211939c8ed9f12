#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::*;

fn sniff(bytes: &[u8]) -> MediaFacts {
    sniff_in_chunks(bytes, bytes.len().max(1))
}

fn sniff_in_chunks(bytes: &[u8], chunk: usize) -> MediaFacts {
    let mut sniffer = MediaSniffer::new();
    for part in bytes.chunks(chunk) {
        sniffer.push(part);
    }
    sniffer.end();
    sniffer.facts
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
    bytes.extend(b"\xff\xe1\x20\x00".iter().chain(&[0; 0x1ffe]));
    bytes.extend(b"\xff\xff\xc2\x00\x11\x08");
    bytes.extend(height.to_be_bytes().iter().chain(&width.to_be_bytes()));
    bytes.extend(b"\x03\x01\x11\0\x02\x11\x01\x03\x11\x01\xff\xda\x00\x0c");
    bytes
}

fn png(animated: bool) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0abcd".to_vec();
    bytes.extend(b"\0\0\0\x03tEXta\0bcrc!");
    if animated {
        bytes.extend(b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0crc!");
    }
    bytes.extend(b"\0\0\0\x01IDAT\0crc!\0\0\0\0IENDcrc!");
    bytes
}

fn gif(frames: usize) -> Vec<u8> {
    let mut bytes = b"GIF89a\x20\x00\x10\x00\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    bytes.extend(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
    for _ in 0..frames {
        bytes.extend(
            b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x20\0\x10\0\x80\0\0\0\xff\xff\xff\x02\x02\x4c\x01\0",
        );
    }
    bytes.push(0x3b);
    bytes
}

fn mp4_box(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len() + 8).unwrap().to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    bytes
}

fn movie(turned: bool) -> Vec<u8> {
    let mut header = vec![0; 100];
    header[12..16].copy_from_slice(&600_u32.to_be_bytes());
    header[16..20].copy_from_slice(&1500_u32.to_be_bytes());
    let track = |width: u32, height: u32| {
        let mut track = vec![0; 84];
        let (straight, across) = if turned { (0_u32, 0x1_0000_u32) } else { (0x1_0000, 0) };
        track[40..44].copy_from_slice(&straight.to_be_bytes());
        track[44..48].copy_from_slice(&across.to_be_bytes());
        track[56..60].copy_from_slice(&straight.to_be_bytes());
        track[76..80].copy_from_slice(&(width << 16).to_be_bytes());
        track[80..84].copy_from_slice(&(height << 16).to_be_bytes());
        mp4_box(b"trak", &[mp4_box(b"tkhd", &track), mp4_box(b"mdia", &[0; 300])].concat())
    };
    mp4_box(b"moov", &[mp4_box(b"mvhd", &header), track(0, 0), track(1280, 720)].concat())
}

fn mp4(brand: &[u8; 4], movie_first: bool) -> Vec<u8> {
    let file_type = mp4_box(b"ftyp", &[&brand[..], b"\0\0\x02\0isom"].concat());
    // A box with a 64-bit size.
    let mut samples = b"\0\0\0\x01mdat".to_vec();
    samples.extend((16_u64 + 5000).to_be_bytes());
    samples.extend([7; 5000]);
    let parts =
        if movie_first { [file_type, movie(false), samples] } else { [file_type, samples, movie(false)] };
    parts.concat()
}

fn all_formats() -> Vec<Vec<u8>> {
    let webp = |chunk: &[u8]| [b"RIFF\x40\0\0\0WEBP", chunk, &[0; 32]].concat();
    vec![
        jpeg(640, 480),
        png(false),
        png(true),
        gif(1),
        gif(3),
        mp4(b"isom", true),
        mp4(b"isom", false),
        mp4(b"qt  ", false),
        webp(b"VP8X\x0a\0\0\0\x02\0\0\0\x7f\x02\0\xdf\x01\0"),
        webp(b"VP8L\x10\0\0\0\x2f\x7f\xc2\x77\0"),
        b"WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n".to_vec(),
        b"1\n00:00:00,000 --> 00:00:01,000\nHi\n".to_vec(),
        b"  <!DOCTYPE html><html><title>404".to_vec(),
        b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0".to_vec(),
        b"nothing".to_vec(),
        Vec::new(),
    ]
}

#[test]
fn images_tell_their_size() {
    for (bytes, content_type, width, height) in [
        (jpeg(640, 480), ContentType::Jpeg, 640, 480),
        (png(false), ContentType::Png, 640, 480),
        (gif(1), ContentType::Gif, 32, 16),
        (all_formats()[8].clone(), ContentType::Webp, 640, 480),
        (all_formats()[9].clone(), ContentType::Webp, 640, 480),
    ] {
        let facts = sniff(&bytes);
        assert_eq!(facts.content_type, Some(content_type));
        assert_eq!(
            (facts.width, facts.height, facts.defect),
            (Some(width), Some(height), None),
            "{content_type:?}"
        );
    }
}

#[test]
fn animations_are_recognised() {
    assert_eq!(sniff(&png(true)).animated, Some(true));
    assert_eq!(sniff(&png(false)).animated, Some(false));
    assert_eq!((sniff(&gif(1)).animated, sniff(&gif(1)).frames), (Some(false), Some(1)));
    assert_eq!((sniff(&gif(3)).animated, sniff(&gif(3)).frames), (Some(true), Some(3)));
    assert_eq!(sniff(&all_formats()[8]).animated, Some(true));
}

#[test]
fn a_video_tells_duration_and_size_wherever_its_movie_box_lies() {
    for movie_first in [true, false] {
        let facts = sniff(&mp4(b"isom", movie_first));
        assert_eq!(facts.content_type, Some(ContentType::Mp4));
        assert_eq!((facts.duration_ms, facts.width, facts.height), (Some(2500), Some(1280), Some(720)));
        assert_eq!(facts.defect, None);
    }
    assert_eq!(sniff(&mp4(b"qt  ", false)).content_type, Some(ContentType::QuickTime));
    let turned = sniff(&[mp4_box(b"ftyp", b"isom\0\0\0\0"), movie(true)].concat());
    assert_eq!((turned.width, turned.height), (Some(720), Some(1280)));
}

#[test]
fn a_probe_may_jump_over_the_samples() {
    let bytes = mp4(b"isom", false);
    let (mut sniffer, mut offset, mut read) = (MediaSniffer::new(), 0_usize, 0);
    while !sniffer.is_done() && offset < bytes.len() {
        let end = (offset + 64).min(bytes.len());
        sniffer.push(&bytes[offset..end]);
        read += end - offset;
        sniffer.jump();
        offset = usize::try_from(sniffer.next_offset()).unwrap();
    }
    assert_eq!(sniffer.facts().duration_ms, Some(2500));
    assert!(read < bytes.len() / 2, "{read} of {} bytes were read", bytes.len());
}

#[test]
fn texts_are_told_apart() {
    let types: Vec<_> = all_formats()[10..].iter().map(|bytes| sniff(bytes).content_type.unwrap()).collect();
    use ContentType::{Bmp, Html, Srt, Unknown, Vtt};
    assert_eq!(types, [Vtt, Srt, Html, Bmp, Unknown, Unknown]);
}

#[test]
fn a_truncated_file_says_so() {
    for bytes in [jpeg(1, 1)[..200].to_vec(), gif(2)[..40].to_vec(), mp4(b"isom", false)[..4000].to_vec()] {
        assert!(sniff(&bytes).defect.is_some());
    }
}

proptest! {
    #[test]
    fn chunks_do_not_matter(format in 0_usize..16, chunk in 1_usize..700) {
        let bytes = &all_formats()[format];
        prop_assert_eq!(sniff_in_chunks(bytes, chunk), sniff(bytes));
    }

    #[test]
    fn broken_files_do_no_harm(format in 0_usize..16, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8), cut in any::<prop::sample::Index>()) {
        let mut bytes = all_formats()[format].clone();
        for (place, value) in changes {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        sniff(&bytes);
    }
}
