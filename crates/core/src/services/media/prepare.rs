//! Everything that can be known of a medium before a byte of it is sent.

use super::feed::Feed;
use super::record::is_fresh;
use super::same::{Sameness, compare};
use super::{MediaSource, SubtitleTrack, UploadRequest};
use crate::call::Call;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{MediaPhase, UploadCheckpoint};
use crate::protocol::media::category::{ContentType, MediaCategory, MediaKind};
use crate::protocol::media::limits::{MediaProblem, check};
use crate::transport::source::SourceReader;

/// Bytes that are looked at before the first of them is sent. A GIF's second frame has to begin within them for the GIF to
/// be taken as still or animated by its frames; a first frame that is larger is taken as the beginning of an animation.
const MAX_HEAD_BYTES: u64 = 1024 * 1024;

/// A medium whose kind is known and that breaks no rule so far.
pub struct Prepared {
    pub(super) origin: Origin,
    /// What results and errors may show of its source.
    pub(super) label: String,
    pub(super) category: MediaCategory,
    pub(super) content_type: ContentType,
    pub(super) total_bytes: u64,
    pub(super) alt_text: Option<String>,
    pub(super) subtitles: Vec<SubtitleTrack>,
}

/// Where a medium's bytes are.
pub(super) enum Origin {
    /// In its source, which is open. Some of them may be at X already.
    Source(Box<Feed>, Option<UploadCheckpoint>),
    /// All of them are at X, and the source holds the same ones.
    AtX { phase: MediaPhase, upload: UploadCheckpoint, source: SourceReader, expected: Option<MediaKind> },
}

impl Prepared {
    /// As what X will take it.
    pub fn category(&self) -> MediaCategory {
        self.category
    }
}

/// Opens the source, tells what it is by its first bytes, and checks what can be checked. `memory_limit` bytes of a
/// source of unknown length are kept in memory. A source that holds other bytes than an earlier process brought to X is
/// refused, unless the request says otherwise.
pub async fn prepare(call: &Call, request: UploadRequest, memory_limit: u64) -> Result<Prepared, Error> {
    let UploadRequest { source, category, expected, alt_text, subtitles, kept, on_other_bytes } = request;
    let (phase, kept) = kept.filter(|(_, kept)| is_fresh(kept)).unzip();
    let label = source.label();
    let mut source = SourceReader::open(call, source).await?;
    if let (Some(phase), Some(kept)) = (phase.filter(|phase| *phase >= MediaPhase::Finalize), &kept)
        && let (Some(category), Some(content_type)) = (read_category(kept), read_content_type(kept))
    {
        match compare(call, source, (phase, kept), on_other_bytes, memory_limit).await? {
            Sameness::Same(source) => {
                let subtitles = prepare_subtitles(call, subtitles, memory_limit).await?;
                let (total_bytes, upload) = (kept.bytes, kept.clone());
                let origin = Origin::AtX { phase, upload, source, expected };
                return Ok(Prepared {
                    origin,
                    label,
                    category,
                    content_type,
                    total_bytes,
                    alt_text,
                    subtitles,
                });
            }
            Sameness::Unproven(other) => source = other,
        }
    }
    let Examined { feed, category, content_type, total_bytes } =
        examine(call, source, category, expected, memory_limit).await?;
    let subtitles = prepare_subtitles(call, subtitles, memory_limit).await?;
    let kept = kept.filter(|kept| {
        let is_same = kept.bytes == total_bytes && read_content_type(kept) == Some(content_type);
        phase == Some(MediaPhase::Append) && is_same && read_category(kept) == Some(category)
    });
    let origin = Origin::Source(feed, kept);
    Ok(Prepared { origin, label, category, content_type, total_bytes, alt_text, subtitles })
}

/// A source whose first bytes were looked at.
pub(super) struct Examined {
    pub(super) feed: Box<Feed>,
    category: MediaCategory,
    content_type: ContentType,
    pub(super) total_bytes: u64,
}

/// Tells what a source is by its first bytes, and refuses what X would.
pub(super) async fn examine(
    call: &Call,
    source: SourceReader,
    category: Option<MediaCategory>,
    expected: Option<MediaKind>,
    memory_limit: u64,
) -> Result<Examined, Error> {
    let (feed, total_bytes) = look_into(call, source, memory_limit).await?;
    let label = feed.source().label();
    if total_bytes == 0 {
        return Err(Error::new(ErrorCode::InvalidMedia, format!("{label} is empty: it has 0 bytes")));
    }
    let content_type = feed.facts().content_type.unwrap_or(ContentType::Unknown);
    check_claim(&feed, content_type)?;
    let category = match category {
        Some(category) => category,
        None => category_of(&feed, content_type, expected)?,
    };
    if let Some(expected) = expected.filter(|expected| !is_acceptable(*expected, category.kind())) {
        let expected = expected.as_str();
        let message = format!("{label} was given as {expected}, and its bytes are {}", content_type.as_str());
        return Err(Error::new(ErrorCode::InvalidMedia, message));
    }
    refuse(&feed, check(feed.facts(), Some(total_bytes), category))?;
    Ok(Examined { feed: Box::new(feed), category, content_type, total_bytes })
}

