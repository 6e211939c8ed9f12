//! What is known of a medium at a URL: its length, what proves that it is still the same, and whether parts of
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
mod tests;
