//! The row in a backend's store, and the lease that a call holds on it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::Mutex as AsyncMutex;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::super::checkpoint_store::{CheckpointStore, NotKept};
use super::super::options::OtherRows;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::protocol::checkpoint::decode;
use crate::protocol::publish::{Row, decode_row, encode_row};
use crate::transport::clock::epoch_ms;

/// A store that does not answer for this long has failed.
const STORE_TIMEOUT: Duration = Duration::from_secs(10);
/// Compare-and-sets that are tried when others write the same row.
pub(super) const MAX_TRIES: u32 = 5;

/// Where a backend keeps an intent's row.
pub trait IntentStore: Send + Sync {
    /// Reads the row.
    fn load(&self) -> BoxFuture<'_, Result<StoredRow, StoreFailure>>;

    /// Writes the row if it is still of the ticket's version. Says whether it was.
    fn store(&self, next: String, ticket: u32) -> BoxFuture<'_, Result<bool, StoreFailure>>;

    /// Whether it can tell of other rows.
    fn tells_others(&self) -> bool;

    /// Reads the rows of the store that have one of these marks, this one or not.
    fn others(&self, marks: Vec<String>) -> BoxFuture<'_, Result<Vec<String>, StoreFailure>>;
}

/// A row as it was read.
#[derive(Clone, Debug)]
pub struct StoredRow {
    /// Its text. `None` before anything was written.
    pub state: Option<String>,
    /// Stands for the version that was read.
    pub ticket: u32,
}

/// The backend's function failed. Why is the caller's to know.
#[derive(Clone, Copy, Debug)]
pub struct StoreFailure;

/// The row that a call works with.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) row: Row,
    pub(super) ticket: u32,
}

/// Reads the row.
pub(super) async fn load(store: &dyn IntentStore) -> Result<Held, Error> {
    let stored = match timeout(STORE_TIMEOUT, store.load()).await {
        Ok(Ok(stored)) => stored,
        Ok(Err(StoreFailure)) => return Err(failed("load", "failed")),
        Err(_) => return Err(failed("load", "did not answer within 10 seconds")),
    };
    let row = match stored.state.as_deref() {
        None => Row::default(),
        Some(text) => decode_row(text).map_err(|why| Error::invalid_argument("load().state", why))?,
    };
    Ok(Held { row, ticket: stored.ticket })
}

/// Reads the rows that have one of these marks. One that can't be read may be anything, so it is a failure.
pub(super) async fn marked(store: &dyn IntentStore, marks: Vec<String>) -> Result<Vec<Row>, Error> {
    let texts = match timeout(STORE_TIMEOUT, store.others(marks)).await {
        Ok(Ok(texts)) => texts,
        Ok(Err(StoreFailure)) => return Err(failed("others", "failed")),
        Err(_) => return Err(failed("others", "did not answer within 10 seconds")),
    };
    let read =
        |text: &String| decode_row(text).map_err(|why| Error::invalid_argument("others()[].state", why));
    texts.iter().map(read).collect()
}

/// What a compare-and-set came to.
pub(super) enum Written {
    /// The row is there, as it was read back.
    Yes(Held),
    /// Somebody else has changed it.
    No(Held),
}

/// Writes the row, and reads it back: nothing is done that the store has not confirmed in both ways.
pub(super) async fn write(store: &dyn IntentStore, before: &Held, next: &Row) -> Result<Written, Error> {
    let Held { row: before, ticket } = before;
    let said = match timeout(STORE_TIMEOUT, store.store(encode_row(next), *ticket)).await {
        Ok(Ok(said)) => Ok(said),
        Ok(Err(StoreFailure)) => Err(failed("store", "failed")),
        Err(_) => Err(failed("store", "did not answer within 10 seconds")),
    };
    // A store that failed may have written all the same.
    let held = load(store).await?;
    match said {
        _ if held.row == *next => Ok(Written::Yes(held)),
        Ok(false) if held.row == *before => {
            Err(failed("store", "refused to write a row that nobody has changed"))
        }
        Ok(false) => Ok(Written::No(held)),
        Ok(true) => {
            Err(failed("store", "reported that it had written the row, and load() returns another one"))
        }
        Err(error) => Err(error),
    }
}

