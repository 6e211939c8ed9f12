#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::Value;

use super::*;

const CONFORMANCE: &str = include_str!("../../../tests/data/twitter-text/conformance.json");
const PARSE_TWEET: &str = include_str!("../../../tests/data/twitter-text/parse-tweet.json");

fn conformance(group: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(CONFORMANCE).unwrap();
    let cases = all[group].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

/// As `parse-tweet.json` has it.
fn row(parsed: ParsedTweet) -> Value {
    assert_eq!((parsed.display_text_range.0, parsed.valid_text_range.0), (0, 0));
    serde_json::json!([
        parsed.weighted_length,
        parsed.permillage,
        parsed.valid,
        parsed.display_text_range.1,
        parsed.valid_text_range.1
    ])
}

fn links(text: &str) -> Vec<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let link = |url: &urls::Url| String::from_utf16(&units[url.start..url.start + url.length]).unwrap();
    urls::find_urls(&units).iter().map(link).collect()
}

#[test]
fn counts_as_the_conformance_suite() {
    for case in conformance("counting") {
        let expected = &case["expected"];
        let figures = ["weightedLength", "permillage", "valid", "displayRangeEnd", "validRangeEnd"];
        let expected: Value = figures.iter().map(|figure| expected[*figure].clone()).collect();
        assert_eq!(
            row(parse_tweet_text(case["text"].as_str().unwrap())),
            expected,
            "{}",
            case["description"]
        );
    }
}

#[test]
fn finds_the_links_of_the_conformance_suite() {
    for case in conformance("urls") {
        let expected: Vec<&str> =
            case["expected"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(links(case["text"].as_str().unwrap()), expected, "{}", case["description"]);
    }
}

#[test]
fn counts_the_cashtags_of_the_conformance_suite() {
    for case in conformance("cashtags") {
        let expected = case["expected"].as_array().unwrap().len();
        assert_eq!(count_cashtags(case["text"].as_str().unwrap()), expected, "{}", case["description"]);
    }
}

#[test]
fn equals_the_published_library() {
    let cases: Vec<Vec<Value>> = serde_json::from_str(PARSE_TWEET).unwrap();
    assert!(cases.len() > 1000);
    for case in cases {
        let text = case[0].as_str().unwrap();
        assert_eq!(row(parse_tweet_text(text)), Value::from(&case[1..]), "{text:?}");
    }
}

#[test]
fn counts_cashtags_between_spaces() {
    assert_eq!(count_cashtags("$A $B $BRK.A,$C"), 3);
    assert_eq!(count_cashtags("$TOOLONGX $1 a$B $ $A1"), 0);
    assert_eq!(count_cashtags("\u{3000}$a_b. $abc.def"), 2);
    assert_eq!(count_cashtags("x$A"), 0);
    // Spaces of other scripts end one, letters of theirs do not.
    for space in
        ['\u{a0}', '\u{1680}', '\u{2009}', '\u{2028}', '\u{202f}', '\u{205f}', '\u{3000}', '\u{feff}']
    {
        assert_eq!(count_cashtags(&format!("$A{space}b")), 1, "{space:?}");
    }
    assert_eq!(count_cashtags("$A\u{e9}b $A\u{3042}"), 0);
}

/// What takes quadratic time where every possible start of a link or an emoji is tried afresh.
#[test]
fn hostile_texts_take_linear_time() {
    let patterns = [
        "a.",
        "日",
        "日.",
        "日.a",
        "a_.",
        "a.-",
        "–.",
        "a.com ",
        "a.co/(a(b",
        "a.co/!",
        "a.co?!",
        "a.xn--",
        "xn--",
        "http://a.",
        "ab.comx.日",
        "a.com.日.",
        "👨\u{200D}",
        "🇩",
        "\u{301}\u{327}",
        "$A ",
        "\u{958}.",
    ];
    let start = Instant::now();
    for pattern in patterns {
        let text = pattern.repeat(500_000 / pattern.len());
        assert!(!parse_tweet_text(&text).valid, "{pattern}");
        count_cashtags(&text);
    }
    // 11 MB; in linear time some seconds without optimisation, in quadratic time hours.
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

/// Texts that are likely to hold links and emoji.
fn busy_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<String>(),
        "[a-z./:?#@()日é-]{0,12}",
        "(https?://)?[a-z日_-]{1,8}\\.(com|co|中国|xn--p1ai|zz)(/[a-z().]{0,6})?",
        "[👨👩👍🏽🇩🇪1#©\u{200D}\u{FE0F}\u{20E3}\u{1F3FD}]{0,6}",
        "[\u{FEFF}\u{FFFE}\u{FFFF}e\u{301}\u{958} ]{0,4}",
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

fn utf16_length(text: &str) -> usize {
    text.encode_utf16().count()
}

proptest! {
    #[test]
    fn ranges_lie_within_the_text(text in busy_text()) {
        let parsed = parse_tweet_text(&text);
        let last = i32::try_from(utf16_length(&text)).unwrap() - 1;
        prop_assert_eq!(parsed.display_text_range, (0, last.max(0)));
        prop_assert_eq!(parsed.valid_text_range.0, 0);
        prop_assert!(parsed.valid_text_range.1 <= last.max(0));
        let normalized: String = text.nfc().collect();
        prop_assert!(parsed.valid_text_range.1 >= 0 || utf16_length(&normalized) > utf16_length(&text));
        prop_assert!(!parsed.valid || parsed.valid_text_range.1 == last);
    }

    #[test]
    fn valid_means_not_empty_not_too_long_and_clean(text in busy_text()) {
        let parsed = parse_tweet_text(&text);
        let fits = (1..=MAX_WEIGHTED_LENGTH).contains(&parsed.weighted_length);
        let clean = !text.chars().any(is_forbidden_character);
        prop_assert!(!parsed.valid || fits);
        prop_assert!(!(fits && clean) || parsed.valid);
        // A link of letters apart may reach over a forbidden character; without a dot there is none.
        prop_assert!(text.contains('.') || parsed.valid == (fits && clean));
    }

    #[test]
    fn texts_without_links_add_up(first in "[^.]{0,200}", second in "[^.]{0,200}") {
        let length = |text: &str| parse_tweet_text(text).weighted_length;
        prop_assert_eq!(length(&format!("{first} {second}")), length(&first) + 1 + length(&second));
        let characters = u32::try_from(first.nfc().count()).unwrap();
        prop_assert!(length(&first) <= 2 * characters);
    }

    #[test]
    fn links_follow_one_another_and_weigh_23(text in busy_text()) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let found = urls::find_urls(&units);
        prop_assert!(found.iter().zip(found.iter().skip(1)).all(|(left, right)| left.start < right.start));
        prop_assert!(found.iter().all(|url| url.length > 0 && url.start + url.length <= units.len()));
    }

    #[test]
    fn a_link_weighs_23_whatever_its_length(path in "[a-z]{0,300}", before in "[a-z]{0,20}") {
        let parsed = parse_tweet_text(&format!("{before} https://example.com/{path}"));
        prop_assert_eq!(parsed.weighted_length, u32::try_from(before.len()).unwrap() + 24);
    }
}
