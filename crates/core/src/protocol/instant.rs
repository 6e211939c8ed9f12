//! Points in time, as HTTP headers and people write them.

use std::time::UNIX_EPOCH;

/// Reads a header's date, in milliseconds since the epoch. X wrote `UTC` for `GMT` until 2025.
pub fn parse_http_date(text: &str) -> Option<u64> {
    let text = text.trim();
    let date = match text.strip_suffix("UTC") {
        Some(date) => httpdate::parse_http_date(&format!("{date}GMT")),
        None => httpdate::parse_http_date(text),
    };
    u64::try_from(date.ok()?.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}

const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// A time in UTC by its digits, to the minute before it: `yyyymmddhhmm`.
pub fn minute_digits(epoch_ms: u64) -> String {
    let seconds = epoch_ms / 1000;
    let (hour, minute) = (seconds / 3600 % 24, seconds / 60 % 60);
    let (year, month, day) = date_of(seconds / SECONDS_A_DAY);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}")
}

/// A time as JavaScript's `toISOString` writes it, to the next whole second.
pub fn readable(epoch_ms: u64) -> String {
    let seconds = epoch_ms.div_ceil(1000);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let (year, month, day) = date_of(seconds / SECONDS_A_DAY);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of a day since the epoch, in the Gregorian calendar: years that begin with March have their leap
/// day at the end.
fn date_of(days: u64) -> (u64, u64, u64) {
    const DAYS_IN_400_YEARS: u64 = 146_097;
    const DAYS_FROM_MARCH_OF_YEAR_0: u64 = 719_468;
    let days = days.saturating_add(DAYS_FROM_MARCH_OF_YEAR_0);
    let (era, day_of_era) = (days / DAYS_IN_400_YEARS, days % DAYS_IN_400_YEARS);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_names_of_the_zone_are_read() {
        let expected = Some(1_736_495_282_000);
        for date in [
            "Fri, 10 Jan 2025 07:48:02 GMT",
            "Fri, 10 Jan 2025 07:48:02 UTC",
            " Fri, 10 Jan 2025 07:48:02 UTC ",
        ] {
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
    fn minutes_are_written_without_what_is_behind_them() {
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
}
