//! GIF (89a specification): comments, and Adobe's XMP in an application's extension.

use super::Metadata;
use super::cutter::Cutter;
use super::runs::Runs;

const HEADER: usize = 13;
const DESCRIPTOR: usize = 10;
/// What Adobe calls its extension.
const XMP: &[u8] = b"XMP DataXMP";

pub(super) fn walk(file: &Runs<'_>, cutter: &mut Cutter) {
    let _unfollowed = walk_blocks(file, cutter);
}

/// Ends with `None` where the structure can't be followed.
fn walk_blocks(file: &Runs<'_>, cutter: &mut Cutter) -> Option<()> {
    let mut at = HEADER + colours(file.byte(10)?);
    loop {
        match file.byte(at)? {
            0x2c => {
                let data = at + DESCRIPTOR + colours(file.byte(at + DESCRIPTOR - 1)?) + 1;
                at = after_sub_blocks(file, data)?;
            }
            0x21 => {
                let end = after_sub_blocks(file, at + 2)?;
                match file.byte(at + 1)? {
                    0xfe => cutter.cut(at..end, Metadata::Text),
                    0xff if file.starts_with(at + 3, XMP) => cutter.cut(at..end, Metadata::Xmp),
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
fn after_sub_blocks(file: &Runs<'_>, mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(file.byte(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
