//! The wall clock, and how far X's clock is from it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since the epoch by this machine's clock.
#[allow(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
pub(crate) fn epoch_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX))
}

/// The server's clock as learnt from a `Date` header, for signatures that the server refused as too old or new.
#[derive(Debug, Default)]
pub(crate) struct ServerClock {
    offset_seconds: AtomicI64,
}

impl ServerClock {
    /// Seconds since the epoch as the server counts them.
    pub(crate) fn epoch_seconds(&self) -> u64 {
        let local = i64::try_from(epoch_ms() / 1000).unwrap_or(i64::MAX);
        let offset = self.offset_seconds.load(Ordering::Relaxed);
        u64::try_from(local.saturating_add(offset)).unwrap_or(0)
    }

    /// Learns from the server's `Date` header. Says whether there was a readable one.
    pub(crate) fn learn(&self, date: Option<&str>) -> bool {
        let Some(server) = date.and_then(|text| httpdate::parse_http_date(text).ok()) else {
            return false;
        };
        let server = server.duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
        let server = i64::try_from(server).unwrap_or(i64::MAX);
        let local = i64::try_from(epoch_ms() / 1000).unwrap_or(i64::MAX);
        self.offset_seconds.store(server.saturating_sub(local), Ordering::Relaxed);
        true
    }
}
