//! A chunked upload: INIT, parallel APPENDs while the source is still read, FINALIZE.

use super::appends::{Appends, StartOver};
use super::feed::Feed;
use super::prepare::refuse;
use super::record::life_left_secs;
use super::transfer::Transfer;
use super::wire::{MediaAnswer, MediaFields};
use crate::error::Error;
use crate::protocol::checkpoint::{MediaPhase, UploadCheckpoint};
use crate::protocol::media::limits::check;
use crate::protocol::media::segments::SegmentPlan;
use crate::transport::exchange::send_json;

/// Upload sessions that one medium may take: the first, one for a session that X lost or refused, one for smaller
/// segments.
const MAX_SESSIONS: u32 = 3;
/// How often an upload is finalized whose answer was lost.
const MAX_FINALIZATIONS: u32 = 3;

/// How a session ended.
enum SessionEnd {
    Finalized(Box<MediaFields>),
    StartOver(StartOver),
}

impl Transfer<'_> {
    /// Uploads the whole feed in segments, resuming an earlier process's session if there is one.
    pub(super) async fn in_segments(
        &self,
        feed: &mut Feed,
        mut plan: SegmentPlan,
        mut kept: Option<&UploadCheckpoint>,
    ) -> Result<MediaFields, Error> {
        let mut concurrency = self.call.client().config().upload.concurrency;
        let mut sessions = 0;
        loop {
            sessions += 1;
            match self.session(feed, plan, concurrency, kept.take()).await? {
                SessionEnd::Finalized(fields) => return Ok(*fields),
                SessionEnd::StartOver(StartOver { why, .. })
                    if sessions >= MAX_SESSIONS || !feed.source().can_restart() =>
                {
                    return Err(why);
                }
                SessionEnd::StartOver(StartOver { plan: next, one_at_a_time, .. }) => {
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
        kept: Option<&UploadCheckpoint>,
    ) -> Result<SessionEnd, Error> {
        let opened = match kept {
            Some(upload) => MediaFields::kept(upload, life_left_secs(upload)),
            None => self.initialize(feed.source().validator().map(str::to_owned), plan).await?,
        };
        let mut appends = Appends::new(self, opened.id(), plan, concurrency);
        if let Some(upload) = kept {
            appends.go_on(feed, upload).await?;
        }
        if let Some(start_over) = appends.run(feed).await? {
            return Ok(SessionEnd::StartOver(start_over));
        }
        feed.finish(self.call).await?;
        // What only the whole file shows, such as a GIF's frames or the length of a video with its movie box after.
        refuse(feed, check(feed.facts(), Some(plan.total_bytes), self.category))?;
        self.record.all_sent(feed.has_blanked()).await?;
        let plan = appends.plan();
        match self.finalize(opened, MediaPhase::Finalize).await {
            Ok(fields) => Ok(SessionEnd::Finalized(Box::new(fields))),
            Err(why) if does_not_add_up(&why) => {
                Ok(SessionEnd::StartOver(StartOver { plan, one_at_a_time: true, why }))
            }
            Err(error) => Err(error),
        }
    }

    async fn initialize(&self, validator: Option<String>, plan: SegmentPlan) -> Result<MediaFields, Error> {
        let request = self.wire.initialize(self.content_type, plan.total_bytes, self.category)?;
        let (answer, _) = send_json::<MediaAnswer>(self.call, &request).await?;
        let opened = answer.fields()?;
        self.record.opened(&opened, validator.as_deref(), plan.segment_bytes).await?;
        Ok(opened)
    }

    /// Ends the upload. Where the answer is lost, X is asked what became of it before it is asked again; one that was
    /// being processed already is asked about first.
    pub(super) async fn finalize(
        &self,
        opened: MediaFields,
        phase: MediaPhase,
    ) -> Result<MediaFields, Error> {
        let mut finalizations = 0;
        let mut ask = phase > MediaPhase::Finalize;
        loop {
            if std::mem::take(&mut ask)
                && let Some(fields) = self.inspect(opened.id()).await?
            {
                return Ok(fields.keyed_like(&opened));
            }
            finalizations += 1;
            match send_json::<MediaAnswer>(self.call, &self.wire.finalize(opened.id())).await {
                Ok((answer, _)) => return answer.fields().map(|fields| fields.keyed_like(&opened)),
                Err(error) if error.fields().may_be_processed && finalizations < MAX_FINALIZATIONS => {
                    ask = true;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// What X says of an upload that may be finalized. `None` if it says nothing: a still image has no status, and
    /// neither has an upload whose end X never heard of.
    async fn inspect(&self, id: &str) -> Result<Option<MediaFields>, Error> {
        match send_json::<MediaAnswer>(self.call, &self.wire.status(id)).await {
            Ok((answer, _)) => Ok(answer.fields().ok().filter(|fields| fields.processing().is_some())),
            Err(error) if matches!(error.fields().status, Some(400 | 404)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// X counted other bytes than were sent, as when parallel segments got in each other's way.
pub(super) fn does_not_add_up(error: &Error) -> bool {
    error.fields().detail.as_deref().is_some_and(|detail| detail.contains("add up"))
}
