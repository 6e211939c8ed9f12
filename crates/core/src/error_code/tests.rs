use std::collections::HashSet;

use super::ErrorCode;

#[test]
fn codes_are_unique() {
    let codes: HashSet<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes.len(), ErrorCode::ALL.len());
}
