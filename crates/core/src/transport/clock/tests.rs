use super::*;

fn clock_ahead(seconds: i64, zone: &str) -> ServerClock {
    let clock = ServerClock::default();
    let now = i64::try_from(epoch_ms() / 1000).unwrap_or(0) + seconds;
    let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(u64::try_from(now).unwrap_or(0)));
    clock.observe(Some(&date.replace("GMT", zone)), Duration::ZERO);
    clock
}

#[test]
fn a_time_of_another_clock_is_given_in_this_one_s() {
    const RESET: u64 = 1_790_000_900_000;
    for zone in ["GMT", "UTC"] {
        for (ahead, correction) in [(900, 900_000), (-900, -900_000), (0, 0), (3, 0)] {
            let local = i64::try_from(clock_ahead(ahead, zone).local_ms(RESET)).unwrap_or(0);
            let error = local - (i64::try_from(RESET).unwrap_or(0) - correction);
            // The header has whole seconds, and the test may be slow.
            assert!((0..60_000).contains(&(error + 1000)), "{ahead} {zone}: {error}");
        }
    }
    assert_eq!(ServerClock::default().local_ms(RESET), RESET);
}

#[test]
fn a_time_that_can_not_be_read_changes_no_signature() {
    let clock = clock_ahead(900, "GMT");
    for date in [None, Some("a while ago")] {
        assert!(!clock.learn(date) && !clock.is_off(date), "{date:?}");
    }
    assert!(clock.epoch_seconds().abs_diff(epoch_ms() / 1000) <= 1);
}
