//! What is left of one window, counted ahead of X's answers.

use super::RateLimit;

/// Resets further away than a day and an hour are no rate limit of X's.
const FURTHEST_RESET_MS: u64 = 25 * 3600 * 1000;
/// Times are given in whole seconds, so that much may a window have ended earlier.
const RESET_TOLERANCE_MS: u64 = 1000;
/// How long to wait after a 429 that does not say when its window ends: at first, and at most.
const BLIND_WAIT_MS: u64 = 15_000;
const MAX_BLIND_WAIT_MS: u64 = 15 * 60 * 1000;

/// What is left of one fixed window. All times are X's, in milliseconds since the epoch.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// What the headers said last.
    reported: RateLimit,
    /// Requests that may still be sent, as far as is known: X's figure, less those that are under way.
    left: Option<u64>,
    /// X refused, and nothing is sent before this.
    closed_until_ms: Option<u64>,
    /// Refusals in a row that did not say until when.
    blind_refusals: u32,
}

impl Allowance {
    /// What the first answer of a window said.
    pub fn new(reported: RateLimit) -> Self {
        Self { reported, left: reported.remaining, closed_until_ms: None, blind_refusals: 0 }
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
        self.left = self.left.map(|left| left.saturating_add(1).min(self.reported.limit.unwrap_or(u64::MAX)));
    }

    /// Takes note of an answer: of the same window the lower figure counts, since answers may come late.
    pub fn merge(&mut self, reported: RateLimit) {
        let is_older = reported.reset_epoch_secs < self.reported.reset_epoch_secs;
        if is_older {
            return;
        }
        let is_same = reported.reset_epoch_secs == self.reported.reset_epoch_secs;
        self.left = match (self.left.filter(|_| is_same), reported.remaining) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => theirs.or(ours),
        };
        self.reported = reported;
        self.closed_until_ms = None;
        self.blind_refusals = 0;
    }

    /// X refused for this window: nothing is sent before it ends. `asked_ms` is what `Retry-After` asked to wait.
    /// Gives the time at which to try again. Where X does not say when that is, it is a guess that grows, and nobody
    /// else is held back by it.
    pub fn refuse(&mut self, asked_ms: Option<u64>, now_ms: u64) -> u64 {
        let asked =
            asked_ms.filter(|wait| *wait <= FURTHEST_RESET_MS).map(|wait| now_ms.saturating_add(wait));
        let reported = asked.or_else(|| self.reset_ms(now_ms).filter(|reset| *reset > now_ms));
        if let Some(until) = reported {
            self.left = Some(0);
            self.closed_until_ms = reported;
            return until;
        }
        let wait = (BLIND_WAIT_MS << self.blind_refusals.min(16)).min(MAX_BLIND_WAIT_MS);
        self.blind_refusals += 1;
        now_ms.saturating_add(wait)
    }

    /// What is known, with what is left instead of what was reported.
    pub fn known(&self) -> RateLimit {
        RateLimit { remaining: self.left.or(self.reported.remaining), ..self.reported }
    }

    /// The window is over at this time.
    pub fn is_over(&self, now_ms: u64) -> bool {
        let closed = self.closed_until_ms.is_some_and(|until| until > now_ms);
        !closed && self.reset_ms(now_ms).is_none_or(|reset| reset <= now_ms)
    }

    /// When the window ends, if that can be.
    fn reset_ms(&self, now_ms: u64) -> Option<u64> {
        let reset = self.reported.reset_epoch_secs?.checked_mul(1000)?;
        (reset <= now_ms.saturating_add(FURTHEST_RESET_MS)).then_some(reset)
    }
}

#[cfg(test)]
mod tests;