/// Changes the row by compare-and-set, however often others change it meanwhile, within reason.
pub(super) async fn update<E>(
    store: &dyn IntentStore,
    change: impl Fn(&Row) -> Result<Row, E>,
) -> Result<Result<Held, E>, Error> {
    let mut held = load(store).await?;
    for _ in 0..MAX_TRIES {
        let next = match change(&held.row) {
            Ok(next) => next,
            Err(denied) => return Ok(Err(denied)),
        };
        match write(store, &held, &next).await? {
            Written::Yes(held) => return Ok(Ok(held)),
            Written::No(other) => held = other,
        }
    }
    Err(in_progress(None))
}

fn failed(function: &str, how: &str) -> Error {
    Error::new(
        ErrorCode::Aborted,
        format!("{function} of the intent's store {how}, so nothing more was sent"),
    )
    .with(|fields| fields.retryable = true)
}

/// Another call works on the intent, until then if it ends without a word.
pub(super) fn in_progress(until_ms: Option<u64>) -> Error {
    Error::new(ErrorCode::InProgress, "another call is publishing this intent").with(|fields| {
        fields.retryable = true;
        fields.retry_at_ms = until_ms;
    })
}

/// A call's hold on a row: it keeps the checkpoints there, and lets nobody else begin meanwhile.
pub(super) struct Lease {
    store: Arc<dyn IntentStore>,
    length_ms: u64,
    /// One write at a time.
    held: AsyncMutex<Held>,
    until: Mutex<Instant>,
    is_lost: AtomicBool,
    failure: Mutex<Option<Error>>,
}

impl Lease {
    /// Of a row that was just written with the lease in it.
    pub(super) fn new(store: Arc<dyn IntentStore>, length_ms: u64, held: Held, since: Instant) -> Self {
        Self {
            store,
            length_ms,
            held: AsyncMutex::new(held),
            until: Mutex::new(since + Duration::from_millis(length_ms)),
            is_lost: AtomicBool::new(false),
            failure: Mutex::default(),
        }
    }

    /// How long it still lasts, by this process's monotonic clock.
    pub(super) fn left_ms(&self) -> u64 {
        if self.is_lost() {
            return 0;
        }
        let left = locked(&self.until).saturating_duration_since(Instant::now());
        u64::try_from(left.as_millis()).unwrap_or(u64::MAX)
    }

    /// Somebody else has changed the row.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::SeqCst)
    }

    /// Why the store failed, the last time that it did.
    pub(super) fn failure(&self) -> Option<Error> {
        locked(&self.failure).take()
    }

    /// Changes the row, with the lease extended.
    pub(super) async fn change(&self, change: impl FnOnce(&Row) -> Row + Send) -> Result<(), NotKept> {
        let mut held = self.held.lock().await;
        if self.is_lost() {
            return Err(NotKept);
        }
        let since = Instant::now();
        let next = change(&held.row).extended(epoch_ms(), self.length_ms);
        match write(&*self.store, &held, &next).await {
            Ok(Written::Yes(written)) => {
                *held = written;
                *locked(&self.until) = since + Duration::from_millis(self.length_ms);
                Ok(())
            }
            Ok(Written::No(_)) => {
                self.is_lost.store(true, Ordering::SeqCst);
                Err(NotKept)
            }
            Err(error) => {
                *locked(&self.failure) = Some(error);
                Err(NotKept)
            }
        }
    }

    /// Extends the lease for as long as what is returned is kept.
    pub(super) fn beat(self: &Arc<Self>) -> Beating {
        let lease = Arc::clone(self);
        let every = Duration::from_millis((self.length_ms / 3).max(1));
        let end = CancellationToken::new();
        let ended = end.clone();
        tokio::spawn(async move {
            while timeout(every, ended.cancelled()).await.is_err() && !lease.is_lost() {
                // A store that fails once may succeed at the next beat.
                let _failed = lease.change(Row::clone).await;
            }
        });
        Beating(end)
    }
}

/// Extends a lease until it is dropped. A beat that is being written is written to its end: the row would have changed
/// without our knowing, and be taken for somebody else's.
pub(super) struct Beating(CancellationToken);

impl Drop for Beating {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl CheckpointStore for Lease {
    fn save(&self, checkpoint: String) -> BoxFuture<'_, Result<(), NotKept>> {
        Box::pin(async move {
            let checkpoint = decode(&checkpoint).map_err(|_| NotKept)?;
            self.change(|row| row.with(checkpoint)).await
        })
    }
}

impl OtherRows for Lease {
    fn marked(&self, marks: Vec<String>) -> BoxFuture<'_, Result<Vec<Row>, Error>> {
        Box::pin(marked(&*self.store, marks))
    }
}

#[cfg(test)]
mod tests;
