use proptest::prelude::*;

use super::super::*;
use super::{movie_header, mp4_box, sniff, sniff_in_chunks, track};

const SECRET: &[u8] = b"+52.5200+013.4050/";

fn apple(key: &str, value: &[u8]) -> Vec<u8> {
    let entry = |key: &str| mp4_box(b"mdta", key.as_bytes());
    let keys = [&[0, 0, 0, 0, 0, 0, 0, 2][..], &entry("com.apple.quicktime.make"), &entry(key)].concat();
    let item = |index: u32, value: &[u8]| {
        mp4_box(&index.to_be_bytes(), &mp4_box(b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0], value].concat()))
    };
    let items = [item(1, b"Apple"), item(2, value)].concat();
    [mp4_box(b"hdlr", &[0; 25]), mp4_box(b"keys", &keys), mp4_box(b"ilst", &items)].concat()
}

/// Every kind of location, and what stays.
fn user_data() -> Vec<u8> {
    let android = mp4_box(b"\xa9xyz", &[&[0, 18, 0x15, 0xc7], SECRET].concat());
    let third = mp4_box(b"loci", &[&[0; 7], SECRET].concat());
    let itunes = mp4_box(b"ilst", &mp4_box(b"\xa9xyz", &mp4_box(b"data", SECRET)));
    let iso = mp4_box(b"meta", &[&[0; 4][..], &mp4_box(b"hdlr", &[0; 24]), &itunes].concat());
    let name = mp4_box(b"\xa9nam", b"The lamp");
    // Four zero bytes end QuickTime's user data.
    mp4_box(b"udta", &[&name[..], &android, &third, &iso, &[0; 4]].concat())
}

fn movie(place: &[u8], samples_first: bool) -> Vec<u8> {
    let apple = mp4_box(b"meta", &apple("com.apple.quicktime.location.ISO6709", place));
    let shown = track(b"vide", 3, (1280, 720), false);
    let other = mp4_box(b"trak", &user_data());
    let content = [&movie_header(2000)[..], &user_data(), &apple, &other, &shown].concat();
    let (moov, mdat) = (mp4_box(b"moov", &content), mp4_box(b"mdat", &[7; 300]));
    let parts = if samples_first { [mdat, moov] } else { [moov, mdat] };
    [mp4_box(b"ftyp", b"qt  \0\0\0\0"), parts.concat()].concat()
}

fn blanked(bytes: &[u8], chunk: usize) -> Vec<u8> {
    let locations = sniff(bytes).locations;
    let mut offset = 0;
    let mut output = Vec::new();
    for part in bytes.chunks(chunk) {
        let mut part = part.to_vec();
        for location in &locations {
            location.blank(&mut part, offset);
        }
        offset += part.len() as u64;
        output.extend(part);
    }
    output
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn every_place_is_found_wherever_the_movie_box_is() {
    for samples_first in [false, true] {
        let bytes = movie(SECRET, samples_first);
        assert_eq!(sniff(&bytes).defect, None);
        assert_eq!(sniff(&bytes).locations.len(), 7);
        for chunk in [1, 3, 7, 64, bytes.len()] {
            assert_eq!(sniff_in_chunks(&bytes, chunk), sniff(&bytes));
            let blanked = blanked(&bytes, chunk);
            assert_eq!(blanked.len(), bytes.len());
            assert!(!has(&blanked, b"52.52") && !has(&blanked, b"xyz") && !has(&blanked, b"loci"));
            assert!(has(&blanked, b"The lamp") && has(&blanked, b"Apple"));
            assert_eq!(sniff(&blanked).locations, []);
            // Nothing else changed, and nothing moved.
            let facts = sniff(&bytes);
            assert_eq!(MediaFacts { locations: facts.locations.clone(), ..sniff(&blanked) }, facts);
        }
    }
}

#[test]
fn other_keys_stay() {
    let bytes = [
        mp4_box(b"ftyp", b"qt  \0\0\0\0"),
        mp4_box(
            b"moov",
            &[
                &movie_header(2000)[..],
                &mp4_box(b"meta", &apple("com.apple.quicktime.creationdate", b"2026")),
            ]
            .concat(),
        ),
    ]
    .concat();
    assert_eq!(sniff(&bytes).locations, []);
}

#[test]
fn metadata_without_room_for_anything_hold_no_location() {
    let empty = mp4_box(b"udta", &[mp4_box(b"meta", &[0; 4]), mp4_box(b"\xa9xyz", SECRET)].concat());
    let moov = [&movie_header(2000)[..], &mp4_box(b"meta", &[]), &empty, &track(b"vide", 3, (64, 48), false)];
    let facts = sniff(&[mp4_box(b"ftyp", b"qt  \0\0\0\0"), mp4_box(b"moov", &moov.concat())].concat());
    assert_eq!((facts.locations.len(), facts.width, facts.defect), (1, Some(64), None));
}

#[test]
fn a_location_is_known_before_its_bytes_pass() {
    let bytes = movie(SECRET, false);
    let mut sniffer = MediaSniffer::new();
    let mut found = Vec::new();
    for (index, byte) in bytes.iter().enumerate() {
        let before = sniffer.decided();
        sniffer.push(&[*byte]);
        for location in sniffer.take_locations() {
            assert!(location.offset >= before, "{location:?} was found after byte {index} had passed");
            found.push(location);
        }
    }
    assert_eq!(found, sniff(&bytes).locations);
    assert_eq!(sniffer.decided(), u64::MAX);
}

proptest! {
    /// Metadata that make no sense refuse no video, and lead nowhere else.
    #[test]
    fn broken_metadata_change_nothing_else(at in any::<proptest::sample::Index>(), byte in any::<u8>(), chunk in 1..50_usize) {
        let head = [mp4_box(b"ftyp", b"qt  \0\0\0\0"), movie_header(2000)].concat();
        let mut user_data = user_data();
        // The outer box's own size is the movie's to judge.
        let at = 8 + at.index(user_data.len() - 8);
        user_data[at] = byte;
        let moov = mp4_box(b"moov", &[&head[16..], &user_data, &mp4_box(b"free", &[])].concat());
        let bytes = [&head[..16], &moov, &mp4_box(b"mdat", &[7; 30])].concat();
        let plain = [&head[..16], &mp4_box(b"moov", &head[16..]), &mp4_box(b"mdat", &[7; 30])].concat();
        let facts = sniff_in_chunks(&bytes, chunk);
        prop_assert_eq!(&facts, &sniff(&bytes));
        prop_assert_eq!(MediaFacts { locations: Vec::new(), ..facts }, sniff(&plain));
        prop_assert_eq!(blanked(&bytes, chunk).len(), bytes.len());
    }
}
