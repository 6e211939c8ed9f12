//! How many segments are in flight: as many as the line and X take without complaint.

/// A controller that grows with each segment that goes up at once and halves when one has to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    limit: usize,
    max: usize,
}

const START: usize = 2;

impl Pace {
    pub(super) fn new(max: u32) -> Self {
        let max = usize::try_from(max).unwrap_or(usize::MAX).max(1);
        Self { limit: START.min(max), max }
    }

    /// Segments that may be in flight now.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// A segment was acknowledged after this many attempts.
    pub(super) fn acknowledged(&mut self, attempts: u32) {
        self.limit = if attempts > 1 { (self.limit / 2).max(1) } else { (self.limit + 1).min(self.max) };
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn grows_to_its_limit_and_halves_on_trouble() {
        let mut pace = Pace::new(8);
        let limits: Vec<usize> = [1, 1, 1, 1, 1, 1, 1, 3, 2, 2, 2, 1]
            .into_iter()
            .map(|attempts| {
                pace.acknowledged(attempts);
                pace.limit()
            })
            .collect();
        assert_eq!(limits, [3, 4, 5, 6, 7, 8, 8, 4, 2, 1, 1, 2]);
        assert_eq!(Pace::new(1).limit(), 1);
    }
}
