//! A source cut into segments while it is read, and looked at on the way.

use std::collections::VecDeque;

use bytes::Bytes;
use tokio_util::sync::CancellationToken;

use super::budget::{MemoryBudget, Space};
use crate::call::Call;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::media::sniff::{MediaFacts, MediaSniffer};
use crate::transport::source::SourceReader;

/// Each piece of a segment takes whole units, so that the last one may lack this much.
const ROUNDING: u64 = 4 * 1024;

/// Runs of bytes that go up together, and the space that they take.
pub(super) struct Segment {
    pub(super) chunks: Vec<Bytes>,
    pub(super) space: Space,
}

/// A source on its way to X.
pub(super) struct Feed {
    source: SourceReader,
    sniffer: MediaSniffer,
    /// Read already, not yet sent.
    held: VecDeque<Bytes>,
    held_bytes: u64,
    /// The space that held bytes keep which were part of a segment before.
    held_space: Option<Space>,
    at_end: bool,
    /// A part was left out, so the rest can't be looked at.
    is_blind: bool,
}

impl Feed {
    pub(super) fn new(source: SourceReader) -> Self {
        Self {
            source,
            sniffer: MediaSniffer::new(),
            held: VecDeque::new(),
            held_bytes: 0,
            held_space: None,
            at_end: false,
            is_blind: false,
        }
    }

    pub(super) fn source(&self) -> &SourceReader {
        &self.source
    }

    pub(super) fn facts(&self) -> &MediaFacts {
        self.sniffer.facts()
    }

    /// Where the next byte lies that can tell something.
    pub(super) fn next_offset(&self) -> u64 {
        self.sniffer.next_offset()
    }

    pub(super) fn held_bytes(&self) -> u64 {
        self.held_bytes
    }

    /// Says whether more bytes can tell more.
    pub(super) fn is_known(&self) -> bool {
        self.sniffer.is_done() || self.at_end
    }

    /// Reads one more run of bytes and holds it. Says whether there was one.
    pub(super) async fn look_ahead(&mut self, call: &Call) -> Result<bool, Error> {
        let Some(chunk) = self.source.next_chunk(call).await? else {
            if !self.at_end {
                self.at_end = true;
                if !self.is_blind {
                    self.sniffer.end();
                }
            }
            return Ok(false);
        };
        if !self.is_blind {
            self.sniffer.push(&chunk);
        }
        self.held_bytes += chunk.len() as u64;
        self.held.push_back(chunk);
        Ok(true)
    }

    /// The next `length` bytes. Space for them is taken before they are read; `None` if it is given up before there
    /// was some.
    pub(super) async fn segment_unless(
        &mut self,
        call: &Call,
        length: u64,
        budget: &MemoryBudget,
        given_up: &CancellationToken,
    ) -> Result<Option<Segment>, Error> {
        let space = tokio::select! {
            biased;
            space = self.space(length, budget) => space?,
            () = given_up.cancelled() => return Ok(None),
        };
        self.fill(call, length, space).await.map(Some)
    }

    /// The next `length` bytes. Space for them is taken before they are read.
    pub(super) async fn segment(
        &mut self,
        call: &Call,
        length: u64,
        budget: &MemoryBudget,
    ) -> Result<Segment, Error> {
        let space = self.space(length, budget).await?;
        self.fill(call, length, space).await
    }

    async fn fill(&mut self, call: &Call, length: u64, space: Space) -> Result<Segment, Error> {
        while self.held_bytes < length {
            if !self.look_ahead(call).await? {
                return Err(Error::new(
                    ErrorCode::MediaSource,
                    format!("{} ended {} bytes early", self.source.label(), length - self.held_bytes),
                ));
            }
        }
        let mut chunks = Vec::new();
        let mut left = usize::try_from(length).unwrap_or(usize::MAX);
        while left > 0
            && let Some(mut chunk) = self.held.pop_front()
        {
            if chunk.len() > left {
                self.held.push_front(chunk.split_off(left));
            }
            left -= chunk.len();
            chunks.push(chunk);
        }
        self.held_bytes -= length;
        Ok(Segment { chunks, space })
    }

    async fn space(&mut self, length: u64, budget: &MemoryBudget) -> Result<Space, Error> {
        let Some(held) = &mut self.held_space else {
            return budget.take(length).await;
        };
        if let Some(part) = held.split(length) {
            return Ok(part);
        }
        let rest = self.held_space.take().filter(|rest| rest.bytes() + ROUNDING >= length);
        if let Some(rest) = rest {
            return Ok(rest);
        }
        // What was held is given back first: who holds some and waits for more can block another who does the same.
        budget.take(length).await
    }

    /// Puts a segment back before everything that was not sent yet.
    pub(super) fn put_back(&mut self, segment: Segment) {
        for chunk in segment.chunks.into_iter().rev() {
            self.held_bytes += chunk.len() as u64;
            self.held.push_front(chunk);
        }
        match &mut self.held_space {
            Some(space) => space.join(segment.space),
            None => self.held_space = Some(segment.space),
        }
    }

    /// Reads to the end, so that all facts are known: there must be nothing behind the last byte that was sent.
    pub(super) async fn finish(&mut self, call: &Call) -> Result<(), Error> {
        if self.held_bytes > 0 || self.look_ahead(call).await? {
            return Err(Error::new(
                ErrorCode::MediaSource,
                format!("{} goes on behind the length that it told", self.source.label()),
            ));
        }
        Ok(())
    }

    /// All that is left, in one piece. For media that are small by their kind.
    pub(super) async fn rest(&mut self, call: &Call) -> Result<Bytes, Error> {
        while self.look_ahead(call).await? {}
        self.held_bytes = 0;
        Ok(self.held.drain(..).collect::<Vec<_>>().concat().into())
    }

    /// Begins again at the first byte.
    pub(super) async fn restart(&mut self, call: &Call) -> Result<(), Error> {
        self.seek(call, 0).await?;
        self.sniffer = MediaSniffer::new();
        self.is_blind = false;
        Ok(())
    }

    /// Goes on at an offset. What lies before it is not read, so that what it could tell is not known.
    pub(super) async fn skip_to(&mut self, call: &Call, offset: u64) -> Result<(), Error> {
        self.seek(call, offset).await?;
        self.is_blind = true;
        Ok(())
    }

    async fn seek(&mut self, call: &Call, offset: u64) -> Result<(), Error> {
        self.source.restart_at(call, offset).await?;
        self.held.clear();
        self.held_bytes = 0;
        self.held_space = None;
        self.at_end = false;
        Ok(())
    }
}
