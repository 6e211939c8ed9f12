//! Uploads prepared media, alone or all of one post at once.

use futures_util::future::try_join_all;

use super::metadata::{attach_alt_text, attach_subtitles};
use super::prepare::Prepared;
use super::status::wait_until_ready;
use super::transfer::{Reporter, Transfer};
use super::wire::Wire;
use super::{UploadContext, UploadedMedia};
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::operation::Operation;
use crate::transport::clock::epoch_ms;

/// X's answers usually say how long a medium is kept; a day is what its page says.
const DEFAULT_LIFE_SECS: u64 = 24 * 3600;

/// Uploads all media of one post concurrently. The results stand in the order given; the first failure stops the
/// others and says which medium it is about.
pub async fn upload_all(
    call: &Call,
    credentials: &Credentials,
    media: Vec<Prepared>,
    context: &UploadContext,
) -> Result<Vec<UploadedMedia>, Error> {
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
    upload_prepared(call, credentials, prepared, context, media_index).await.map_err(|error| {
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
    let Prepared { mut feed, category, content_type, total_bytes, alt_text, subtitles } = prepared;
    let reporter = Reporter::new(context, media_index, total_bytes);
    let transfer = Transfer { call, wire, context, reporter: &reporter, content_type, category, total_bytes };
    let sent = transfer.send(&mut feed).await?;
    let processed = sent.processing().is_some();
    let fields = wait_until_ready(call, wire, sent, |percent| reporter.processing(percent)).await?;
    let media_id = fields.id().to_owned();
    if let Some(text) = alt_text.filter(|text| !text.is_empty()) {
        attach_alt_text(call, wire, &media_id, &text).await?;
    }
    attach_subtitles(call, wire, context, (&media_id, category), subtitles).await?;
    reporter.ready();
    let life = fields.expires_after_secs.unwrap_or(DEFAULT_LIFE_SECS);
    Ok(UploadedMedia {
        media_id,
        media_key: fields.media_key,
        source: feed.source().label().to_owned(),
        category,
        content_type,
        bytes: total_bytes,
        expires_at_ms: epoch_ms().saturating_add(life.saturating_mul(1000)),
        processed,
    })
}
