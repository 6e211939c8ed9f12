//! What is attached to a medium before the post: a description, subtitles.

use super::transfer::{Reporter, Transfer};
use super::wire::Wire;
use super::{SubtitleTrack, UploadContext, UploadRequest, prepare};
use crate::call::Call;
use crate::error::Error;
use crate::protocol::media::category::{MediaCategory, MediaKind};
use crate::transport::exchange::send_unit;

pub(super) async fn attach_alt_text(
    call: &Call,
    wire: Wire<'_>,
    media_id: &str,
    text: &str,
) -> Result<(), Error> {
    send_unit(call, &wire.alt_text(media_id, text)?).await.map(drop)
}

/// Uploads each track and ties it to its video.
pub(super) async fn attach_subtitles(
    call: &Call,
    wire: Wire<'_>,
    context: &UploadContext,
    video: (&str, MediaCategory),
    tracks: Vec<SubtitleTrack>,
) -> Result<(), Error> {
    let (video_id, category) = video;
    for track in tracks {
        let request = UploadRequest {
            source: track.source,
            category: Some(MediaCategory::Subtitles),
            expected: Some(MediaKind::Subtitles),
            alt_text: None,
            subtitles: Vec::new(),
        };
        let prepared = prepare(call, request, context.budget.bytes()).await?;
        let mut feed = prepared.feed;
        let quiet = UploadContext { progress: None, ..context.clone() };
        let transfer = Transfer {
            call,
            wire,
            context: &quiet,
            reporter: &Reporter::new(&quiet, 0, prepared.total_bytes),
            content_type: prepared.content_type,
            category: MediaCategory::Subtitles,
            total_bytes: prepared.total_bytes,
        };
        let uploaded = transfer.send(&mut feed).await?;
        let request =
            wire.subtitles(video_id, uploaded.id(), category, &track.language_code, &track.display_name)?;
        send_unit(call, &request).await?;
    }
    Ok(())
}
