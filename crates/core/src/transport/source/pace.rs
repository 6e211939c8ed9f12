//! Gives up sources that trickle: one that sends a byte now and then would hold a publish for ever.

use std::time::Duration;

/// Time spent waiting for the source over which its pace is judged.
const WINDOW: Duration = Duration::from_secs(30);
/// The slowest pace is 1 KiB a second.
const MIN_WINDOW_BYTES: u64 = 30 * 1024;

/// How fast a source sends while it is waited for. A reader that comes late does not make its source slow, so only
/// the waiting counts.
#[derive(Debug, Default)]
pub(super) struct Pace {
    waited: Duration,
    bytes: u64,
}

/// A source that is too slow.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooSlow {
    pub(super) waited: Duration,
    pub(super) bytes: u64,
}

impl Pace {
    /// Notes that some bytes came after some waiting.
    pub(super) fn note(&mut self, waited: Duration, bytes: u64) -> Result<(), TooSlow> {
        self.waited = self.waited.saturating_add(waited);
        self.bytes = self.bytes.saturating_add(bytes);
        if self.waited < WINDOW {
            return Ok(());
        }
        let window = std::mem::take(self);
        if window.bytes >= MIN_WINDOW_BYTES {
            return Ok(());
        }
        Err(TooSlow { waited: window.waited, bytes: window.bytes })
    }
}

#[cfg(test)]
mod tests;
