//! Whether a connection is worth opening for a request that nobody has made yet.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Requests that follow one another so closely are likely to go on.
const CLOSE: Duration = Duration::from_secs(1);
/// Of a request that takes less, connecting is too small a part to be done ahead.
const LONG: Duration = Duration::from_millis(20);

/// How requests follow one another that need a connection each, and how long they take.
#[derive(Debug, Default)]
pub(super) struct Rhythm(Mutex<Times>);

#[derive(Debug, Default)]
struct Times {
    last: Option<Instant>,
    taken: Duration,
}

impl Rhythm {
    /// A request was answered.
    pub(super) fn answered(&self, took: Duration) {
        self.times().taken = took;
    }

    /// A request begins. Says whether a connection should be opened for one after it.
    pub(super) fn begins(&self) -> bool {
        let now = Instant::now();
        let mut times = self.times();
        let last = times.last.replace(now);
        times.taken >= LONG && last.is_some_and(|last| now.duration_since(last) <= CLOSE)
    }

    fn times(&self) -> std::sync::MutexGuard<'_, Times> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
