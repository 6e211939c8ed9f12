#![allow(clippy::unwrap_used)]

use super::*;
use crate::error_code::ErrorCode;

#[test]
fn a_subscription_is_read_in_each_of_its_shapes() {
    let inner =
        r#"{"subscription_id":"7","event_type":"post.create","filter":{"user_id":"42"},"tag":"ours"}"#;
    for data in [format!(r#"{{"subscription":{inner}}}"#), format!("[{inner}]"), inner.to_owned()] {
        let answer: Answer<One> = serde_json::from_str(&format!(r#"{{"data":{data}}}"#)).unwrap();
        let found = one(answer).unwrap();
        assert_eq!(
            (found.id.as_str(), found.filter.user_id.as_deref(), found.tag.as_deref(), found.webhook_id),
            ("7", Some("42"), Some("ours"), None)
        );
    }
    assert!(serde_json::from_str::<Answer<One>>(r#"{"data":{"tag":"ours"}}"#).is_err());
}

#[test]
fn what_is_said_instead_of_data_is_the_error() {
    let answer = r#"{"errors":[{"title":"Not Found Error","type":"https://api.x.com/2/problems/resource-not-found"}]}"#;
    let error = one(serde_json::from_str(answer).unwrap()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::NotFound);
    assert_eq!(one(serde_json::from_str("{}").unwrap()).unwrap_err().code(), ErrorCode::UnexpectedResponse);
}
