//! `WebP` (RFC 9649): metadata are chunks after the picture, and flags in the first chunk announce them.

use super::Metadata;
use super::cutter::Cutter;
use super::exif::orientation_alone;
use super::runs::Runs;

/// `RIFF`, the size of what follows, `WEBP`.
const HEADER: usize = 12;
/// Where the flags of the first chunk are, if it is `VP8X`.
const FLAGS: usize = 20;
const HAS_EXIF: u8 = 0b1000;
const HAS_XMP: u8 = 0b0100;

/// The size at the front is of the whole, so a file that can't be followed to its end stays as it is.
pub(super) fn walk(file: &Runs<'_>, cutter: &mut Cutter) {
    let Some(flags) = walk_chunks(file, cutter) else {
        cutter.discard();
        return;
    };
    if !cutter.has_cut() {
        return;
    }
    if let Ok(length) = u32::try_from(cutter.left().saturating_sub(8)) {
        cutter.overwrite(4, &length.to_le_bytes());
    }
    if file.starts_with(HEADER, b"VP8X") {
        cutter.overwrite(FLAGS, &[flags]);
    }
}

/// Gives the flags of what is left. Ends with `None` where the structure can't be followed.
fn walk_chunks(file: &Runs<'_>, cutter: &mut Cutter) -> Option<u8> {
    let size = u32::from_le_bytes(file.bytes(4)?);
    let end = usize::try_from(size).ok()?.checked_add(8)?;
    if !file.has(&(HEADER..end)) {
        return None;
    }
    let mut at = HEADER;
    let mut keeps_exif = false;
    while at < end {
        let length = usize::try_from(u32::from_le_bytes(file.bytes(at + 4)?)).ok()?;
        let content = at + 8..(at + 8).checked_add(length)?;
        if !file.has(&content) {
            return None;
        }
        // Chunks begin at even places. The last byte of padding is missing from some files.
        let next = (content.end + length % 2).min(end);
        match &file.bytes(at)? {
            b"EXIF" => {
                cutter.cut_exif(at..next, &file.part(content)?, smallest_exif);
                keeps_exif |= cutter.exif().is_some_and(|exif| exif.turned().is_some());
            }
            b"XMP " => cutter.cut(at..next, Metadata::Xmp),
            _ => {}
        }
        at = next;
    }
    cutter.cut_trailer(end);
    let flags = file.byte(FLAGS).unwrap_or_default();
    Some((flags & !(HAS_EXIF | HAS_XMP)) | if keeps_exif { HAS_EXIF } else { 0 })
}

/// The chunk that says nothing but how to turn the picture. Its length is even.
fn smallest_exif(orientation: u16) -> Vec<u8> {
    let tiff = orientation_alone(orientation);
    let length = u32::try_from(tiff.len()).unwrap_or_default();
    [&b"EXIF"[..], &length.to_le_bytes(), &tiff].concat()
}
