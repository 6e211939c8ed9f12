//! Media.

use napi_derive::napi;
use twitter_native_core::protocol::media::category::MediaCategory;
use twitter_native_core::protocol::media::limits::MediaProblem as Problem;
use twitter_native_core::services::media::{Probe, UploadedMedia};

use super::number;

/// A medium that a post can carry.
#[napi(object, js_name = "UploadedMedia", object_from_js = false)]
pub struct UploadedMediaDetails {
    /// The id to post with.
    pub media_id: String,
    /// The key under which reads name it.
    pub media_key: Option<String>,
    /// What the source was: a URL without its query, or a name.
    pub source: String,
    /// As what X took it.
    #[napi(ts_type = "MediaCategory")]
    pub category: &'static str,
    /// What its bytes are.
    pub content_type: &'static str,
    /// Its size.
    pub bytes: i64,
    /// Until when a post can carry it, in milliseconds since the epoch.
    pub expires_at: i64,
    /// `succeeded` if X processed it after the upload.
    #[napi(ts_type = "'succeeded'")]
    pub processing: Option<&'static str>,
}

impl From<UploadedMedia> for UploadedMediaDetails {
    fn from(media: UploadedMedia) -> Self {
        Self {
            media_id: media.media_id,
            media_key: media.media_key,
            source: media.source,
            category: media.category.as_str(),
            content_type: media.content_type.as_str(),
            bytes: number(media.bytes),
            expires_at: number(media.expires_at_ms),
            processing: media.processed.then_some("succeeded"),
        }
    }
}

/// A rule that a medium breaks.
#[napi(object, object_from_js = false)]
pub struct MediaProblem {
    /// A word for programs, for example `gif_too_many_frames`.
    pub code: &'static str,
    /// A sentence for a person.
    pub message: String,
    /// The limit.
    pub limit: Option<i64>,
    /// The medium's figure.
    pub actual: Option<i64>,
}

/// What a medium is, from its bytes.
#[napi(object, object_from_js = false)]
pub struct MediaProbe {
    /// What its bytes are.
    pub content_type: &'static str,
    /// As what a post would carry it, if X takes it at all.
    #[napi(ts_type = "MediaCategory")]
    pub category: Option<&'static str>,
    /// Its size, if the source tells it or all of it was read.
    pub bytes: Option<i64>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// Milliseconds.
    pub duration_ms: Option<i64>,
    /// Frames of a GIF.
    pub frames: Option<u32>,
    /// Every rule of X's that it breaks; empty if X should take it.
    pub problems: Vec<MediaProblem>,
    /// What X may still refuse or change, depending on the account.
    pub warnings: Vec<MediaProblem>,
}

impl From<Problem> for MediaProblem {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code,
            message: problem.message,
            limit: problem.limit.map(number),
            actual: problem.actual.map(number),
        }
    }
}

impl From<Probe> for MediaProbe {
    fn from(probe: Probe) -> Self {
        let all = |problems: Vec<Problem>| problems.into_iter().map(MediaProblem::from).collect();
        Self {
            content_type: probe.content_type.as_str(),
            category: probe.category.map(MediaCategory::as_str),
            bytes: probe.bytes.map(number),
            width: probe.facts.width,
            height: probe.facts.height,
            duration_ms: probe.facts.duration_ms.map(number),
            frames: probe.facts.frames,
            problems: all(probe.problems),
            warnings: all(probe.warnings),
        }
    }
}
