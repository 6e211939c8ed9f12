//! How an upload's attempt gets on, and when it is given up.
//!
//! An attempt that had a fixed time would never end on a slow line. So it lasts as long as bytes move. What a
//! connection has taken may still lie in the system's buffers, where nobody sees it move; so it has the time that the
//! slowest line needs for it, too.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// The line that all uploads of one call share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line(Arc<AtomicU32>);

/// What an upload's attempt may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// From the last byte that moved to the answer.
    pub(crate) answer: Duration,
    /// The slowest line that bytes are given time for.
    pub(crate) bytes_per_second: u64,
}

/// One attempt's progress: its body notes it, and whoever waits for the answer goes by it.
#[derive(Clone, Debug)]
pub(crate) struct Progress(Arc<State>);

#[derive(Debug)]
struct State {
    line: Line,
    allowance: Allowance,
    begun: Instant,
    taken: AtomicU64,
    /// When bytes were last taken, in milliseconds since the beginning.
    moved_ms: AtomicU64,
    is_held: AtomicBool,
}

impl Line {
    /// Begins an attempt. It counts among those that share the line until it is dropped.
    pub(crate) fn begin(&self, allowance: Allowance) -> Progress {
        self.0.fetch_add(1, Ordering::Relaxed);
        Progress(Arc::new(State {
            line: self.clone(),
            allowance,
            begun: Instant::now(),
            taken: AtomicU64::new(0),
            moved_ms: AtomicU64::new(0),
            is_held: AtomicBool::new(false),
        }))
    }
}

impl Drop for State {
    fn drop(&mut self) {
        self.line.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Progress {
    /// The connection takes so many bytes.
    pub(crate) fn took(&self, bytes: usize) {
        self.0.taken.fetch_add(bytes as u64, Ordering::Relaxed);
        self.0.moved_ms.store(self.elapsed_ms(), Ordering::Relaxed);
    }

    /// The connection would take bytes, and does not get them yet.
    pub(crate) fn hold(&self) {
        self.0.is_held.store(true, Ordering::Relaxed);
    }

    /// It gets them now.
    pub(crate) fn release(&self) {
        if self.0.is_held.swap(false, Ordering::Relaxed) {
            self.0.moved_ms.store(self.elapsed_ms(), Ordering::Relaxed);
        }
    }

    /// How long the attempt has lasted.
    pub(crate) fn elapsed(&self) -> Duration {
        self.0.begun.elapsed()
    }

    /// Waits until the attempt has to be given up.
    pub(crate) async fn stalled(&self) {
        loop {
            let now = Instant::now();
            let end = if self.0.is_held.load(Ordering::Relaxed) {
                // Not the line's fault. Once bytes go on, there is at least as much time again.
                now + self.0.allowance.answer
            } else {
                self.end()
            };
            if end <= now {
                return;
            }
            tokio::time::sleep_until(end).await;
        }
    }

    /// When it is given up, if nothing moves any more.
    fn end(&self) -> Instant {
        let Allowance { answer, bytes_per_second } = self.0.allowance;
        let sharing = u64::from(self.0.line.0.load(Ordering::Relaxed).max(1));
        let taken_ms = self.0.taken.load(Ordering::Relaxed).saturating_mul(1000) / bytes_per_second.max(1);
        let drained = Duration::from_millis(taken_ms.saturating_mul(sharing));
        let moved = Duration::from_millis(self.0.moved_ms.load(Ordering::Relaxed));
        self.0.begun + answer + drained.max(moved)
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.0.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests;
