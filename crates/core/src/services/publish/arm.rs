//! The mark that is made before a post is sent.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::Instant;

use super::claims;
use super::journal::Journal;
use crate::call::Call;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Arming, Sought};
use crate::transport::clock::epoch_ms;
use crate::transport::request::Gate;

/// How old a mark may be when the post is begun. Whoever finds an older one waits long enough for a post that was
/// begun within this time to be seen, and for no other.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Marks that are made for one attempt, if keeping them takes longer than that.
const MAX_MARKS: u32 = 2;

/// Marks each attempt to post, before its first byte.
pub(super) struct Arm<'a> {
    call: &'a Call,
    journal: &'a Journal,
    first: Mutex<Arming>,
    armed: Mutex<Option<Mark>>,
    attempts: AtomicU32,
}

#[derive(Clone, Copy)]
struct Mark {
    at: Instant,
    /// A machine that sleeps may stop the monotonic clock; the wall clock goes on.
    at_epoch_ms: u64,
}

impl<'a> Arm<'a> {
    /// `earlier` is the mark of the epoch before, if its post was given up for not there.
    pub(super) fn new(
        call: &'a Call,
        journal: &'a Journal,
        sought: Sought,
        earlier: Option<&Arming>,
    ) -> Self {
        let first = Arming {
            epoch: earlier.map_or(1, |earlier| earlier.epoch.saturating_add(1)),
            since: earlier.map_or(0, |earlier| earlier.since),
            armed_at: 0,
            by_server_clock: earlier.is_some_and(|earlier| earlier.by_server_clock),
            seek: sought,
        };
        Self { call, journal, first: Mutex::new(first), armed: Mutex::new(None), attempts: AtomicU32::new(0) }
    }

    /// The newest mark.
    pub(super) fn arming(&self) -> Arming {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Attempts that were begun.
    pub(super) fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::Relaxed)
    }

    fn is_armed(&self) -> bool {
        let mark = *self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        mark.is_some_and(Mark::is_fresh)
    }

    async fn mark(&self) -> Result<(), Error> {
        let mark = Mark { at: Instant::now(), at_epoch_ms: epoch_ms() };
        let server_now = self.call.client().server_clock().server_epoch_ms();
        let arming = {
            let mut arming = self.first.lock().unwrap_or_else(PoisonError::into_inner);
            arming.armed_at = server_now.unwrap_or(mark.at_epoch_ms);
            if arming.since == 0 || arming.since > arming.armed_at {
                arming.since = arming.armed_at;
                arming.by_server_clock = server_now.is_some();
            }
            arming.clone()
        };
        let account = self.journal.account();
        claims::open(claims::server(self.call), &self.journal.intent(), account.as_deref(), &arming);
        self.journal.arm(arming).await?;
        *self.armed.lock().unwrap_or_else(PoisonError::into_inner) = Some(mark);
        Ok(())
    }

    async fn arm(&self) -> Result<(), Error> {
        for _ in 0..MAX_MARKS {
            if self.is_armed() {
                self.attempts.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            self.mark().await?;
        }
        if self.is_armed() {
            self.attempts.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        self.journal.disarm().await;
        let seconds = LONGEST_WAIT.as_secs();
        Err(Error::new(
            ErrorCode::Timeout,
            format!("keeping the checkpoint took longer than {seconds} seconds, so the post was not sent"),
        )
        .with(|fields| fields.retryable = true))
    }
}

impl Mark {
    fn is_fresh(self) -> bool {
        let by_wall = epoch_ms().saturating_sub(self.at_epoch_ms);
        self.at.elapsed() <= LONGEST_WAIT && Duration::from_millis(by_wall) <= LONGEST_WAIT
    }
}

impl Gate for Arm<'_> {
    fn pass(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(self.arm())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;

    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::client::Client;
    use crate::config::{ClientConfig, ClientSettings};
    use crate::operation::Operation;
    use crate::protocol::checkpoint::{Checkpoint, PostState, decode};
    use crate::services::publish::content::PublishContent;
    use crate::services::publish::journal::{CheckpointStore, Keeper, NotKept};

    /// Takes its time for each checkpoint, in the order given, and then none.
    struct SlowStore {
        seconds: Mutex<Vec<u64>>,
        kept: Mutex<Vec<String>>,
    }

    impl CheckpointStore for SlowStore {
        fn save(&self, checkpoint: String) -> BoxFuture<'_, Result<(), NotKept>> {
            let seconds = self.seconds.lock().unwrap().pop().unwrap_or(0);
            Box::pin(async move {
                tokio::time::sleep(Duration::from_secs(seconds)).await;
                self.kept.lock().unwrap().push(checkpoint);
                Ok(())
            })
        }
    }

    impl SlowStore {
        fn states(&self) -> Vec<String> {
            let kept = self.kept.lock().unwrap();
            let states = kept.iter().map(|text| match decode(text).unwrap() {
                Checkpoint::Post(post) => match post.post {
                    PostState::Armed(arming) => format!("armed {}", arming.epoch),
                    other => format!("{other:?}").to_lowercase(),
                },
                Checkpoint::Thread(_) => "thread".to_owned(),
            });
            states.collect()
        }
    }

    /// Arms twice with a store of this slowness, and a pause between; gives what came of it and what was kept.
    async fn arm_twice(seconds: &[u64], pause: u64) -> ([Result<(), ErrorCode>; 2], Vec<String>) {
        let seconds = Mutex::new(seconds.iter().rev().copied().collect());
        let store = Arc::new(SlowStore { seconds, kept: Mutex::default() });
        let keeper = Keeper::Post(Some(Arc::clone(&store) as _));
        let journal = Journal::open(&PublishContent::default(), None, keeper).unwrap();
        let client = Client::shared(&ClientConfig::resolve(&ClientSettings::default()).unwrap()).unwrap();
        let call = Call::new(client, Operation::CreateTweet, None, CancellationToken::new(), None);
        let arm = Arm::new(&call, &journal, Sought::default(), None);
        let first = arm.pass().await.map_err(|error| error.code());
        tokio::time::sleep(Duration::from_secs(pause)).await;
        let second = arm.pass().await.map_err(|error| error.code());
        ([first, second], store.states())
    }

    #[tokio::test(start_paused = true)]
    async fn a_mark_holds_for_a_few_seconds() {
        assert_eq!(arm_twice(&[], 5).await, ([Ok(()), Ok(())], vec!["armed 1".to_owned()]));
        let again = vec!["armed 1".to_owned(); 2];
        assert_eq!(arm_twice(&[], 6).await, ([Ok(()), Ok(())], again.clone()));
        assert_eq!(arm_twice(&[6, 0], 0).await, ([Ok(()), Ok(())], again));
    }

    #[tokio::test(start_paused = true)]
    async fn with_a_store_that_is_too_slow_nothing_is_sent() {
        let (outcomes, kept) = arm_twice(&[6, 6, 0, 0], 0).await;
        assert_eq!(outcomes, [Err(ErrorCode::Timeout), Ok(())]);
        assert_eq!(kept, ["armed 1", "armed 1", "new", "armed 1"]);
    }
}
