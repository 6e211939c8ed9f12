//! Uploads a post's media.

use std::sync::{Arc, Mutex};

use futures_util::future::try_join_all;

use super::content::{MediaInput, MediumOutline, PublishContent, check_kinds};
use super::facts::Facts;
use super::journal::Journal;
use super::options::PublishOptions;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::locks::locked;
use crate::operation::Operation;
use crate::protocol::checkpoint::{MediaPhase, PostCheckpoint, UploadCheckpoint};
use crate::protocol::media::category::{ContentType, MediaCategory};
use crate::services::media::{
    Lanes, Prepared, UploadContext, UploadRequest, UploadedMedia, are_quick, prepare, upload_all,
};
use crate::transport::call::Call;
use crate::transport::opened::Opening;

/// Whose media go up, and where that is written down.
pub(super) struct Uploads<'a> {
    pub(super) call: &'a Call,
    pub(super) credentials: &'a Credentials,
    pub(super) options: &'a PublishOptions,
    pub(super) journal: &'a Arc<Journal>,
    /// The post, whose other members decide which media it may have.
    pub(super) content: &'a Mutex<Box<PublishContent>>,
    /// Where a dry run says what would be done with each medium.
    pub(super) facts: &'a Mutex<Facts>,
    /// Holds the connection that the post will go over, if it is opened before.
    pub(super) opening: &'a Mutex<Option<Opening>>,
}

/// Looks at all media before the first byte of any goes up, so that a mixture is refused while nothing is half done.
/// A dry run ends there.
pub(super) async fn upload_media(
    uploads: Uploads<'_>,
    inputs: Vec<MediaInput>,
) -> Result<Vec<UploadedMedia>, Error> {
    if inputs.is_empty() {
        return Ok(Vec::new());
    }
    let Uploads { call, credentials, options, journal, content, facts, opening } = uploads;
    let call = &call.clone().preparing(options.prepare);
    let budget = call.client().config().upload.memory();
    let outlines: Vec<MediumOutline> = inputs.iter().map(MediaInput::outline).collect();
    let share = budget.bytes() / inputs.len().max(1) as u64;
    let kept = journal.media();
    let prepared: Vec<Prepared> = try_join_all(inputs.into_iter().zip(kept).zip(0..).map(
        async |((input, kept), media_index): (_, u32)| {
            let on_other_bytes = options.on_other_bytes;
            let request = UploadRequest { kept, on_other_bytes, ..UploadRequest::from(input) };
            prepare(call, request, &budget, share).await.map_err(|error| {
                error.with(|fields| fields.media_index = Some(media_index)).during(Operation::UploadMedia)
            })
        },
    ))
    .await?;
    let categories = prepared.iter().map(Prepared::category);
    check_kinds(&locked(content), &outlines.into_iter().zip(categories).collect::<Vec<_>>())?;
    if options.dry_run {
        for (prepared, media_index) in prepared.into_iter().zip(0..) {
            let done = prepared.preparation(call, &budget).await.map_err(|error| {
                error.with(|fields| fields.media_index = Some(media_index)).during(Operation::UploadMedia)
            })?;
            locked(facts).preparations.push(done);
        }
        return Ok(Vec::new());
    }
    let uploading = UploadContext {
        api: options.media_api,
        budget,
        lanes: Lanes::new(call.client().config().upload.concurrency),
        progress: options.progress.clone(),
        log: Some(Arc::clone(journal) as _),
    };
    if are_quick(&prepared, &uploading) {
        // Whoever needs a connection that can't be opened finds out why.
        *locked(opening) = call.client().open_for_post().ok().flatten();
    }
    upload_all(call, credentials, prepared, &uploading).await
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
    let bytes = upload.uploaded_bytes();
    Some(UploadedMedia {
        category: MediaCategory::parse(&upload.category)?,
        content_type: ContentType::parse(&upload.content_type)?,
        media_id: upload.id,
        media_key: upload.key,
        source,
        bytes,
        expires_at_ms: upload.expires_at,
        processed: upload.processed,
        prepared: upload.prepared.map(|prepared| prepared.action),
    })
}
