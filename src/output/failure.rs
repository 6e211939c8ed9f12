//! A failure as plain fields. The JavaScript layer makes the `TwitterError` of it, in the caller's realm and with
//! the caller's stack.

use napi_derive::napi;
use twitter_native_core::error::Error;
use twitter_native_core::error_code::{ErrorCode, ErrorType};
use twitter_native_core::services::publish::ThreadFailure;

use super::tweets::PublishedTweet;
use super::{RateLimit, number};

macro_rules! types {
    ($($variant:ident => $word:tt;)*) => {
        /// The word that Medusa's error handler maps to an HTTP status.
        #[napi(string_enum, object_from_js = false)]
        pub enum TwitterErrorType {
            $(#[napi(value = $word)] $variant,)*
        }

        impl From<ErrorType> for TwitterErrorType {
            fn from(kind: ErrorType) -> Self {
                match kind { $(ErrorType::$variant => Self::$variant,)* }
            }
        }
    };
}

twitter_native_core::with_error_types!(types);

macro_rules! codes {
    ($($variant:ident => $code:tt, $kind:ident, $meaning:tt;)*) => {
        /// What went wrong; docs/errors.md says when each occurs and what to do.
        #[napi(string_enum, object_from_js = false)]
        pub enum TwitterErrorCode {
            $(#[napi(value = $code)] $variant,)*
        }

        impl From<ErrorCode> for TwitterErrorCode {
            fn from(code: ErrorCode) -> Self {
                match code { $(ErrorCode::$variant => Self::$variant,)* }
            }
        }
    };
}

twitter_native_core::with_error_codes!(codes);

/// What a `TwitterError` is made of.
#[napi(object, namespace = "internal", object_from_js = false)]
pub struct Failure {
    pub code: TwitterErrorCode,
    #[napi(js_name = "type")]
    pub kind: TwitterErrorType,
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
            code: fields.code.into(),
            kind: fields.code.error_type().into(),
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
