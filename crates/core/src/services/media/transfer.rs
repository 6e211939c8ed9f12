//! The bytes of one medium on their way to X.

use std::sync::atomic::{AtomicU64, Ordering};

use super::digest::digest_of;
use super::feed::Feed;
use super::prepare::refuse;
use super::record::Record;
use super::wire::{MediaAnswer, MediaFields, Wire};
use super::{ProgressEvent, UploadContext, UploadPhase};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::UploadCheckpoint;
use crate::protocol::media::category::{ContentType, MediaCategory, MediaKind};
use crate::protocol::media::limits::{ONE_SHOT_MAX_BYTES, check};
use crate::protocol::media::segments::SegmentPlan;
use crate::transport::call::Call;
use crate::transport::exchange::send_json;

/// A medium and how it goes up.
pub(super) struct Transfer<'a> {
    pub(super) call: &'a Call,
    pub(super) wire: Wire<'a>,
    pub(super) context: &'a UploadContext,
    pub(super) reporter: &'a Reporter<'a>,
    pub(super) record: &'a Record<'a>,
    pub(super) content_type: ContentType,
    pub(super) category: MediaCategory,
    pub(super) total_bytes: u64,
}

impl Transfer<'_> {
    /// Sends the bytes: a small still image in one request, everything else in segments. Those that are known to be
    /// at X already are left out.
    pub(super) async fn send(
        &self,
        feed: &mut Feed,
        kept: Option<&UploadCheckpoint>,
    ) -> Result<MediaFields, Error> {
        let budget = self.context.budget.bytes();
        if is_one_request(self.category, self.total_bytes, budget) {
            return self.at_once(feed).await;
        }
        let requested = self.call.client().config().upload.segment_bytes;
        let plan = SegmentPlan::choose(self.total_bytes, requested, budget)
            .map_err(|error| Error::new(ErrorCode::MediaTooLarge, error.to_string()))?;
        feed.lend(&self.context.budget);
        self.in_segments(feed, plan, kept).await
    }

    async fn at_once(&self, feed: &mut Feed) -> Result<MediaFields, Error> {
        let segment = feed.segment(self.call, self.total_bytes, &self.context.budget).await?;
        feed.finish(self.call).await?;
        refuse(feed, check(feed.facts(), Some(self.total_bytes), self.category))?;
        let kept = self.record.is_kept().then(|| segment.chunks.clone());
        let request = self.wire.one_shot(segment.chunks, self.category)?;
        let sending = send_json::<MediaAnswer>(self.call, &request);
        let (answer, _) = if let Some(chunks) = kept {
            // Made while it goes up, since nothing is written down before X has answered.
            let (sent, digest) = tokio::join!(sending, digest_of(0, chunks));
            let sent = sent?;
            self.record.went_up_whole(feed.source().validator(), &digest);
            sent
        } else {
            sending.await?
        };
        drop(segment.space);
        self.reporter.acknowledged(self.total_bytes);
        answer.fields()
    }
}

/// Whether a medium goes up in one request: a small still image that fits into the memory for it.
pub(super) fn is_one_request(category: MediaCategory, total_bytes: u64, budget: u64) -> bool {
    category.kind() == MediaKind::Image && total_bytes <= ONE_SHOT_MAX_BYTES.min(budget)
}

/// Reports the progress of one medium.
pub(super) struct Reporter<'a> {
    context: &'a UploadContext,
    media_index: u32,
    total_bytes: u64,
    sent: AtomicU64,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(context: &'a UploadContext, media_index: u32, total_bytes: u64) -> Self {
        Self { context, media_index, total_bytes, sent: AtomicU64::new(0) }
    }

    fn tell(&self, phase: UploadPhase, processing_percent: Option<u32>) {
        if let Some(progress) = &self.context.progress {
            progress(ProgressEvent {
                media_index: self.media_index,
                phase,
                bytes_sent: self.sent.load(Ordering::Relaxed),
                total_bytes: self.total_bytes,
                processing_percent,
            });
        }
    }

    pub(super) fn acknowledged(&self, bytes: u64) {
        self.sent.fetch_add(bytes, Ordering::Relaxed);
        self.tell(UploadPhase::Uploading, None);
    }

    pub(super) fn start_over(&self) {
        self.sent.store(0, Ordering::Relaxed);
    }

    pub(super) fn processing(&self, percent: Option<u32>) {
        self.tell(UploadPhase::Processing, percent);
    }

    pub(super) fn ready(&self) {
        self.tell(UploadPhase::Ready, None);
    }
}
