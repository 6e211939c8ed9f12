//! A chunked upload: INIT, parallel APPENDs while the source is still read, FINALIZE.

use std::pin::Pin;

use bytes::Bytes;
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::feed::{Feed, Segment};
use super::pace::Pace;
use super::prepare::refuse;
use super::transfer::Transfer;
use super::wire::{MediaAnswer, MediaFields};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::media::limits::check;
use crate::protocol::media::segments::SegmentPlan;
use crate::transport::exchange::{send_json, send_unit};

/// Upload sessions that one medium may take: the first, one for a session that X lost or refused, one for smaller
/// segments.
const MAX_SESSIONS: u32 = 3;

/// How a session ended.
enum SessionEnd {
    Finalized(Box<MediaFields>),
    /// The bytes have to go up again, for this reason.
    StartOver {
        plan: SegmentPlan,
        one_at_a_time: bool,
        why: Error,
    },
}

/// What became of one segment.
struct Sent {
    index: u32,
    offset: u64,
    segment: Segment,
    outcome: Result<u32, Error>,
}

impl Transfer<'_> {
    /// Uploads the whole feed in segments.
    pub(super) async fn in_segments(
        &self,
        feed: &mut Feed,
        mut plan: SegmentPlan,
    ) -> Result<MediaFields, Error> {
        let mut concurrency = self.call.client().config().upload.concurrency;
        let mut sessions = 0;
        loop {
            sessions += 1;
            match self.session(feed, plan, concurrency).await? {
                SessionEnd::Finalized(fields) => return Ok(*fields),
                SessionEnd::StartOver { why, .. }
                    if sessions >= MAX_SESSIONS || !feed.source().can_restart() =>
                {
                    return Err(why);
                }
                SessionEnd::StartOver { plan: next, one_at_a_time, .. } => {
                    plan = next;
                    if one_at_a_time {
                        concurrency = 1;
                    }
                    feed.restart(self.call).await?;
                    self.reporter.start_over();
                }
            }
        }
    }

    async fn session(
        &self,
        feed: &mut Feed,
        plan: SegmentPlan,
        concurrency: u32,
    ) -> Result<SessionEnd, Error> {
        let request = self.wire.initialize(self.content_type, plan.total_bytes, self.category)?;
        let (answer, _) = send_json::<MediaAnswer>(self.call, &request).await?;
        let opened = answer.fields()?;
        let mut appends = Appends {
            upload: self,
            media_id: opened.id(),
            plan,
            pace: Pace::new(concurrency),
            offset: 0,
            index: 0,
            highest_acknowledged: None,
        };
        if let Some(end) = appends.run(feed).await? {
            return Ok(end);
        }
        let plan = appends.plan;
        feed.finish(self.call).await?;
        // What only the whole file tells, such as a GIF's frames or the length of a video with its movie box behind.
        refuse(feed, check(feed.facts(), Some(plan.total_bytes), self.category))?;
        self.finalize(opened, plan).await
    }

    async fn finalize(&self, opened: MediaFields, plan: SegmentPlan) -> Result<SessionEnd, Error> {
        let finalized = match send_json::<MediaAnswer>(self.call, &self.wire.finalize(opened.id())).await {
            Ok((answer, _)) => answer.fields(),
            Err(error) => Err(error),
        };
        match finalized {
            Ok(mut fields) => {
                fields.media_key = fields.media_key.or(opened.media_key);
                Ok(SessionEnd::Finalized(Box::new(fields)))
            }
            Err(why) if does_not_add_up(&why) => Ok(SessionEnd::StartOver { plan, one_at_a_time: true, why }),
            Err(error) => Err(error),
        }
    }
}

/// X counted other bytes than were sent, as when parallel segments got in each other's way.
fn does_not_add_up(error: &Error) -> bool {
    error.fields().detail.as_deref().is_some_and(|detail| detail.contains("add up"))
}

/// The segments of one session.
struct Appends<'a, 'b> {
    upload: &'a Transfer<'b>,
    media_id: &'a str,
    plan: SegmentPlan,
    pace: Pace,
    /// Where the next segment begins, and its index.
    offset: u64,
    index: u32,
    highest_acknowledged: Option<u32>,
}

type Reading<'f> = Pin<Box<dyn Future<Output = (&'f mut Feed, Result<Segment, Error>)> + Send + 'f>>;

