//! What is left of one window, counted ahead of X's answers.

use super::RateLimit;

/// Resets further away than a day and an hour are no rate limit of X's.
const FURTHEST_RESET_MS: u64 = 25 * 3600 * 1000;
/// How long to wait after a 429 that does not say when its window ends: at first, and at most.
const BLIND_WAIT_MS: u64 = 15_000;
const MAX_BLIND_WAIT_MS: u64 = 15 * 60 * 1000;

/// Why a request has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// The window has none left until this time, in milliseconds since the epoch, by X's clock.
    Until(u64),
    /// Those under way may be all that the window has: their answers say so.
    Undecided,
}

/// What is left of one fixed window. All times are X's, in milliseconds since the epoch. `under_way` is always the number
/// of requests that were sent and not answered yet: whether X has counted them is not known before its answers.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// What the headers said last; of its window the lowest `remaining`.
    reported: RateLimit,
    /// Requests that may still be sent, as far as is known: X's figure, less those that are under way.
    left: Option<u64>,
    /// The window that was reported is over, and `left` is what the next one should have.
    is_next: bool,
    /// Requests that may have been taken off twice: they were under way when the window was first reported.
    uncertain: u64,
    /// X refused, and nothing is sent before this.
    closed_until_ms: Option<u64>,
    /// Refusals in a row that did not say until when.
    blind_refusals: u32,
}

impl Allowance {
    /// What the first answer of a window said.
    pub fn new(reported: RateLimit, under_way: u64) -> Self {
        Self {
            reported,
            left: reported.remaining.map(|remaining| remaining.saturating_sub(under_way)),
            is_next: false,
            uncertain: under_way,
            closed_until_ms: None,
            blind_refusals: 0,
        }
    }

    /// Takes one request out of the window, or says why there is none.
    pub fn reserve(&mut self, now_ms: u64, under_way: u64) -> Result<(), Full> {
        if let Some(until) = self.closed_until_ms.filter(|until| *until > now_ms) {
            return Err(Full::Until(until));
        }
        self.closed_until_ms = None;
        let end = self.reset_ms(now_ms).filter(|reset| *reset > now_ms);
        if end.is_none() && !self.is_next {
            self.begin_next(now_ms, under_way);
        }
        let is_certain = self.uncertain == 0 || self.reported.remaining == Some(0);
        match (self.left, end.filter(|_| is_certain)) {
            (Some(0), Some(end)) => Err(Full::Until(end)),
            (Some(0), None) if under_way > 0 => Err(Full::Undecided),
            (left, _) => {
                self.left = left.map(|left| left.saturating_sub(1));
                Ok(())
            }
        }
    }

    /// The window is over: the next one should have as many requests, and those under way may count in it. All who
    /// waited for it would be let go at once otherwise, and most of them be refused.
    fn begin_next(&mut self, now_ms: u64, under_way: u64) {
        let is_over =
            self.reported.reset_epoch_secs.is_some_and(|reset| reset.saturating_mul(1000) <= now_ms);
        self.is_next = is_over;
        self.left = self.reported.limit.filter(|_| is_over).map(|limit| limit.saturating_sub(under_way));
        self.uncertain = under_way;
    }

    /// The request was not sent after all.
    pub fn give_back(&mut self) {
        self.left = self.left.map(|left| left.saturating_add(1).min(self.reported.limit.unwrap_or(u64::MAX)));
    }

    /// Takes note of an answer: of the same window the lower figure counts, since answers may come late.
    pub fn merge(&mut self, reported: RateLimit, under_way: u64) {
        let order = reported.reset_epoch_secs.cmp(&self.reported.reset_epoch_secs);
        if order.is_lt() || (order.is_eq() && self.is_next) {
            return;
        }
        if order.is_eq() {
            self.uncertain = self.uncertain.min(under_way);
        } else {
            self.uncertain = under_way;
        }
        let lowest = self.reported.remaining.filter(|_| order.is_eq());
        let remaining = [lowest, reported.remaining].into_iter().flatten().min();
        let counted = self.left.filter(|_| order.is_eq() || self.is_next);
        self.left = match (counted, remaining) {
            (Some(counted), Some(most)) => Some(counted.clamp(most.saturating_sub(under_way), most)),
            (None, Some(most)) => Some(most.saturating_sub(under_way)),
            (counted, None) => counted,
        };
        self.reported = RateLimit { remaining, ..reported };
        self.is_next = false;
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
            self.reported.remaining = Some(0);
            self.uncertain = 0;
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
