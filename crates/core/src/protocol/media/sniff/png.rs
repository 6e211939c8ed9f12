//! PNG (ISO 15948): the size is in the first chunk; `acTL` before the image data means an animation.

use super::{MediaFacts, Parser, Step, big_endian, pixels};

const SIGNATURE: u64 = 8;
const CHUNK_OVERHEAD: u64 = 12;

#[derive(Default)]
pub(super) struct Png {
    past_signature: bool,
    past_header: bool,
}

impl Parser for Png {
    fn step(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step {
        if !self.past_signature {
            self.past_signature = true;
            return Step::Advance(SIGNATURE);
        }
        let wanted = match window.get(4..8) {
            Some(b"IHDR") => 16,
            Some(b"acTL") => 12,
            _ => 8,
        };
        if window.len() < wanted {
            return Step::Want(wanted);
        }
        let length = big_endian(window.get(..4));
        match (window.get(4..8), self.past_header) {
            (Some(b"IHDR"), false) => {
                facts.width = pixels(big_endian(window.get(8..12)));
                facts.height = pixels(big_endian(window.get(12..16)));
                self.past_header = true;
            }
            (_, false) => {
                facts.defect = Some("a PNG without its header chunk");
                return Step::Done;
            }
            (Some(b"acTL"), true) => {
                let frames = pixels(big_endian(window.get(8..12)));
                facts.frames = frames;
                facts.animated = Some(frames != Some(1));
                return Step::Done;
            }
            (Some(b"IDAT" | b"IEND"), true) => {
                facts.animated = Some(false);
                return Step::Done;
            }
            _ => {}
        }
        Step::Advance(CHUNK_OVERHEAD + length)
    }
}
