//! `WebP` (RFC 9649): metadata are chunks after the picture, and flags in the first chunk announce them.

use super::Metadata;
use super::cutter::Cutter;
use super::exif::orientation_alone;

/// `RIFF`, the size of what follows, `WEBP`.
const HEADER: usize = 12;
/// Where the flags of the first chunk stand, if it is `VP8X`.
const FLAGS: usize = 20;
const HAS_EXIF: u8 = 0b1000;
const HAS_XMP: u8 = 0b0100;

/// The size at the front is of the whole, so a file that can't be followed to its end stays as it is.
pub(super) fn walk(cutter: &mut Cutter<'_>) {
    let Some(flags) = walk_chunks(cutter) else {
        cutter.discard();
        return;
    };
    if !cutter.has_cut() {
        return;
    }
    cutter.copy_rest();
    if let Ok(length) = u32::try_from(cutter.output_len().saturating_sub(8)) {
        cutter.patch(4, &length.to_le_bytes());
    }
    if cutter.input().get(HEADER..HEADER + 4) == Some(b"VP8X") {
        cutter.patch(FLAGS, &[flags]);
    }
}

/// Gives the flags of what is left. Ends with `None` where the structure can't be followed.
fn walk_chunks(cutter: &mut Cutter<'_>) -> Option<u8> {
    let input = cutter.input();
    let size = u32::from_le_bytes(input.get(4..8)?.try_into().ok()?);
    let end = usize::try_from(size).ok()?.checked_add(8)?;
    input.get(HEADER..end)?;
    let mut at = HEADER;
    let mut keeps_exif = false;
    while at < end {
        let length = u32::from_le_bytes(input.get(at + 4..at + 8)?.try_into().ok()?);
        let length = usize::try_from(length).ok()?;
        let content = input.get(at + 8..(at + 8).checked_add(length)?)?;
        // Chunks begin at even places. The last byte of padding is missing from some files.
        let next = (at + 8 + length + length % 2).min(end);
        match input.get(at..at + 4)? {
            b"EXIF" => {
                cutter.cut_exif(at..next, content, smallest_exif);
                keeps_exif |= cutter.exif().is_some_and(|exif| exif.turned().is_some());
            }
            b"XMP " => cutter.cut(at..next, Metadata::Xmp),
            _ => {}
        }
        at = next;
    }
    cutter.cut_trailer(end);
    let flags = input.get(FLAGS).copied().unwrap_or_default();
    Some((flags & !(HAS_EXIF | HAS_XMP)) | if keeps_exif { HAS_EXIF } else { 0 })
}

/// The chunk that says nothing but how to turn the picture. Its length is even.
fn smallest_exif(orientation: u16) -> Vec<u8> {
    let tiff = orientation_alone(orientation);
    let length = u32::try_from(tiff.len()).unwrap_or_default();
    [&b"EXIF"[..], &length.to_le_bytes(), &tiff].concat()
}
