use proptest::prelude::*;

use super::*;

const NOW: u64 = 1_790_000_000_000;
const HOUR: u64 = 3_600_000;

/// A header of a clock that is ahead by so much, at a moment of ours, in an answer that took 40 ms.
fn header(at: u64, ahead: i64) -> Bounds {
    let date = at.saturating_add_signed(ahead) / 1000 * 1000;
    Bounds::of(date, at + 20, 40)
}

fn after(headers: &[Bounds]) -> Option<i64> {
    let mut time = ServerTime::default();
    for bounds in headers {
        time.observe(*bounds);
    }
    time.ahead_ms()
}

#[test]
fn a_clock_that_may_be_right_is_taken_as_it_is() {
    assert_eq!(after(&[]), None);
    assert_eq!(after(&[header(NOW + 900, 0)]), Some(0));
    assert_eq!(after(&[header(NOW, 0), header(NOW + 999, 0), header(NOW + 1500, 0)]), Some(0));
}

#[test]
fn one_header_that_is_far_off_changes_nothing() {
    let two_hours = 2 * i64::try_from(HOUR).unwrap_or_default();
    for off in [two_hours, -two_hours, 95_000] {
        assert_eq!(after(&[header(NOW, off)]), None);
        assert_eq!(after(&[header(NOW, off), header(NOW, 0)]), Some(0));
        assert_eq!(after(&[header(NOW, 0), header(NOW, off)]), Some(0));
        assert_eq!(after(&[header(NOW, 0), header(NOW, off), header(NOW, 0), header(NOW, off)]), Some(0));
    }
    assert_eq!(after(&[header(NOW, 0), header(NOW, two_hours), header(NOW, -two_hours)]), Some(0));
}

#[test]
fn two_in_a_row_that_agree_are_believed() {
    let off = 900_000;
    assert_eq!(after(&[header(NOW, off), header(NOW + 100, off)]), Some(off - 20 - 100));
    assert_eq!(after(&[header(NOW, 0), header(NOW, off), header(NOW, off)]), Some(off - 20));
}

#[test]
fn a_clock_that_is_set_in_small_steps_is_followed() {
    let steps: Vec<Bounds> = (0..4).map(|step| header(NOW, step * 61_000)).collect();
    assert_eq!(after(&steps), Some(3 * 61_000 - 20));
}

proptest! {
    #[test]
    fn what_is_known_is_never_more_than_the_truth(
        ahead in -80_000_i64..80_000,
        moments in prop::collection::vec(0_u64..100_000, 1..20),
    ) {
        let headers: Vec<Bounds> = moments.iter().map(|moment| header(NOW + moment, ahead)).collect();
        let known = after(&headers).unwrap_or(i64::MAX);
        // Both clocks are taken for right if they may be, which may be wrong by a second.
        let is_right = if known == 0 { ahead.abs() <= 1_040 } else { (ahead - 1_040..=ahead).contains(&known) };
        prop_assert!(is_right, "{} {}", known, ahead);
    }

    #[test]
    fn no_header_is_too_odd(headers in prop::collection::vec((0_u64.., 0_u64.., 0_u64..), 0..8)) {
        let headers: Vec<Bounds> =
            headers.into_iter().map(|(date, at, took)| Bounds::of(date, at, took)).collect();
        let _known = after(&headers);
    }
}
