use super::*;

fn parse_pairs(pairs: &[(&'static str, &'static str)]) -> RateLimits {
    parse(pairs.iter().copied())
}

#[test]
fn the_empty_window_binds() {
    let limits = parse_pairs(&[
        ("x-rate-limit-limit", "100"),
        ("x-rate-limit-remaining", "7"),
        ("x-rate-limit-reset", "1700000000"),
        ("x-user-limit-24hour-remaining", "0"),
        ("x-user-limit-24hour-reset", "1700050000"),
    ]);
    let effective = limits.effective();
    assert_eq!(effective.map(|limit| limit.window), Some(Window::UserDay));
    assert_eq!(effective.and_then(|limit| limit.reset_epoch_secs), Some(1_700_050_000));
}

#[test]
fn of_a_header_that_comes_twice_the_first_counts() {
    let remaining = |first, second| {
        let limits = parse_pairs(&[
            ("x-rate-limit-limit", "100"),
            ("x-rate-limit-remaining", first),
            ("x-rate-limit-remaining", second),
        ]);
        limits.effective().and_then(|limit| limit.remaining)
    };
    assert_eq!(remaining("7", "50"), Some(7));
    assert_eq!(remaining("many", "50"), None);
}

#[test]
fn garbage_is_no_limit() {
    assert_eq!(
        parse_pairs(&[("x-rate-limit-limit", "lots"), ("x-rate-limit-reset", "-1")]).effective(),
        None
    );
    assert_eq!(parse_pairs(&[]).effective(), None);
}

#[test]
fn retry_after_in_both_forms() {
    assert_eq!(parse_retry_after("120", 0), Some(120_000));
    let now = 1_445_412_480_000;
    assert_eq!(parse_retry_after("Wed, 21 Oct 2015 07:28:30 GMT", now), Some(30_000));
    assert_eq!(parse_retry_after("Wed, 21 Oct 2015 07:28:30 UTC", now), Some(30_000));
    assert_eq!(parse_retry_after("Wed, 21 Oct 2015 07:00:00 GMT", now), Some(0));
    assert_eq!(parse_retry_after("soon", now), None);
    assert_eq!(parse_retry_after("99999999999999999999", now), None);
}
