//! Whether and when a request is sent again: one pure decision.

/// What sending a request a second time would do, if the first one was processed after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResendSafety {
    /// Nothing more: reads, addressed segments, deletions.
    Idempotent,
    /// A second post.
    CreatePost,
    /// The loss of a grant: refresh tokens and codes are for one use.
    SingleUseToken,
    /// Nothing more, but asking what became of the first one reveals more than sending it again.
    AfterInspection,
}

/// How a request went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It surely was not processed: no connection, or the server refused to read it.
    NotSent,
    /// It may have been processed: the connection broke, the time was over, or the answer to a post is none of X's
    /// [refusals](super::refusal).
    Interrupted,
    /// A success whose body can't be used.
    Unreadable2xx,
    /// X answered with an error.
    Answered {
        /// HTTP status.
        status: u16,
    },
    /// A rate limit is used up: the request was not processed.
    RateLimited {
        /// When the window ends, in milliseconds since the epoch.
        until_ms: u64,
    },
    /// The plan's cap, spending limit or credits are used up, which no wait mends.
    PlanExhausted,
}

/// Bounds of retrying.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RetryConfig {
    /// Attempts, the first included.
    pub max_attempts: u32,
    /// Base of the exponential back-off.
    pub base_delay_ms: u64,
    /// Upper bound of one back-off.
    pub max_delay_ms: u64,
    /// Longest wait for a rate limit's reset.
    pub max_rate_limit_wait_ms: u64,
}

/// One finished attempt and what surrounds it.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// What sending it again would do.
    pub resend: ResendSafety,
    /// How it went.
    pub outcome: &'a Outcome,
    /// Counted from 1.
    pub attempt: u32,
    /// Time left of the call, if it has a deadline.
    pub remaining_deadline_ms: Option<u64>,
    /// The wall clock.
    pub now_epoch_ms: u64,
    /// The client's retry budget has something left.
    pub budget_available: bool,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Send again after this time.
    RetryAfter {
        /// Milliseconds to wait.
        delay_ms: u64,
    },
    /// Return to the caller.
    Stop(StopReason),
}

/// Why no further attempt is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The answer would not change.
    Final,
    /// Attempts, budget or deadline are used up.
    Exhausted,
    /// It may have been processed, and must not simply be sent again.
    UnknownOutcome,
    /// The limit resets later than the caller wants to wait.
    RateLimited {
        /// When to try again, in milliseconds since the epoch.
        retry_at_ms: u64,
    },
}

/// Callers that wait for one reset are spread over this time after it.
const RESET_SPREAD_MS: f64 = 3000.0;

/// Decides on the next step. `jitter` lies in 0..1.
pub fn decide(attempt: &Attempt<'_>, config: &RetryConfig, jitter: f64) -> Decision {
    match attempt.outcome {
        Outcome::NotSent => back_off(attempt, config, jitter),
        Outcome::PlanExhausted => Decision::Stop(StopReason::Final),
        Outcome::Interrupted | Outcome::Unreadable2xx => ambiguous(attempt, config, jitter),
        Outcome::RateLimited { until_ms } => rate_limited(attempt, config, *until_ms, jitter),
        Outcome::Answered { status } => match status {
            425 => back_off(attempt, config, jitter),
            status if may_be_processed(*status) => ambiguous(attempt, config, jitter),
            _ => Decision::Stop(StopReason::Final),
        },
    }
}

/// An answer other than success that leaves open what became of the request: whoever gave it may have waited for
/// somebody else in vain, and 303 even says that there is a result (RFC 9110 §15.4.4).
pub fn may_be_processed(status: u16) -> bool {
    matches!(status, 303 | 408 | 500..=599)
}

/// The request may have been processed.
fn ambiguous(attempt: &Attempt<'_>, config: &RetryConfig, jitter: f64) -> Decision {
    match attempt.resend {
        ResendSafety::Idempotent => back_off(attempt, config, jitter),
        ResendSafety::CreatePost | ResendSafety::SingleUseToken | ResendSafety::AfterInspection => {
            Decision::Stop(StopReason::UnknownOutcome)
        }
    }
}

fn back_off(attempt: &Attempt<'_>, config: &RetryConfig, jitter: f64) -> Decision {
    let doublings = attempt.attempt.saturating_sub(1).min(32);
    let ceiling = config.base_delay_ms.saturating_mul(1 << doublings).min(config.max_delay_ms);
    retry_within(attempt, config, scaled(ceiling, jitter))
}

/// It was not processed, so every kind of request may be sent again, once the window has ended.
fn rate_limited(attempt: &Attempt<'_>, config: &RetryConfig, until_ms: u64, jitter: f64) -> Decision {
    let wait = until_ms.saturating_sub(attempt.now_epoch_ms);
    let delay_ms = wait.saturating_add(scaled(1, RESET_SPREAD_MS * jitter));
    let too_long = wait > config.max_rate_limit_wait_ms
        || attempt.remaining_deadline_ms.is_some_and(|left| delay_ms >= left);
    if too_long || attempt.attempt >= config.max_attempts {
        return Decision::Stop(StopReason::RateLimited { retry_at_ms: until_ms });
    }
    Decision::RetryAfter { delay_ms }
}

fn retry_within(attempt: &Attempt<'_>, config: &RetryConfig, delay_ms: u64) -> Decision {
    let too_late = attempt.remaining_deadline_ms.is_some_and(|left| delay_ms >= left);
    if attempt.attempt >= config.max_attempts || !attempt.budget_available || too_late {
        return Decision::Stop(StopReason::Exhausted);
    }
    Decision::RetryAfter { delay_ms }
}

/// `amount * factor`, rounded down; both are small enough to be exact.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "delays are far below 2^53 and never negative"
)]
fn scaled(amount: u64, factor: f64) -> u64 {
    (amount as f64 * factor) as u64
}

/// A token bucket for the retries of one client: when much fails, retries must not add to the load.
#[derive(Clone, Debug)]
pub struct RetryBudget {
    capacity: u32,
    left: u32,
}

/// What one retry takes out of the budget.
const RETRY_COST: u32 = 10;

impl RetryBudget {
    /// A full budget.
    pub fn new(capacity: u32) -> Self {
        Self { capacity, left: capacity }
    }

    /// A retry can be paid for.
    pub fn has_retry(&self) -> bool {
        self.left >= RETRY_COST
    }

    /// Pays for a retry.
    pub fn retried(&mut self) {
        self.left = self.left.saturating_sub(RETRY_COST);
    }

    /// A request succeeded at its first attempt, which gives a little back.
    pub fn succeeded_at_once(&mut self) {
        self.left = self.left.saturating_add(1).min(self.capacity);
    }
}

#[cfg(test)]
mod tests;
