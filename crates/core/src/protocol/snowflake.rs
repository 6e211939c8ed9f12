//! The ids of X: decimal strings, never numbers, since they do not fit a JavaScript number.

/// The longest id: a 64-bit signed number has no more digits.
const MAX_DIGITS: usize = 19;
/// X counts the milliseconds of an id from here, 2010-11-04T01:42:54.657Z.
const EPOCH_MS: u64 = 1_288_834_974_657;
/// The low bits of an id name the machine and a sequence number.
const TIMESTAMP_SHIFT: u32 = 22;

/// Whether a string has the form of an id: 1 to 19 ASCII digits (X's `OpenAPI` description).
pub fn is_snowflake(id: &str) -> bool {
    (1..=MAX_DIGITS).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// When the object with this id was created, in milliseconds since 1970. `None` if the string is no id.
///
/// Ids given out before X began to count this way, in November 2010, seem to be from that moment.
pub fn created_at_ms(id: &str) -> Option<u64> {
    if !is_snowflake(id) {
        return None;
    }
    let number: u64 = id.parse().ok()?;
    Some((number >> TIMESTAMP_SHIFT) + EPOCH_MS)
}

/// The smallest id that an object created at this time can have: what was created before has a smaller one.
pub fn least_id_at(epoch_ms: u64) -> u64 {
    epoch_ms.saturating_sub(EPOCH_MS).min(u64::MAX >> TIMESTAMP_SHIFT) << TIMESTAMP_SHIFT
}

#[cfg(test)]
mod tests;
