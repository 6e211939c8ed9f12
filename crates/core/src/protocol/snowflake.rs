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
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use super::*;

    #[test]
    fn takes_1_to_19_ascii_digits() {
        for id in ["0", "20", "1445880548472328192", "9999999999999999999"] {
            assert!(is_snowflake(id), "{id}");
        }
        for id in ["", "12345678901234567890", "-1", "+1", " 1", "1 ", "1.0", "0x1f", "１", "abc"] {
            assert!(!is_snowflake(id), "{id}");
            assert_eq!(created_at_ms(id), None, "{id}");
        }
    }

    #[test]
    fn the_least_id_of_a_time() {
        let id = 1_445_880_548_472_328_192_u64;
        let created = created_at_ms(&id.to_string()).unwrap();
        assert!(least_id_at(created) <= id && id < least_id_at(created + 1));
        assert_eq!((least_id_at(0), least_id_at(EPOCH_MS)), (0, 0));
        assert!(least_id_at(u64::MAX) > id);
    }

    #[test]
    fn reads_the_time_of_creation() {
        assert_eq!(created_at_ms("0"), Some(1_288_834_974_657));
        // 2021-10-06T22:36:00.574Z
        assert_eq!(created_at_ms("1445880548472328192"), Some(1_633_559_760_574));
        assert_eq!(created_at_ms("4194304"), Some(1_288_834_974_658));
    }
}
