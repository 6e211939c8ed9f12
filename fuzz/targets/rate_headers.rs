//! Rate limits: headers are read as a second reader does, the limit that binds binds, `Retry-After` agrees with a second
//! calendar, and what is counted ahead never lets more out than X said. Lines: `name: value`, then an empty one, then
//! what happens.
#![no_main]

use libfuzzer_sys::fuzz_target;
use support::calendar::imf_fixdate;
use support::input::{Reader, first_line_of_bytes};
use twitter_native_core::protocol::rate_limit::{
    Allowance, Full, RateLimit, Window, parse, parse_retry_after,
};

const DAY_MS: u64 = 24 * 3600 * 1000;

fuzz_target!(|bytes: &[u8]| {
    let mut headers = Vec::new();
    let mut rest = bytes;
    loop {
        let (line, after) = first_line_of_bytes(rest);
        rest = after;
        if line.is_empty() {
            break;
        }
        let line = String::from_utf8_lossy(line).into_owned();
        let (name, value) = line.split_once(": ").unwrap_or((&line, ""));
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    read(&headers);
    let mut events = Reader(rest);
    dates(&mut events);
    count_ahead(&mut events);
});

fn read(headers: &[(String, String)]) {
    let header =
        |name: &str| headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str());
    let limits = parse(headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    for (window, prefix) in [
        (Window::Endpoint, "x-rate-limit"),
        (Window::AppDay, "x-app-limit-24hour"),
        (Window::UserDay, "x-user-limit-24hour"),
    ] {
        let reported =
            ["limit", "remaining", "reset"].map(|word| header(&format!("{prefix}-{word}")).and_then(number));
        let found = limits.all().iter().find(|limit| limit.window == window);
        let found = found.map(|limit| [limit.limit, limit.remaining, limit.reset_epoch_secs]);
        assert_eq!(found, reported.iter().any(Option::is_some).then_some(reported), "{window:?}");
    }
    let Some(binding) = limits.effective() else {
        assert!(limits.all().is_empty());
        return;
    };
    assert!(limits.all().contains(&binding));
    for other in limits.all() {
        let left = |limit: &RateLimit| limit.remaining.unwrap_or(u64::MAX);
        assert!(left(&binding) <= left(other));
        assert!(other.remaining != Some(0) || binding.reset_epoch_secs >= other.reset_epoch_secs);
    }
    if let Some(text) = header("retry-after")
        && let Some(seconds) = number(text)
    {
        assert_eq!(parse_retry_after(text, 0), seconds.checked_mul(1000));
    }
}

/// Digits, a plus before them at most.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.strip_prefix('+').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let add = |number: u64, digit: u8| number.checked_mul(10)?.checked_add(u64::from(digit - b'0'));
    is_number.then(|| digits.bytes().try_fold(0, add))?
}

/// A date is as far from now as it is.
fn dates(events: &mut Reader<'_>) {
    let (then, now) = (events.number(5) % 253_402_300_800, events.number(5));
    let wait = parse_retry_after(&imf_fixdate(then), now * 1000);
    assert_eq!(wait, Some(then.saturating_sub(now) * 1000));
}

fn reported(events: &mut Reader<'_>, now: u64) -> RateLimit {
    let word = |value: u64| (value < 250).then_some(value);
    let reset = match events.below(8) {
        0 => None,
        1 => Some(events.number(8)),
        _ => Some((now / 1000 + events.number(2)).saturating_sub(1000)),
    };
    RateLimit {
        window: Window::Endpoint,
        limit: word(events.below(256)),
        remaining: word(events.below(256)),
        reset_epoch_secs: reset,
    }
}

/// Requests that went out since X last said how many may.
fn count_ahead(events: &mut Reader<'_>) {
    let mut now = 1_790_000_000_000;
    let mut last = reported(events, now);
    let mut allowance = Allowance::new(last, 0);
    let mut sent: Vec<u64> = Vec::new();
    let mut under_way = 0_u64;
    while !events.0.is_empty() {
        match events.below(8) {
            0..=2 => match allowance.reserve(now, under_way) {
                Ok(()) => {
                    sent.push(now);
                    under_way += 1;
                }
                Err(Full::Until(until)) => {
                    assert!(until > now && until - now <= DAY_MS + DAY_MS / 24, "{until} {now}");
                }
                Err(Full::Undecided) => assert!(under_way > 0, "nobody is waited for"),
            },
            3 => {
                if sent.pop().is_some() {
                    under_way -= 1;
                    allowance.give_back();
                }
            }
            4 => {
                last = reported(events, now);
                under_way = under_way.saturating_sub(1);
                allowance.merge(last, under_way);
                let known = allowance.known();
                // A window that is over may be followed by the next one already.
                let is_over = last.reset_epoch_secs.is_some_and(|reset| reset.saturating_mul(1000) <= now);
                let is_taken = known.reset_epoch_secs == last.reset_epoch_secs && !is_over;
                assert!(!is_taken || last.remaining.is_none() || known.remaining <= last.remaining);
                sent.clear();
            }
            5 => {
                let asked = (events.below(4) > 0).then(|| events.number(3));
                let until = allowance.refuse(asked, now);
                assert!(until >= now && until - now <= DAY_MS + DAY_MS / 24, "{until} {now}");
                under_way = under_way.saturating_sub(1);
                sent.clear();
            }
            _ => now += events.number(2) * 100,
        }
        let known = allowance.known();
        if let (Some(left), Some(reset)) = (last.remaining, last.reset_epoch_secs)
            && known.reset_epoch_secs == Some(reset)
        {
            let before_end =
                sent.iter().filter(|at| reset.saturating_mul(1000) > **at && reset < (*at + DAY_MS) / 1000);
            assert!(before_end.count() as u64 <= left, "more than {left}");
        }
        if allowance.is_over(now) {
            assert_eq!(allowance.clone().reserve(now, 0), Ok(()));
            assert!(!matches!(allowance.clone().reserve(now, under_way), Err(Full::Until(_))));
        }
    }
}
