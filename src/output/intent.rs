//! How far an intent is.

use napi_derive::napi;
use twitter_native_core::protocol::checkpoint::{Inspection, MediaPhase};
use twitter_native_core::protocol::publish::Status;
use twitter_native_core::services::publish::{intent::Report, tweet_url};

use super::number;

/// How far an intent is.
#[napi(object, object_from_js = false)]
pub struct IntentStatus {
    /// `new`: nothing was begun. `publishing`: a call works on it, or its process ended in the middle. `published`: it
    /// exists. `failed`: it does not exist, or was abandoned. `unknown`: it may exist; see `candidates` and settle it.
    #[napi(ts_type = "'new' | 'publishing' | 'published' | 'failed' | 'unknown'")]
    pub state: &'static str,
    /// How far the post is, as {@link inspectCheckpoint} says it; of a thread, the part that is under way. Absent where
    /// nothing was begun.
    #[napi(
        ts_type = "'NEW' | 'MEDIA_READY' | 'ARMED' | 'PUBLISHED' | 'REJECTED' | 'UNKNOWN' | 'NEEDS_HUMAN'"
    )]
    pub post_state: Option<&'static str>,
    /// A post of it may exist without our knowing.
    pub in_doubt: bool,
    /// Ids of its posts that exist; of a thread that is under way, those of its first parts.
    pub published: Vec<String>,
    /// The post's id; of a thread the first one's.
    pub tweet_id: Option<String>,
    /// Where it can be seen.
    pub tweet_url: Option<String>,
    /// Why the last call failed.
    pub error: Option<IntentError>,
    /// Until when other calls leave it alone, in milliseconds since the epoch. In the past: its process ended.
    pub lease_until: Option<i64>,
    /// Posts that may be it.
    pub candidates: Option<Vec<IntentCandidate>>,
}

/// What a checkpoint says.
#[napi(object, object_from_js = false)]
pub struct CheckpointInspection {
    /// How far the post is; of a thread, the part that is under way. `ARMED`, `UNKNOWN` and `NEEDS_HUMAN` are in doubt.
    #[napi(
        ts_type = "'NEW' | 'MEDIA_READY' | 'ARMED' | 'PUBLISHED' | 'REJECTED' | 'UNKNOWN' | 'NEEDS_HUMAN'"
    )]
    pub state: &'static str,
    /// The post may exist without our knowing: it is not to be sent again before that is settled.
    pub in_doubt: bool,
    /// Ids of the posts that exist.
    pub published: Vec<String>,
    /// How far its slowest medium is.
    #[napi(ts_type = "'INIT' | 'APPEND' | 'FINALIZE' | 'PROCESSING' | 'READY'")]
    pub phase: Option<&'static str>,
    /// When the post was about to be sent, in milliseconds since the epoch, if it is in doubt.
    pub armed_at: Option<i64>,
}

impl From<Inspection> for CheckpointInspection {
    fn from(inspection: Inspection) -> Self {
        Self {
            state: inspection.state,
            in_doubt: inspection.in_doubt,
            published: inspection.published,
            phase: inspection.phase.map(|phase| match phase {
                MediaPhase::Init => "INIT",
                MediaPhase::Append => "APPEND",
                MediaPhase::Finalize => "FINALIZE",
                MediaPhase::Processing => "PROCESSING",
                MediaPhase::Ready => "READY",
            }),
            armed_at: inspection.armed_at_ms.map(number),
        }
    }
}

/// Why a call of an intent failed.
#[napi(object, object_from_js = false)]
pub struct IntentError {
    /// The error's code.
    pub code: String,
    /// Its message.
    pub message: String,
}

/// A post that may be the one whose outcome is unknown.
#[napi(object, object_from_js = false)]
pub struct IntentCandidate {
    /// Its id.
    pub tweet_id: String,
    /// Where it can be seen.
    pub tweet_url: String,
    /// Why it may be it.
    pub why: String,
}

impl From<Report> for IntentStatus {
    fn from(report: Report) -> Self {
        let first = report.published.first().cloned();
        let candidates: Vec<IntentCandidate> = report
            .candidates
            .into_iter()
            .map(|candidate| IntentCandidate {
                tweet_url: tweet_url(&candidate.id),
                tweet_id: candidate.id,
                why: candidate.why,
            })
            .collect();
        Self {
            state: match report.status {
                Status::New => "new",
                Status::Publishing => "publishing",
                Status::Published => "published",
                Status::Failed => "failed",
                Status::Unknown => "unknown",
            },
            post_state: report.post_state,
            in_doubt: report.in_doubt,
            tweet_url: first.as_deref().map(tweet_url),
            tweet_id: first,
            published: report.published,
            error: report.failure.map(|failure| IntentError { code: failure.code, message: failure.message }),
            lease_until: report.lease_until_ms.map(number),
            candidates: (!candidates.is_empty()).then_some(candidates),
        }
    }
}
