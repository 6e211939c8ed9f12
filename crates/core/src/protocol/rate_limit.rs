//! Rate limits as X's headers tell them (X's page on rate limits).

mod allowance;

use super::instant::parse_http_date;

pub use allowance::{Allowance, Full};

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
    /// Each limit that the answer gave.
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
        let given = limit.limit.or(limit.remaining).or(limit.reset_epoch_secs);
        given.map(|_| limit)
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
mod tests;
