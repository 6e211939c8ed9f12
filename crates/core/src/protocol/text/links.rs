//! A text taken apart at its links.

use super::urls::find_urls;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPart {
    /// Words between links.
    Words(String),
    /// A link as it was written.
    Link(String),
}

/// Takes a text apart at the links that X finds in it.
pub fn split_links(text: &str) -> Vec<TextPart> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut parts = Vec::new();
    let mut at = 0;
    let mut push = |units: Option<&[u16]>, part: fn(String) -> TextPart| {
        if let Some(units) = units.filter(|units| !units.is_empty()) {
            parts.push(part(String::from_utf16_lossy(units)));
        }
    };
    for url in find_urls(&units) {
        let start = whole(&units, url.start);
        let end = whole(&units, url.start + url.length);
        push(units.get(at..start), TextPart::Words);
        push(units.get(start..end), TextPart::Link);
        at = end;
    }
    push(units.get(at..), TextPart::Words);
    parts
}

/// X cuts between code units, and so within a character at times, which then stays with what it begins in.
fn whole(units: &[u16], at: usize) -> usize {
    let is_within = at
        .checked_sub(1)
        .and_then(|before| units.get(before..=at))
        .is_some_and(|pair| matches!(pair, [0xD800..=0xDBFF, 0xDC00..=0xDFFF]));
    if is_within { at + 1 } else { at }
}

#[cfg(test)]
mod tests;
