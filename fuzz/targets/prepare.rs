//! A picture without what identifies is the same picture, and one that is made to fit is one that X takes. The input is
//! the picture, of any kind that its first bytes show.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use support::line::assert_line;
use support::pictures::{Part, announced_pixels, png_chunks, webp_chunks};
use twitter_native_core::protocol::media::category::ContentType;
use twitter_native_core::protocol::media::fit::fit;
use twitter_native_core::protocol::media::limits::{IMAGE_SIDE, MAX_IMAGE_BYTES};
use twitter_native_core::protocol::media::sniff::{MediaFacts, MediaSniffer};
use twitter_native_core::protocol::media::strip::{Metadata, Stripped, exif_of, metadata_of, strip};

/// More than that takes longer than a fuzzer has.
const MAX_PIXELS: u64 = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    let facts = facts_of(bytes);
    let Some(content_type) = facts.content_type else { return };
    stripped(content_type, bytes);
    let pixels = match content_type {
        ContentType::Jpeg | ContentType::Png | ContentType::Webp => {
            facts.width.zip(facts.height).map(|(width, height)| u64::from(width) * u64::from(height))
        }
        ContentType::Bmp | ContentType::Tiff => announced_pixels(bytes),
        _ => None,
    };
    if pixels.is_some_and(|pixels| pixels <= MAX_PIXELS) {
        fitted(content_type, bytes);
    }
});

fn facts_of(bytes: &[u8]) -> MediaFacts {
    let mut sniffer = MediaSniffer::new();
    sniffer.push(bytes);
    sniffer.end();
    sniffer.facts().clone()
}

fn stripped(content_type: ContentType, bytes: &[u8]) {
    let Some(Stripped { bytes: left, removed }) = strip(content_type, &[Bytes::copy_from_slice(bytes)])
    else {
        if content_type != ContentType::Tiff {
            assert_eq!(metadata_of(content_type, bytes), []);
        }
        return;
    };
    let (left, file) = (left.concat(), Bytes::copy_from_slice(bytes));
    // Where the runs end that a file was read in changes nothing.
    let runs = [file.slice(..file.len() / 3), file.slice(file.len() / 3..)];
    assert_eq!(strip(content_type, &runs).map(|stripped| stripped.bytes.concat()), Some(left.clone()));
    assert!(left.len() < bytes.len());
    assert!(!removed.is_empty());
    assert_eq!(metadata_of(content_type, bytes), removed);
    let turned = |bytes| exif_of(content_type, bytes).and_then(|exif| exif.turned());
    assert_eq!(turned(&left), turned(bytes));
    match content_type {
        ContentType::Png => same_parts(png_chunks(bytes), png_chunks(&left), &removed),
        ContentType::Webp => same_parts(webp_chunks(bytes), webp_chunks(&left), &removed),
        _ => {}
    }
}

/// What is left are the picture's own parts, in their order, and at most one that says how to turn it.
fn same_parts(before: Option<Vec<Part<'_>>>, after: Option<Vec<Part<'_>>>, removed: &[Metadata]) {
    let Some(before) = before else { return };
    let after = after.expect("what could be followed still can");
    let is_own = |(name, _): &&Part<'_>| {
        !matches!(*name, b"eXIf" | b"EXIF" | b"XMP " | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME")
    };
    // The first chunk of a WebP has flags that change.
    let own = |parts: &[Part<'_>]| -> Vec<Vec<u8>> {
        let bytes = |(name, part): &Part<'_>| if *name == b"VP8X" { name.to_vec() } else { part.to_vec() };
        parts.iter().filter(is_own).map(bytes).collect()
    };
    assert_eq!(own(&before), own(&after));
    let others = after.iter().filter(|part| !is_own(part));
    for (name, part) in others {
        assert!(matches!(*name, b"eXIf" | b"EXIF"), "{name:?} stays");
        assert!(part.len() <= 38, "{} bytes of EXIF stay", part.len());
    }
    assert!(removed.windows(2).all(|pair| pair[0] < pair[1]), "each kind once, in order");
}

fn fitted(content_type: ContentType, bytes: &[u8]) {
    match fit(content_type, bytes, &|| true) {
        Err(why) => assert_line(&why.to_string()),
        Ok(fitted) => {
            assert!(fitted.bytes.len() as u64 <= MAX_IMAGE_BYTES);
            let facts = facts_of(&fitted.bytes);
            assert_eq!(facts.content_type, Some(fitted.content_type));
            assert!(matches!(fitted.content_type, ContentType::Jpeg | ContentType::Png));
            assert_eq!(facts.defect, None);
            assert!(facts.width.max(facts.height).is_some_and(|side| side <= IMAGE_SIDE.1));
            assert_eq!(strip(fitted.content_type, &[fitted.bytes.clone().into()]), None);
            assert_eq!(fit(content_type, bytes, &|| true), Ok(fitted));
        }
    }
}
