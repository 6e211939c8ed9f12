//! X's ids: 64-bit numbers that begin with the time they were made at. They travel as decimal text.

/// When X's ids begin, in milliseconds since the epoch.
const TWITTER_EPOCH_MS: u64 = 1_288_834_974_657;

/// Says whether a text can be an id: 1 to 19 digits.
pub fn is_id(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// When the id was made, in milliseconds since the epoch.
///
/// ```
/// assert_eq!(twitter_native_core::protocol::snowflake::created_at_ms("1445880548472328192"), Some(1_633_559_760_574));
/// ```
pub fn created_at_ms(id: &str) -> Option<u64> {
    if !is_id(id) {
        return None;
    }
    let number: u64 = id.parse().ok()?;
    Some((number >> 22) + TWITTER_EPOCH_MS)
}
