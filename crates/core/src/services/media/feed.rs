//! A source cut into segments while it is read, and looked at on the way.

use std::collections::VecDeque;

use bytes::Bytes;
use tokio_util::sync::CancellationToken;

use super::locations::BlankedLocations;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::memory::{MemoryBudget, Pieces, Space};
use crate::protocol::media::category::ContentType;
use crate::protocol::media::preparation::Prepare;
use crate::protocol::media::sniff::{MediaFacts, MediaSniffer};
use crate::transport::call::Call;
use crate::transport::source::SourceReader;

/// Bytes that are looked at before the first of them is sent. A GIF's second frame has to begin within them for the GIF to
/// be taken as still or animated by its frames; a first frame that is larger is taken as the beginning of an animation.
const MAX_HEAD_BYTES: u64 = 1024 * 1024;

/// Skipping fewer bytes than this is slower than reading them.
pub(super) const MIN_SKIP: u64 = 256 * 1024;

/// Runs of bytes that go up together, and the space that they take.
pub(super) struct Segment {
    pub(super) chunks: Vec<Bytes>,
    pub(super) space: Space,
}

/// A source on its way to X.
pub(super) struct Feed {
    source: SourceReader,
    sniffer: MediaSniffer,
    /// What is done to a video's bytes on the way.
    locations: BlankedLocations,
    /// Read already, not yet sent.
    held: VecDeque<Bytes>,
    /// What was read last, if it is copied.
    pieces: Pieces,
    /// Bytes in both.
    held_bytes: u64,
    /// The space that held bytes keep which were part of a segment before.
    held_space: Option<Space>,
    at_end: bool,
    /// A part was left out, so the rest can't be looked at.
    is_blind: bool,
}

impl Feed {
    /// `prepare` says whether a video's locations are blanked.
    pub(super) fn new(source: SourceReader, prepare: Prepare) -> Self {
        Self {
            source,
            sniffer: MediaSniffer::new(),
            locations: BlankedLocations::new(prepare != Prepare::Off),
            held: VecDeque::new(),
            pieces: Pieces::default(),
            held_bytes: 0,
            held_space: None,
            at_end: false,
            is_blind: false,
        }
    }

    pub(super) fn source(&self) -> &SourceReader {
        &self.source
    }

