//! Parts of a medium that are fetched side by side, and handed out in order.
//!
//! Media servers often cap what one connection brings, and uploads go over several: then the download is what a publish
//! waits for. Several parts at a time bring several times as much. They are fetched only where uploads starve: on a line
//! that is full, or from a server that gives all it has, they would win nothing.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesOrdered, StreamExt};
use http::HeaderValue;
use tokio::time::Instant;
use url::Url;

use super::changed;
use super::connection::{Connection, Received, pause_before_resuming};
use super::fetch::{Fetch, RangeRequest};
use super::gather::Gather;
use super::representation::Representation;
use crate::error::Error;
use crate::memory::{Kept, MemoryBudget};
use crate::transport::call::Call;

/// One part. Smaller ones would be mostly round trips, and fewer of larger ones would fit into a publish's memory.
const PART_BYTES: u64 = 1024 * 1024;
/// Parts at a time: as many as a publish has segments in flight by default.
const PARTS: usize = 8;
/// With fewer there is nothing to win: two new connections have to get up to speed while the old one was given up.
const MIN_PARTS: usize = 4;
/// How long a source is looked at before it is said to be too slow.
const WINDOW: Duration = Duration::from_millis(250);
/// A connection that brings less is more probably on a slow line than capped, and parts side by side would only make
/// each other late.
const SLOW_BYTES_PER_SECOND: u128 = 2_000_000;
/// One that brings more is not what a publish waits for.
const FAST_BYTES_PER_SECOND: u128 = 64_000_000;

/// Notices that whoever reads a source waits for it nearly all of the time.
#[derive(Debug)]
pub(super) struct Hunger {
    since: Instant,
    waited: Duration,
    bytes: u64,
}

impl Hunger {
    pub(super) fn new() -> Self {
        Self { since: Instant::now(), waited: Duration::ZERO, bytes: 0 }
    }

    /// Notes that bytes came after some waiting. Says whether the reader starves at a source that more connections
    /// might help.
    pub(super) fn note(&mut self, waited: Duration, bytes: u64) -> bool {
        self.waited += waited;
        self.bytes += bytes;
        let elapsed = self.since.elapsed();
        if elapsed < WINDOW {
            return false;
        }
        let is_waited_for = self.waited * 4 >= elapsed * 3;
        let per_second = u128::from(self.bytes) * 1000 / elapsed.as_millis().max(1);
        *self = Self::new();
        is_waited_for && (SLOW_BYTES_PER_SECOND..FAST_BYTES_PER_SECOND).contains(&per_second)
    }
}

/// What all parts have in common.
#[derive(Clone)]
pub(super) struct Whole {
    pub(super) call: Call,
    pub(super) url: Url,
    pub(super) label: String,
    pub(super) known: Representation,
    pub(super) validator: HeaderValue,
    pub(super) length: u64,
}

/// Parts on their way, from one offset on. They are fetched while the next chunk is waited for, and given up when this
/// is dropped.
pub(super) struct Ahead {
    whole: Whole,
    budget: MemoryBudget,
    parts: FuturesOrdered<BoxFuture<'static, Result<Part, Error>>>,
    current: Option<Part>,
    /// Where the next part begins that is not asked for yet.
    next: u64,
}

struct Part {
    chunks: VecDeque<Bytes>,
    _space: Kept,
}

impl Ahead {
    /// Begins at an offset. `None` if that is not worth it: little is left, or there is no memory.
    pub(super) fn begin(whole: Whole, budget: &MemoryBudget, offset: u64) -> Option<Self> {
        if whole.length.saturating_sub(offset) < PART_BYTES * PARTS as u64 {
            return None;
        }
        let mut ahead =
            Self { whole, budget: budget.clone(), parts: FuturesOrdered::new(), current: None, next: offset };
        ahead.top_up();
        (ahead.parts.len() >= MIN_PARTS).then_some(ahead)
    }

    /// The next chunk. `None` when there is none, for lack of memory or since a part could not be had: whoever reads goes
    /// on by himself, at the byte after the last chunk.
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(chunk) = self.current.as_mut().and_then(|part| part.chunks.pop_front()) {
                return Some(chunk);
            }
            self.current = None;
            self.top_up();
            // What is wrong shows again to him, and he knows what to make of it.
            self.current = Some(self.parts.next().await?.ok()?);
        }
    }

    /// Asks for as many parts as there may be.
    fn top_up(&mut self) {
        while self.parts.len() < PARTS && self.next < self.whole.length {
            let Some(space) = self.budget.keep(PART_BYTES) else { return };
            let offset = self.next;
            let end = offset.saturating_add(PART_BYTES).min(self.whole.length);
            self.next = end;
            self.parts.push_back(Box::pin(fetch(self.whole.clone(), offset, end, space)));
        }
    }
}

/// Fetches one part, again from where it broke off.
async fn fetch(whole: Whole, offset: u64, end: u64, space: Kept) -> Result<Part, Error> {
    let Whole { call, url, label, known, validator, .. } = &whole;
    let (mut chunks, mut gather) = (VecDeque::new(), Gather::default());
    let (mut at, mut breaks) = (offset, 0);
    while at < end {
        let range = Some(RangeRequest { offset: at, end: Some(end), validator });
        let answer = Fetch { call, url, label, range }.get().await?;
        if answer.offset != at || known.is_contradicted_by(&answer.representation) {
            return Err(changed(label));
        }
        let mut connection = Connection::new(answer);
        while at < end
            && let Received::Chunk(mut chunk) = connection.receive(call, label).await?.what
        {
            chunk.truncate(usize::try_from(end - at).unwrap_or(usize::MAX));
            at += chunk.len() as u64;
            gather.push(chunk);
            chunks.extend(gather.next());
        }
        if at < end {
            breaks += 1;
            pause_before_resuming(call, breaks).await.ok_or_else(|| changed(label))?;
        }
    }
    chunks.extend(gather.rest());
    Ok(Part { chunks, _space: space })
}

#[cfg(test)]
mod tests;
