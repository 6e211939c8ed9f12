//! The wall clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long ago 1970 began.
pub fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
