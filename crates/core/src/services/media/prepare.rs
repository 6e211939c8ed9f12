//! Everything that can be known of a medium before a byte of it is sent.

use super::feed::Feed;
use super::picture::{Made, Room, fit_first, strip_last};
use super::record::{Original, is_fresh};
use super::same::{Sameness, compare};
use super::{MediaSource, MemoryBudget, SubtitleTrack, UploadRequest};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{MediaPhase, UploadCheckpoint};
use crate::protocol::media::category::{ContentType, MediaCategory, MediaKind};
use crate::protocol::media::limits::check;
use crate::protocol::media::preparation::{PictureForm, Preparation};
use crate::protocol::media::problem::MediaProblem;
use crate::transport::call::Call;
use crate::transport::source::SourceReader;

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
    pub(super) preparation: Preparation,
    pub(super) original: Option<Original>,
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

    /// The same, without what identifies if it is a picture.
    pub(super) async fn stripped(self, call: &Call, budget: &MemoryBudget) -> Result<Self, Error> {
        let Self { origin: Origin::Source(feed, kept), original: None, total_bytes, category, .. } = self
        else {
            return Ok(self);
        };
        let Made { feed, total_bytes, preparation, original } =
            strip_last(call, budget, (*feed, total_bytes), category).await?;
        // Of a picture that was changed, nothing shows that X's part of it is of the same one.
        let origin = Origin::Source(Box::new(feed), kept.filter(|_| original.is_none()));
        Ok(Self { origin, total_bytes, preparation, original, ..self })
    }

    /// What is done with it before it goes up, found out by doing it.
    pub async fn preparation(self, call: &Call, budget: &MemoryBudget) -> Result<Preparation, Error> {
        let mut stripped = self.stripped(call, budget).await?;
        if let Origin::Source(feed, _) = &mut stripped.origin
            && feed.has_location(call).await?
        {
            return Ok(Preparation::without_location(stripped.preparation.from));
        }
        Ok(stripped.preparation)
    }

    /// The same, some of which X may have already.
    fn going_on(mut self, upload: Option<UploadCheckpoint>) -> Self {
        if let Origin::Source(_, kept) = &mut self.origin {
            *kept = upload;
        }
        self
    }
}

/// Opens the source, finds what it is by its first bytes, fits a picture, and checks what can be checked.
/// `memory_limit` bytes of a source of unknown length, and of a fitted picture, are kept in memory; while that is worked on,
/// its source is held within the budget. A source that holds other bytes than an earlier process brought to X is
/// refused, unless the request says otherwise.
pub async fn prepare(
    call: &Call,
    request: UploadRequest,
    budget: &MemoryBudget,
    memory_limit: u64,
) -> Result<Prepared, Error> {
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
                let (total_bytes, upload) = (kept.uploaded_bytes(), kept.clone());
                let form = PictureForm { content_type: Some(content_type), ..PictureForm::default() };
                let origin = Origin::AtX { phase, upload, source, expected };
                return Ok(Prepared {
                    origin,
                    label,
                    category,
                    content_type,
                    total_bytes,
                    alt_text,
                    subtitles,
                    preparation: Preparation::none(form),
                    original: None,
                });
            }
            Sameness::Unproven(other) => source = other,
        }
    }
    let room = Room { budget, memory_limit };
    let examined = examine(call, source, category, expected, room).await?;
    let subtitles = prepare_subtitles(call, subtitles, memory_limit).await?;
    let prepared = examined.into_prepared(label);
    let kept = kept.filter(|kept| {
        let is_same =
            kept.bytes == prepared.total_bytes && read_content_type(kept) == Some(prepared.content_type);
        phase == Some(MediaPhase::Append)
            && prepared.original.is_none()
            && is_same
            && read_category(kept) == Some(prepared.category)
    });
    Ok(Prepared { alt_text, subtitles, ..prepared.going_on(kept) })
}

/// A source whose first bytes were looked at.
pub(super) struct Examined {
    pub(super) feed: Box<Feed>,
    pub(super) category: MediaCategory,
    pub(super) content_type: ContentType,
    pub(super) total_bytes: u64,
    preparation: Preparation,
    pub(super) original: Option<Original>,
}

impl Examined {
    /// A medium of which X knows nothing.
    pub(super) fn into_prepared(self, label: String) -> Prepared {
        Prepared {
            origin: Origin::Source(self.feed, None),
            label,
            category: self.category,
            content_type: self.content_type,
            total_bytes: self.total_bytes,
            alt_text: None,
            subtitles: Vec::new(),
            preparation: self.preparation,
            original: self.original,
        }
    }
}

/// Finds what a source is by its first bytes, fits it if it is a picture that needs it, and refuses what X would.
pub(super) async fn examine(
    call: &Call,
    source: SourceReader,
    category: Option<MediaCategory>,
    expected: Option<MediaKind>,
    room: Room<'_>,
) -> Result<Examined, Error> {
    let (feed, total_bytes) = look_into(call, source, room.memory_limit).await?;
    let label = feed.source().label();
    if total_bytes == 0 {
        return Err(Error::new(ErrorCode::InvalidMedia, format!("{label} is empty: it has 0 bytes")));
    }
    check_claim(&feed, feed.facts().content_type.unwrap_or(ContentType::Unknown))?;
    let fitted = fit_first(call, room, (feed, total_bytes), (category, expected));
    let Made { feed, total_bytes, preparation, original } = Box::pin(fitted).await?;
    let label = feed.source().label();
    let content_type = feed.facts().content_type.unwrap_or(ContentType::Unknown);
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
    Ok(Examined { feed: Box::new(feed), category, content_type, total_bytes, preparation, original })
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
    let mut feed = Feed::new(reader, call.prepare());
    while !feed.is_identified() && feed.look_ahead(call).await? {}
    Ok((feed, total_bytes))
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
            format!("{} is {}, which X does not accept", feed.source().label(), content_type.as_str());
        Error::new(ErrorCode::InvalidMedia, message)
    })
}

/// An image may turn out to be an animation; the rules on mixing media see to the rest.
fn is_acceptable(expected: MediaKind, is: MediaKind) -> bool {
    expected == is
        || matches!((expected, is), (MediaKind::Image, MediaKind::Gif) | (MediaKind::Gif, MediaKind::Image))
}

/// Turns broken rules into one error that lists them all.
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
