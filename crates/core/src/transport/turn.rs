//! Requests that are under way together and completed one after the other.
//!
//! Segments go up in parallel. If each of them could be acknowledged at any moment, a process that dies would leave
//! as many in doubt as were under way. So the last bytes of a segment are held back until the one before it is
//! acknowledged and written down: one at most is in doubt, and bytes flow all the same.

use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore};

use crate::locks::locked;

/// The order in which requests are completed.
#[derive(Clone, Debug)]
pub(crate) struct Turns(Arc<Semaphore>);

/// The turn of one request, through all of its attempts. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn(Arc<State>);

/// Lets an attempt wait for its request's turn.
#[derive(Clone, Debug)]
pub(crate) struct Waiting(Arc<State>);

#[derive(Debug)]
struct State {
    turns: Arc<Semaphore>,
    /// Set when the turn has come. Attempts wait for it together: a connection that was given up may still be
    /// waiting for an earlier one.
    has_come: OnceCell<()>,
    permit: Mutex<Permit>,
}

#[derive(Debug)]
enum Permit {
    Awaited,
    Held(#[allow(dead_code, reason = "it is held, and given back when it is dropped")] OwnedSemaphorePermit),
    Over,
}

impl Turns {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }

    pub(crate) fn turn(&self) -> Turn {
        let (has_come, permit) = (OnceCell::new(), Mutex::new(Permit::Awaited));
        Turn(Arc::new(State { turns: Arc::clone(&self.0), has_come, permit }))
    }

    /// Stops when what is returned is dropped: requests that end together, all at once, take no turns meanwhile.
    pub(crate) fn stop_at_end(&self) -> StopAtEnd {
        StopAtEnd(self.clone())
    }
}

/// Lets nobody's turn come any more when it is dropped.
#[derive(Debug)]
pub(crate) struct StopAtEnd(Turns);

impl Drop for StopAtEnd {
    fn drop(&mut self) {
        self.0.0.close();
    }
}

impl Turn {
    /// For the request's next attempt.
    pub(crate) fn waiting(&self) -> Waiting {
        Waiting(Arc::clone(&self.0))
    }

    /// Nobody else's turn comes any more.
    pub(crate) fn close(&self) {
        self.0.turns.close();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *locked(&self.0.permit) = Permit::Over;
    }
}

impl Waiting {
    /// Waits until it is the request's turn. From then on it is.
    pub(crate) fn come(&self) -> BoxFuture<'static, ()> {
        let state = Arc::clone(&self.0);
        Box::pin(async move {
            state.has_come.get_or_init(|| state.take_turn()).await;
        })
    }
}

impl State {
    async fn take_turn(&self) {
        if let Ok(permit) = Arc::clone(&self.turns).acquire_owned().await {
            let mut held = locked(&self.permit);
            if matches!(*held, Permit::Awaited) {
                *held = Permit::Held(permit);
                return;
            }
        }
        // The request is over, or all of them are.
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests;
