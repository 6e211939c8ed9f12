use std::time::Duration;

use proptest::prelude::*;

use super::*;

#[test]
fn both_names_of_the_zone_are_read() {
    let expected = Some(1_736_495_282_000);
    for date in
        ["Fri, 10 Jan 2025 07:48:02 GMT", "Fri, 10 Jan 2025 07:48:02 UTC", " Fri, 10 Jan 2025 07:48:02 UTC "]
    {
        assert_eq!(parse_http_date(date), expected, "{date}");
    }
    for date in ["", "UTC", "yesterday", "Fri, 10 Jan 2025 07:48:02 CET"] {
        assert_eq!(parse_http_date(date), None, "{date}");
    }
}

#[test]
fn times_are_written_as_javascript_does() {
    for (epoch_ms, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_399_000, "2000-02-28T23:59:59Z"),
        (951_868_799_001, "2000-03-01T00:00:00Z"),
        (1_790_000_900_000, "2026-09-21T14:28:20Z"),
    ] {
        assert_eq!(readable(epoch_ms), text);
    }
}

#[test]
fn minutes_are_written_without_what_comes_after_them() {
    for (epoch_ms, digits) in [
        (0, "197001010000"),
        (951_782_399_999, "200002282359"),
        (951_868_799_001, "200002292359"),
        (1_790_000_940_000, "202609211429"),
    ] {
        assert_eq!(minute_digits(epoch_ms), digits);
    }
}

proptest! {
    #[test]
    fn a_time_is_the_one_that_headers_tell(seconds in 0_u64..4_000_000_000) {
        let header = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
        prop_assert_eq!(parse_http_date(&header), Some(seconds * 1000));
        let readable = readable(seconds * 1000);
        let (year, day) = (header.get(12..16), header.get(5..7));
        prop_assert_eq!(readable.get(..4), year);
        prop_assert_eq!(readable.get(8..10), day);
        prop_assert_eq!(readable.get(11..19), header.get(17..25));
    }
}