impl Appends<'_, '_> {
    /// Sends all segments; reading the next one goes on while others are in flight. Returns early only with a
    /// session that has to be started over.
    async fn run(&mut self, feed: &mut Feed) -> Result<Option<SessionEnd>, Error> {
        let upload = self.upload;
        let media_id = self.media_id;
        let mut idle = Some(feed);
        let mut reading: Option<Reading<'_>> = None;
        let mut in_flight = FuturesUnordered::new();
        let mut refused: Vec<Sent> = Vec::new();
        loop {
            let more = self.offset < self.plan.total_bytes && refused.is_empty();
            if more
                && in_flight.len() < self.pace.limit()
                && let Some(feed) = idle.take()
            {
                reading = Some(read(upload, feed, self.plan.length_at(self.offset)));
            }
            tokio::select! {
                Some(sent) = in_flight.next(), if !in_flight.is_empty() => {
                    if let Some(end) = self.note(sent, &mut refused)? {
                        return Ok(Some(end));
                    }
                }
                (feed, segment) = wait(&mut reading), if reading.is_some() => {
                    reading = None;
                    idle = Some(feed);
                    in_flight.push(append(upload, media_id, self.index, self.offset, segment?));
                    self.offset += self.plan.length_at(self.offset);
                    self.index += 1;
                }
                else => {
                    let Some(feed) = idle.as_deref_mut().filter(|_| !refused.is_empty()) else {
                        return Ok(None);
                    };
                    if let Some(end) = self.make_smaller(feed, std::mem::take(&mut refused))? {
                        return Ok(Some(end));
                    }
                }
            }
        }
    }

    /// Takes note of one segment's outcome.
    fn note(&mut self, sent: Sent, refused: &mut Vec<Sent>) -> Result<Option<SessionEnd>, Error> {
        match &sent.outcome {
            Ok(attempts) => {
                self.pace.acknowledged(*attempts);
                self.highest_acknowledged = self.highest_acknowledged.max(Some(sent.index));
                let length = sent.segment.chunks.iter().map(|chunk| chunk.len() as u64).sum();
                self.upload.reporter.acknowledged(length);
                Ok(None)
            }
            Err(error) if error.fields().status == Some(413) => {
                refused.push(sent);
                Ok(None)
            }
            // X does not know the session any more.
            Err(error) if error.code() == ErrorCode::NotFound => {
                Ok(Some(SessionEnd::StartOver { plan: self.plan, one_at_a_time: false, why: error.clone() }))
            }
            Err(error) => Err(error.clone()),
        }
    }

    /// X takes no segments of this size. With nothing acknowledged behind the first one that it refused, the session
    /// goes on from there with smaller ones; otherwise their numbers are taken, and it starts over.
    fn make_smaller(&mut self, feed: &mut Feed, mut refused: Vec<Sent>) -> Result<Option<SessionEnd>, Error> {
        refused.sort_by_key(|sent| std::cmp::Reverse(sent.offset));
        let Some((index, offset)) = refused.last().map(|first| (first.index, first.offset)) else {
            return Ok(None);
        };
        let why = too_large_for_x(self.plan.segment_bytes);
        if self.highest_acknowledged.is_some_and(|acknowledged| acknowledged > index) {
            let plan = self.plan.halved(0, 0).ok_or_else(|| why.clone())?;
            return Ok(Some(SessionEnd::StartOver { plan, one_at_a_time: false, why }));
        }
        self.plan = self.plan.halved(offset, index).ok_or(why)?;
        for sent in refused {
            feed.put_back(sent.segment);
        }
        self.offset = offset;
        self.index = index;
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

fn read<'f>(upload: &'f Transfer<'_>, feed: &'f mut Feed, length: u64) -> Reading<'f> {
    Box::pin(async move {
        let segment = feed.segment(upload.call, length, &upload.context.budget).await;
        (feed, segment)
    })
}

/// The segment that is being read. Only asked for while there is one.
async fn wait<'f>(reading: &mut Option<Reading<'f>>) -> (&'f mut Feed, Result<Segment, Error>) {
    match reading {
        Some(reading) => reading.await,
        None => std::future::pending().await,
    }
}

async fn append(upload: &Transfer<'_>, media_id: &str, index: u32, offset: u64, segment: Segment) -> Sent {
    let chunks: &[Bytes] = &segment.chunks;
    let outcome = match upload.wire.append(media_id, index, chunks) {
        Ok(request) => send_unit(upload.call, &request).await.map(|receipt| receipt.attempts),
        Err(error) => Err(error),
    };
    Sent { index, offset, segment, outcome }
}
