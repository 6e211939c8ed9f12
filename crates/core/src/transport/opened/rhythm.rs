//! Which connections are worth opening for requests that nobody has made yet.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::Instant;

use crate::locks::locked;

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
    under_way: usize,
}

/// A request that is under way until this is dropped.
#[derive(Debug)]
pub(crate) struct UnderWay<'a> {
    rhythm: &'a Rhythm,
    begun: Instant,
}

impl Rhythm {
    /// A request begins. Says how many connections should be there for those after it: one for each that is under way, since
    /// as many may follow at once, and one for this one.
    pub(super) fn begin(&self) -> (UnderWay<'_>, usize) {
        let begun = Instant::now();
        let mut times = self.times();
        let last = times.last.replace(begun);
        times.under_way += 1;
        let goes_on = times.taken >= LONG && last.is_some_and(|last| begun.duration_since(last) <= CLOSE);
        (UnderWay { rhythm: self, begun }, if goes_on { times.under_way + 1 } else { 0 })
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        locked(&self.0)
    }
}

impl UnderWay<'_> {
    /// The request was answered.
    pub(crate) fn answered(&self) {
        self.rhythm.times().taken = self.begun.elapsed();
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.rhythm.times().under_way -= 1;
    }
}

#[cfg(test)]
mod tests;
