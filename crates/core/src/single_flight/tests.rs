#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

#[tokio::test]
async fn who_comes_meanwhile_joins_and_who_comes_later_does_not() {
    let runs = Arc::new(AtomicU32::new(0));
    let work = || {
        let runs = Arc::clone(&runs);
        async move { runs.fetch_add(1, Ordering::SeqCst) }
    };
    let mut place = SingleFlight::default();
    assert!(place.under_way().is_none());
    let first = place.begin(work());
    let second = place.under_way().unwrap();
    assert_eq!((first.await, second.await), (0, 0));
    assert!(place.under_way().is_none());
    assert_eq!(place.begin(work()).await, 1);
}

#[tokio::test]
async fn work_apart_ends_though_nobody_waits_and_its_panic_is_an_error() {
    let (tell, told) = tokio::sync::oneshot::channel();
    drop(apart(
        async move {
            tell.send(()).unwrap();
            Ok(())
        },
        "stopped",
    ));
    told.await.unwrap();
    let broken = apart::<u8>(async { std::panic::resume_unwind(Box::new("a defect")) }, "stopped");
    let error = broken.await.unwrap_err();
    assert_eq!((error.code(), error.fields().message.as_str()), (ErrorCode::Internal, "stopped"));
}
