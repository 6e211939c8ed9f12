//! A failure as plain fields. The JavaScript layer makes the `TwitterError` of it, in the caller's realm and with
//! the caller's stack.

use napi_derive::napi;
use twitter_native_core::error::Error;
use twitter_native_core::services::publish::ThreadFailure;

use super::tweets::PublishedTweet;
use super::{RateLimit, number};

/// What a `TwitterError` is made of.
#[napi(object, object_from_js = false)]
pub struct Failure {
    pub code: &'static str,
    #[napi(js_name = "type")]
    pub kind: &'static str,
    pub operation: &'static str,
    pub message: String,
    pub status: Option<u16>,
    pub problem_type: Option<String>,
    pub detail: Option<String>,
    pub field: Option<String>,
    pub retryable: bool,
    /// Milliseconds since the epoch.
    pub retry_at: Option<i64>,
    pub rate_limit: Option<RateLimit>,
    pub media_index: Option<u32>,
    pub checkpoint: Option<String>,
    pub cause: Option<String>,
    pub published: Option<Vec<PublishedTweet>>,
    pub failed_index: Option<u32>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let fields = error.into_fields();
        Self {
            code: fields.code.as_str(),
            kind: fields.code.error_type(),
            operation: fields.operation,
            message: fields.message,
            status: fields.status,
            problem_type: fields.problem_type,
            detail: fields.detail,
            field: fields.field,
            retryable: fields.retryable,
            retry_at: fields.retry_at_ms.map(number),
            rate_limit: fields.rate_limit.map(RateLimit::from),
            media_index: fields.media_index,
            checkpoint: fields.checkpoint,
            cause: fields.cause,
            published: None,
            failed_index: None,
        }
    }
}

impl From<ThreadFailure> for Failure {
    fn from(failure: ThreadFailure) -> Self {
        Self {
            published: Some(failure.published.into_iter().map(PublishedTweet::from).collect()),
            failed_index: failure.failed_index,
            ..Self::from(failure.error)
        }
    }
}
