//! What became of a post, by its checkpoint alone.

use super::doubt::{DEFAULT_SCHEDULE_MS, Doubt, Finding};
use super::journal::mismatch;
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Checkpoint, MediaPhase, PostCheckpoint, PostState, decode};
use crate::services::users;

/// What became of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It stands.
    Published(String),
    /// It does not stand.
    NotFound,
    /// These posts could be it.
    Ambiguous(Vec<String>),
}

/// Finds out what became of a post. It is looked for until X's timeline has been read often and long enough after it
/// was sent; what was sent long ago takes a few seconds. `schedule_ms` overrides when it is read.
///
/// What could not be found out is an error: X's, or `UNKNOWN_OUTCOME` where the schedule ended too soon.
pub async fn resolve_outcome(
    call: &Call,
    checkpoint: &str,
    credentials: &Credentials,
    schedule_ms: Option<Vec<u64>>,
) -> Result<Resolution, Error> {
    let read = decode(checkpoint).map_err(|why| Error::invalid_argument("checkpoint", why))?;
    let post = match read {
        Checkpoint::Post(post) => post,
        Checkpoint::Thread(mut thread) => match thread.current.take() {
            Some(current) => current,
            None => return Ok(thread.published.pop().map_or(Resolution::NotFound, Resolution::Published)),
        },
    };
    let arming = match &post.post {
        PostState::Published { tweet_id, .. } => return Ok(Resolution::Published(tweet_id.clone())),
        state => state.in_doubt().cloned(),
    };
    let Some(arming) = arming else {
        return Ok(Resolution::NotFound);
    };
    let account = users::id_of(call, credentials).await?;
    if post.account.as_ref().is_some_and(|noted| *noted != account) {
        return Err(mismatch("the checkpoint belongs to another account"));
    }
    let schedule_ms = schedule_ms.unwrap_or_else(|| std::iter::once(0).chain(DEFAULT_SCHEDULE_MS).collect());
    let intent = post.intent.clone();
    let own_media = own_media(post);
    let doubt = Doubt {
        intent: &intent,
        call,
        credentials,
        account: &account,
        arming: &arming,
        own_media,
        schedule_ms: &schedule_ms,
    };
    match doubt.settle().await {
        Finding::Stands { id, .. } => Ok(Resolution::Published(id)),
        Finding::Ambiguous(candidates) => {
            Ok(Resolution::Ambiguous(candidates.into_iter().map(|candidate| candidate.id).collect()))
        }
        Finding::NotThere(_) => Ok(Resolution::NotFound),
        Finding::Undecided(seen) => Err(Error::new(
            ErrorCode::UnknownOutcome,
            format!("what became of the post is still unknown: {seen}"),
        )),
    }
}

fn own_media(post: PostCheckpoint) -> Vec<crate::protocol::checkpoint::UploadCheckpoint> {
    post.media
        .into_iter()
        .filter(|medium| medium.phase == MediaPhase::Ready)
        .filter_map(|medium| medium.upload)
        .collect()
}
