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

fn until(secs: u64) -> Result<(), Full> {
    Err(Full::Until(secs * 1000))
}

/// As many requests as the window lets go, of which none is answered.
fn let_go(allowance: &mut Allowance, now_ms: u64, mut under_way: u64) -> u64 {
    let before = under_way;
    while allowance.reserve(now_ms, under_way).is_ok() {
        under_way += 1;
        assert!(under_way < 1000, "nothing holds them back");
    }
    under_way - before
}

#[test]
fn what_is_under_way_is_counted_before_x_does() {
    let mut allowance = Allowance::new(reported(2, RESET), 0);
    assert_eq!([allowance.reserve(NOW, 0), allowance.reserve(NOW, 1)], [Ok(()), Ok(())]);
    assert_eq!(allowance.reserve(NOW, 2), until(RESET));
    allowance.give_back();
    assert_eq!(allowance.reserve(NOW, 1), Ok(()));
}

#[test]
fn what_was_under_way_at_the_first_answer_may_be_all_that_is_left() {
    let mut allowance = Allowance::new(reported(5, RESET), 3);
    assert_eq!(let_go(&mut allowance, NOW, 3), 2);
    assert_eq!(allowance.reserve(NOW, 5), Err(Full::Undecided));
    // X had counted two of the three before that answer.
    allowance.merge(reported(4, RESET), 4);
    assert_eq!(allowance.reserve(NOW, 4), Err(Full::Undecided));
    allowance.merge(reported(4, RESET), 3);
    assert_eq!(let_go(&mut allowance, NOW, 3), 1);
    for (remaining, under_way) in [(3, 3), (2, 2), (1, 1), (0, 0)] {
        allowance.merge(reported(remaining, RESET), under_way);
    }
    assert_eq!(allowance.reserve(NOW, 0), until(RESET));
}

#[test]
fn a_window_that_x_says_is_used_up_waits_for_no_answer() {
    let mut allowance = Allowance::new(reported(2, RESET), 2);
    assert_eq!(allowance.reserve(NOW, 2), Err(Full::Undecided));
    // Others are under way all the time.
    allowance.merge(reported(0, RESET), 2);
    assert_eq!(allowance.reserve(NOW, 2), until(RESET));
}

#[test]
fn the_lower_figure_counts_however_late_an_answer_comes() {
    let mut allowance = Allowance::new(reported(10, RESET), 0);
    for answer in [reported(4, RESET), reported(7, RESET), reported(90, RESET - 900)] {
        allowance.merge(answer, 0);
    }
    assert_eq!(allowance.known().remaining, Some(4));
    allowance.merge(reported(99, RESET + 900), 0);
    assert_eq!(allowance.known().remaining, Some(99));
}

#[test]
fn a_window_that_is_over_holds_nobody_back() {
    let mut allowance = Allowance::new(reported(0, RESET), 0);
    assert_eq!(allowance.reserve(NOW, 0), until(RESET));
    let end = RESET * 1000;
    assert_eq!(allowance.reserve(end - 1, 0), until(RESET));
    assert_eq!(allowance.reserve(end, 0), Ok(()));
    assert!(allowance.is_over(end) && !allowance.is_over(end - 1));
}

#[test]
fn the_next_window_lets_no_more_go_than_the_last_one() {
    let end = RESET * 1000;
    let mut allowance = Allowance::new(reported(0, RESET), 0);
    assert_eq!(let_go(&mut allowance, end, 0), 100);
    assert_eq!(allowance.reserve(end, 100), Err(Full::Undecided));
    // Late answers of the last window say nothing of the next one.
    allowance.merge(reported(0, RESET), 99);
    assert_eq!(allowance.reserve(end, 99), Err(Full::Undecided));
    allowance.merge(reported(98, RESET + 900), 98);
    assert_eq!(allowance.reserve(end, 98), Err(Full::Undecided));
    allowance.merge(reported(0, RESET + 900), 0);
    assert_eq!(allowance.reserve(end, 0), until(RESET + 900));
}

#[test]
fn what_is_under_way_when_a_window_ends_may_count_in_the_next_one() {
    let end = RESET * 1000;
    let mut allowance = Allowance::new(reported(50, RESET), 0);
    assert_eq!(let_go(&mut allowance, NOW, 0), 50);
    assert_eq!(let_go(&mut allowance, end, 50), 50);
    // They counted in the last one.
    allowance.merge(reported(50, RESET + 900), 0);
    assert_eq!(let_go(&mut allowance, end, 0), 50);
}

#[test]
fn where_no_answer_is_awaited_nobody_waits_for_one() {
    let end = RESET * 1000;
    let mut allowance = Allowance::new(RateLimit { limit: Some(1), ..reported(0, RESET) }, 0);
    assert_eq!(allowance.reserve(end, 0), Ok(()));
    assert_eq!(allowance.reserve(end, 1), Err(Full::Undecided));
    assert_eq!(allowance.reserve(end, 0), Ok(()));
}

#[test]
fn a_figure_that_comes_after_an_answer_without_one_counts() {
    let mut allowance = Allowance::new(RateLimit { remaining: None, ..reported(0, RESET) }, 0);
    assert_eq!(allowance.reserve(NOW, 0), Ok(()));
    allowance.merge(reported(3, RESET), 1);
    // One of the three may be the one that is under way.
    assert_eq!(let_go(&mut allowance, NOW, 1), 2);
}

#[test]
fn a_window_without_figures_holds_nobody_back() {
    let untold = |reset| RateLimit { limit: None, remaining: None, ..reported(0, reset) };
    let mut allowance = Allowance::new(untold(RESET), 0);
    allowance.merge(untold(RESET), 0);
    assert_eq!([allowance.reserve(NOW, 0), allowance.reserve(NOW, 7)], [Ok(()), Ok(())]);
    // Nor does one in which X stops giving them.
    let mut told = Allowance::new(reported(1, RESET), 0);
    told.merge(untold(RESET + 900), 0);
    assert_eq!([told.reserve(NOW, 0), told.reserve(NOW, 1)], [Ok(()), Ok(())]);
}

#[test]
fn a_refusal_closes_the_window() {
    let mut allowance = Allowance::new(reported(50, RESET), 0);
    assert_eq!(allowance.refuse(None, NOW), RESET * 1000);
    assert_eq!(allowance.reserve(NOW, 0), until(RESET));
    assert_eq!(allowance.refuse(Some(5000), NOW), NOW + 5000);
    // A late answer of those that X let through opens nothing.
    allowance.merge(reported(40, RESET), 0);
    assert_eq!(allowance.known().remaining, Some(0));
}

#[test]
fn without_an_end_that_can_be_the_wait_grows() {
    for reset in [None, Some(0), Some(NOW / 1000 - 5), Some(99_999_999_999), Some(u64::MAX)] {
        let mut allowance = Allowance::new(RateLimit { reset_epoch_secs: reset, ..reported(0, 0) }, 0);
        let mut waits = Vec::new();
        for _ in 0..8 {
            let until = allowance.refuse(Some(u64::MAX), NOW);
            assert_eq!(allowance.reserve(NOW, 0), Ok(()));
            waits.push((until - NOW) / 1000);
        }
        assert_eq!(waits, [15, 30, 60, 120, 240, 480, 900, 900], "{reset:?}");
    }
}
