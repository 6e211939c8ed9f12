//! The segments of one upload session.

use std::pin::Pin;

use futures_util::future::OptionFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio_util::sync::CancellationToken;

use super::digest::digest_of;
use super::feed::{Feed, Segment};
use super::pace::Pace;
use super::transfer::Transfer;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Acknowledged, MediaPhase, UploadCheckpoint};
use crate::protocol::media::segments::SegmentPlan;
use crate::transport::exchange::{Receipt, send_unit};
use crate::transport::turn::{Turn, Turns};

/// The bytes have to go up again.
pub(super) struct StartOver {
    pub(super) plan: SegmentPlan,
    pub(super) one_at_a_time: bool,
    pub(super) why: Error,
}

/// Sends the segments of one session.
pub(super) struct Appends<'a, 'b> {
    upload: &'a Transfer<'b>,
    media_id: &'a str,
    plan: SegmentPlan,
    pace: Pace,
    /// Where the next segment begins, and its index.
    offset: u64,
    index: u32,
    highest_acknowledged: Option<u32>,
    /// One segment after the other is acknowledged and written down.
    turns: Option<Turns>,
    /// What an earlier process sent.
    kept: Kept,
}

/// Segments that X has from an earlier process.
#[derive(Default)]
struct Kept {
    acknowledged: Acknowledged,
    /// The size of segments from an index on.
    sizes: Vec<(u32, u64)>,
    /// Those that were read again.
    read: Acknowledged,
    /// The source proves that they are the same.
    is_proven: bool,
}

/// What became of one segment.
struct Sent {
    index: u32,
    offset: u64,
    segment: Segment,
    outcome: Result<Receipt, Error>,
}

type Reading<'f> = Pin<Box<dyn Future<Output = (&'f mut Feed, Result<Option<Segment>, Error>)> + Send + 'f>>;

impl<'a, 'b> Appends<'a, 'b> {
    pub(super) fn new(
        upload: &'a Transfer<'b>,
        media_id: &'a str,
        plan: SegmentPlan,
        concurrency: u32,
    ) -> Self {
        Self {
            upload,
            media_id,
            plan,
            pace: Pace::new(concurrency, upload.call.client().config().request_timeout / 3),
            offset: 0,
            index: 0,
            highest_acknowledged: None,
            turns: upload.record.is_durable().then(Turns::new),
            kept: Kept::default(),
        }
    }

    pub(super) fn plan(&self) -> SegmentPlan {
        self.plan
    }

    /// Goes on where an earlier process stopped. A source that proves to be the same is read from the first byte
    /// that is missing; any other is read again, and what X has of it is compared.
    pub(super) async fn go_on(&mut self, feed: &mut Feed, upload: &UploadCheckpoint) -> Result<(), Error> {
        self.kept = Kept {
            acknowledged: upload.acknowledged.clone(),
            sizes: upload.segments.clone(),
            read: Acknowledged::default(),
            // An earlier call may have sent the same source's bytes with their location.
            is_proven: feed.is_unchanged()
                && upload.etag.is_some()
                && feed.source().validator() == upload.etag.as_deref(),
        };
        self.highest_acknowledged = upload.acknowledged.highest();
        self.take_size();
        if !self.kept.is_proven || !feed.source().can_restart() {
            return Ok(());
        }
        while self.kept.acknowledged.has(self.index) && self.offset < self.plan.total_bytes {
            self.upload.reporter.acknowledged(self.plan.length_at(self.offset));
            self.advance();
        }
        if self.offset > 0 { feed.skip_to(self.upload.call, self.offset).await } else { Ok(()) }
    }

    /// Sends all segments; the next one is read while others are in flight. Returns early only with a
    /// session that has to be started over.
    pub(super) async fn run(&mut self, feed: &mut Feed) -> Result<Option<StartOver>, Error> {
        let upload = self.upload;
        let media_id = self.media_id;
        let mut idle = Some(feed);
        let mut reading: Option<Reading<'_>> = None;
        let mut in_flight = FuturesUnordered::new();
        let _stop = self.turns.as_ref().map(Turns::stop_at_end);
        let mut refused: Vec<Sent> = Vec::new();
        let mut given_up = CancellationToken::new();
        loop {
            let more = self.offset < self.plan.total_bytes && refused.is_empty();
            if more
                && in_flight.len() < self.pace.limit()
                && let Some(feed) = idle.take()
            {
                given_up = CancellationToken::new();
                reading = Some(read(upload, feed, self.plan.length_at(self.offset), given_up.clone()));
            }
            tokio::select! {
                Some(sent) = in_flight.next(), if !in_flight.is_empty() => {
                    if let Some(start_over) = self.note(sent, &mut refused)? {
                        return Ok(Some(start_over));
                    }
                    if !refused.is_empty() {
                        // The space that it waits for may be that of the segments which were refused.
                        given_up.cancel();
                    }
                }
                Some((feed, segment)) = OptionFuture::from(reading.as_mut()), if reading.is_some() => {
                    reading = None;
                    idle = Some(feed);
                    let Some(segment) = segment? else {
                        continue;
                    };
                    if self.kept.acknowledged.has(self.index) {
                        self.compare(segment).await;
                    } else {
                        let turn = self.turns.as_ref().map(Turns::turn);
                        in_flight.push(append(upload, turn, media_id, self.index, self.offset, segment));
                    }
                    self.advance();
                }
                else => {
                    let first = refused.iter().map(|sent| (sent.offset, sent.index)).min();
                    let (Some(first), Some(feed)) = (first, idle.as_deref_mut()) else {
                        return Ok(self.changed());
                    };
                    let refused = std::mem::take(&mut refused);
                    if let Some(start_over) = self.make_smaller(feed, first, refused).await? {
                        return Ok(Some(start_over));
                    }
                }
            }
        }
    }

