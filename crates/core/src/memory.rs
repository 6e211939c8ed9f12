//! Memory for media on their way to X: so much of one publish, and so much of the whole process.
//!
//! What goes up is *taken*: whoever wants to read a segment waits for space, first come first served, and gives it back
//! when X has the segment, or when the work is dropped. What may wait for its turn is *kept*: bytes that were read ahead,
//! and sources that come only once. Nobody waits for that; it is there or not, and it never takes so much that no segment
//! would fit beside it. So whoever has taken space can always finish, and everybody's turn comes.

mod pieces;

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

use tokio::sync::oneshot;

#[cfg(test)]
pub(crate) use pieces::PIECE_BYTES;
pub(crate) use pieces::Pieces;

use crate::locks::locked;
use crate::protocol::media::limits::MAX_SEGMENT_BYTES;

/// Bytes that media of one publish may have in memory at once, within what the process may.
#[derive(Clone, Debug)]
pub struct MemoryBudget {
    own: Share,
    process: Share,
    /// Held by the one of a publish's media that waits: a publish has one place in the process's queue, however many
    /// media it has.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// Space for some bytes; it is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Space {
    own: Permit,
    process: Permit,
}

/// Space that keeps bytes without waiting for it; it is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Kept(
    #[allow(dead_code, reason = "they give back their bytes when they are dropped")] Vec<Permit>,
);

impl MemoryBudget {
    /// A budget of this many bytes, as long as all of the process together have `process_bytes` at most. Of budgets with
    /// different ones each waits until its own is kept.
    pub fn new(bytes: u64, process_bytes: u64) -> Self {
        Self::within(Share::of_process(process_bytes), bytes)
    }

    fn within(process: Share, bytes: u64) -> Self {
        let own = Share { pool: Arc::default(), limit: bytes };
        Self { own, process, turn: Arc::default() }
    }

    /// The most that one publish can ever have.
    pub fn bytes(&self) -> u64 {
        self.own.limit.min(self.process.limit)
    }

    /// Waits for space. All of it is taken at once, so that media that wait for each other can't block each other.
    pub(crate) async fn take(&self, bytes: u64) -> Space {
        let bytes = bytes.min(self.bytes());
        let _turn = self.turn.lock().await;
        let own = self.own.take(bytes).await;
        Space { own, process: self.process.take(bytes).await }
    }

    /// Space to read ahead into, if there is some that nobody waits for.
    pub(crate) fn keep(&self, bytes: u64) -> Option<Kept> {
        Some(Kept(vec![self.own.keep(bytes)?, self.process.keep(bytes)?]))
    }
}

impl Space {
    /// Splits off space for some bytes; `None` if there is less.
    pub(crate) fn split(&mut self, bytes: u64) -> Option<Self> {
        let fits = bytes <= self.own.bytes;
        fits.then(|| Self { own: self.own.split(bytes), process: self.process.split(bytes) })
    }

    /// Makes one of two of the same budget.
    pub(crate) fn join(&mut self, other: Self) {
        self.own.join(other.own);
        self.process.join(other.process);
    }
}

impl Kept {
    /// Space that all of the process share, whose media may have `process_bytes` at most.
    pub(crate) fn of_process(process_bytes: u64, bytes: u64) -> Option<Self> {
        Some(Self(vec![Share::of_process(process_bytes).keep(bytes)?]))
    }

    /// Makes one of two.
    pub(crate) fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// A pool, and how much may be in use of it for those who come through here.
#[derive(Clone, Debug)]
struct Share {
    pool: Arc<Pool>,
    limit: u64,
}

impl Share {
    fn of_process(limit: u64) -> Self {
        static PROCESS: LazyLock<Arc<Pool>> = LazyLock::new(Arc::default);
        Self { pool: Arc::clone(&PROCESS), limit }
    }

