//! Counting cashtags, which X limits for some kinds of access.

use super::chars::{is_cashtag_end, is_space};

const DOLLAR: u16 = 0x24;

/// How many cashtags (`$TWTR`, `$BRK.A`) a text has, as twitter-text finds them: 1 to 6 letters, then a dot or
/// underscore with 1 or 2 more if it fits, after a space or at the start, before a space, punctuation or the end.
pub fn count_cashtags(text: &str) -> usize {
    if !text.contains('$') {
        return 0;
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut count = 0;
    let mut at = 0;
    // The space before a cashtag belongs to it, so one space does not serve two; the end of one cashtag is not taken.
    while let Some(unit) = units.get(at) {
        let starts = if at == 0 && *unit == DOLLAR { Some(0) } else { is_space(*unit).then_some(at + 1) };
        let end = starts
            .filter(|start| units.get(*start) == Some(&DOLLAR))
            .and_then(|start| symbol_end(&units, start + 1));
        count += usize::from(end.is_some());
        at = end.unwrap_or(at + 1);
    }
    count
}

fn symbol_end(units: &[u16], start: usize) -> Option<usize> {
    let letters = |from: usize, most: usize| {
        let found = units.iter().skip(from).take(most);
        found.take_while(|unit| matches!(unit, 0x41..=0x5A | 0x61..=0x7A)).count()
    };
    let ends = |at: usize| units.get(at).is_none_or(|unit| is_cashtag_end(*unit));
    let main = letters(start, 6);
    if main == 0 {
        return None;
    }
    let end = start + main;
    let suffixed =
        matches!(units.get(end), Some(0x2E | 0x5F)).then(|| letters(end + 1, 2)).filter(|count| *count > 0);
    suffixed.map(|count| end + 1 + count).filter(|end| ends(*end)).or_else(|| ends(end).then_some(end))
}
