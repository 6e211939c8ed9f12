//! What a text without links and emoji weighs: twitter-text's configuration version 3.

use unicode_normalization::UnicodeNormalization;

/// A character that has nothing to do with links or emoji, whatever is beside it.
fn is_plain(letter: char) -> bool {
    let block = u32::from(letter);
    letter != '.'
        && matches!(block, 0x20..=0x22 | 0x24..=0x29 | 0x2b..=0x2f | 0x3a..=0x7e | 0xc0..=0x24f | 0x300..=0x36f)
        || matches!(block, 0x370..=0x5ff | 0x2000..=0x200c | 0x200e..=0x203b | 0x2042..=0x2047 | 0x1100..=0x11ff | 0x3041..=0x3096 | 0x4e00..=0x9fff | 0xac00..=0xd7a3)
}

/// The weight, if it can be found by looking at each character alone.
pub fn of_plain(text: &str) -> Option<u32> {
    let normal: Vec<char> = text.nfc().collect();
    normal.iter().all(|letter| is_plain(*letter)).then(|| normal.iter().map(|letter| of(*letter)).sum())
}

fn of(letter: char) -> u32 {
    match u32::from(letter) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}
