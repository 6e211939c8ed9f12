//! Uploads a post's media.

use std::sync::Arc;

use futures_util::future::try_join_all;

use super::content::{MediaInput, MediumOutline, check_kinds};
use super::run::Run;
use crate::error::Error;
use crate::operation::Operation;
use crate::protocol::checkpoint::{MediaPhase, PostCheckpoint, UploadCheckpoint};
use crate::protocol::media::category::{ContentType, MediaCategory};
use crate::services::media::{
    Lanes, MemoryBudget, Prepared, UploadContext, UploadRequest, UploadedMedia, prepare, upload_all,
};

/// Looks at all media before the first byte of any goes up, so that a mixture is refused while nothing is half done.
/// A dry run ends there.
pub(super) async fn upload_media(
    run: &Run<'_>,
    inputs: Vec<MediaInput>,
) -> Result<Vec<UploadedMedia>, Error> {
    if inputs.is_empty() {
        return Ok(Vec::new());
    }
    let (call, options) = (run.call, run.options);
    let budget = MemoryBudget::new(call.client().config().upload.max_buffered_bytes);
    let outlines: Vec<MediumOutline> = inputs.iter().map(MediaInput::outline).collect();
    let share = budget.bytes() / inputs.len().max(1) as u64;
    let kept = run.journal.media();
    let prepared: Vec<Prepared> = try_join_all(inputs.into_iter().zip(kept).zip(0..).map(
        async |((input, kept), media_index): (_, u32)| {
            let on_other_bytes = options.on_other_bytes;
            let request = UploadRequest { kept, on_other_bytes, ..UploadRequest::from(input) };
            prepare(call, request, share).await.map_err(|error| {
                error.with(|fields| fields.media_index = Some(media_index)).during(Operation::UploadMedia)
            })
        },
    ))
    .await?;
    let categories = prepared.iter().map(Prepared::category);
    check_kinds(&run.content(), &outlines.into_iter().zip(categories).collect::<Vec<_>>())?;
    if options.dry_run {
        return Ok(Vec::new());
    }
    let uploading = UploadContext {
        api: options.media_api,
        budget,
        lanes: Lanes::new(call.client().config().upload.concurrency),
        progress: options.progress.clone(),
        log: Some(Arc::clone(&run.journal) as _),
    };
    upload_all(call, run.publishers.media, prepared, &uploading).await
}

/// The media of a post that exists, as far as its checkpoint knows them.
pub(super) fn media_of(post: &PostCheckpoint, labels: &[String]) -> Vec<UploadedMedia> {
    let uploads = own_media(post).into_iter().zip(labels);
    uploads.filter_map(|(upload, label)| known(upload, label.clone())).collect()
}

/// What was uploaded for this post alone.
pub(super) fn own_media(post: &PostCheckpoint) -> Vec<UploadCheckpoint> {
    let ready = post.media.iter().filter(|medium| medium.phase == MediaPhase::Ready);
    ready.filter_map(|medium| medium.upload.clone()).collect()
}

/// A medium that an earlier call uploaded, or this one before it was ended.
fn known(upload: UploadCheckpoint, source: String) -> Option<UploadedMedia> {
    Some(UploadedMedia {
        category: MediaCategory::parse(&upload.category)?,
        content_type: ContentType::parse(&upload.content_type)?,
        media_id: upload.id,
        media_key: upload.key,
        source,
        bytes: upload.bytes,
        expires_at_ms: upload.expires_at,
        processed: upload.processed,
    })
}
