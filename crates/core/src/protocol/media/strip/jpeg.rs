//! JPEG (ITU T.81): metadata are segments of their own, most of them before the first scan.

use super::Metadata;
use super::cutter::Cutter;
use super::exif::orientation_alone;
use super::runs::Runs;

/// How APP1 says that it is EXIF.
const EXIF: &[u8] = b"Exif\0";
/// How APP1 says that it is XMP, or a further part of it.
const XMP: [&[u8]; 2] = [b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"];

/// Says whether the file runs to its end mark.
pub(super) fn walk(file: &Runs<'_>, cutter: &mut Cutter) -> bool {
    walk_segments(file, cutter).is_some()
}

/// Ends with `None` where the structure can't be followed.
fn walk_segments(file: &Runs<'_>, cutter: &mut Cutter) -> Option<()> {
    let mut at = 2;
    loop {
        at = next_marker(file, at)?;
        let marker = file.byte(at + 1)?;
        match marker {
            0xd9 => {
                cutter.cut_trailer(at + 2);
                return Some(());
            }
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let length = u16::from_be_bytes(file.bytes(at + 2)?);
                let end = at + 2 + usize::from(length);
                let content = file.part(at + 4..end)?;
                match what_is(marker, &content) {
                    Some(Metadata::Exif) => {
                        let tiff = content.get(6..).unwrap_or_default();
                        cutter.cut_exif(at..end, tiff, smallest_exif);
                    }
                    Some(what) => cutter.cut(at..end, what),
                    None => {}
                }
                at = end;
            }
        }
    }
}

/// Before a marker there may be fill bytes; decoders also step over anything else there. Nearly all of a picture is looked
/// through here.
fn next_marker(file: &Runs<'_>, mut at: usize) -> Option<usize> {
    loop {
        at = file.find(0xff, at)?;
        if !matches!(file.byte(at + 1)?, 0 | 0xff) {
            return Some(at);
        }
        at += 1;
    }
}

fn what_is(marker: u8, content: &[u8]) -> Option<Metadata> {
    match marker {
        0xe1 if content.starts_with(EXIF) => Some(Metadata::Exif),
        // XMP, and what nobody else knows: this segment is for nothing but metadata.
        0xe1 if XMP.iter().any(|name| content.starts_with(name)) => Some(Metadata::Xmp),
        0xe1 | 0xfe => Some(Metadata::Text),
        0xed => Some(Metadata::Iptc),
        // Where the pictures lie that follow this one.
        0xe2 if content.starts_with(b"MPF\0") => Some(Metadata::Trailer),
        _ => None,
    }
}

/// The segment that says nothing but how to turn the picture.
fn smallest_exif(orientation: u16) -> Vec<u8> {
    let tiff = orientation_alone(orientation);
    let length = u16::try_from(2 + 6 + tiff.len()).unwrap_or_default();
    [&[0xff, 0xe1][..], &length.to_be_bytes(), b"Exif\0\0", &tiff].concat()
}
