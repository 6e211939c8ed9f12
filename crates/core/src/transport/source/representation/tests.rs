#![allow(clippy::unwrap_used)]

use super::*;

const MONDAY: (&str, &str) = ("last-modified", "Mon, 02 Nov 2026 10:00:00 GMT");
const A_MINUTE_LATER: (&str, &str) = ("date", "Mon, 02 Nov 2026 10:01:00 GMT");

fn with(headers: &[(&'static str, &'static str)], length: Option<u64>) -> Representation {
    let headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect();
    Representation::new(&headers, length)
}

#[test]
fn only_strong_validators_are_used() {
    let validator = |headers: &[(&'static str, &'static str)]| with(headers, None).validator().cloned();
    assert_eq!(validator(&[("etag", "\"a\""), MONDAY, A_MINUTE_LATER]).unwrap(), "\"a\"");
    assert_eq!(validator(&[("etag", "W/\"a\""), MONDAY, A_MINUTE_LATER]).unwrap(), MONDAY.1);
    assert_eq!(validator(&[("etag", "W/\"a\"")]), None);
    assert_eq!(validator(&[("etag", "unquoted")]), None);
    assert_eq!(validator(&[MONDAY]), None, "no time to compare with");
    assert_eq!(validator(&[MONDAY, ("date", "Mon, 02 Nov 2026 10:00:59 GMT")]), None);
    assert_eq!(validator(&[("last-modified", "yesterday"), A_MINUTE_LATER]), None);
    assert_eq!(validator(&[]), None);
}

#[test]
fn sameness_is_proven_by_the_validator_alone() {
    let tagged = with(&[("etag", "\"a\""), MONDAY, A_MINUTE_LATER], Some(9));
    assert!(tagged.is_proven_by(&with(&[("etag", "\"a\"")], Some(9))));
    assert!(tagged.is_proven_by(&with(&[("etag", "\"a\""), ("last-modified", "another")], Some(9))));
    assert!(!tagged.is_proven_by(&with(&[("etag", "\"b\""), MONDAY], Some(9))));
    assert!(!tagged.is_proven_by(&with(&[MONDAY, A_MINUTE_LATER], Some(9))));
    assert!(!tagged.is_proven_by(&with(&[("etag", "\"a\"")], Some(10))));
    let dated = with(&[MONDAY, A_MINUTE_LATER], None);
    assert!(dated.is_proven_by(&with(&[MONDAY], None)));
    assert!(!dated.is_proven_by(&with(&[], None)));
    assert!(!with(&[], Some(9)).is_proven_by(&with(&[], Some(9))));
}

#[test]
fn silence_is_no_contradiction() {
    let tagged = with(&[("etag", "W/\"a\""), MONDAY], Some(9));
    assert!(!tagged.is_contradicted_by(&with(&[], None)));
    assert!(tagged.is_contradicted_by(&with(&[("etag", "W/\"b\"")], None)));
    assert!(tagged.is_contradicted_by(&with(&[("last-modified", "another")], None)));
    assert!(tagged.is_contradicted_by(&with(&[], Some(8))));
}

#[test]
fn support_for_ranges() {
    let support = |value| with(&[("accept-ranges", value)], None).ranges;
    assert_eq!(support("bytes"), RangeSupport::Given);
    assert_eq!(support("none"), RangeSupport::Refused);
    assert_eq!(with(&[], None).ranges, RangeSupport::Unknown);
    assert!(with(&[("etag", "\"a\"")], None).can_ask_for_parts());
    assert!(!with(&[("accept-ranges", "bytes")], None).can_ask_for_parts());
    assert!(!with(&[("etag", "\"a\""), ("accept-ranges", "none")], None).can_ask_for_parts());
}

#[test]
fn content_ranges() {
    let read = |value| {
        let headers = [(CONTENT_RANGE, HeaderValue::from_static(value))].into_iter().collect();
        ContentRange::read(&headers).map(|range| (range.offset, range.length))
    };
    assert_eq!(read("bytes 5-9/10"), Some((5, Some(10))));
    assert_eq!(read("Bytes 5-9/*"), Some((5, None)));
    for broken in [
        "bytes 5-10/10",
        "bytes 9-5/10",
        "bytes */10",
        "items 5-9/10",
        "bytes 5-9",
        "bytes -5-9/10",
        "bytes 5-9/ten",
        "5-9/10",
        "",
    ] {
        assert_eq!(read(broken), None, "{broken}");
    }
}
