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

/// Reads the limits out of an answer's headers: their names in lower case, and their values. Where one comes twice, the first
/// counts.
pub fn parse<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> RateLimits {
    let mut figures: [[Option<Option<u64>>; 3]; HEADERS.len()] = Default::default();
    for (name, value) in headers {
        for ((_, names), figures) in HEADERS.iter().zip(&mut figures) {
            let place = names.iter().zip(figures).find(|(known, _)| **known == name);
            if let Some((_, figure)) = place {
                figure.get_or_insert_with(|| value.trim().parse().ok());
            }
        }
    }
    let figures = figures.map(|of_window| of_window.map(Option::flatten));
    let limits = HEADERS.iter().zip(figures).filter(|(_, figures)| figures.iter().any(Option::is_some));
    let limits = limits.map(|((window, _), [limit, remaining, reset_epoch_secs])| RateLimit {
        window: *window,
        limit,
        remaining,
        reset_epoch_secs,
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
