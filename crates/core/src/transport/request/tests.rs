#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use super::*;

#[test]
fn what_is_no_json_is_an_error_and_no_request() {
    // A name of a member is a text.
    let error = Body::json(&HashMap::from([((1, 2), 3)])).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Internal);
    assert!(error.fields().cause.as_deref().unwrap().contains("key must be a string"));
}