    /// Lets the source be read ahead of what goes up, where that waits for it.
    pub(super) fn lend(&mut self, budget: &MemoryBudget) {
        self.source.lend(budget);
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

    /// The type is known, for a GIF whether it moves, for a picture its size, and for a video whatever is said near its
    /// beginning. A movie box that lies after the samples is read on the way.
    pub(super) fn is_identified(&self) -> bool {
        let facts = self.facts();
        match facts.content_type {
            None => self.is_known(),
            Some(ContentType::Gif) => {
                facts.animated.is_some() || self.is_known() || self.held_bytes() >= MAX_HEAD_BYTES
            }
            Some(ContentType::Jpeg | ContentType::Png | ContentType::Webp) => {
                facts.width.is_some() || self.is_known() || self.held_bytes() >= MAX_HEAD_BYTES
            }
            Some(ContentType::Mp4 | ContentType::QuickTime | ContentType::Webm) => {
                self.is_known() || self.held_bytes().max(self.next_offset()) >= MAX_HEAD_BYTES
            }
            Some(_) => true,
        }
    }

    /// Reads one more run of bytes and holds it. Says whether there was one.
    pub(super) async fn look_ahead(&mut self, call: &Call) -> Result<bool, Error> {
        if self.at_end {
            return Ok(false);
        }
        let Some(chunk) = self.source.next_chunk(call).await? else {
            self.at_end = true;
            if !self.is_blind {
                self.sniffer.end();
            }
            let rest = self.locations.rest();
            return Ok(self.hold_chunks(rest));
        };
        let ready = if self.is_blind { vec![chunk] } else { self.locations.pass(&mut self.sniffer, chunk) };
        self.hold_chunks(ready);
        Ok(true)
    }

    /// Says whether there was anything.
    fn hold_chunks(&mut self, chunks: Vec<Bytes>) -> bool {
        let before = self.held_bytes;
        for chunk in chunks {
            self.held_bytes += chunk.len() as u64;
            if self.source.has_large_buffers() {
                self.held.extend(self.pieces.push(&chunk));
            } else {
                self.held.push_back(chunk);
            }
        }
        self.held_bytes > before
    }

    /// A video said where it was taken: other bytes go up than the source's.
    pub(super) fn has_blanked(&self) -> bool {
        self.locations.has_found()
    }

    /// All bytes of the source go up as they are, those included that were not read yet.
    pub(super) fn is_unchanged(&self) -> bool {
        self.locations.is_unchanged(&self.sniffer)
    }

    /// Whether a video says where it was taken, wherever in its source that lies. Only for a look: nothing can be sent after.
    pub(super) async fn has_location(&mut self, call: &Call) -> Result<bool, Error> {
        // Those that were met on the way up are taken out of the facts.
        let has_found = |feed: &Self| {
            feed.has_blanked() || feed.locations.is_wanted() && !feed.facts().locations.is_empty()
        };
        while !self.is_unchanged() && !has_found(self) && !self.is_known() && self.source.can_restart() {
            if self.sniffer.skippable() > MIN_SKIP {
                let wanted = self.next_offset();
                if self.source.length().is_some_and(|length| wanted >= length) {
                    break;
                }
                self.source.restart_at(call, wanted).await?;
                self.sniffer.jump();
            }
            let Some(chunk) = self.source.next_chunk(call).await? else {
                break;
            };
            self.sniffer.push(&chunk);
        }
        Ok(has_found(self))
    }

    /// All that is held, in order.
    fn held(&mut self) -> &mut VecDeque<Bytes> {
        self.held.extend(self.pieces.rest());
        &mut self.held
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
            space = self.space(length, budget) => space,
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
        let space = self.space(length, budget).await;
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
        let held = self.held();
        while left > 0
            && let Some(mut chunk) = held.pop_front()
        {
            if chunk.len() > left {
                held.push_front(chunk.split_off(left));
            }
            left -= chunk.len();
            chunks.push(chunk);
        }
        self.held_bytes -= length;
        Ok(Segment { chunks, space })
    }

    async fn space(&mut self, length: u64, budget: &MemoryBudget) -> Space {
        if let Some(part) = self.held_space.as_mut().and_then(|held| held.split(length)) {
            return part;
        }
        // What was held is given back first: who holds some and waits for more can block another who does the same.
        self.held_space = None;
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

    /// Reads to the end, so that all facts are known: there must be nothing after the last byte that was sent.
    pub(super) async fn finish(&mut self, call: &Call) -> Result<(), Error> {
        if self.held_bytes > 0 || self.look_ahead(call).await? {
            return Err(Error::new(
                ErrorCode::MediaSource,
                format!("{} is longer than its declared length", self.source.label()),
            ));
        }
        Ok(())
    }

    /// All of it, in the runs that it was read in. It stays held, to be sent.
    pub(super) async fn whole(&mut self, call: &Call, length: u64) -> Result<Vec<Bytes>, Error> {
        while self.held_bytes <= length && self.look_ahead(call).await? {}
        if self.held_bytes != length {
            let label = self.source.label();
            let message = match length.checked_sub(self.held_bytes) {
                Some(missing) => format!("{label} ended {missing} bytes early"),
                None => format!("{label} is longer than its declared length"),
            };
            return Err(Error::new(ErrorCode::MediaSource, message));
        }
        Ok(self.held().iter().cloned().collect())
    }

    /// Keeps the space of what is held, until that is sent.
    pub(super) fn hold(&mut self, space: Space) {
        self.held_space = Some(space);
    }

    /// What it reads from.
    pub(super) fn into_source(self) -> SourceReader {
        self.source
    }

    /// All that is left, in one piece, and no longer in those that it was read in.
    pub(super) async fn rest(&mut self, call: &Call) -> Result<Bytes, Error> {
        while self.look_ahead(call).await? {}
        self.held_bytes = 0;
        Ok(self.held().drain(..).collect::<Vec<_>>().concat().into())
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
        self.pieces = Pieces::default();
        self.held_bytes = 0;
        self.held_space = None;
        self.locations.restart();
        self.at_end = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
