use super::*;

#[test]
fn the_innermost_operation_wins() {
    let error = Error::new(ErrorCode::Upstream, "503 - overloaded")
        .during(Operation::UploadMedia)
        .during(Operation::PublishTweetWithMedia);
    assert_eq!(error.fields().operation, "uploadMedia");
    assert_eq!(error.to_string(), "Media upload failed: 503 - overloaded");
}

#[test]
fn an_invalid_argument_names_its_field() {
    let error = Error::invalid_argument("media[0].altText", "must be a string");
    assert_eq!(error.to_string(), "media[0].altText must be a string");
    assert_eq!(error.fields().field.as_deref(), Some("media[0].altText"));
}

#[test]
fn what_fails_after_a_post_exists_leaves_it_in_doubt() {
    let late = || Error::new(ErrorCode::Internal, "the result could not be handed over");
    let error = late().after_success(Operation::CreateTweet);
    assert_eq!((error.code(), error.fields().operation), (ErrorCode::UnknownOutcome, "createTweet"));
    assert!(error.to_string().ends_with("handed over; it may have been published"));
    let error = late().after_success(Operation::UploadMedia);
    assert_eq!((error.code(), error.fields().operation), (ErrorCode::Internal, "uploadMedia"));
    assert!(!error.to_string().contains("published"));
}
