//! The wall clock, and how far X's clock is from it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::locks::locked;
use crate::protocol::instant::parse_http_date;
use crate::protocol::server_time::{Bounds, ServerTime};

/// Milliseconds since the epoch by this machine's clock.
pub(crate) fn epoch_ms() -> u64 {
    u64::try_from(since_epoch().as_millis()).unwrap_or(u64::MAX)
}

/// Time since the epoch by this machine's clock, as fine as it tells.
#[allow(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
pub(crate) fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The server's clock, as its `Date` headers tell it.
#[derive(Debug, Default)]
pub(crate) struct ServerClock {
    /// What signatures go by: set only when the server refused one as too old or too new.
    signing_offset_seconds: AtomicI64,
    observed: Mutex<ServerTime>,
    newest: NewestOffset,
}

/// Milliseconds that the newest answer was ahead of this machine's clock, or [`UNKNOWN`]. Good enough for rate limits:
/// their resets come in the same answers, by the same clock.
#[derive(Debug)]
struct NewestOffset(AtomicI64);

/// No answer has given its time yet.
const UNKNOWN: i64 = i64::MIN;

impl Default for NewestOffset {
    fn default() -> Self {
        Self(AtomicI64::new(UNKNOWN))
    }
}

impl NewestOffset {
    fn get(&self) -> Option<i64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|offset| *offset != UNKNOWN)
    }
}

/// X takes timestamps that are a few minutes off.
const FURTHEST_OFF_MS: u64 = 60_000;

/// `Date` has whole seconds, and an answer is under way for some of them.
const SAME_CLOCK_MS: i64 = 10_000;

impl ServerClock {
    /// Seconds since the epoch for a signature.
    pub(crate) fn epoch_seconds(&self) -> u64 {
        let local = i64::try_from(epoch_ms() / 1000).unwrap_or(i64::MAX);
        let offset = self.signing_offset_seconds.load(Ordering::Relaxed);
        u64::try_from(local.saturating_add(offset)).unwrap_or(0)
    }

    /// Milliseconds since the epoch as the server tells its time; `None` before it has, or while that is in doubt.
    pub(crate) fn server_epoch_ms(&self) -> Option<u64> {
        let ahead = locked(&self.observed).ahead_ms()?;
        Some(epoch_ms().saturating_add_signed(ahead))
    }

    /// A time by the server's clock, as this machine's clock will show it. Clocks that agree but for what a header
    /// and its way here take are taken for the same one.
    pub(crate) fn local_ms(&self, server_ms: u64) -> u64 {
        match self.newest.get() {
            Some(ahead) if ahead.abs() > SAME_CLOCK_MS => server_ms.saturating_add_signed(-ahead),
            _ => server_ms,
        }
    }

    /// Now, by the clock that rate limits go by: the server's as its newest answer gave it.
    pub(crate) fn limits_epoch_ms(&self) -> u64 {
        epoch_ms().saturating_add_signed(self.newest.get().unwrap_or(0))
    }

    /// Notes what the `Date` header of an answer says that came so long after its request.
    pub(crate) fn observe(&self, date: Option<&str>, took: Duration) {
        if let Some(offset) = offset_of(date) {
            self.newest.0.store(offset, Ordering::Relaxed);
        }
        if let Some(date_ms) = epoch_ms_of(date) {
            let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            let bounds = Bounds::of(date_ms, epoch_ms(), took_ms);
            locked(&self.observed).observe(bounds);
        }
    }

    /// Whether signatures go by a time that the server does not take.
    pub(crate) fn is_off(&self, date: Option<&str>) -> bool {
        let used = self.signing_offset_seconds.load(Ordering::Relaxed).saturating_mul(1000);
        offset_of(date).is_some_and(|offset| offset.abs_diff(used) > FURTHEST_OFF_MS)
    }

    /// Lets signatures go by the server's `Date` header. Says whether there was a readable one.
    pub(crate) fn learn(&self, date: Option<&str>) -> bool {
        let Some(offset) = offset_of(date) else {
            return false;
        };
        // The header has whole seconds; half of one is what it is off on average.
        self.signing_offset_seconds.store(offset.saturating_add(500).div_euclid(1000), Ordering::Relaxed);
        true
    }
}

/// Milliseconds by which the server is ahead.
fn offset_of(date: Option<&str>) -> Option<i64> {
    let server = i64::try_from(epoch_ms_of(date)?).ok()?;
    Some(server.saturating_sub(i64::try_from(epoch_ms()).ok()?))
}

fn epoch_ms_of(date: Option<&str>) -> Option<u64> {
    parse_http_date(date?)
}

#[cfg(test)]
mod tests;
