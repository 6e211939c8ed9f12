//! How many segments are in flight: as many as the line and X take without complaint.

use std::time::Duration;

/// A controller that grows with each segment that goes up at once, and halves when one has to be sent again or takes
/// long: on a slow line segments that share it only make each other late. It doubles until that happens for the first
/// time: where connections are capped, most of a video would have gone up before all of them are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    limit: usize,
    max: usize,
    long: Duration,
    had_trouble: bool,
}

/// More would be late together on a slow line: at 1 Mbit/s these take a minute. Fewer would leave capped lines idle.
const START: usize = 4;

impl Pace {
    /// At most `max` at once, and fewer where a segment takes `long`.
    pub(super) fn new(max: u32, long: Duration) -> Self {
        let max = usize::try_from(max).unwrap_or(usize::MAX).max(1);
        Self { limit: START.min(max), max, long, had_trouble: false }
    }

    /// Segments that may be in flight now.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// A segment was acknowledged after this many attempts, the last of which took so long.
    pub(super) fn acknowledged(&mut self, attempts: u32, took: Duration) {
        if attempts > 1 || took >= self.long {
            self.had_trouble = true;
            self.limit = (self.limit / 2).max(1);
        } else {
            let more = if self.had_trouble { 1 } else { self.limit };
            self.limit = self.limit.saturating_add(more).min(self.max);
        }
    }
}

#[cfg(test)]
mod tests;
