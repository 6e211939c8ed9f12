//! Gives up sources that trickle: one that sends a byte now and then would hold a publish for ever.

use std::time::Duration;

/// Time spent waiting for the source over which its pace is judged.
const WINDOW: Duration = Duration::from_secs(30);
/// The slowest pace is 1 KiB a second.
const LEAST_WINDOW_BYTES: u64 = 30 * 1024;

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
        if window.bytes >= LEAST_WINDOW_BYTES {
            return Ok(());
        }
        Err(TooSlow { waited: window.waited, bytes: window.bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trickle_ends_with_its_first_window() {
        let mut pace = Pace::default();
        for _ in 0..2 {
            assert_eq!(pace.note(Duration::from_secs(14), 1), Ok(()));
        }
        let slow = TooSlow { waited: Duration::from_secs(42), bytes: 3 };
        assert_eq!(pace.note(Duration::from_secs(14), 1), Err(slow));
    }

    #[test]
    fn the_slowest_pace_may_go_on() {
        let mut pace = Pace::default();
        for _ in 0..300 {
            assert_eq!(pace.note(Duration::from_secs(1), 1024), Ok(()));
        }
    }

    #[test]
    fn a_fast_beginning_does_not_pay_for_a_slow_end() {
        let mut pace = Pace::default();
        assert_eq!(pace.note(Duration::from_secs(30), 100 * LEAST_WINDOW_BYTES), Ok(()));
        assert_eq!(pace.note(Duration::from_secs(29), 0), Ok(()));
        assert!(pace.note(Duration::from_secs(1), LEAST_WINDOW_BYTES - 1).is_err());
    }

    #[test]
    fn a_reader_that_comes_late_is_not_the_source_s_fault() {
        let mut pace = Pace::default();
        for _ in 0..1_000_000 {
            assert_eq!(pace.note(Duration::ZERO, 1), Ok(()));
        }
    }
}
