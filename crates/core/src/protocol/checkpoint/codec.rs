//! Checkpoints as text.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::checksum::{is_sealed, sealed};
use super::{Arming, Checkpoint, PostCheckpoint, PostState, UploadCheckpoint, VERSION};
use crate::protocol::json::from_text;
use crate::protocol::media::limits::MAX_SEGMENTS;
use crate::protocol::snowflake::is_snowflake;

/// A thread of 100 parts whose current part has 4 media stays far below; more is not looked at.
const MAX_BYTES: usize = 64 * 1024;
/// More epochs than anyone lets a post take.
const MAX_EPOCH: u32 = 1000;

/// Why a text is no checkpoint that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckpointError {
    /// It is none, is cut off, or was changed.
    Unreadable,
    /// A later version of this package wrote it.
    FromTheFuture(u32),
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => formatter.write_str("is not a checkpoint, or is cut off or damaged"),
            Self::FromTheFuture(version) => {
                write!(formatter, "has version {version}, and this package reads up to {VERSION}")
            }
        }
    }
}

impl std::error::Error for CheckpointError {}

#[derive(Serialize)]
struct Writing<'a> {
    version: u32,
    #[serde(flatten)]
    checkpoint: &'a Checkpoint,
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// Without the version, which is read first: what follows depends on it.
#[derive(Deserialize)]
struct Versioned {
    #[serde(rename = "version")]
    _version: u32,
    checksum: String,
    #[serde(flatten)]
    checkpoint: Checkpoint,
}

/// Writes a checkpoint. Its text has nothing that is secret.
pub fn encode(checkpoint: &Checkpoint) -> String {
    sealed(&Writing { version: VERSION, checkpoint })
}

/// Reads a checkpoint of this version or an older one, and checks that it is as it was written.
pub fn decode(text: &str) -> Result<Checkpoint, CheckpointError> {
    if text.len() > MAX_BYTES {
        return Err(CheckpointError::Unreadable);
    }
    let Version { version } = from_text(text).map_err(|_| CheckpointError::Unreadable)?;
    if version > VERSION {
        return Err(CheckpointError::FromTheFuture(version));
    }
    let Versioned { checksum, checkpoint, .. } = from_text(text).map_err(|_| CheckpointError::Unreadable)?;
    let is_whole = is_sealed(&Writing { version, checkpoint: &checkpoint }, &checksum);
    if version == VERSION && is_whole && is_sound(&checkpoint) {
        Ok(checkpoint)
    } else {
        Err(CheckpointError::Unreadable)
    }
}

/// Whether its ids and numbers can be worked with.
pub fn is_sound(checkpoint: &Checkpoint) -> bool {
    match checkpoint {
        Checkpoint::Post(post) => is_sound_post(post),
        Checkpoint::Thread(thread) => {
            thread.published.iter().all(|id| is_snowflake(id)) && thread.current.iter().all(is_sound_post)
        }
    }
}

fn is_sound_post(post: &PostCheckpoint) -> bool {
    let state = match &post.post {
        PostState::Published { tweet_id, .. } => is_snowflake(tweet_id),
        PostState::Armed(arming) | PostState::Unknown(arming) | PostState::NeedsHuman(arming) => {
            is_sound_arming(arming)
        }
        PostState::New | PostState::MediaReady | PostState::Rejected { .. } => true,
    };
    state
        && post.account.iter().all(|id| is_snowflake(id))
        && post.media.iter().filter_map(|medium| medium.upload.as_ref()).all(is_sound_upload)
}

fn is_sound_arming(arming: &Arming) -> bool {
    (1..=MAX_EPOCH).contains(&arming.epoch) && arming.since <= arming.armed_at
}

/// Ids get into paths; sizes and indices are counted with.
fn is_sound_upload(upload: &UploadCheckpoint) -> bool {
    let runs = &upload.segments;
    let rising = runs.windows(2).all(|pair| matches!(pair, [(one, _), (two, _)] if one < two));
    let from_zero = runs.first().is_none_or(|(index, _)| *index == 0);
    let sized = runs.iter().all(|(index, bytes)| u64::from(*index) < MAX_SEGMENTS && *bytes > 0);
    is_snowflake(&upload.id)
        && upload.bytes > 0
        && upload.uploaded_bytes() > 0
        && rising
        && from_zero
        && sized
}
