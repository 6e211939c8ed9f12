//! What is written down of a publish, so that another process can resume it: the states of a post, and how far
//! its media are.
//!
//! A checkpoint is JSON of a few hundred bytes. It holds no secret, no URL and nothing of the text: only digests of
//! these, to tell whether it belongs to what it is handed in with, and 16 bytes that tell how alike another text is.
//! A checksum shows that it is as it was written.

mod acknowledged;
mod checksum;
mod codec;
mod inspect;
mod lazy_sought;

use serde::{Deserialize, Serialize};

use crate::protocol::media::limits::MAX_SEGMENTS;

pub use acknowledged::{Acknowledged, SegmentHash, segment_digest};
pub(in crate::protocol) use checksum::{is_sealed, sealed};
pub use codec::{CheckpointError, decode, encode, is_sound};
pub use inspect::{Inspection, inspect};
pub use lazy_sought::LazySought;

/// The format that is written. Older ones stay readable.
pub const VERSION: u32 = 1;

/// A checkpoint of either kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Checkpoint {
    /// Of one post.
    Post(PostCheckpoint),
    /// Of a thread.
    Thread(ThreadCheckpoint),
}

/// How far a post is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostCheckpoint {
    /// Names the intent: made once, kept through all attempts.
    pub intent: String,
    /// The id of the account that posts, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Digest of everything that is to be posted, but for the media's bytes.
    pub content: String,
    /// How far each medium is, in the order of the post.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<MediaCheckpoint>,
    /// How far the post itself is.
    pub post: PostState,
}

/// The states of a post.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(
    tag = "state",
    rename_all = "SCREAMING_SNAKE_CASE",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum PostState {
    /// Nothing was sent yet.
    New,
    /// Its media are uploaded.
    MediaReady,
    /// It is about to be sent, or was sent and nothing is known of it. Whoever finds this after a crash can't know.
    Armed(Arming),
    /// It exists.
    Published {
        /// Its id.
        tweet_id: String,
        /// It was found on the timeline, after X's answer had been lost.
        #[serde(default)]
        reconciled: bool,
    },
    /// X refused it.
    Rejected {
        /// The error's code.
        code: String,
    },
    /// It was sent, and X's answer was lost.
    Unknown(Arming),
    /// The timeline was read often enough and long enough, and does not show it.
    NeedsHuman(Arming),
}

/// One attempt's mark, made before its first byte.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Arming {
    /// Counted from 1. Another one is begun only where the caller chose to.
    pub epoch: u32,
    /// When the first epoch was armed, in milliseconds since the epoch: nothing older can be this post.
    pub since: u64,
    /// When this epoch was armed.
    pub armed_at: u64,
    /// Both times are by X's clock, not by the machine's.
    #[serde(default)]
    pub by_server_clock: bool,
    /// X refused a later attempt as a duplicate, so an earlier one probably succeeded.
    #[serde(default, skip_serializing_if = "is_false")]
    pub refused_as_duplicate: bool,
    /// How to know the post again.
    pub seek: LazySought,
}

/// How to know a post again that has no freshly uploaded media.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sought {
    /// Digest of its text in its normal form, which forgets what X does to texts.
    pub text: String,
    /// What shows how alike another text is, in 23 letters that begin with their version. Without it, or with that of a
    /// version that is not known here, any text may be like it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sketch: Option<String>,
    /// The post that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The post that it quotes, or that a closing link leads to, of which X makes a quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotes: Option<String>,
    /// Ids of media that were uploaded before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media_ids: Vec<String>,
    /// It does not appear on the timeline, so it can't be looked for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
}

/// How far a medium is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MediaCheckpoint {
    /// Digest of where it comes from and of what belongs to it.
    pub source: String,
    /// What is happening to it.
    pub phase: MediaPhase,
    /// Its upload, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<UploadCheckpoint>,
}

/// What is happening to a medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MediaPhase {
    /// X does not know of it.
    Init,
    /// Its segments go up.
    Append,
    /// All its segments are acknowledged.
    Finalize,
    /// X works on it.
    Processing,
    /// It can be posted; what belongs to it may still have to be attached.
    Ready,
}

/// A medium at X.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UploadCheckpoint {
    /// X's id.
    pub id: String,
    /// The key that a post carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Until when X keeps it, in milliseconds since the epoch.
    pub expires_at: u64,
    /// The category that it is uploaded as.
    pub category: String,
    /// What its bytes are.
    pub content_type: String,
    /// Its size.
    pub bytes: u64,
    /// The source's entity tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// How it is cut: the size of segments from an index on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<(u32, u64)>,
    /// Which segments X has, and what they held. A picture that went up in one request is one segment.
    #[serde(default, skip_serializing_if = "Acknowledged::is_empty")]
    pub acknowledged: Acknowledged,
    /// Its description is attached.
    #[serde(default, skip_serializing_if = "is_false")]
    pub alt_text: bool,
    /// How many of its subtitles are attached.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub subtitles: u32,
    /// X had to process it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub processed: bool,
    /// What X has in place of the source's bytes, once it has all of it. Size and digests are then the source's, so that
    /// the source can be known again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared: Option<PreparedUpload>,
}

/// What was made of a picture before it went up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreparedUpload {
    /// What was done: `strip` or `fit`.
    pub action: String,
    /// The size of what went up.
    pub bytes: u64,
}

/// How far a thread is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThreadCheckpoint {
    /// Digest of all parts.
    pub content: String,
    /// The id of the account that posts, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Ids of the posts that exist.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<String>,
    /// The part after them, once it was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<PostCheckpoint>,
}

impl UploadCheckpoint {
    /// The size of what X has.
    pub fn uploaded_bytes(&self) -> u64 {
        self.prepared.as_ref().map_or(self.bytes, |prepared| prepared.bytes)
    }

    /// Its segments: the index and length of each, as far as it is known how it is cut.
    pub fn cut(&self) -> impl Iterator<Item = (u32, u64)> {
        let mut sizes = self.segments.iter().peekable();
        let mut size = 0;
        let mut left = self.bytes;
        (0..).map_while(move |index| {
            if let Some((_, bytes)) = sizes.next_if(|(from, _)| *from == index) {
                size = *bytes;
            }
            let length = left.min(size);
            left -= length;
            (length > 0 && u64::from(index) < MAX_SEGMENTS).then_some((index, length))
        })
    }
}

impl PostState {
    /// The mark of a post that may exist without our knowing.
    pub fn in_doubt(&self) -> Option<&Arming> {
        match self {
            Self::Armed(arming) | Self::Unknown(arming) | Self::NeedsHuman(arming) => Some(arming),
            Self::New | Self::MediaReady | Self::Published { .. } | Self::Rejected { .. } => None,
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands in references")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands in references")]
fn is_zero(value: &u32) -> bool {
    *value == 0
}

#[cfg(test)]
mod tests;