    /// On to the next segment.
    fn advance(&mut self) {
        self.offset += self.plan.length_at(self.offset);
        self.index += 1;
        self.take_size();
    }

    /// Segments of an earlier process may have become smaller on the way.
    fn take_size(&mut self) {
        if let Some((_, bytes)) = self.kept.sizes.iter().find(|(index, _)| *index == self.index) {
            self.plan.segment_bytes = *bytes;
        }
    }

    /// Takes note of what a segment held that X has already.
    async fn compare(&mut self, segment: Segment) {
        let length = segment.chunks.iter().map(|chunk| chunk.len() as u64).sum();
        self.upload.reporter.acknowledged(length);
        if !self.kept.is_proven {
            self.kept.read.add(self.index, &digest_of(self.index, segment.chunks).await);
        }
    }

    /// X has bytes that the source does not hold any more.
    fn changed(&self) -> Option<StartOver> {
        let kept = &self.kept;
        if kept.acknowledged.is_empty() || kept.is_proven || kept.read.is_same(&kept.acknowledged) {
            return None;
        }
        let why = Error::new(ErrorCode::MediaSource, "the source changed since its upload was begun");
        Some(StartOver { plan: self.plan, one_at_a_time: false, why })
    }

    /// Takes note of one segment's outcome.
    fn note(&mut self, sent: Sent, refused: &mut Vec<Sent>) -> Result<Option<StartOver>, Error> {
        match &sent.outcome {
            Ok(receipt) => {
                self.pace.acknowledged(receipt.attempts, receipt.took.unwrap_or_default());
                self.highest_acknowledged = self.highest_acknowledged.max(Some(sent.index));
                let length = sent.segment.chunks.iter().map(|chunk| chunk.len() as u64).sum();
                self.upload.reporter.acknowledged(length);
                Ok(None)
            }
            Err(error) if error.fields().status == Some(413) => {
                refused.push(sent);
                Ok(None)
            }
            Err(error) if self.is_forgotten(error) => {
                Ok(Some(StartOver { plan: self.plan, one_at_a_time: false, why: error.clone() }))
            }
            Err(error) => Err(error.clone()),
        }
    }

    /// X does not know the session any more. It says so with 404, or, of one that it did know, with 400.
    fn is_forgotten(&self, error: &Error) -> bool {
        let was_known = self.highest_acknowledged.is_some();
        error.code() == ErrorCode::NotFound || (was_known && error.fields().status == Some(400))
    }

    /// X takes no segments of this size. With nothing acknowledged after the first one that it refused, the session
    /// continues from there with smaller ones; otherwise their numbers are taken, and it starts over.
    async fn make_smaller(
        &mut self,
        feed: &mut Feed,
        (offset, index): (u64, u32),
        mut refused: Vec<Sent>,
    ) -> Result<Option<StartOver>, Error> {
        let why = too_large_for_x(self.plan.segment_bytes);
        if self.highest_acknowledged.is_some_and(|acknowledged| acknowledged > index) {
            let plan = self.plan.halved(0, 0).ok_or_else(|| why.clone())?;
            return Ok(Some(StartOver { plan, one_at_a_time: false, why }));
        }
        self.plan = self.plan.halved(offset, index).ok_or(why)?;
        refused.sort_by_key(|sent| std::cmp::Reverse(sent.offset));
        for sent in refused {
            feed.put_back(sent.segment);
        }
        self.offset = offset;
        self.index = index;
        self.kept.sizes.retain(|(from, _)| *from < index);
        let segment_bytes = self.plan.segment_bytes;
        self.upload
            .record
            .note(MediaPhase::Append, |upload| {
                upload.segments.retain(|(from, _)| *from < index);
                upload.segments.push((index, segment_bytes));
            })
            .await?;
        Ok(None)
    }
}

fn too_large_for_x(segment_bytes: u64) -> Error {
    Error::new(
        ErrorCode::MediaTooLarge,
        format!("413 - X refuses segments of {segment_bytes} bytes, and smaller ones would be too many"),
    )
    .with(|fields| fields.status = Some(413))
}

fn read<'f>(
    upload: &'f Transfer<'_>,
    feed: &'f mut Feed,
    length: u64,
    given_up: CancellationToken,
) -> Reading<'f> {
    Box::pin(async move {
        let segment = feed.segment_unless(upload.call, length, &upload.context.budget, &given_up).await;
        (feed, segment)
    })
}

/// Sends one segment. With turns it is written down before the next one can be acknowledged.
async fn append(
    upload: &Transfer<'_>,
    turn: Option<Turn>,
    media_id: &str,
    index: u32,
    offset: u64,
    segment: Segment,
) -> Sent {
    let sending = async {
        let _lane = upload.context.lanes.enter().await;
        let request =
            upload.wire.append(media_id, index, &segment.chunks, turn.as_ref().map(Turn::waiting))?;
        send_unit(upload.call, &request).await
    };
    let outcome = if let Some(turn) = &turn {
        let (sent, digest) = tokio::join!(sending, digest_of(index, segment.chunks.clone()));
        match sent {
            Ok(receipt) => {
                let noted = upload
                    .record
                    .note(MediaPhase::Append, |upload| upload.acknowledged.add(index, &digest))
                    .await;
                if noted.is_err() {
                    turn.close();
                }
                noted.map(|()| receipt)
            }
            Err(error) => Err(error),
        }
    } else {
        sending.await
    };
    Sent { index, offset, segment, outcome }
}
