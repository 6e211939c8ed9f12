//! GIF (89a specification): frames are counted by walking the blocks.

use super::{Ending, MediaFacts, Parser, Step, little_endian, pixels};

enum Place {
    Header,
    Block,
    /// After an image's descriptor and colours: one byte, then sub-blocks.
    ImageData,
    SubBlocks,
}

pub(super) struct Gif {
    place: Place,
    most_frames: u32,
    /// A whole frame was read.
    has_frame: bool,
}

const HEADER: usize = 13;
const DESCRIPTOR: usize = 10;

impl Parser for Gif {
    fn step(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step {
        match self.place {
            Place::Header if window.len() < HEADER => Step::Want(HEADER),
            Place::Header => {
                facts.width = pixels(little_endian(window.get(6..8)));
                facts.height = pixels(little_endian(window.get(8..10)));
                facts.frames = Some(0);
                self.place = Place::Block;
                Step::Advance(HEADER as u64 + colours(window.get(10)))
            }
            Place::Block => self.block(window, facts),
            Place::ImageData => {
                self.place = Place::SubBlocks;
                Step::Advance(1)
            }
            Place::SubBlocks => {
                let length = u64::from(window.first().copied().unwrap_or_default());
                if length == 0 {
                    self.place = Place::Block;
                    self.has_frame |= facts.frames.is_some_and(|frames| frames > 0);
                }
                Step::Advance(1 + length)
            }
        }
    }

    /// Viewers show a GIF without its last byte, the trailer.
    fn ending(&mut self, _facts: &mut MediaFacts) -> Ending {
        match self.place {
            Place::Block if self.has_frame => Ending::Proper,
            _ => Ending::Truncated,
        }
    }
}

impl Gif {
    /// A parser that is done after this many frames.
    pub(super) fn new(most_frames: u32) -> Self {
        Self { place: Place::Header, most_frames, has_frame: false }
    }

    fn block(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step {
        match window.first() {
            Some(0x21) => {
                self.place = Place::SubBlocks;
                Step::Advance(2)
            }
            None | Some(0x2c) if window.len() < DESCRIPTOR => Step::Want(DESCRIPTOR),
            Some(0x2c) => {
                let frames = facts.frames.unwrap_or(0).saturating_add(1);
                facts.frames = Some(frames);
                if frames > 1 {
                    facts.animated = Some(true);
                }
                if frames > self.most_frames {
                    return Step::Done;
                }
                self.place = Place::ImageData;
                Step::Advance(DESCRIPTOR as u64 + colours(window.get(9)))
            }
            Some(0x3b) => {
                facts.animated = Some(facts.frames.unwrap_or(0) > 1);
                Step::Done
            }
            _ => {
                facts.animated = Some(facts.frames.unwrap_or(0) > 1);
                facts.defect = Some("a GIF block of unknown kind");
                Step::Done
            }
        }
    }
}

/// Bytes of the colour table that a packed field announces.
fn colours(packed: Option<&u8>) -> u64 {
    match packed {
        Some(packed) if packed & 0x80 != 0 => 3 << ((packed & 7) + 1),
        _ => 0,
    }
}
