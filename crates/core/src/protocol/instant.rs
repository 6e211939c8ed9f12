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
mod tests;
