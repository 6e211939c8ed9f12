//! What is left of one window, counted ahead of X's answers.

use super::RateLimit;

/// Resets further away than a day and an hour are no rate limit of X's.
const FURTHEST_RESET_MS: u64 = 25 * 3600 * 1000;
/// Times are told in whole seconds, so that much may a window have ended earlier.
const RESET_TOLERANCE_MS: u64 = 1000;
/// How long to wait after a 429 that does not say when its window ends: at first, and at most.
const BLIND_WAIT_MS: u64 = 15_000;
const LONGEST_BLIND_WAIT_MS: u64 = 15 * 60 * 1000;

/// What is left of one fixed window. All times are X's, in milliseconds since the epoch.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// What the headers said last.
    told: RateLimit,
    /// Requests that may still be sent, as far as is known: X's figure, less those that are under way.
    left: Option<u64>,
    /// X refused, and nothing is sent before this.
    closed_until_ms: Option<u64>,
    /// Refusals in a row that did not say until when.
    blind_refusals: u32,
}

impl Allowance {
    /// What the first answer of a window said.
    pub fn new(told: RateLimit) -> Self {
        Self { told, left: told.remaining, closed_until_ms: None, blind_refusals: 0 }
    }

    /// Takes one request out of the window, or says until when there is none.
    pub fn reserve(&mut self, now_ms: u64) -> Result<(), u64> {
        if let Some(until) = self.closed_until_ms.filter(|until| *until > now_ms + RESET_TOLERANCE_MS) {
            return Err(until);
        }
        self.closed_until_ms = None;
        let Some(reset) = self.reset_ms(now_ms).filter(|reset| *reset > now_ms + RESET_TOLERANCE_MS) else {
            // The window is over, and nothing is known of the next one.
            self.left = None;
            return Ok(());
        };
        match self.left {
            Some(0) => Err(reset),
            Some(left) => {
                self.left = Some(left - 1);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The request was not sent after all.
    pub fn give_back(&mut self) {
        self.left = self.left.map(|left| left.saturating_add(1).min(self.told.limit.unwrap_or(u64::MAX)));
    }

    /// Takes note of an answer: of the same window the lower figure counts, since answers may come late.
    pub fn merge(&mut self, told: RateLimit) {
        let is_older = told.reset_epoch_secs < self.told.reset_epoch_secs;
        if is_older {
            return;
        }
        let is_same = told.reset_epoch_secs == self.told.reset_epoch_secs;
        self.left = match (self.left.filter(|_| is_same), told.remaining) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => theirs.or(ours),
        };
        self.told = told;
        self.closed_until_ms = None;
        self.blind_refusals = 0;
    }

    /// X refused for this window: nothing is sent before it ends. `asked_ms` is what `Retry-After` asked to wait.
    /// Gives the time at which to try again. Where X does not say when that is, it is a guess that grows, and nobody
    /// else is held back by it.
    pub fn refuse(&mut self, asked_ms: Option<u64>, now_ms: u64) -> u64 {
        let asked =
            asked_ms.filter(|wait| *wait <= FURTHEST_RESET_MS).map(|wait| now_ms.saturating_add(wait));
        let told = asked.or_else(|| self.reset_ms(now_ms).filter(|reset| *reset > now_ms));
        if let Some(until) = told {
            self.left = Some(0);
            self.closed_until_ms = told;
            return until;
        }
        let wait = (BLIND_WAIT_MS << self.blind_refusals.min(16)).min(LONGEST_BLIND_WAIT_MS);
        self.blind_refusals += 1;
        now_ms.saturating_add(wait)
    }

    /// What is known, with what is left instead of what was told to be.
    pub fn known(&self) -> RateLimit {
        RateLimit { remaining: self.left.or(self.told.remaining), ..self.told }
    }

    /// The window is over at this time.
    pub fn is_over(&self, now_ms: u64) -> bool {
        let closed = self.closed_until_ms.is_some_and(|until| until > now_ms);
        !closed && self.reset_ms(now_ms).is_none_or(|reset| reset <= now_ms)
    }

    /// When the window ends, if that can be.
    fn reset_ms(&self, now_ms: u64) -> Option<u64> {
        let reset = self.told.reset_epoch_secs?.checked_mul(1000)?;
        (reset <= now_ms.saturating_add(FURTHEST_RESET_MS)).then_some(reset)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::protocol::rate_limit::Window;

    const NOW: u64 = 1_790_000_000_000;
    const RESET: u64 = NOW / 1000 + 900;

    fn told(remaining: u64, reset: u64) -> RateLimit {
        RateLimit {
            window: Window::Endpoint,
            limit: Some(100),
            remaining: Some(remaining),
            reset_epoch_secs: Some(reset),
        }
    }

    #[test]
    fn what_is_under_way_is_counted_before_x_does() {
        let mut allowance = Allowance::new(told(2, RESET));
        assert_eq!([allowance.reserve(NOW), allowance.reserve(NOW)], [Ok(()), Ok(())]);
        assert_eq!(allowance.reserve(NOW), Err(RESET * 1000));
        allowance.give_back();
        assert_eq!(allowance.reserve(NOW), Ok(()));
    }

    #[test]
    fn the_lower_figure_counts_however_late_an_answer_comes() {
        let mut allowance = Allowance::new(told(10, RESET));
        allowance.merge(told(4, RESET));
        allowance.merge(told(7, RESET));
        allowance.merge(told(90, RESET - 900));
        assert_eq!(allowance.known().remaining, Some(4));
        allowance.merge(told(99, RESET + 900));
        assert_eq!(allowance.known().remaining, Some(99));
    }

    #[test]
    fn a_window_that_is_over_holds_nobody_back() {
        let mut allowance = Allowance::new(told(0, RESET));
        assert_eq!(allowance.reserve(NOW), Err(RESET * 1000));
        let end = RESET * 1000;
        assert_eq!(allowance.reserve(end - 1000), Ok(()));
        assert!(allowance.is_over(end) && !allowance.is_over(end - 1));
    }

    #[test]
    fn a_refusal_closes_the_window() {
        let mut allowance = Allowance::new(told(50, RESET));
        assert_eq!(allowance.refuse(None, NOW), RESET * 1000);
        assert_eq!(allowance.reserve(NOW), Err(RESET * 1000));
        assert_eq!(allowance.refuse(Some(5000), NOW), NOW + 5000);
        assert_eq!(allowance.known().remaining, Some(0));
    }

    #[test]
    fn without_an_end_that_can_be_the_wait_grows() {
        for reset in [None, Some(0), Some(NOW / 1000 - 5), Some(99_999_999_999), Some(u64::MAX)] {
            let mut allowance = Allowance::new(RateLimit { reset_epoch_secs: reset, ..told(0, 0) });
            let mut waits = Vec::new();
            for _ in 0..8 {
                let until = allowance.refuse(Some(u64::MAX), NOW);
                assert_eq!(allowance.reserve(NOW), Ok(()));
                waits.push((until - NOW) / 1000);
            }
            assert_eq!(waits, [15, 30, 60, 120, 240, 480, 900, 900], "{reset:?}");
        }
    }
}
