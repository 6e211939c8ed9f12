//! Requests that are under way together and completed one after the other.
//!
//! Segments go up in parallel. If each of them could be acknowledged at any moment, a process that dies would leave
//! as many in doubt as were under way. So the last bytes of a segment are held back until the one before it is
//! acknowledged and written down: one at most is in doubt, and bytes flow all the same.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::BoxFuture;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The order in which requests are completed.
#[derive(Clone, Debug)]
pub(crate) struct Turns(Arc<Semaphore>);

/// The turn of one request. It is kept through the request's attempts, and ends when the last clone is dropped.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    turns: Arc<Semaphore>,
    held: Arc<Mutex<Option<OwnedSemaphorePermit>>>,
}

impl Turns {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }

    pub(crate) fn turn(&self) -> Turn {
        Turn { turns: Arc::clone(&self.0), held: Arc::default() }
    }

    /// From now on nobody's turn comes, whoever gives up theirs.
    pub(crate) fn stop(&self) {
        self.0.close();
    }

    /// Stops when what is returned is dropped: requests that end together, all at once, take no turns meanwhile.
    pub(crate) fn stop_at_end(&self) -> StopAtEnd {
        StopAtEnd(self.clone())
    }
}

/// Stops the turns when it is dropped.
#[derive(Debug)]
pub(crate) struct StopAtEnd(Turns);

impl Drop for StopAtEnd {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl Turn {
    /// Nobody else's turn comes any more.
    pub(crate) fn keep_for_ever(&self) {
        self.turns.close();
    }

    /// Waits until it is this request's turn. From then on it is.
    pub(crate) fn come(&self) -> BoxFuture<'static, ()> {
        let Self { turns, held } = self.clone();
        Box::pin(async move {
            if is_held(&held) {
                return;
            }
            match turns.acquire_owned().await {
                Ok(permit) => drop(held.lock().unwrap_or_else(PoisonError::into_inner).replace(permit)),
                // The session is over.
                Err(_) => std::future::pending().await,
            }
        })
    }
}

fn is_held(held: &Mutex<Option<OwnedSemaphorePermit>>) -> bool {
    held.lock().unwrap_or_else(PoisonError::into_inner).is_some()
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn one_at_a_time_through_all_of_its_attempts() {
        let turns = Turns::new();
        let (first, second) = (turns.turn(), turns.turn());
        first.come().await;
        first.come().await;
        assert!(second.come().now_or_never().is_none());
        drop(first);
        second.come().await;
    }

    #[tokio::test]
    async fn when_it_is_stopped_nobody_s_turn_comes() {
        let turns = Turns::new();
        let (first, second) = (turns.turn(), turns.turn());
        first.come().await;
        drop(turns.stop_at_end());
        drop(first);
        assert!(second.come().now_or_never().is_none());
    }

    #[tokio::test]
    async fn an_attempt_that_was_given_up_while_it_waited_takes_no_turn() {
        let turns = Turns::new();
        let (first, second) = (turns.turn(), turns.turn());
        first.come().await;
        drop(second.come());
        drop(first);
        turns.turn().come().await;
    }
}
