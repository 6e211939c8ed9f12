use super::*;

#[test]
fn a_trickle_ends_with_its_first_window() {
    let mut pace = Pace::default();
    for _ in 0..2 {
        assert_eq!(pace.note(Duration::from_secs(14), 1), Ok(()));
    }
    let slow = TooSlow { waited: Duration::from_secs(42), bytes: 3 };
    assert_eq!(pace.note(Duration::from_secs(14), 1), Err(slow));
}

#[test]
fn the_slowest_pace_may_go_on() {
    let mut pace = Pace::default();
    for _ in 0..300 {
        assert_eq!(pace.note(Duration::from_secs(1), 1024), Ok(()));
    }
}

#[test]
fn a_fast_beginning_does_not_pay_for_a_slow_end() {
    let mut pace = Pace::default();
    assert_eq!(pace.note(Duration::from_secs(30), 100 * MIN_WINDOW_BYTES), Ok(()));
    assert_eq!(pace.note(Duration::from_secs(29), 0), Ok(()));
    assert!(pace.note(Duration::from_secs(1), MIN_WINDOW_BYTES - 1).is_err());
}

#[test]
fn a_reader_that_comes_late_is_not_the_source_s_fault() {
    let mut pace = Pace::default();
    for _ in 0..1_000_000 {
        assert_eq!(pace.note(Duration::ZERO, 1), Ok(()));
    }
}
