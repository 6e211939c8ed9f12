//! Pictures as sequences of parts, by their formats' specifications.

/// A part of a file: its name, and all of its bytes.
pub type Part<'a> = (&'a [u8], &'a [u8]);

/// The chunks of a PNG up to its end, if that is reached (ISO 15948 §5).
pub fn png_chunks(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let mut rest = bytes.get(8..)?;
    let mut chunks = Vec::new();
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let (chunk, behind) = rest.split_at_checked(length.checked_add(12)?)?;
        chunks.push((&chunk[4..8], chunk));
        if &chunk[4..8] == b"IEND" {
            return Some(chunks);
        }
        rest = behind;
    }
}

/// The chunks of a WebP, if they fill what its header says (RFC 9649 §2.4).
pub fn webp_chunks(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let mut rest = bytes.get(12..size.checked_add(8)?)?;
    let mut chunks = Vec::new();
    while !rest.is_empty() {
        let length = u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?) as usize;
        if rest.len() - 8 < length {
            return None;
        }
        let (chunk, behind) = rest.split_at(rest.len().min(8 + length + length % 2));
        chunks.push((&chunk[..4], chunk));
        rest = behind;
    }
    Some(chunks)
}

/// Width × height of a BMP or TIFF, if its head tells.
pub fn announced_pixels(bytes: &[u8]) -> Option<u64> {
    if bytes.starts_with(b"BM") {
        let side = |at: usize| {
            Some(u64::from(i32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?).unsigned_abs()))
        };
        return Some(side(18)?.saturating_mul(side(22)?));
    }
    let is_little = bytes.starts_with(b"II");
    let number = |at: usize, length: usize| {
        let digits = bytes.get(at..at.checked_add(length)?)?.iter().copied();
        let fold = |number: u64, digit: u8| (number << 8) | u64::from(digit);
        Some(if is_little { digits.rev().fold(0, fold) } else { digits.fold(0, fold) })
    };
    let directory = number(4, 4)? as usize;
    let (mut width, mut height) = (None, None);
    for index in 0..number(directory, 2)? as usize {
        let entry = directory + 2 + 12 * index;
        let value = number(entry + 8, if number(entry + 2, 2)? == 3 { 2 } else { 4 });
        match number(entry, 2)? {
            256 => width = value,
            257 => height = value,
            _ => {}
        }
    }
    Some(width?.saturating_mul(height?))
}
