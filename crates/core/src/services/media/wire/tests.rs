#![allow(clippy::unwrap_used)]

use super::*;

fn read(text: &str) -> Result<MediaFields, Error> {
    serde_json::from_str::<MediaAnswer>(text).unwrap().fields()
}

#[test]
fn both_forms_are_understood() {
    let v2 = read(r#"{"data":{"id":"19","media_key":"7_19","size":1,"expires_after_secs":86400,"processing_info":{"state":"pending","check_after_secs":"1"}}}"#).unwrap();
    assert_eq!((v2.id(), v2.media_key.as_deref(), v2.expires_after_secs), ("19", Some("7_19"), Some(86_400)));
    assert_eq!((v2.processing(), v2.check_after_secs()), (Some(ProcessingState::Busy), Some(1)));
    let v1 = read(r#"{"media_id":19,"media_id_string":"19","size":1,"expires_after_secs":86400}"#).unwrap();
    assert_eq!((v1.id(), v1.processing()), ("19", None));
}

#[test]
fn a_failure_says_why() {
    let text = r#"{"data":{"id":"1","processing_info":{"state":"failed","error":{"code":1,"name":"InvalidMedia","message":"Unsupported codec"}}}}"#;
    let reason = "InvalidMedia (code 1): Unsupported codec".to_owned();
    assert_eq!(read(text).unwrap().processing(), Some(ProcessingState::Failed { reason }));
}

#[test]
fn an_error_in_place_of_data_is_an_error() {
    let text = r#"{"errors":[{"type":"https://api.x.com/2/problems/resource-not-found","detail":"gone"}]}"#;
    assert_eq!(read(text).unwrap_err().code(), ErrorCode::NotFound);
    assert_eq!(read("{}").unwrap_err().code(), ErrorCode::UnexpectedResponse);
}
