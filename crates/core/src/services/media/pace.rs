//! How many segments are in flight: as many as the line and X take without complaint.

use std::time::Duration;

/// A controller that grows with each segment that goes up at once, and halves when one has to be sent again or takes
/// long: on a slow line segments that share it only make each other late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    limit: usize,
    max: usize,
    long: Duration,
}

const START: usize = 2;

impl Pace {
    /// At most `max` at once, and fewer where a segment takes `long`.
    pub(super) fn new(max: u32, long: Duration) -> Self {
        let max = usize::try_from(max).unwrap_or(usize::MAX).max(1);
        Self { limit: START.min(max), max, long }
    }

    /// Segments that may be in flight now.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// A segment was acknowledged after this many attempts, the last of which took so long.
    pub(super) fn acknowledged(&mut self, attempts: u32, took: Duration) {
        let is_in_trouble = attempts > 1 || took >= self.long;
        self.limit = if is_in_trouble { (self.limit / 2).max(1) } else { (self.limit + 1).min(self.max) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: Duration = Duration::from_secs(1);
    const LONG: Duration = Duration::from_secs(10);

    fn limits<const COUNT: usize>(segments: [(u32, Duration); COUNT]) -> [usize; COUNT] {
        let mut pace = Pace::new(8, LONG);
        segments.map(|(attempts, took)| {
            pace.acknowledged(attempts, took);
            pace.limit()
        })
    }

    #[test]
    fn grows_to_its_limit_and_halves_on_trouble() {
        let attempts = [1, 1, 1, 1, 1, 1, 1, 3, 2, 2, 2, 1];
        assert_eq!(limits(attempts.map(|attempts| (attempts, QUICK))), [3, 4, 5, 6, 7, 8, 8, 4, 2, 1, 1, 2]);
        assert_eq!(Pace::new(1, LONG).limit(), 1);
    }

    #[test]
    fn shrinks_on_a_slow_line() {
        let took = [QUICK, QUICK, QUICK, LONG, LONG, LONG, LONG, QUICK];
        assert_eq!(limits(took.map(|took| (1, took))), [3, 4, 5, 2, 1, 1, 1, 2]);
    }
}
