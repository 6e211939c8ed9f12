#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn ranges_end_where_the_medium_does() {
    let ask = |range: &str, known: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, range.parse().unwrap());
        headers.insert(IF_RANGE, known.parse().unwrap());
        range_of(&headers, 100, "\"a\"")
    };
    assert_eq!(ask("bytes=10-", "\"a\""), Some((10, 100)));
    assert_eq!(ask("bytes=10-19", "\"a\""), Some((10, 20)));
    assert_eq!(ask("bytes=10-1000", "\"a\""), Some((10, 100)));
    assert_eq!(ask("bytes=100-", "\"a\""), None);
    assert_eq!(ask("bytes=10-19", "\"b\""), None);
    assert_eq!(range_of(&HeaderMap::new(), 100, "\"a\""), None);
}
