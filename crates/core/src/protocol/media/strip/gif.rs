//! GIF (89a specification): comments, and Adobe's XMP in an application's extension.

use super::Metadata;
use super::cutter::Cutter;

const HEADER: usize = 13;
const DESCRIPTOR: usize = 10;
/// What Adobe calls its extension.
const XMP: &[u8] = b"XMP DataXMP";

pub(super) fn walk(cutter: &mut Cutter<'_>) {
    let _unfollowed = walk_blocks(cutter);
}

/// Ends with `None` where the structure can't be followed.
fn walk_blocks(cutter: &mut Cutter<'_>) -> Option<()> {
    let input = cutter.input();
    let mut at = HEADER + colours(*input.get(10)?);
    loop {
        match *input.get(at)? {
            0x2c => {
                let data = at + DESCRIPTOR + colours(*input.get(at + DESCRIPTOR - 1)?) + 1;
                at = after_sub_blocks(input, data)?;
            }
            0x21 => {
                let end = after_sub_blocks(input, at + 2)?;
                let name = input.get(at + 3..).unwrap_or_default();
                match *input.get(at + 1)? {
                    0xfe => cutter.cut(at..end, Metadata::Text),
                    0xff if name.starts_with(XMP) => cutter.cut(at..end, Metadata::Xmp),
                    _ => {}
                }
                at = end;
            }
            0x3b => {
                cutter.cut_trailer(at + 1);
                return Some(());
            }
            _ => return None,
        }
    }
}

/// Bytes of the table of colours that the flags announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// XMP is no sequence of sub-blocks, but 258 bytes after it make one of whatever was read into it.
fn after_sub_blocks(input: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*input.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
