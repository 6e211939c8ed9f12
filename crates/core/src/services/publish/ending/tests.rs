use super::*;

fn error_of(end: End) -> Option<Error> {
    outcome(end, &mut Facts::default(), &mut Seen::default()).err()
}

#[test]
fn an_end_whose_reason_got_lost_is_an_error_all_the_same() {
    for (end, words) in [(End::NotPosted, "the post was not sent"), (End::NotStored, "a step was not stored")]
    {
        let error = error_of(end);
        assert_eq!(error.as_ref().map(Error::code), Some(ErrorCode::Internal));
        assert!(error.is_some_and(|error| error.fields().message.contains(words)));
    }
}

#[test]
fn an_attempt_that_may_still_be_under_way_is_in_doubt_and_says_when_to_come_back() {
    let error = error_of(End::InDoubt(Doubt::TooEarly));
    assert_eq!(error.as_ref().map(Error::code), Some(ErrorCode::UnknownOutcome));
    assert!(error.is_some_and(|error| error.fields().message.contains("try again in two minutes")));
}
