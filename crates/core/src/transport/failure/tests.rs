use super::*;

#[test]
fn only_what_surely_never_left_may_be_sent_again() {
    let body = std::io::Error::other(std::io::Error::other("not in gzip"));
    let of_body = TransportFailure::of_body(&body);
    assert_eq!((of_body.surely_unsent, of_body.timed_out), (false, false));
    // Each level once, though the outer one repeats the inner one.
    assert_eq!(of_body.description, "not in gzip");
    let unwritable = http::Request::builder().uri("no address").body(()).err();
    let failures = [
        unwritable.map(|error| TransportFailure::not_written(&error)),
        Some(TransportFailure::closed_again()),
        Some(TransportFailure::attempt_timed_out().unsent()),
    ];
    assert!(failures.iter().flatten().all(|failure| failure.surely_unsent));
    assert_eq!(failures.iter().flatten().count(), 3);
    // With an answer's head it was processed, whatever is known of the rest.
    assert!(!TransportFailure::closed_again().after_head().surely_unsent);
    let timed_out = TransportFailure::attempt_timed_out();
    assert_eq!((timed_out.surely_unsent, timed_out.timed_out), (false, true));
}
