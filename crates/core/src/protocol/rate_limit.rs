//! Rate limits as X's headers tell them (X's page on rate limits).

mod allowance;

use super::instant::parse_http_date;

pub use allowance::Allowance;

/// Which window a limit counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    /// The endpoint's own: `x-rate-limit-*`.
    Endpoint,
    /// The app's day: `x-app-limit-24hour-*`.
    AppDay,
    /// The user's day: `x-user-limit-24hour-*`.
    UserDay,
}

impl Window {
    /// The name that JavaScript sees.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Endpoint => "endpoint",
            Self::AppDay => "app_day",
            Self::UserDay => "user_day",
        }
    }
}

/// One limit. What a header did not say, or said in a way that can't be read, is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Which window it counts in.
    pub window: Window,
    /// Requests per window.
    pub limit: Option<u64>,
    /// Requests left in this window.
    pub remaining: Option<u64>,
    /// When the window ends, in seconds since the epoch.
    pub reset_epoch_secs: Option<u64>,
}

/// All limits of one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateLimits(Vec<RateLimit>);

impl RateLimits {
    /// Each limit that the answer told.
    pub fn all(&self) -> &[RateLimit] {
        &self.0
    }

    /// The limit that binds: one that is empty (the latest reset among these), else the one with the fewest
    /// requests left.
    pub fn effective(&self) -> Option<RateLimit> {
        let empty = self.0.iter().filter(|limit| limit.remaining == Some(0));
        empty
            .max_by_key(|limit| limit.reset_epoch_secs)
            .or_else(|| self.0.iter().min_by_key(|limit| limit.remaining.unwrap_or(u64::MAX)))
            .copied()
    }
}

/// The headers of each window: what it allows, what is left of that, and when it ends.
const HEADERS: [(Window, [&str; 3]); 3] = [
    (Window::Endpoint, ["x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"]),
    (
        Window::AppDay,
        ["x-app-limit-24hour-limit", "x-app-limit-24hour-remaining", "x-app-limit-24hour-reset"],
    ),
    (
        Window::UserDay,
        ["x-user-limit-24hour-limit", "x-user-limit-24hour-remaining", "x-user-limit-24hour-reset"],
    ),
];

/// Reads the limits out of an answer's headers, given by name.
pub fn parse<'a>(header: impl Fn(&str) -> Option<&'a str>) -> RateLimits {
    let read = |name| header(name).and_then(|text| text.trim().parse::<u64>().ok());
    let limits = HEADERS.into_iter().filter_map(|(window, [limit, remaining, reset])| {
        let limit = RateLimit {
            window,
            limit: read(limit),
            remaining: read(remaining),
            reset_epoch_secs: read(reset),
        };
        let told = limit.limit.or(limit.remaining).or(limit.reset_epoch_secs);
        told.map(|_| limit)
    });
    RateLimits(limits.collect())
}

/// Reads `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3), as milliseconds from `now_ms` on.
pub fn parse_retry_after(text: &str, now_ms: u64) -> Option<u64> {
    if let Ok(seconds) = text.trim().parse::<u64>() {
        return seconds.checked_mul(1000);
    }
    parse_http_date(text).map(|until_ms| until_ms.saturating_sub(now_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_pairs(pairs: &[(&'static str, &'static str)]) -> RateLimits {
        parse(|name| pairs.iter().find(|(header, _)| *header == name).map(|(_, value)| *value))
    }

    #[test]
    fn the_empty_window_binds() {
        let limits = parse_pairs(&[
            ("x-rate-limit-limit", "100"),
            ("x-rate-limit-remaining", "7"),
            ("x-rate-limit-reset", "1700000000"),
            ("x-user-limit-24hour-remaining", "0"),
            ("x-user-limit-24hour-reset", "1700050000"),
        ]);
        let effective = limits.effective();
        assert_eq!(effective.map(|limit| limit.window), Some(Window::UserDay));
        assert_eq!(effective.and_then(|limit| limit.reset_epoch_secs), Some(1_700_050_000));
    }

    #[test]
    fn garbage_is_no_limit() {
        assert_eq!(
            parse_pairs(&[("x-rate-limit-limit", "lots"), ("x-rate-limit-reset", "-1")]).effective(),
            None
        );
        assert_eq!(parse_pairs(&[]).effective(), None);
    }

    #[test]
    fn retry_after_in_both_forms() {
        assert_eq!(parse_retry_after("120", 0), Some(120_000));
        let now = 1_445_412_480_000;
        assert_eq!(parse_retry_after("Wed, 21 Oct 2015 07:28:30 GMT", now), Some(30_000));
        assert_eq!(parse_retry_after("Wed, 21 Oct 2015 07:28:30 UTC", now), Some(30_000));
        assert_eq!(parse_retry_after("Wed, 21 Oct 2015 07:00:00 GMT", now), Some(0));
        assert_eq!(parse_retry_after("soon", now), None);
        assert_eq!(parse_retry_after("99999999999999999999", now), None);
    }
}