/// Reads the subtitles, which are small, so that what is wrong with them shows before the video goes up.
async fn prepare_subtitles(
    call: &Call,
    tracks: Vec<SubtitleTrack>,
    memory_limit: u64,
) -> Result<Vec<SubtitleTrack>, Error> {
    let mut ready = Vec::new();
    for track in tracks {
        let source = SourceReader::open(call, track.source).await?;
        let (mut feed, total_bytes) = look_into(call, source, memory_limit).await?;
        let content_type = feed.facts().content_type.unwrap_or(ContentType::Unknown);
        check_claim(&feed, content_type)?;
        refuse(&feed, check(feed.facts(), Some(total_bytes), MediaCategory::Subtitles))?;
        let filename = Some(feed.source().label().to_owned());
        let source = MediaSource::Data { bytes: feed.rest(call).await?, filename };
        ready.push(SubtitleTrack { source, ..track });
    }
    Ok(ready)
}

fn read_category(kept: &UploadCheckpoint) -> Option<MediaCategory> {
    MediaCategory::parse(&kept.category)
}

fn read_content_type(kept: &UploadCheckpoint) -> Option<ContentType> {
    ContentType::parse(&kept.content_type)
}

async fn look_into(call: &Call, source: SourceReader, memory_limit: u64) -> Result<(Feed, u64), Error> {
    let reader = source.measured(call, memory_limit).await?;
    let total_bytes =
        reader.length().ok_or_else(|| Error::new(ErrorCode::Internal, "a measured source has no length"))?;
    let mut feed = Feed::new(reader);
    while !is_identified(&feed) && feed.look_ahead(call).await? {}
    Ok((feed, total_bytes))
}

/// The type is known, for a GIF whether it moves, for a picture its size, and for a video whatever is told near its
/// beginning. A movie box that lies behind the samples is read on the way.
fn is_identified(feed: &Feed) -> bool {
    let facts = feed.facts();
    match facts.content_type {
        None => feed.is_known(),
        Some(ContentType::Gif) => {
            facts.animated.is_some() || feed.is_known() || feed.held_bytes() >= MAX_HEAD_BYTES
        }
        Some(ContentType::Jpeg | ContentType::Png | ContentType::Webp) => {
            facts.width.is_some() || feed.is_known() || feed.held_bytes() >= MAX_HEAD_BYTES
        }
        Some(ContentType::Mp4 | ContentType::QuickTime | ContentType::Webm) => {
            feed.is_known() || feed.held_bytes().max(feed.next_offset()) >= MAX_HEAD_BYTES
        }
        Some(_) => true,
    }
}

/// What the source says of itself and what it is must agree; an error says both.
fn check_claim(feed: &Feed, content_type: ContentType) -> Result<(), Error> {
    let source = feed.source();
    let Some(claim) = source.declared().filter(|claim| !content_type.agrees_with(claim.content_type)) else {
        return Ok(());
    };
    let (label, words) = (source.label(), &claim.words);
    let message = format!("{label} says {words}, but its bytes are {}", content_type.as_str());
    Err(Error::new(ErrorCode::InvalidMedia, message))
}

fn category_of(
    feed: &Feed,
    content_type: ContentType,
    expected: Option<MediaKind>,
) -> Result<MediaCategory, Error> {
    // A GIF whose second frame is not in sight is taken for the one that the caller expects.
    let animated = feed.facts().animated.unwrap_or(expected != Some(MediaKind::Image));
    content_type.kind(animated).map(MediaCategory::for_post).ok_or_else(|| {
        let message =
            format!("{} is {}, which X does not take", feed.source().label(), content_type.as_str());
        Error::new(ErrorCode::InvalidMedia, message)
    })
}

/// An image may turn out to be an animation; the rules on mixing media see to the rest.
fn is_acceptable(expected: MediaKind, is: MediaKind) -> bool {
    expected == is
        || matches!((expected, is), (MediaKind::Image, MediaKind::Gif) | (MediaKind::Gif, MediaKind::Image))
}

/// Turns broken rules into one error that tells them all.
pub(super) fn refuse(feed: &Feed, problems: Vec<MediaProblem>) -> Result<(), Error> {
    let label = feed.source().label();
    if let Some(defect) = feed.facts().defect {
        return Err(Error::new(ErrorCode::InvalidMedia, format!("{label} is broken: {defect}")));
    }
    if problems.is_empty() {
        return Ok(());
    }
    let only_size = problems.iter().all(MediaProblem::is_size);
    let code = if only_size { ErrorCode::MediaTooLarge } else { ErrorCode::InvalidMedia };
    let messages: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
    Err(Error::new(code, format!("{label}: {}", messages.join("; "))))
}
