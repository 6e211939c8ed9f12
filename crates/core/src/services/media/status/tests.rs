#![allow(clippy::unwrap_used)]

use super::*;

fn after(minutes: u64, answer: &str) -> Result<Option<Duration>, Error> {
    let answer: MediaAnswer = serde_json::from_str(answer).unwrap();
    wait_after(&answer.fields().unwrap(), 3, Duration::from_secs(minutes * 60))
}

#[test]
fn a_medium_that_x_works_on_for_too_long_is_reported_and_may_be_tried_again() {
    const BUSY: &str =
        r#"{"data":{"id":"1","processing_info":{"state":"in_progress","check_after_secs":9}}}"#;
    assert_eq!(after(14, BUSY).unwrap(), Some(Duration::from_secs(9)));
    let error = after(15, BUSY).unwrap_err();
    assert_eq!((error.code(), error.fields().retryable), (ErrorCode::MediaProcessing, true));
    assert!(error.to_string().contains("after 15 minutes"));
    // What has ended by then has ended.
    assert_eq!(after(15, r#"{"data":{"id":"1","processing_info":{"state":"succeeded"}}}"#).unwrap(), None);
}
