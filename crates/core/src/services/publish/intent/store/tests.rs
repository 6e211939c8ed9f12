#![allow(clippy::unwrap_used)]

use super::*;
use crate::protocol::publish::Failure;

/// What a store does when it is asked.
#[derive(Default)]
struct Fake {
    text: Mutex<Option<String>>,
    writes: Mutex<u32>,
    /// This function never answers.
    silent: &'static str,
    /// Somebody else writes the row before each write.
    is_contested: bool,
}

impl Fake {
    async fn asked(&self, function: &str) {
        if self.silent == function {
            std::future::pending::<()>().await;
        }
    }
}

impl IntentStore for Fake {
    fn load(&self) -> BoxFuture<'_, Result<StoredRow, StoreFailure>> {
        Box::pin(async {
            self.asked("load").await;
            Ok(StoredRow { state: locked(&self.text).clone(), ticket: *locked(&self.writes) })
        })
    }

    fn store(&self, next: String, ticket: u32) -> BoxFuture<'_, Result<bool, StoreFailure>> {
        Box::pin(async move {
            self.asked("store").await;
            if self.is_contested {
                let theirs = row(&format!("write {ticket}"));
                *locked(&self.text) = Some(encode_row(&theirs));
                return Ok(false);
            }
            *locked(&self.text) = Some(next);
            *locked(&self.writes) += 1;
            Ok(true)
        })
    }

    fn tells_others(&self) -> bool {
        true
    }

    fn others(&self, _marks: Vec<String>) -> BoxFuture<'_, Result<Vec<String>, StoreFailure>> {
        Box::pin(async {
            self.asked("others").await;
            Ok(Vec::new())
        })
    }
}

fn row(message: &str) -> Row {
    let (code, message) = ("FORBIDDEN".to_owned(), message.to_owned());
    Row { failure: Some(Failure { code, message }), ..Row::default() }
}

fn nothing_yet() -> Held {
    Held { row: Row::default(), ticket: 0 }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_does_not_answer_has_failed_after_ten_seconds() {
    for silent in ["load", "store", "others"] {
        let store = Fake { silent, ..Fake::default() };
        let began = Instant::now();
        let error = match silent {
            "load" => load(&store).await.err(),
            "store" => write(&store, &nothing_yet(), &row("ours")).await.err(),
            _ => marked(&store, Vec::new()).await.err(),
        };
        assert_eq!(began.elapsed().as_secs(), 10);
        let error = error.unwrap();
        assert_eq!((error.code(), error.fields().retryable), (ErrorCode::Aborted, true));
        let words = format!("{silent} of the intent's store did not answer within 10 seconds");
        assert!(error.fields().message.contains(&words));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_row_somebody_else_has_changed_writes_nothing_more() {
    let store = Arc::new(Fake { is_contested: true, ..Fake::default() });
    let lease = Lease::new(Arc::clone(&store) as _, 60_000, nothing_yet(), Instant::now());
    assert_eq!((lease.is_lost(), lease.left_ms()), (false, 60_000));
    assert!(lease.change(|_| row("ours")).await.is_err());
    assert_eq!((lease.is_lost(), lease.left_ms()), (true, 0));
    let theirs = locked(&store.text).clone();
    assert_eq!(theirs, Some(encode_row(&row("write 0"))));
    // That is final, whatever the store would say now.
    *locked(&store.text) = None;
    assert!(lease.change(|_| row("ours, again")).await.is_err());
    assert_eq!(*locked(&store.text), None);
}
