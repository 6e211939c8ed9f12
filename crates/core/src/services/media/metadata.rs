//! What is attached to a medium before the post: a description, subtitles.

use super::picture::Room;
use super::prepare::examine;
use super::record::Record;
use super::transfer::{Reporter, Transfer};
use super::wire::Wire;
use super::{SubtitleTrack, UploadContext};
use crate::error::Error;
use crate::protocol::media::category::{MediaCategory, MediaKind};
use crate::transport::call::Call;
use crate::transport::exchange::send_unit;
use crate::transport::source::SourceReader;

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
    const CATEGORY: MediaCategory = MediaCategory::Subtitles;
    let source = SourceReader::open(call, track.source).await?;
    let room = Room { budget: &context.budget, memory_limit: context.budget.bytes() };
    let mut examined = examine(call, source, Some(CATEGORY), Some(MediaKind::Subtitles), room).await?;
    let (content_type, total_bytes) = (examined.content_type, examined.total_bytes);
    let quiet = UploadContext { progress: None, log: None, ..context.clone() };
    let transfer = Transfer {
        call,
        wire,
        context: &quiet,
        reporter: &Reporter::new(&quiet, 0, total_bytes),
        record: &Record::new(None, 0, (CATEGORY, content_type, total_bytes), None),
        content_type,
        category: CATEGORY,
        total_bytes,
    };
    let uploaded = transfer.send(&mut examined.feed, None).await?;
    let request =
        wire.subtitles(video_id, uploaded.id(), category, &track.language_code, &track.display_name)?;
    send_unit(call, &request).await.map(drop)
}
