//! The wall clock, and how far X's clock is from it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::protocol::server_time::{Bounds, ServerTime};

/// Milliseconds since the epoch by this machine's clock.
#[allow(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
pub(crate) fn epoch_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX))
}

/// The server's clock, as its `Date` headers tell it.
#[derive(Debug, Default)]
pub(crate) struct ServerClock {
    /// What signatures go by: set only when the server refused one as too old or too new.
    signing_offset_seconds: AtomicI64,
    observed: Mutex<ServerTime>,
}

/// X takes timestamps that are a few minutes off.
const FURTHEST_OFF_MS: u64 = 60_000;

impl ServerClock {
    /// Seconds since the epoch for a signature.
    pub(crate) fn epoch_seconds(&self) -> u64 {
        let local = i64::try_from(epoch_ms() / 1000).unwrap_or(i64::MAX);
        let offset = self.signing_offset_seconds.load(Ordering::Relaxed);
        u64::try_from(local.saturating_add(offset)).unwrap_or(0)
    }

    /// Milliseconds since the epoch as the server tells its time; `None` before it has, or while that is in doubt.
    pub(crate) fn server_epoch_ms(&self) -> Option<u64> {
        let ahead = self.observed.lock().unwrap_or_else(PoisonError::into_inner).ahead_ms()?;
        Some(epoch_ms().saturating_add_signed(ahead))
    }

    /// Notes what the `Date` header of an answer says that came so long after its request.
    pub(crate) fn observe(&self, date: Option<&str>, took: Duration) {
        if let Some(date_ms) = epoch_ms_of(date) {
            let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            let told = Bounds::of(date_ms, epoch_ms(), took_ms);
            self.observed.lock().unwrap_or_else(PoisonError::into_inner).observe(told);
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
    let date = httpdate::parse_http_date(date?).ok()?;
    u64::try_from(date.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}
