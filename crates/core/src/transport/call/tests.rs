#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::config::{ClientConfig, ClientSettings};

fn call(timeout: Option<Duration>, cancellation: CancellationToken) -> Call {
    let config = ClientConfig::resolve(&ClientSettings::default()).unwrap();
    let client = Client::shared(&config).unwrap();
    Call::new(client, Operation::CreateTweet, timeout, cancellation, None)
}

async fn failure(call: &Call, work: impl Future<Output = Result<(), Error>> + Send) -> ErrorCode {
    call.run(work).await.unwrap_err().code()
}

#[tokio::test(start_paused = true)]
async fn what_ends_a_call_decides_its_code() {
    let cancelled = CancellationToken::new();
    cancelled.cancel();
    for (timeout, cancellation, at_rest) in [
        (None, cancelled, ErrorCode::Aborted),
        (Some(Duration::from_secs(1)), CancellationToken::new(), ErrorCode::Timeout),
    ] {
        let call = call(timeout, cancellation);
        assert_eq!(failure(&call, std::future::pending()).await, at_rest);
        call.mark_post_in_doubt();
        assert_eq!(failure(&call, std::future::pending()).await, ErrorCode::UnknownOutcome);
        call.clear_post_doubt();
        call.token_in_flight.store(true, Ordering::SeqCst);
        assert_eq!(failure(&call, std::future::pending()).await, ErrorCode::ReauthRequired);
        call.token_is_settled();
        assert_eq!(failure(&call, std::future::pending()).await, at_rest);
    }
}

#[tokio::test]
async fn a_panic_ends_the_call_alone() {
    let call = call(None, CancellationToken::new());
    assert_eq!(failure(&call, async { panic!("a defect") }).await, ErrorCode::Internal);
    call.mark_post_in_doubt();
    assert_eq!(failure(&call, async { panic!("a defect") }).await, ErrorCode::UnknownOutcome);
    call.clear_post_doubt();
    assert_eq!(failure(&call, async { panic!("a defect") }).await, ErrorCode::Internal);
}
