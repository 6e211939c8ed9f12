//! PNG (ISO 15948, third edition): metadata are chunks of their own, before or after the image data.

use super::Metadata;
use super::cutter::Cutter;
use super::exif::orientation_alone;
use super::runs::Runs;

const SIGNATURE: usize = 8;
/// Length, name and checksum.
const OVERHEAD: usize = 12;

pub(super) fn walk(file: &Runs<'_>, cutter: &mut Cutter) {
    let _unfollowed = walk_chunks(file, cutter);
}

/// Ends with `None` where the structure can't be followed.
fn walk_chunks(file: &Runs<'_>, cutter: &mut Cutter) -> Option<()> {
    let mut at = SIGNATURE;
    loop {
        let length = usize::try_from(u32::from_be_bytes(file.bytes(at)?)).ok()?;
        let end = at.checked_add(OVERHEAD)?.checked_add(length)?;
        if !file.has(&(at..end)) {
            return None;
        }
        match &file.bytes(at + 4)? {
            b"eXIf" => cutter.cut_exif(at..end, &file.part(at + 8..end - 4)?, smallest_exif),
            b"tEXt" | b"zTXt" | b"iTXt" => cutter.cut(at..end, what_is(&file.part(at + 8..end - 4)?)),
            b"tIME" => cutter.cut(at..end, Metadata::Time),
            b"IEND" => {
                cutter.cut_trailer(end);
                return Some(());
            }
            _ => {}
        }
        at = end;
    }
}

/// Other formats' metadata come as texts with agreed names.
fn what_is(content: &[u8]) -> Metadata {
    let is = |name: &[u8]| content.starts_with(name);
    if is(b"XML:com.adobe.xmp\0") || is(b"Raw profile type xmp\0") {
        Metadata::Xmp
    } else if is(b"Raw profile type exif\0") || is(b"Raw profile type APP1\0") {
        Metadata::Exif
    } else if is(b"Raw profile type iptc\0") || is(b"Raw profile type 8bim\0") {
        Metadata::Iptc
    } else {
        Metadata::Text
    }
}

/// The chunk that says nothing but how to turn the picture.
fn smallest_exif(orientation: u16) -> Vec<u8> {
    let tiff = orientation_alone(orientation);
    let length = u32::try_from(tiff.len()).unwrap_or_default();
    let body = [&b"eXIf"[..], &tiff].concat();
    [&length.to_be_bytes()[..], &body, &crc32(&body).to_be_bytes()].concat()
}

/// The checksum of a chunk (annex D). Of 30 bytes at most, so it needs no table.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
