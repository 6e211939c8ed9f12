//! What is attached to a medium before the post: a description, subtitles.

use super::prepare::Origin;
use super::record::Record;
use super::transfer::{Reporter, Transfer};
use super::wire::Wire;
use super::{OnOtherBytes, SubtitleTrack, UploadContext, UploadRequest, prepare};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::media::category::{MediaCategory, MediaKind};
use crate::transport::call::Call;
use crate::transport::exchange::send_unit;

pub(super) async fn attach_alt_text(
    call: &Call,
    wire: Wire<'_>,
    media_id: &str,
    text: &str,
) -> Result<(), Error> {
    send_unit(call, &wire.alt_text(media_id, text)?).await.map(drop)
}

/// Uploads a track of subtitles and ties it to its video.
pub(super) async fn attach_subtitles(
    call: &Call,
    wire: Wire<'_>,
    context: &UploadContext,
    (video_id, category): (&str, MediaCategory),
    track: SubtitleTrack,
) -> Result<(), Error> {
    let request = UploadRequest {
        source: track.source,
        category: Some(MediaCategory::Subtitles),
        expected: Some(MediaKind::Subtitles),
        alt_text: None,
        subtitles: Vec::new(),
        kept: None,
        on_other_bytes: OnOtherBytes::Refuse,
    };
    let prepared = prepare(call, request, &context.budget, context.budget.bytes()).await?;
    let Origin::Source(mut feed, _) = prepared.origin else {
        return Err(Error::new(ErrorCode::Internal, "subtitles were taken for uploaded"));
    };
    let quiet = UploadContext { progress: None, log: None, ..context.clone() };
    let what = (MediaCategory::Subtitles, prepared.content_type, prepared.total_bytes);
    let transfer = Transfer {
        call,
        wire,
        context: &quiet,
        reporter: &Reporter::new(&quiet, 0, prepared.total_bytes),
        record: &Record::new(None, 0, what, None),
        content_type: prepared.content_type,
        category: MediaCategory::Subtitles,
        total_bytes: prepared.total_bytes,
    };
    let uploaded = transfer.send(&mut feed, None).await?;
    let request =
        wire.subtitles(video_id, uploaded.id(), category, &track.language_code, &track.display_name)?;
    send_unit(call, &request).await.map(drop)
}
