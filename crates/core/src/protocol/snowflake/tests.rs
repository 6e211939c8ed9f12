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
