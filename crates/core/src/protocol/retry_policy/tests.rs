#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

const NOW: u64 = 1_700_000_000_000;
const CONFIG: RetryConfig =
    RetryConfig { max_attempts: 3, base_delay_ms: 200, max_delay_ms: 20_000, max_rate_limit_wait_ms: 0 };

fn answered(status: u16) -> Outcome {
    Outcome::Answered { status }
}

fn decide_on(resend: ResendSafety, outcome: &Outcome) -> Decision {
    decide_with(resend, outcome, 1, None, &CONFIG)
}

fn decide_with(
    resend: ResendSafety,
    outcome: &Outcome,
    attempt: u32,
    remaining_deadline_ms: Option<u64>,
    config: &RetryConfig,
) -> Decision {
    let attempt = Attempt {
        resend,
        outcome,
        attempt,
        remaining_deadline_ms,
        now_epoch_ms: NOW,
        budget_available: true,
    };
    decide(&attempt, config, 0.5)
}

fn is_retry(decision: &Decision) -> bool {
    matches!(decision, Decision::RetryAfter { .. })
}

#[test]
fn no_wait_mends_a_plan_that_is_used_up() {
    for resend in [ResendSafety::Idempotent, ResendSafety::CreatePost] {
        assert_eq!(decide_on(resend, &Outcome::PlanExhausted), Decision::Stop(StopReason::Final));
    }
}

#[test]
fn a_post_is_sent_again_only_if_it_surely_was_not_processed() {
    for outcome in [
        Outcome::Interrupted,
        Outcome::Unreadable2xx,
        answered(408),
        answered(500),
        answered(503),
        answered(504),
    ] {
        for resend in [ResendSafety::CreatePost, ResendSafety::SingleUseToken, ResendSafety::AfterInspection]
        {
            assert_eq!(
                decide_on(resend, &outcome),
                Decision::Stop(StopReason::UnknownOutcome),
                "{outcome:?}"
            );
        }
        assert!(is_retry(&decide_on(ResendSafety::Idempotent, &outcome)), "{outcome:?}");
    }
    for outcome in [Outcome::NotSent, answered(425)] {
        assert!(is_retry(&decide_on(ResendSafety::CreatePost, &outcome)), "{outcome:?}");
    }
}

#[test]
fn other_refusals_are_final() {
    for status in [400, 401, 402, 403, 404, 409, 413, 431] {
        assert_eq!(decide_on(ResendSafety::Idempotent, &answered(status)), Decision::Stop(StopReason::Final));
    }
}

#[test]
fn a_rate_limit_is_waited_for_only_as_long_as_allowed() {
    let outcome = Outcome::RateLimited { until_ms: NOW + 60_000 };
    let stop = Decision::Stop(StopReason::RateLimited { retry_at_ms: NOW + 60_000 });
    assert_eq!(decide_on(ResendSafety::CreatePost, &outcome), stop);

    let patient = RetryConfig { max_rate_limit_wait_ms: 120_000, ..CONFIG };
    let wait = Decision::RetryAfter { delay_ms: 61_500 };
    assert_eq!(decide_with(ResendSafety::CreatePost, &outcome, 1, None, &patient), wait);
    assert_eq!(decide_with(ResendSafety::CreatePost, &outcome, 1, Some(30_000), &patient), stop);
    assert_eq!(decide_with(ResendSafety::CreatePost, &outcome, 3, None, &patient), stop);
}

#[test]
fn attempts_deadline_and_budget_bound_the_retries() {
    let exhausted = Decision::Stop(StopReason::Exhausted);
    assert_eq!(decide_with(ResendSafety::Idempotent, &Outcome::NotSent, 3, None, &CONFIG), exhausted);
    assert_eq!(decide_with(ResendSafety::Idempotent, &Outcome::NotSent, 1, Some(50), &CONFIG), exhausted);

    let mut budget = RetryBudget::new(15);
    assert!(budget.has_retry());
    budget.retried();
    assert!(!budget.has_retry());
    for _ in 0..5 {
        budget.succeeded_at_once();
    }
    assert!(budget.has_retry());
}

proptest! {
    #[test]
    fn a_back_off_stays_within_its_bounds(attempt in 1_u32..100, base in 0_u64..10_000, max in 0_u64..60_000, jitter in 0.0..1.0) {
        let config = RetryConfig { max_attempts: 200, base_delay_ms: base, max_delay_ms: max, max_rate_limit_wait_ms: 0 };
        let attempt = Attempt {
            resend: ResendSafety::Idempotent,
            outcome: &Outcome::Interrupted,
            attempt,
            remaining_deadline_ms: None,
            now_epoch_ms: NOW,
            budget_available: true,
        };
        match decide(&attempt, &config, jitter) {
            Decision::RetryAfter { delay_ms } => prop_assert!(delay_ms <= max),
            Decision::Stop(reason) => panic!("{reason:?}"),
        }
    }
}
