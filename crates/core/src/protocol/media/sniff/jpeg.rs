//! JPEG (ITU T.81): the frame header holds the size, wherever it is among the segments.

use super::{MediaFacts, Parser, Step, big_endian, pixels};

#[derive(Default)]
pub(super) struct Jpeg {
    past_start: bool,
}

impl Parser for Jpeg {
    fn step(&mut self, window: &[u8], facts: &mut MediaFacts) -> Step {
        if !self.past_start {
            self.past_start = true;
            return Step::Advance(2);
        }
        match window {
            [] | [0xff] => Step::Want(4),
            // Any number of fill bytes may come before a marker.
            [0xff, 0xff, ..] => Step::Advance(1),
            [0xff, 0x01 | 0xd0..=0xd7, ..] => Step::Advance(2),
            [0xff, 0xd9 | 0xda, ..] => {
                facts.defect = Some("a JPEG without a frame header");
                Step::Done
            }
            [0xff, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, ..] => frame(window, facts),
            [0xff, _, ..] if window.len() < 4 => Step::Want(4),
            [0xff, _, ..] => Step::Advance(2 + big_endian(window.get(2..4)).max(2)),
            _ => {
                facts.defect = Some("a JPEG segment does not begin with its marker");
                Step::Done
            }
        }
    }
}

/// Marker, length, precision, height, width.
fn frame(window: &[u8], facts: &mut MediaFacts) -> Step {
    if window.len() < 9 {
        return Step::Want(9);
    }
    facts.height = pixels(big_endian(window.get(5..7)));
    facts.width = pixels(big_endian(window.get(7..9)));
    Step::Done
}
