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
