//! The length of a post's text as X counts it.
//!
//! [`parse_tweet_text`] gives the results of `parseTweet` in X's library twitter-text 3.1.0 with its configuration
//! version 3, links without a scheme included. The work grows linearly with the text, whatever it holds.

mod cashtags;
mod chars;
mod domain;
mod emoji;
mod emoji_tables;
mod links;
mod punycode;
mod tlds;
mod urls;

pub use cashtags::count_cashtags;
pub use links::{TextPart, split_links};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The most that the text of a post may weigh, for an account without a subscription (X's page "Counting
/// characters").
pub const MAX_WEIGHTED_LENGTH: u32 = 280;

/// The weight of characters is kept in hundredths.
const SCALE: u32 = 100;
const LIGHT_WEIGHT: u32 = 100;
const DEFAULT_WEIGHT: u32 = 200;
const URL_WEIGHT: u32 = 23 * SCALE;

/// What [`parse_tweet_text`] finds out about a text. Ranges are inclusive indices of UTF-16 code units into the text
/// as it was given; an empty text has the range `(0, 0)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedTweet {
    /// The length that X counts: 1 for most letters, 2 for East Asian ones and emoji, 23 for a link.
    pub weighted_length: u32,
    /// The length in thousandths of the 280 that are allowed.
    pub permillage: u32,
    /// Whether X takes the text: not empty, not too long, no forbidden character.
    pub valid: bool,
    /// The whole text.
    pub display_text_range: (i32, i32),
    /// The part of the text that fits. Three habits of twitter-text are kept: `(0, 0)` also means nothing at all;
    /// the end counts the units of the normalised text and is then moved by as many as the whole text lost; and so
    /// the end lies below zero where normalising made a text longer that starts with a forbidden character.
    pub valid_text_range: (i32, i32),
}

/// Counts a text as X does. Never fails; a text that X would refuse has `valid: false`.
///
/// ```
/// use twitter_native_core::protocol::text::parse_tweet_text;
///
/// let parsed = parse_tweet_text("Hi http://test.co");
/// assert_eq!(parsed.weighted_length, 26);
/// assert!(parsed.valid);
/// ```
pub fn parse_tweet_text(text: &str) -> ParsedTweet {
    if text.is_ascii() && !text.contains('.') {
        // Every ASCII character weighs 1, and a link needs a dot.
        let length = saturating_u32(text.len());
        let last_valid = length.min(MAX_WEIGHTED_LENGTH).saturating_sub(1);
        return summary(text.len(), length, true, last_valid.cast_signed());
    }
    let original: Vec<u16> = text.encode_utf16().collect();
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return measure(&original, original.len());
    }
    let normalized: Vec<u16> = text.nfc().collect::<String>().encode_utf16().collect();
    measure(&normalized, original.len())
}

/// Whether no post may hold the character: a byte order mark or a noncharacter at the end of the first plane.
pub fn is_forbidden_character(character: char) -> bool {
    u16::try_from(u32::from(character)).is_ok_and(chars::is_forbidden)
}

/// Weighs a normalised text that had `original_length` code units before.
fn measure(text: &[u16], original_length: usize) -> ParsedTweet {
    let urls = urls::find_urls(text);
    let mut urls = urls.iter().peekable();
    let mut emoji = EmojiCursor { text, at: 0 };
    let (mut weight, mut last_valid, mut clean) = (0_u32, 0, true);
    let mut at = 0;
    while let Some(unit) = text.get(at).copied() {
        while urls.next_if(|url| url.start < at).is_some() {}
        let (length, token_weight) = if let Some(url) = urls.next_if(|url| url.start == at) {
            (url.length, URL_WEIGHT)
        } else if let Some(length) = emoji.sequence_at(at) {
            (length, DEFAULT_WEIGHT)
        } else {
            (character_length(text, at), character_weight(unit))
        };
        weight = weight.saturating_add(token_weight);
        let last = at + length - 1;
        clean = clean && !text.get(last).copied().is_some_and(chars::is_forbidden);
        if clean && weight <= MAX_WEIGHTED_LENGTH * SCALE {
            last_valid = last;
        }
        at += length;
    }
    let removed = saturating_i32(original_length) - saturating_i32(text.len());
    summary(original_length, weight / SCALE, clean, saturating_i32(last_valid) + removed)
}

fn summary(utf16_length: usize, weighted_length: u32, clean: bool, last_valid: i32) -> ParsedTweet {
    ParsedTweet {
        weighted_length,
        permillage: permillage(weighted_length),
        valid: clean && (1..=MAX_WEIGHTED_LENGTH).contains(&weighted_length),
        display_text_range: (0, saturating_i32(utf16_length.saturating_sub(1))),
        valid_text_range: (0, last_valid),
    }
}

/// As twitter-text computes it, in floating point: some lengths come out one below the exact quotient.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a floored, positive quotient that fits"
)]
fn permillage(weighted_length: u32) -> u32 {
    (f64::from(weighted_length) / f64::from(MAX_WEIGHTED_LENGTH) * 1000.0).floor() as u32
}

fn saturating_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn saturating_i32(value: usize) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

fn character_length(text: &[u16], at: usize) -> usize {
    let is_pair = text.get(at).is_some_and(|unit| (0xD800..0xDC00).contains(unit))
        && text.get(at + 1).is_some_and(|unit| (0xDC00..0xE000).contains(unit));
    if is_pair { 2 } else { 1 }
}

/// The weights of twitter-text's configuration version 3. Surrogates have the default one, so the first unit decides.
fn character_weight(unit: u16) -> u32 {
    match unit {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => LIGHT_WEIGHT,
        _ => DEFAULT_WEIGHT,
    }
}

/// Finds emoji from left to right without overlap, through links too: a link may end inside a sequence, whose rest is
/// then no emoji of its own.
struct EmojiCursor<'text> {
    text: &'text [u16],
    at: usize,
}

impl EmojiCursor<'_> {
    /// The length of the emoji sequence that starts at `start`, which may not lie before an earlier `start`.
    fn sequence_at(&mut self, start: usize) -> Option<usize> {
        while self.at < start {
            self.at += emoji::sequence_length(self.text, self.at).unwrap_or(1);
        }
        if self.at > start {
            return None;
        }
        let length = emoji::sequence_length(self.text, start);
        self.at += length.unwrap_or(1);
        length
    }
}

#[cfg(test)]
mod tests;
