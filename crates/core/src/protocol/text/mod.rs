//! How X counts the text of a post: twitter-text, configuration version 3.

mod characters;
mod domains;
mod emoji;
mod tables;
mod urls;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Longest text of an account without a subscription, in weighted characters.
pub const MAX_WEIGHTED_LENGTH: u32 = 280;
/// What every link counts, since X replaces it by a t.co address.
pub const LINK_LENGTH: u32 = 23;

const SCALE: u32 = 100;
const DEFAULT_WEIGHT: u32 = 200;
/// Code points that count one half of the others.
const LIGHT: &[(char, char)] =
    &[('\u{0}', '\u{10ff}'), ('\u{2000}', '\u{200d}'), ('\u{2010}', '\u{201f}'), ('\u{2032}', '\u{2037}')];
const LIGHT_WEIGHT: u32 = 100;

/// A text, counted. Ranges are inclusive UTF-16 indices, as twitter-text reports them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedTweet {
    /// Weighted characters: links count 23, emoji and most scripts outside of Latin 2.
    pub weighted_length: u32,
    /// Thousandths of the 280 that are used.
    pub permillage: u32,
    /// X would accept the text of an account without a subscription.
    pub valid: bool,
    /// The whole text.
    pub display_text_range: (i64, i64),
    /// The part that is within the limit and before the first invalid character.
    pub valid_text_range: (i64, i64),
}

/// Counts a text.
///
/// ```
/// let parsed = twitter_native_core::protocol::text::parse_tweet_text("See https://example.com/a/long/path 🎉");
/// assert_eq!(parsed.weighted_length, 4 + 23 + 1 + 2);
/// ```
pub fn parse_tweet_text(text: &str) -> ParsedTweet {
    let given_length = utf16_length(text.chars());
    let normalized: Vec<char> = if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().collect()
    } else {
        text.nfc().collect()
    };
    let counted = count(&normalized);
    let offset = given_length - utf16_length(normalized.iter().copied());
    let weighted_length = counted.weight / SCALE;
    ParsedTweet {
        weighted_length,
        permillage: u32::try_from(u64::from(weighted_length) * 1000 / u64::from(MAX_WEIGHTED_LENGTH))
            .unwrap_or(u32::MAX),
        valid: counted.valid && weighted_length > 0 && weighted_length <= MAX_WEIGHTED_LENGTH,
        display_text_range: (0, (given_length - 1).max(0)),
        valid_text_range: (0, counted.valid_end + offset),
    }
}

/// X refuses a text that holds one of these.
pub fn has_invalid_character(text: &str) -> bool {
    text.chars().any(is_invalid)
}

struct Counted {
    weight: u32,
    valid: bool,
    valid_end: i64,
}

fn count(text: &[char]) -> Counted {
    let links = urls::find(text);
    let mut links = links.iter().peekable();
    let mut counted = Counted { weight: 0, valid: true, valid_end: 0 };
    let mut index = 0;
    // UTF-16 index of the unit after what is counted.
    let mut unit = 0;
    while let Some(&letter) = text.get(index) {
        // A link inside of one that was counted already does not count again.
        while links.next_if(|link| link.start < index).is_some() {}
        let (weight, length) = if let Some(link) = links.next_if(|link| link.start == index) {
            (LINK_LENGTH * SCALE, link.length)
        } else if let Some(length) = emoji::length_at(text, index) {
            (DEFAULT_WEIGHT, length)
        } else {
            (weight_of(letter), 1)
        };
        let token = text.get(index..index + length).unwrap_or_default();
        index += length.max(1);
        unit += utf16_length(token.iter().copied());
        counted.weight = counted.weight.saturating_add(weight);
        counted.valid &= !token.last().is_some_and(|last| is_invalid(*last));
        if counted.valid && counted.weight <= MAX_WEIGHTED_LENGTH * SCALE {
            counted.valid_end = unit - 1;
        }
    }
    counted
}

fn weight_of(letter: char) -> u32 {
    if characters::is_in(LIGHT, letter) { LIGHT_WEIGHT } else { DEFAULT_WEIGHT }
}

fn is_invalid(letter: char) -> bool {
    matches!(letter, '\u{fffe}' | '\u{feff}' | '\u{ffff}')
}

fn utf16_length(text: impl Iterator<Item = char>) -> i64 {
    text.map(|letter| if u32::from(letter) > 0xffff { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests;
