//! WebP (RFC 9649): the first chunk has the size, and whether it is an animation.

use super::{MediaFacts, Parser, Step, little_endian, pixels};

pub(super) struct Webp;

/// The file's header and that of its first chunk.
const HEAD: usize = 20;

impl Parser for Webp {
    fn step(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step {
        let wanted = match window.get(12..16) {
            None => HEAD,
            Some(b"VP8L") => HEAD + 5,
            Some(_) => HEAD + 10,
        };
        if window.len() < wanted {
            return Step::Want(wanted);
        }
        match window.get(12..16) {
            Some(b"VP8X") => {
                facts.animated = window.get(20).map(|flags| flags & 0b10 != 0);
                facts.width = pixels(little_endian(window.get(24..27)) + 1);
                facts.height = pixels(little_endian(window.get(27..30)) + 1);
            }
            Some(b"VP8L") if window.get(20) == Some(&0x2f) => {
                let bits = little_endian(window.get(21..25));
                facts.animated = Some(false);
                facts.width = pixels((bits & 0x3fff) + 1);
                facts.height = pixels(((bits >> 14) & 0x3fff) + 1);
            }
            Some(b"VP8 ") if window.get(23..26) == Some(b"\x9d\x01\x2a") => {
                facts.animated = Some(false);
                facts.width = pixels(little_endian(window.get(26..28)) & 0x3fff);
                facts.height = pixels(little_endian(window.get(28..30)) & 0x3fff);
            }
            _ => facts.defect = Some("a WebP without an image chunk"),
        }
        Step::Done
    }
}
