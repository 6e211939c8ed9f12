#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// Results of the published library for texts of all kinds: `[text, weightedLength, permillage, valid,
/// displayRangeEnd, validRangeEnd]` a line.
const PUBLISHED: &str = include_str!("data/published_results.jsonl");

#[test]
fn counts_as_the_published_library_does() {
    let mut differing = Vec::new();
    for line in PUBLISHED.lines() {
        let (text, length, permillage, valid, display_end, valid_end): (String, u32, u32, bool, i64, i64) =
            serde_json::from_str(line).unwrap();
        let expected = ParsedTweet {
            weighted_length: length,
            permillage,
            valid,
            display_text_range: (0, display_end),
            valid_text_range: (0, valid_end),
        };
        let parsed = parse_tweet_text(&text);
        if parsed != expected {
            differing.push(format!("{text:?}: {parsed:?} instead of {expected:?}"));
        }
    }
    assert!(
        differing.is_empty(),
        "{} differ:\n{}",
        differing.len(),
        differing[..differing.len().min(20)].join("\n")
    );
}

#[test]
fn media_only_posts_have_an_empty_text_which_alone_is_invalid() {
    assert!(!parse_tweet_text("").valid);
}

/// Each of these takes minutes where a matcher goes back and forth.
#[test]
fn hostile_text_takes_linear_time() {
    let many = |part: &str| part.repeat(600_000 / part.len());
    let texts = [
        many("a."),
        many("http://"),
        many("👍"),
        format!("https://a.com/{}", many("(")),
        format!("https://a.com/{}", many("(a")),
        many("a_.com"),
        many("a..com"),
        format!("https://{}.com", many("a-")),
        format!("https://{}com", many("a.")),
        format!("https://{}.com", many("日")),
        many("a.com/"),
        many("a.com?"),
        many(".com"),
        many("_a.co."),
        many("日a.com.日"),
        many("e\u{301}"),
    ];
    for text in &texts {
        let started = Instant::now();
        let parsed = parse_tweet_text(text);
        assert!(!parsed.valid);
        // A generous bound for an unoptimised build on a busy machine; quadratic time would be hours.
        assert!(started.elapsed() < Duration::from_secs(20), "{}", text.chars().take(20).collect::<String>());
    }
}

proptest! {
    #[test]
    fn any_text_is_counted(text in any::<String>()) {
        let parsed = parse_tweet_text(&text);
        let units = i64::try_from(text.encode_utf16().count()).unwrap();
        prop_assert!(parsed.weighted_length <= u32::try_from(units).unwrap() * 23);
        prop_assert!(parsed.display_text_range.1 <= units);
        prop_assert!(!parsed.valid || (1..=MAX_WEIGHTED_LENGTH).contains(&parsed.weighted_length));
    }

    #[test]
    fn a_link_counts_23_whatever_its_length(path in "[a-z0-9/]{0,300}") {
        let parsed = parse_tweet_text(&format!("https://example.com/{path}"));
        prop_assert_eq!(parsed.weighted_length, 23);
    }
}
