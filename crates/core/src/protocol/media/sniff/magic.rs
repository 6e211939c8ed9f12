//! The first bytes of a file, by which binary formats are distinguished.

use super::super::category::ContentType;

/// What the first bytes say.
pub(super) enum Verdict {
    Is(ContentType),
    /// That it takes this many bytes to say.
    Wants(usize),
    /// That it is no binary format known here.
    No,
}

/// Length of an MPEG transport stream's packets (ISO 13818-1 §2.4.3.2).
const TS_PACKET: usize = 188;
/// An EBML header names its document type within this many bytes.
const EBML_HEADER: usize = 64;

/// Recognises the format by the file's first bytes.
pub(super) fn identify(head: &[u8]) -> Verdict {
    let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    if at(0, b"\xff\xd8\xff") {
        Verdict::Is(ContentType::Jpeg)
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        Verdict::Is(ContentType::Png)
    } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
        Verdict::Is(ContentType::Gif)
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Verdict::Is(ContentType::Webp)
    } else if at(4, b"ftyp") {
        Verdict::Is(by_brand(head.get(8..12)))
    } else if [&b"moov"[..], b"mdat", b"wide"].iter().any(|kind| at(4, kind)) {
        // QuickTime files from before the file type box.
        Verdict::Is(ContentType::QuickTime)
    } else if at(0, b"\x1a\x45\xdf\xa3") {
        by_document_type(head)
    } else if at(0, b"BM") && head.get(6..10) == Some(&[0; 4]) {
        Verdict::Is(ContentType::Bmp)
    } else if at(0, b"II*\0") || at(0, b"MM\0*") {
        Verdict::Is(ContentType::Tiff)
    } else if at(0, b"\x47") {
        by_packets(head)
    } else {
        Verdict::No
    }
}

/// ISO 14496-12 §4.3: pictures and songs come in the same boxes as videos; the major brand tells them apart.
fn by_brand(brand: Option<&[u8]>) -> ContentType {
    match brand {
        Some(b"qt  ") => ContentType::QuickTime,
        Some(b"avif" | b"avis") => ContentType::Avif,
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
            ContentType::Heic
        }
        Some(b"M4A " | b"M4B " | b"M4P ") => ContentType::Mp4Audio,
        _ => ContentType::Mp4,
    }
}

/// RFC 8794 §11.2: `WebM` and Matroska differ by a word in their header.
fn by_document_type(head: &[u8]) -> Verdict {
    let header = head.get(..EBML_HEADER).unwrap_or(head);
    if header.windows(4).any(|word| word == b"webm") {
        Verdict::Is(ContentType::Webm)
    } else if header.len() < EBML_HEADER {
        Verdict::Wants(EBML_HEADER)
    } else {
        Verdict::Is(ContentType::Matroska)
    }
}

/// A transport stream's packets begin with the same byte, which is the letter G as well: three in a row it is.
fn by_packets(head: &[u8]) -> Verdict {
    match (head.get(TS_PACKET), head.get(2 * TS_PACKET)) {
        (Some(0x47), Some(0x47)) => Verdict::Is(ContentType::MpegTs),
        (None | Some(0x47), None) => Verdict::Wants(2 * TS_PACKET + 1),
        _ => Verdict::No,
    }
}
