#![allow(
    clippy::trivially_copy_pass_by_ref,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod locations;
mod movies;
mod samples;
mod tracks;
mod webm;

use proptest::prelude::*;

use super::*;

pub(super) fn sniff(bytes: &[u8]) -> MediaFacts {
    sniff_in_chunks(bytes, bytes.len().max(1))
}

pub(super) fn sniff_in_chunks(bytes: &[u8], chunk: usize) -> MediaFacts {
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

pub(super) fn mp4_box(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len() + 8).unwrap().to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    bytes
}

fn handler(kind: &[u8; 4]) -> Vec<u8> {
    mp4_box(b"mdia", &mp4_box(b"hdlr", &[b"\0\0\0\0\0\0\0\0", &kind[..], &[0; 13]].concat()))
}

pub(super) fn track(kind: &[u8; 4], flags: u8, (width, height): (u32, u32), turned: bool) -> Vec<u8> {
    let mut track = vec![0; 84];
    let (straight, across) = if turned { (0_u32, 0x1_0000_u32) } else { (0x1_0000, 0) };
    track[3] = flags;
    track[40..44].copy_from_slice(&straight.to_be_bytes());
    track[44..48].copy_from_slice(&across.to_be_bytes());
    track[56..60].copy_from_slice(&straight.to_be_bytes());
    track[76..80].copy_from_slice(&(width << 16).to_be_bytes());
    track[80..84].copy_from_slice(&(height << 16).to_be_bytes());
    mp4_box(b"trak", &[mp4_box(b"tkhd", &track), handler(kind)].concat())
}

pub(super) fn movie_header(duration: u32) -> Vec<u8> {
    let mut header = vec![0; 100];
    header[12..16].copy_from_slice(&600_u32.to_be_bytes());
    header[16..20].copy_from_slice(&duration.to_be_bytes());
    mp4_box(b"mvhd", &header)
}

fn movie(turned: bool) -> Vec<u8> {
    let tracks = [track(b"soun", 3, (0, 0), turned), track(b"vide", 3, (1280, 720), turned)];
    mp4_box(b"moov", &[movie_header(1500), tracks.concat()].concat())
}

