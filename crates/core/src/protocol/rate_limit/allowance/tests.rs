#![allow(clippy::unwrap_used)]

use super::*;
use crate::protocol::rate_limit::Window;

const NOW: u64 = 1_790_000_000_000;
const RESET: u64 = NOW / 1000 + 900;

fn reported(remaining: u64, reset: u64) -> RateLimit {
    RateLimit {
        window: Window::Endpoint,
        limit: Some(100),
        remaining: Some(remaining),
        reset_epoch_secs: Some(reset),
    }
}

#[test]
fn what_is_under_way_is_counted_before_x_does() {
    let mut allowance = Allowance::new(reported(2, RESET));
    assert_eq!([allowance.reserve(NOW), allowance.reserve(NOW)], [Ok(()), Ok(())]);
    assert_eq!(allowance.reserve(NOW), Err(RESET * 1000));
    allowance.give_back();
    assert_eq!(allowance.reserve(NOW), Ok(()));
}

#[test]
fn the_lower_figure_counts_however_late_an_answer_comes() {
    let mut allowance = Allowance::new(reported(10, RESET));
    allowance.merge(reported(4, RESET));
    allowance.merge(reported(7, RESET));
    allowance.merge(reported(90, RESET - 900));
    assert_eq!(allowance.known().remaining, Some(4));
    allowance.merge(reported(99, RESET + 900));
    assert_eq!(allowance.known().remaining, Some(99));
}

#[test]
fn a_window_that_is_over_holds_nobody_back() {
    let mut allowance = Allowance::new(reported(0, RESET));
    assert_eq!(allowance.reserve(NOW), Err(RESET * 1000));
    let end = RESET * 1000;
    assert_eq!(allowance.reserve(end - 1000), Ok(()));
    assert!(allowance.is_over(end) && !allowance.is_over(end - 1));
}

#[test]
fn a_refusal_closes_the_window() {
    let mut allowance = Allowance::new(reported(50, RESET));
    assert_eq!(allowance.refuse(None, NOW), RESET * 1000);
    assert_eq!(allowance.reserve(NOW), Err(RESET * 1000));
    assert_eq!(allowance.refuse(Some(5000), NOW), NOW + 5000);
    assert_eq!(allowance.known().remaining, Some(0));
}

#[test]
fn without_an_end_that_can_be_the_wait_grows() {
    for reset in [None, Some(0), Some(NOW / 1000 - 5), Some(99_999_999_999), Some(u64::MAX)] {
        let mut allowance = Allowance::new(RateLimit { reset_epoch_secs: reset, ..reported(0, 0) });
        let mut waits = Vec::new();
        for _ in 0..8 {
            let until = allowance.refuse(Some(u64::MAX), NOW);
            assert_eq!(allowance.reserve(NOW), Ok(()));
            waits.push((until - NOW) / 1000);
        }
        assert_eq!(waits, [15, 30, 60, 120, 240, 480, 900, 900], "{reset:?}");
    }
}
