//! Uploads prepared media, alone or all of one post at once.

use futures_util::future::try_join_all;

use super::feed::Feed;
use super::metadata::{attach_alt_text, attach_subtitles};
use super::opening::open_ahead;
use super::picture::Room;
use super::prepare::{Origin, Prepared, examine};
use super::record::{Record, life_left_secs};
use super::status::wait_until_ready;
use super::transfer::{Reporter, Transfer};
use super::wire::{MediaFields, Wire};
use super::{SubtitleTrack, UploadContext, UploadedMedia};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::operation::Operation;
use crate::protocol::checkpoint::{MediaPhase, UploadCheckpoint};
use crate::protocol::media::category::MediaKind;
use crate::transport::call::Call;
use crate::transport::source::SourceReader;

/// Uploads all media of one post concurrently. The results are in the order given; the first failure stops the
/// others and says which medium it is about.
pub async fn upload_all(
    call: &Call,
    credentials: &Credentials,
    media: Vec<Prepared>,
    context: &UploadContext,
) -> Result<Vec<UploadedMedia>, Error> {
    let _opening = open_ahead(call, &media, context);
    try_join_all(
        media
            .into_iter()
            .zip(0..)
            .map(|(prepared, index)| upload(call, credentials, prepared, context, index)),
    )
    .await
}

/// Uploads one medium, waits until X has processed it, and attaches what belongs to it.
pub async fn upload(
    call: &Call,
    credentials: &Credentials,
    prepared: Prepared,
    context: &UploadContext,
    media_index: u32,
) -> Result<UploadedMedia, Error> {
    // On the heap: it holds a whole upload's state, and there may be four of them.
    Box::pin(upload_prepared(call, credentials, prepared, context, media_index)).await.map_err(|error| {
        error
            .with(|fields| fields.media_index = fields.media_index.or(Some(media_index)))
            .during(Operation::UploadMedia)
    })
}

async fn upload_prepared(
    call: &Call,
    credentials: &Credentials,
    prepared: Prepared,
    context: &UploadContext,
    media_index: u32,
) -> Result<UploadedMedia, Error> {
    let wire = Wire::new(context.api, credentials)?;
    let prepared = Box::pin(prepared.stripped(call, &context.budget)).await?;
    let Prepared {
        origin, label, category, content_type, total_bytes, alt_text, subtitles, original, ..
    } = prepared;
    let kept = match &origin {
        Origin::Source(_, kept) => kept.clone(),
        Origin::AtX { upload, .. } => Some(upload.clone()),
    };
    let what = (category, content_type, total_bytes);
    let record = Record::new(context.log.as_deref(), media_index, what, kept).of(original);
    let reporter = Reporter::new(context, media_index, total_bytes);
    let transfer = Transfer {
        call,
        wire,
        context,
        reporter: &reporter,
        record: &record,
        content_type,
        category,
        total_bytes,
    };
    match origin {
        Origin::Source(mut feed, kept) => transfer.bring(&mut feed, kept.as_ref()).await?,
        Origin::AtX { phase, upload, source, expected } => {
            if !transfer.finish(phase, &upload).await? {
                let source = transfer.again(source, expected, upload.bytes).await?;
                let again = Prepared { label, alt_text, subtitles, ..source };
                return Box::pin(upload_prepared(call, credentials, again, context, media_index)).await;
            }
        }
    }
    transfer.attach(alt_text, subtitles).await?;
    reporter.ready();
    let upload = record.upload();
    Ok(UploadedMedia {
        media_id: upload.id,
        media_key: upload.key,
        source: label,
        category,
        content_type,
        bytes: total_bytes,
        expires_at_ms: upload.expires_at,
        processed: upload.processed,
        prepared: upload.prepared.map(|prepared| prepared.action),
    })
}

impl Transfer<'_> {
    /// Brings a medium's bytes to X and waits until it can be posted.
    async fn bring(&self, feed: &mut Feed, kept: Option<&UploadCheckpoint>) -> Result<(), Error> {
        let sent = self.send(feed, kept).await?;
        self.settle(sent).await
    }

    /// Waits until X has processed what it has all bytes of.
    async fn settle(&self, sent: MediaFields) -> Result<(), Error> {
        if sent.processing().is_some() {
            self.record.has_all(MediaPhase::Processing, &sent).await?;
        }
        let fields =
            wait_until_ready(self.call, self.wire, sent, |percent| self.reporter.processing(percent)).await?;
        self.record.has_all(MediaPhase::Ready, &fields).await
    }

    /// Resumes a medium whose bytes an earlier process brought to X. Says whether X still knows it; if not, they
    /// have to be brought again.
    async fn finish(&self, phase: MediaPhase, upload: &UploadCheckpoint) -> Result<bool, Error> {
        self.reporter.acknowledged(self.total_bytes);
        if phase == MediaPhase::Ready {
            return Ok(true);
        }
        let settled = match self.finalize(MediaFields::kept(upload, life_left_secs(upload)), phase).await {
            Ok(fields) => self.settle(fields).await,
            Err(error) => Err(error),
        };
        match settled {
            Ok(()) => Ok(true),
            Err(error) if is_gone(&error) => {
                self.reporter.start_over();
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Looks into the source of a medium that X does not know any more.
    async fn again(
        &self,
        source: SourceReader,
        expected: Option<MediaKind>,
        bytes: u64,
    ) -> Result<Prepared, Error> {
        let label = source.label().to_owned();
        let budget = &self.context.budget;
        let room = Room { budget, memory_limit: budget.bytes() };
        let examined = examine(self.call, source, Some(self.category), expected, room).await?;
        let original = examined.original.as_ref();
        if original.map_or(examined.total_bytes, |original| original.bytes) == bytes {
            return Ok(examined.into_prepared(label));
        }
        let message = format!(
            "{label} changed since it was uploaded; its upload has expired, so start again without the checkpoint"
        );
        Err(Error::new(ErrorCode::MediaSource, message))
    }

    /// Attaches what belongs to the medium and is not attached yet.
    async fn attach(&self, alt_text: Option<String>, subtitles: Vec<SubtitleTrack>) -> Result<(), Error> {
        let UploadCheckpoint { id, alt_text: has_alt_text, subtitles: attached, .. } = self.record.upload();
        if let Some(text) = alt_text.filter(|text| !text.is_empty() && !has_alt_text) {
            attach_alt_text(self.call, self.wire, &id, &text).await?;
            self.record.note(MediaPhase::Ready, |upload| upload.alt_text = true).await?;
        }
        for track in subtitles.into_iter().skip(usize::try_from(attached).unwrap_or(usize::MAX)) {
            attach_subtitles(self.call, self.wire, self.context, (&id, self.category), track).await?;
            self.record.note(MediaPhase::Ready, |upload| upload.subtitles += 1).await?;
        }
        Ok(())
    }
}

/// X does not know the upload any more, or counts other bytes than were sent: both mend themselves by sending them
/// again.
fn is_gone(error: &Error) -> bool {
    error.code() == ErrorCode::NotFound || super::session::does_not_add_up(error)
}