pub(super) fn file_of(movie: &[&[u8]]) -> Vec<u8> {
    [mp4_box(b"ftyp", b"isom\0\0\0\0"), mp4_box(b"moov", &movie.concat())].concat()
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
        b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm\x42\x87\x81\x04".to_vec(),
        [&b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska\x42\x87\x81\x04"[..], &[0; 64]].concat(),
        [[&b"\x47\x40"[..], &[0xff; 186]].concat(), [&b"\x47\x40"[..], &[0xff; 186]].concat()]
            .concat()
            .repeat(3),
        [b"G".repeat(200), b" not packets".repeat(30)].concat(),
        b"<!-- gone --> <!-- 404 -->\n<html>".to_vec(),
        b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>".to_vec(),
        b"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">".to_vec(),
        b"WEBVTTX".to_vec(),
        b"<svg xmlns=\"http://www.w3.org/2000/svg\">".to_vec(),
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
    assert_eq!((sniff(&png(true)).animated, sniff(&png(true)).frames), (Some(true), Some(2)));
    assert_eq!(sniff(&png(false)).animated, Some(false));
    assert_eq!((sniff(&gif(1)).animated, sniff(&gif(1)).frames), (Some(false), Some(1)));
    assert_eq!((sniff(&gif(3)).animated, sniff(&gif(3)).frames), (Some(true), Some(3)));
    assert_eq!(sniff(&all_formats()[8]).animated, Some(true));
}

#[test]
fn a_video_gives_duration_and_size_wherever_its_movie_box_lies() {
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
fn a_video_in_fragments_gives_its_duration_in_their_header_or_not_at_all() {
    let picture = track(b"vide", 3, (64, 48), false);
    let announced = mp4_box(b"mvex", &mp4_box(b"mehd", &[0, 0, 0, 0, 0, 0, 0x17, 0x70]));
    let untold = mp4_box(b"mvex", &mp4_box(b"trex", &[0; 24]));
    let duration = |parts: &[&[u8]]| {
        let facts = sniff(&file_of(parts));
        assert_eq!((facts.width, facts.defect), (Some(64), None));
        facts.duration_ms
    };
    assert_eq!(duration(&[&movie_header(0), &picture, &announced]), Some(10_000));
    assert_eq!(duration(&[&movie_header(0), &picture, &untold]), None);
    assert_eq!(duration(&[&movie_header(60), &untold, &picture]), None);
    assert_eq!(duration(&[&movie_header(u32::MAX), &picture]), None);
    assert_eq!(duration(&[&movie_header(0), &picture]), Some(0));
}

#[test]
fn the_first_picture_track_that_is_shown_gives_the_size() {
    let size = |tracks: &[&[u8]]| {
        let facts = sniff(&file_of(&[&movie_header(600), &tracks.concat()]));
        (facts.width, facts.height)
    };
    let (main, thumbnail) = (track(b"vide", 3, (1280, 720), false), track(b"vide", 3, (64, 48), false));
    let (hidden, text) = (track(b"vide", 2, (320, 240), false), track(b"text", 3, (900, 90), false));
    assert_eq!(size(&[&text, &hidden, &main, &thumbnail, &text]), (Some(1280), Some(720)));
    assert_eq!(size(&[&hidden, &text]), (Some(320), Some(240)));
}

#[test]
fn a_movie_has_a_picture() {
    let sound = sniff(&file_of(&[&movie_header(600), &track(b"soun", 3, (0, 0), false)]));
    assert_eq!(sound.defect, Some("a movie without a picture track"));
    assert_eq!(sniff(&mp4_box(b"ftyp", b"isom\0\0\0\0")).defect, Some("a video without a movie box"));
    let headless = sniff(&file_of(&[&track(b"vide", 3, (64, 48), false)]));
    assert_eq!(headless.defect, Some("a movie without a header"));
}

#[test]
fn a_movie_box_may_end_with_the_file_or_with_padding() {
    let picture = track(b"vide", 3, (64, 48), false);
    let mut open = file_of(&[&movie_header(600), &picture]);
    open[16..20].copy_from_slice(&[0; 4]);
    let padded = file_of(&[&movie_header(600), &picture, &[0; 4]]);
    for bytes in [open, padded] {
        let facts = sniff(&bytes);
        assert_eq!((facts.duration_ms, facts.width, facts.defect), (Some(1000), Some(64), None));
    }
}

#[test]
fn what_comes_in_a_videos_boxes_is_not_always_a_video() {
    for (brand, content_type) in [
        (b"heic", ContentType::Heic),
        (b"mif1", ContentType::Heic),
        (b"avif", ContentType::Avif),
        (b"M4A ", ContentType::Mp4Audio),
    ] {
        let facts = sniff(&mp4_box(b"ftyp", &[&brand[..], b"\0\0\0\0isommp42"].concat()));
        assert_eq!((facts.content_type, facts.defect), (Some(content_type), None));
        assert_eq!(content_type.kind(false), None);
    }
}

#[test]
fn a_jump_over_64_bits_of_samples_needs_none_of_them() {
    let mut sniffer = MediaSniffer::new();
    sniffer.push(&mp4_box(b"ftyp", b"isom\0\0\0\0"));
    sniffer.push(b"\0\0\0\x01mdat");
    sniffer.push(&(1_u64 << 40).to_be_bytes());
    assert_eq!(sniffer.next_wanted(), Some((1 << 40) + 16..(1 << 40) + 17));
    sniffer.jump();
    sniffer.push(&movie(false));
    assert_eq!((sniffer.next_wanted(), sniffer.facts().duration_ms), (None, Some(2500)));
}

/// Reads only what the sniffer asks for.
pub(super) fn sniff_by_ranges(bytes: &[u8]) -> (MediaFacts, usize) {
    let (mut sniffer, mut read) = (MediaSniffer::new(), 0);
    while let Some(wanted) = sniffer.next_wanted() {
        let start = usize::try_from(wanted.start).unwrap_or(usize::MAX);
        let end = usize::try_from(wanted.end).unwrap_or(usize::MAX).min(bytes.len());
        let Some(part) = bytes.get(start..end).filter(|part| !part.is_empty()) else {
            sniffer.end();
            break;
        };
        sniffer.jump();
        sniffer.push(part);
        read += part.len();
    }
    (sniffer.facts, read)
}

#[test]
fn frames_are_counted_no_further_than_asked() {
    let bytes = gif(20);
    let mut sniffer = MediaSniffer::new().counting_at_most(3);
    sniffer.push(&bytes);
    assert!(sniffer.is_done());
    assert_eq!((sniffer.facts().frames, sniffer.facts().animated), (Some(4), Some(true)));
}

#[test]
fn a_gif_may_lack_its_trailer_but_no_part_of_a_frame() {
    let bytes = gif(2);
    let untrailed = sniff(&bytes[..bytes.len() - 1]);
    assert_eq!((untrailed.frames, untrailed.animated, untrailed.defect), (Some(2), Some(true), None));
    assert!(sniff(&bytes[..bytes.len() - 2]).defect.is_some());
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
    use ContentType::{Bmp, Html, Srt, Unknown, Vtt};
    let types: Vec<_> =
        all_formats()[10..16].iter().map(|bytes| sniff(bytes).content_type.unwrap()).collect();
    assert_eq!(types, [Vtt, Srt, Html, Bmp, Unknown, Unknown]);
}

#[test]
fn lookalikes_are_told_apart() {
    use ContentType::{Html, Matroska, MpegTs, Unknown, Webm, Xml};
    let types: Vec<_> = all_formats()[16..].iter().map(|bytes| sniff(bytes).content_type.unwrap()).collect();
    assert_eq!(types, [Webm, Matroska, MpegTs, Unknown, Html, Xml, Html, Unknown, Xml]);
}

#[test]
fn a_truncated_file_says_so() {
    for bytes in [jpeg(1, 1)[..200].to_vec(), gif(2)[..40].to_vec(), mp4(b"isom", false)[..4000].to_vec()] {
        assert!(sniff(&bytes).defect.is_some());
    }
    assert_eq!(sniff(b"RIFF\x40\0\0\0WEBP").defect, Some("the file ends in the middle"));
}

#[test]
fn a_lossy_webp_gives_its_size() {
    let facts = sniff(b"RIFF\x40\0\0\0WEBPVP8 \x10\0\0\0\x30\x01\0\x9d\x01\x2a\x80\x02\xe0\x41\0\0\0\0\0\0");
    assert_eq!((facts.width, facts.height, facts.animated), (Some(640), Some(480), Some(false)));
}

#[test]
fn pictures_without_a_picture_say_so() {
    for (bytes, defect) in [
        (
            &b"RIFF\x40\0\0\0WEBPEXIF\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"[..],
            "a WebP without an image chunk",
        ),
        (b"\xff\xd8\xff\xda\0\x0c\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "a JPEG without a frame header"),
        (
            b"\xff\xd8\xff\xe0\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            "a JPEG segment does not begin with its marker",
        ),
    ] {
        assert_eq!(sniff(bytes).defect, Some(defect));
    }
}

pub(super) type Damage = (Vec<(prop::sample::Index, u8)>, prop::sample::Index);

pub(super) fn damage() -> impl Strategy<Value = Damage> {
    (prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8), any::<prop::sample::Index>())
}

/// Some bytes changed, and the end cut off.
pub(super) fn damaged(bytes: &[u8], (changes, cut): &Damage) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (place, value) in changes {
        if !bytes.is_empty() {
            let place = place.index(bytes.len());
            bytes[place] = *value;
        }
    }
    bytes.truncate(cut.index(bytes.len() + 1));
    bytes
}

proptest! {
    #[test]
    fn chunks_do_not_matter(format in 0..all_formats().len(), chunk in 1_usize..700, damage in damage()) {
        let bytes = damaged(&all_formats()[format], &damage);
        prop_assert_eq!(sniff_in_chunks(&bytes, chunk), sniff(&bytes));
    }

    #[test]
    fn reading_only_what_is_wanted_finds_the_same(format in 0..all_formats().len(), damage in damage()) {
        let whole = &all_formats()[format];
        let (facts, read) = sniff_by_ranges(whole);
        prop_assert_eq!(facts, sniff(whole));
        prop_assert!(read <= whole.len());
        // What a broken file is called may differ, since a jump may lead after its end.
        let broken = damaged(whole, &damage);
        let (facts, read) = sniff_by_ranges(&broken);
        prop_assert_eq!(MediaFacts { defect: None, ..facts }, MediaFacts { defect: None, ..sniff(&broken) });
        prop_assert!(read <= broken.len());
    }

    #[test]
    fn anything_after_a_magic_does_no_harm(
        format in 0..all_formats().len(),
        head in 0_usize..40,
        tail in prop::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(0xff), any::<u8>()], 0..3000),
    ) {
        let bytes = all_formats()[format].iter().take(head).copied().chain(tail).collect::<Vec<u8>>();
        let mut sniffer = MediaSniffer::new();
        for byte in &bytes {
            sniffer.push(std::slice::from_ref(byte));
            prop_assert!(sniffer.window.len() <= MAX_WINDOW);
        }
        sniffer.end();
        prop_assert_eq!(sniffer.facts, sniff(&bytes));
    }
}
