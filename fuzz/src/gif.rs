//! A GIF as a whole, by the 89a specification.

/// What walking a GIF's blocks tells.
#[derive(Debug, PartialEq, Eq)]
pub struct Walk {
    /// Images whose descriptor is there.
    pub frames: u32,
    /// Where it stops.
    pub end: End,
}

/// How a walk ends.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// At the trailer.
    Trailer,
    /// At a block of unknown kind.
    Odd,
    /// Behind a block, where another one should begin.
    Between,
    /// In the middle.
    Inside,
}

/// Walks a GIF whose signature is right.
pub fn walk(bytes: &[u8]) -> Walk {
    let mut walk = Walk { frames: 0, end: End::Inside };
    if bytes.len() >= 13 {
        let mut at = 13 + table(bytes[10]);
        while let Some(next) = block(bytes, at, &mut walk) {
            at = next;
        }
    }
    walk
}

/// Reads the block at an offset, and gives that of the next one.
fn block(bytes: &[u8], at: usize, walk: &mut Walk) -> Option<usize> {
    walk.end = if at == bytes.len() { End::Between } else { End::Inside };
    let data = match bytes.get(at)? {
        0x3b => {
            walk.end = End::Trailer;
            return None;
        }
        0x21 => at + 2,
        0x2c => {
            let packed = *bytes.get(at + 9)?;
            walk.frames += 1;
            at + 10 + table(packed) + 1
        }
        _ => {
            walk.end = End::Odd;
            return None;
        }
    };
    let mut at = data;
    loop {
        match bytes.get(at)? {
            0 => return Some(at + 1),
            length => at += 1 + usize::from(*length),
        }
    }
}

fn table(packed: u8) -> usize {
    if packed >= 0x80 { 3 * (2 << (packed & 7)) } else { 0 }
}
