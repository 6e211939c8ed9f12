//! Media: from a source to an id that a post can carry (X's pages on media upload).

mod appends;
mod digest;
mod feed;
mod lanes;
mod locations;
mod metadata;
mod opening;
mod pace;
mod picture;
mod prepare;
mod probe;
mod record;
mod same;
mod session;
mod single;
mod status;
mod transfer;
mod upload;
mod wire;

use std::sync::Arc;

pub use crate::memory::MemoryBudget;
pub use crate::transport::source::{ChunkStream, MediaSource, SliceSource, SourceFailure};
pub use lanes::Lanes;
pub use opening::are_quick;
pub use prepare::{Prepared, prepare};
pub use probe::{Probe, probe};
pub use single::upload_single;
pub use upload::{upload, upload_all};

use futures_util::future::BoxFuture;

use crate::error::Error;
use crate::protocol::checkpoint::{MediaPhase, UploadCheckpoint};
use crate::protocol::media::category::{ContentType, MediaCategory, MediaKind};

/// Through which of X's upload APIs media go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MediaApi {
    /// `/2/media/upload`, with either kind of credentials.
    #[default]
    V2,
    /// `/1.1/media/upload.json`, with OAuth 1.0a only.
    V1_1,
}

/// A medium to upload.
pub struct UploadRequest {
    /// Where it comes from.
    pub source: MediaSource,
    /// The category, if the caller names one; else it follows from the bytes.
    pub category: Option<MediaCategory>,
    /// What the caller says that it is; bytes of another kind are refused.
    pub expected: Option<MediaKind>,
    /// A description for people who can't see it, at most 1000 characters.
    pub alt_text: Option<String>,
    /// Subtitles of a video.
    pub subtitles: Vec<SubtitleTrack>,
    /// How far an earlier process came with it.
    pub kept: Option<(MediaPhase, UploadCheckpoint)>,
    /// What to do if it came to its end, and the source holds other bytes now.
    pub on_other_bytes: OnOtherBytes,
}

/// What to do with a source that holds other bytes than those of it that X has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnOtherBytes {
    /// Refuse it.
    #[default]
    Refuse,
    /// Upload it. Of what it is to be posted in, nothing may exist.
    Upload,
}

/// Subtitles in one language.
pub struct SubtitleTrack {
    /// An SRT or VTT file.
    pub source: MediaSource,
    /// Two letters, for example `EN`.
    pub language_code: String,
    /// The language's name, as viewers see it.
    pub display_name: String,
}

/// A medium that a post can carry.
#[derive(Clone, Debug)]
pub struct UploadedMedia {
    /// The id to post with.
    pub media_id: String,
    /// The key under which reads name it.
    pub media_key: Option<String>,
    /// What the source was: a URL without its query, or a name.
    pub source: String,
    /// The category that it was uploaded as.
    pub category: MediaCategory,
    /// What its bytes are.
    pub content_type: ContentType,
    /// Its size.
    pub bytes: u64,
    /// Until when a post can carry it, in milliseconds since the epoch.
    pub expires_at_ms: u64,
    /// X processed it after the upload.
    pub processed: bool,
    /// What was done with it if other bytes than its source's went up: `strip` or `fit`.
    pub prepared: Option<String>,
}

/// How far a medium is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadPhase {
    /// Its bytes go up.
    Uploading,
    /// X works on it.
    Processing,
    /// A post can carry it.
    Ready,
}

impl UploadPhase {
    /// The word that JavaScript sees.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Processing => "processing",
            Self::Ready => "ready",
        }
    }
}

/// One step of an upload.
#[derive(Clone, Debug)]
pub struct ProgressEvent {
    /// Which medium of the post, counted from 0.
    pub media_index: u32,
    /// What happens to it.
    pub phase: UploadPhase,
    /// Bytes that X has acknowledged.
    pub bytes_sent: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// How far X's processing is, if it says so.
    pub processing_percent: Option<u32>,
}

/// Called for each step.
pub type ProgressListener = Arc<dyn Fn(ProgressEvent) + Send + Sync>;

/// Writes down how far media are.
pub trait UploadLog: Send + Sync {
    /// Keeps how far a medium is. The next step is taken when this has succeeded.
    fn note(
        &self,
        media_index: u32,
        phase: MediaPhase,
        upload: UploadCheckpoint,
    ) -> BoxFuture<'_, Result<(), Error>>;

    /// What is noted outlives the process, so that each segment is worth a note.
    fn is_durable(&self) -> bool;
}

/// What uploads of one call share.
#[derive(Clone)]
pub struct UploadContext {
    /// Which API.
    pub api: MediaApi,
    /// Memory for bytes on their way.
    pub budget: MemoryBudget,
    /// Places for segments in flight.
    pub lanes: Lanes,
    /// Who is notified.
    pub progress: Option<ProgressListener>,
    /// Who writes it down.
    pub log: Option<Arc<dyn UploadLog>>,
}

#[cfg(test)]
mod tests;
