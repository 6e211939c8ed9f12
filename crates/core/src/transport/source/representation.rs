//! What is known of a medium behind a URL: its length, what proves that it is still the same, and whether parts of
//! it can be asked for. With all three, parts could be fetched side by side.

use std::time::Duration;

use http::HeaderMap;
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, DATE, ETAG, HeaderName, HeaderValue, LAST_MODIFIED};

/// A server's clock and that of its storage may differ; with this much between the two times that does not matter
/// (RFC 9110 §8.8.2.2).
const CLOCK_DIFFERENCE: Duration = Duration::from_secs(60);

/// Whether a server gives parts of a medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RangeSupport {
    /// It said so, or has done so.
    Given,
    /// It said that it does not, or has answered with the whole.
    Refused,
    /// It said nothing.
    Unknown,
}

/// A medium as one answer's headers describe it.
#[derive(Clone, Debug)]
pub(super) struct Representation {
    /// Bytes of the whole medium.
    pub(super) length: Option<u64>,
    /// Whether parts of it can be asked for.
    pub(super) ranges: RangeSupport,
    etag: Option<HeaderValue>,
    last_modified: Option<HeaderValue>,
    /// `Last-Modified` is old enough for two versions with the same time to be impossible.
    is_settled: bool,
}

impl Representation {
    /// Reads an answer's headers; `length` is that of the whole medium.
    pub(super) fn new(headers: &HeaderMap, length: Option<u64>) -> Self {
        let ranges = match headers.get(ACCEPT_RANGES).map(HeaderValue::as_bytes) {
            Some(unit) if unit.eq_ignore_ascii_case(b"bytes") => RangeSupport::Given,
            Some(_) => RangeSupport::Refused,
            None => RangeSupport::Unknown,
        };
        Self {
            length,
            ranges,
            etag: headers.get(ETAG).cloned(),
            last_modified: headers.get(LAST_MODIFIED).cloned(),
            is_settled: is_settled(headers),
        }
    }

    /// A strong validator, with which a range can be asked for safely (RFC 9110 §13.1.5): an entity tag that is not
    /// weak, or a `Last-Modified` that is no longer in doubt.
    pub(super) fn validator(&self) -> Option<&HeaderValue> {
        self.strong_etag().or_else(|| self.last_modified.as_ref().filter(|_| self.is_settled))
    }

    /// Parts can be asked for, or nothing says that they can't.
    pub(super) fn can_ask_for_parts(&self) -> bool {
        self.validator().is_some() && self.ranges != RangeSupport::Refused
    }

    /// What a later answer says proves that the medium is the same.
    pub(super) fn is_proven_by(&self, later: &Self) -> bool {
        let same = match self.strong_etag() {
            Some(tag) => later.etag.as_ref() == Some(tag),
            None => self.validator().is_some() && self.last_modified == later.last_modified,
        };
        same && !self.is_contradicted_by(later)
    }

    /// What a later answer says can't be true of the same medium.
    pub(super) fn is_contradicted_by(&self, later: &Self) -> bool {
        let differ = |one: Option<&HeaderValue>, other: Option<&HeaderValue>| {
            one.zip(other).is_some_and(|(one, other)| one != other)
        };
        let lengths_differ = self.length.zip(later.length).is_some_and(|(one, other)| one != other);
        // Copies of one file may have different times; its tag decides, where there is one.
        let times_count = self.etag.is_none() || later.etag.is_none();
        lengths_differ
            || differ(self.etag.as_ref(), later.etag.as_ref())
            || (times_count && differ(self.last_modified.as_ref(), later.last_modified.as_ref()))
    }

    fn strong_etag(&self) -> Option<&HeaderValue> {
        self.etag.as_ref().filter(|tag| tag.as_bytes().starts_with(b"\""))
    }
}

fn is_settled(headers: &HeaderMap) -> bool {
    let time = |name: HeaderName| {
        headers.get(name)?.to_str().ok().and_then(|text| httpdate::parse_http_date(text).ok())
    };
    let age = time(DATE).zip(time(LAST_MODIFIED)).and_then(|(now, then)| now.duration_since(then).ok());
    age.is_some_and(|age| age >= CLOCK_DIFFERENCE)
}

/// The part of a medium that a 206 answer holds (RFC 9110 §14.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContentRange {
    /// Its first byte.
    pub(super) offset: u64,
    /// Bytes of the whole medium.
    pub(super) length: Option<u64>,
}

impl ContentRange {
    /// Reads `bytes 5-9/10` or `bytes 5-9/*`.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(CONTENT_RANGE)?.to_str().ok()?;
        let (unit, text) = text.trim().split_once(' ')?;
        let (range, length) = text.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (offset, last): (u64, u64) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        let length = match length.trim() {
            "*" => None,
            digits => Some(digits.parse().ok()?),
        };
        let is_sound = unit.eq_ignore_ascii_case("bytes")
            && offset <= last
            && length.is_none_or(|length: u64| last < length);
        is_sound.then_some(Self { offset, length })
    }
}

#[cfg(test)]
mod tests {
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
}
