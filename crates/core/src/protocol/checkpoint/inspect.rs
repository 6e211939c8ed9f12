//! What a checkpoint says, for whoever keeps it.

use super::{Checkpoint, MediaPhase, PostCheckpoint, PostState};

/// What a checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// How far the post is; of a thread, the part that is under way.
    pub state: &'static str,
    /// It may exist without our knowing.
    pub in_doubt: bool,
    /// Ids of the posts that exist.
    pub published: Vec<String>,
    /// How far its slowest medium is.
    pub phase: Option<MediaPhase>,
    /// When it was armed last, in milliseconds since the epoch.
    pub armed_at_ms: Option<u64>,
}

/// Says what a checkpoint says.
pub fn inspect(checkpoint: &Checkpoint) -> Inspection {
    let (mut published, post) = match checkpoint {
        Checkpoint::Post(post) => (Vec::new(), Some(post)),
        Checkpoint::Thread(thread) => (thread.published.clone(), thread.current.as_ref()),
    };
    let state = post.map(|post| &post.post);
    if let Some(PostState::Published { tweet_id, .. }) = state {
        published.push(tweet_id.clone());
    }
    let arming = state.and_then(PostState::in_doubt);
    let nothing = if published.is_empty() { "NEW" } else { "PUBLISHED" };
    Inspection {
        state: state.map_or(nothing, PostState::name),
        in_doubt: arming.is_some(),
        armed_at_ms: arming.map(|arming| arming.armed_at),
        phase: post.and_then(slowest),
        published,
    }
}

fn slowest(post: &PostCheckpoint) -> Option<MediaPhase> {
    post.media.iter().map(|medium| medium.phase).min()
}

impl PostState {
    /// Its name in a checkpoint.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "NEW",
            Self::MediaReady => "MEDIA_READY",
            Self::Armed(_) => "ARMED",
            Self::Published { .. } => "PUBLISHED",
            Self::Rejected { .. } => "REJECTED",
            Self::Unknown(_) => "UNKNOWN",
            Self::NeedsHuman(_) => "NEEDS_HUMAN",
        }
    }
}