    async fn take(&self, bytes: u64) -> Permit {
        let waiting = {
            let mut state = self.pool.lock();
            // More than fits beside what may be kept would never come.
            let asked = Asked { bytes: bytes.min(self.limit - keepable(self.limit)), limit: self.limit };
            if state.waiting.is_empty() && state.fits(asked) {
                state.taken += asked.bytes;
                return Permit { pool: Arc::clone(&self.pool), bytes: asked.bytes, use_of: Use::Taken };
            }
            let (sender, receiver) = oneshot::channel();
            state.waiting.push_back((asked, sender));
            Waiting { pool: &self.pool, receiver }
        };
        waiting.granted().await
    }

    fn keep(&self, bytes: u64) -> Option<Permit> {
        let mut state = self.pool.lock();
        let kept = state.kept.saturating_add(bytes);
        let fits = kept <= keepable(self.limit) && state.taken.saturating_add(kept) <= self.limit;
        if !fits || !state.waiting.is_empty() {
            return None;
        }
        state.kept = kept;
        Some(Permit { pool: Arc::clone(&self.pool), bytes, use_of: Use::Kept })
    }
}

/// How much of a limit may be kept: half of it, and never so much that the largest segment would not fit beside it.
fn keepable(limit: u64) -> u64 {
    (limit / 2).min(limit.saturating_sub(MAX_SEGMENT_BYTES))
}

/// Bytes that are in use, and who waits for some.
#[derive(Debug, Default)]
struct Pool(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    taken: u64,
    kept: u64,
    waiting: VecDeque<(Asked, oneshot::Sender<Permit>)>,
}

/// What somebody wants, and how much may be in use then.
#[derive(Clone, Copy, Debug)]
struct Asked {
    bytes: u64,
    limit: u64,
}

impl State {
    fn fits(&self, Asked { bytes, limit }: Asked) -> bool {
        // Of what others keep with a larger limit no more counts than could be kept with this one, or they would never
        // let the smaller one in.
        let kept = self.kept.min(keepable(limit));
        self.taken.saturating_add(kept).saturating_add(bytes) <= limit
    }
}

impl Pool {
    fn lock(&self) -> MutexGuard<'_, State> {
        locked(&self.0)
    }

    /// Gives those who came first what they wait for.
    fn grant(self: &Arc<Self>) {
        loop {
            let mut state = self.lock();
            let Some((asked, sender)) = state.waiting.pop_front() else { return };
            if !state.fits(asked) {
                state.waiting.push_front((asked, sender));
                return;
            }
            state.taken += asked.bytes;
            drop(state);
            // If nobody waits for it any more, it is given back here.
            let _given_up =
                sender.send(Permit { pool: Arc::clone(self), bytes: asked.bytes, use_of: Use::Taken });
        }
    }
}

/// A place in the queue. It is left when this is dropped.
struct Waiting<'a> {
    pool: &'a Arc<Pool>,
    receiver: oneshot::Receiver<Permit>,
}

impl Waiting<'_> {
    async fn granted(mut self) -> Permit {
        match (&mut self.receiver).await {
            Ok(permit) => permit,
            // The queue is dropped by nobody who waits in it.
            Err(_) => std::future::pending().await,
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.receiver.close();
        self.pool.lock().waiting.retain(|(_, sender)| !sender.is_closed());
        // Whoever came next may want less.
        self.pool.grant();
    }
}

#[derive(Clone, Copy, Debug)]
enum Use {
    Taken,
    Kept,
}

/// Some bytes of a pool.
#[derive(Debug)]
struct Permit {
    pool: Arc<Pool>,
    bytes: u64,
    use_of: Use,
}

impl Permit {
    fn split(&mut self, bytes: u64) -> Self {
        let bytes = bytes.min(self.bytes);
        self.bytes -= bytes;
        Self { pool: Arc::clone(&self.pool), bytes, use_of: self.use_of }
    }

    fn join(&mut self, mut other: Self) {
        self.bytes += std::mem::take(&mut other.bytes);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.bytes == 0 {
            return;
        }
        {
            let mut state = self.pool.lock();
            match self.use_of {
                Use::Taken => state.taken -= self.bytes,
                Use::Kept => state.kept -= self.bytes,
            }
        }
        self.pool.grant();
    }
}

#[cfg(test)]
mod tests;
