//! Counting texts: the same for a text and its NFC, valid exactly where 1 to 280 are counted and nothing is forbidden,
//! and monotone in limits and in what is appended. Texts without links and emoji are counted a second time.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use support::weight;
use twitter_native_core::protocol::text::{
    MAX_WEIGHTED_LENGTH, TextPart, count_cashtags, is_forbidden_character, parse_tweet_text, split_links,
};
use twitter_native_core::protocol::validation::{PostDraft, PostLimits, ProblemCode, validate_post};
use unicode_normalization::UnicodeNormalization;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    let parsed = parse_tweet_text(text);
    let weight = parsed.weighted_length;
    let clean = !text.nfc().any(is_forbidden_character);
    assert_eq!(parsed.valid, clean && (1..=MAX_WEIGHTED_LENGTH).contains(&weight));
    assert_eq!(weight::of_plain(text).unwrap_or(weight), weight);
    assert!((parsed.permillage * 280).abs_diff(weight * 1000) <= 280, "{parsed:?}");

    let normal: String = text.nfc().collect();
    let again = parse_tweet_text(&normal);
    assert_eq!((again.weighted_length, again.valid), (weight, parsed.valid));
    assert_eq!(normal.nfc().collect::<String>(), normal);
    ranges(&normal);

    assert_eq!(parse_tweet_text(&format!("{text} a")).weighted_length, weight + 2);
    links(text, weight);
    limits(text, weight);
    assert!(count_cashtags(text) <= text.matches('$').count());
    Corpus::Keep
});

/// The ranges of a normal text lie in it, and end with it if it is valid.
fn ranges(normal: &str) {
    let parsed = parse_tweet_text(normal);
    let last = (normal.encode_utf16().count() as i32 - 1).max(0);
    assert_eq!(parsed.display_text_range, (0, last));
    let (first, end) = parsed.valid_text_range;
    assert!(first == 0 && (0..=last).contains(&end), "{parsed:?}");
    assert!(!parsed.valid || end == last, "{parsed:?}");
}

/// Parts add up to the text; each link counts 23, unless it begins within a character, and nothing else more than two
/// for a code unit.
fn links(text: &str, weight: u32) {
    let (mut whole, mut links) = (String::new(), 0);
    for part in split_links(text) {
        match part {
            TextPart::Words(words) => whole.push_str(&words),
            TextPart::Link(link) => {
                whole.push_str(&link);
                links += 1;
            }
        }
    }
    assert_eq!(whole, text);
    let is_normal = text.chars().nfc().eq(text.chars());
    let has_pairs = text.chars().any(|letter| letter.len_utf16() > 1);
    let least = if has_pairs { 0 } else { 23 * links };
    let most = 23 * links + 2 * text.encode_utf16().count() as u32;
    assert!(!is_normal || (least..=most).contains(&weight), "{links} links count {weight}");
}

/// A post is too long for a limit exactly if its text weighs more.
fn limits(text: &str, weight: u32) {
    for limit in [0, weight.saturating_sub(1), weight, weight + 1, MAX_WEIGHTED_LENGTH, 25_000] {
        let limits = PostLimits { max_weighted_length: limit, ..PostLimits::default() };
        let problems = validate_post(&PostDraft { text, ..PostDraft::default() }, &limits);
        let is_too_long = problems.iter().find(|problem| problem.code == ProblemCode::TextTooLong);
        assert_eq!(is_too_long.is_some(), weight > limit);
        assert!(is_too_long.is_none_or(|problem| problem.actual == Some(weight.into())));
        let is_empty = problems.iter().any(|problem| problem.code == ProblemCode::TextEmpty);
        assert_eq!(is_empty, weight == 0);
    }
}
