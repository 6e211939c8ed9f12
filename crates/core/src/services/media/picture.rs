//! Pictures on their way from a source to what goes up in its place: without what identifies, and made to fit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use tokio::sync::Semaphore;

use super::feed::Feed;
use super::record::Original;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::memory::MemoryBudget;
use crate::protocol::checkpoint::{PreparedUpload, segment_digest};
use crate::protocol::media::category::{ContentType, MediaCategory, MediaKind};
use crate::protocol::media::fit::{FitError, fit, unfit};
use crate::protocol::media::preparation::{PictureForm, Preparation, Prepare, PrepareAction, wanted};
use crate::protocol::media::strip::{Metadata, metadata_of, strip};
use crate::transport::call::Call;

/// Pictures that are decoded at once in a process: each may take 640 MiB for a moment.
static DECODING: Semaphore = Semaphore::const_new(1);

/// Where a picture is kept while it is worked on, and after.
#[derive(Clone, Copy)]
pub(super) struct Room<'a> {
    /// Its source is read within this budget.
    pub(super) budget: &'a MemoryBudget,
    /// What of it stays in memory until it goes up.
    pub(super) memory_limit: u64,
}

/// A medium and what was done with it.
pub(super) struct Made {
    pub(super) feed: Feed,
    pub(super) total_bytes: u64,
    pub(super) preparation: Preparation,
    /// The source, if other bytes go up in its place.
    pub(super) original: Option<Original>,
}

/// Makes of a picture that X would refuse one that it takes, if the call says so; everything else stays as it is.
pub(super) async fn fit_first(
    call: &Call,
    room: Room<'_>,
    (feed, total_bytes): (Feed, u64),
    (category, expected): (Option<MediaCategory>, Option<MediaKind>),
) -> Result<Made, Error> {
    let facts = feed.facts();
    let from = PictureForm::of(facts, Some(total_bytes));
    if wanted(call.prepare(), facts, Some(total_bytes), category, expected) != PrepareAction::Fit {
        return Ok(Made { feed, total_bytes, preparation: Preparation::none(from), original: None });
    }
    if let Some(why) = unfit(facts, Some(total_bytes)) {
        return Err(refusal(feed.source().label(), &why));
    }
    fit_it(call, room, feed, from).await
}

/// Removes what identifies from a picture that is about to go up, if the call says so. It is read whole for that, within
/// the budget, and keeps its space there until it is sent. Where nothing is removed the feed is the same.
pub(super) async fn strip_last(
    call: &Call,
    budget: &MemoryBudget,
    (mut feed, total_bytes): (Feed, u64),
    category: MediaCategory,
) -> Result<Made, Error> {
    let facts = feed.facts();
    let from = PictureForm::of(facts, Some(total_bytes));
    let content_type = facts.content_type.unwrap_or(ContentType::Unknown);
    let unchanged = |feed| Made { feed, total_bytes, preparation: Preparation::none(from), original: None };
    if wanted(call.prepare(), facts, Some(total_bytes), Some(category), None) != PrepareAction::Strip {
        return Ok(unchanged(feed));
    }
    let space = budget.take(total_bytes).await;
    let file = feed.whole(call, total_bytes).await?;
    let Some(stripped) = work(file.clone(), move |file, _| strip(content_type, file)).await? else {
        feed.hold(space);
        return Ok(unchanged(feed));
    };
    let room = Room { budget, memory_limit: u64::MAX };
    let done = (PrepareAction::Strip, stripped.removed, stripped.bytes);
    let mut made = replace(call, room, feed, (from, file), done).await?;
    made.feed.hold(space);
    Ok(made)
}

async fn fit_it(call: &Call, room: Room<'_>, mut feed: Feed, from: PictureForm) -> Result<Made, Error> {
    let total_bytes = from.bytes.unwrap_or_default();
    let content_type = from.content_type.unwrap_or(ContentType::Unknown);
    let space = room.budget.take(total_bytes).await;
    feed.whole(call, total_bytes).await?;
    let bytes = feed.rest(call).await?;
    // Nobody closes it.
    let closed =
        |cause| Error::new(ErrorCode::Internal, "pictures are not decoded any more").with_cause(cause);
    let turn = DECODING.acquire().await.map_err(closed)?;
    let label = feed.source().label().to_owned();
    let (removes, made) = work(bytes.clone(), move |bytes: &Bytes, go_on| {
        // The turn ends with the work, not with the call that gave it up.
        let _turn = turn;
        (metadata_of(content_type, bytes), fit(content_type, bytes, go_on))
    })
    .await
    .map_err(|_| refusal(&label, &FitError::Unreadable("its decoder met a defect".to_owned())))?;
    let made = made.map_err(|why| refusal(&label, &why))?;
    let done = (PrepareAction::Fit, removes, vec![made.bytes.into()]);
    let result = replace(call, room, feed, (from, vec![bytes]), done).await;
    drop(space);
    result
}

/// Puts what was made in the place of the source's own bytes.
async fn replace(
    call: &Call,
    room: Room<'_>,
    feed: Feed,
    (from, file): (PictureForm, Vec<Bytes>),
    (action, removes, made): (PrepareAction, Vec<Metadata>, Vec<Bytes>),
) -> Result<Made, Error> {
    let total_bytes = length_of(&made);
    let prepared = PreparedUpload { action: action.as_str().to_owned(), bytes: total_bytes };
    let source_bytes = length_of(&file);
    let digest = work(file, |file, _| segment_digest(0, file.iter().map(AsRef::as_ref))).await?;
    let original = Some(Original { bytes: source_bytes, digest, prepared });
    let feed = replaced(call, feed, made, room).await?;
    let to = PictureForm::of(feed.facts(), Some(total_bytes));
    let preparation = Preparation { action, removes, from, to };
    Ok(Made { feed, total_bytes, preparation, original })
}

fn length_of(runs: &[Bytes]) -> u64 {
    runs.iter().map(|run| run.len() as u64).sum()
}

async fn replaced(call: &Call, feed: Feed, bytes: Vec<Bytes>, room: Room<'_>) -> Result<Feed, Error> {
    let source = feed.into_source().holding(bytes, room.memory_limit).await?;
    let mut feed = Feed::new(source, Prepare::Off);
    while !feed.is_identified() && feed.look_ahead(call).await? {}
    Ok(feed)
}

/// Works on a picture where it may take its time. Work that nobody waits for any more is stopped.
async fn work<File: Send + 'static, T: Send + 'static>(
    file: File,
    on: impl FnOnce(&File, &(dyn Fn() -> bool + Sync)) -> T + Send + 'static,
) -> Result<T, Error> {
    let is_wanted = Wanted::default();
    let watched = Arc::clone(&is_wanted.0);
    tokio::task::spawn_blocking(move || on(&file, &|| !watched.load(Ordering::Relaxed))).await.map_err(
        |error| Error::new(ErrorCode::Internal, "a picture could not be worked on").with_cause(error),
    )
}

/// Lets the work know when it is dropped.
#[derive(Default)]
struct Wanted(Arc<AtomicBool>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

pub(super) fn refusal(label: &str, why: &FitError) -> Error {
    let code = match why {
        FitError::Unreadable(_) => ErrorCode::InvalidMedia,
        FitError::TooLarge(_) => ErrorCode::MediaTooLarge,
        FitError::Stopped => ErrorCode::Aborted,
    };
    Error::new(code, format!("{label} can't be fitted: {why}"))
}
