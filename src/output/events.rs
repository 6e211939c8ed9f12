//! Events and rate limits.

use napi_derive::napi;
use twitter_native_core::call;
use twitter_native_core::client::ObservedLimit;
use twitter_native_core::protocol::rate_limit;
use twitter_native_core::services::media;

use super::number;

/// A rate limit as X's headers reported it.
#[napi(object, object_from_js = false)]
pub struct RateLimit {
    /// Which window it counts in.
    #[napi(ts_type = "'endpoint' | 'app_day' | 'user_day'")]
    pub window: &'static str,
    /// Requests per window.
    pub limit: Option<i64>,
    /// Requests left.
    pub remaining: Option<i64>,
    /// When the window ends, in seconds since the epoch.
    pub reset: Option<i64>,
}

impl From<rate_limit::RateLimit> for RateLimit {
    fn from(limit: rate_limit::RateLimit) -> Self {
        Self {
            window: limit.window.as_str(),
            limit: limit.limit.map(number),
            remaining: limit.remaining.map(number),
            reset: limit.reset_epoch_secs.map(number),
        }
    }
}

/// What X's headers last said for one account and endpoint.
#[napi(object, js_name = "ObservedRateLimit", object_from_js = false)]
pub struct RateLimitRow {
    /// The account: its id, as far as it is known, else a short digest of its token; or `app`.
    pub account: String,
    /// Method and path.
    pub endpoint: String,
    /// Which window it counts in.
    #[napi(ts_type = "'endpoint' | 'app_day' | 'user_day'")]
    pub window: &'static str,
    /// Requests per window.
    pub limit: Option<i64>,
    /// Requests left.
    pub remaining: Option<i64>,
    /// When the window ends, in seconds since the epoch.
    pub reset: Option<i64>,
}

impl From<ObservedLimit> for RateLimitRow {
    fn from(row: ObservedLimit) -> Self {
        let RateLimit { window, limit, remaining, reset } = row.limit.into();
        Self { account: row.account, endpoint: row.endpoint, window, limit, remaining, reset }
    }
}

/// One attempt of one request. It holds no query, no header and no body.
#[napi(object, object_from_js = false)]
pub struct RequestEvent {
    /// The function that was called.
    pub operation: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Host and port.
    pub host: String,
    /// Path, with `:id` in place of ids.
    pub path: &'static str,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Counted from 1.
    pub attempt: u32,
    /// When it began, in milliseconds since the epoch, with fractions.
    pub started_at: f64,
    /// Milliseconds.
    pub duration_ms: f64,
    /// What the answer's headers said.
    pub rate_limit: Option<RateLimit>,
    /// What the network did, if there was no answer.
    pub failure: Option<String>,
}

impl From<call::RequestEvent> for RequestEvent {
    fn from(event: call::RequestEvent) -> Self {
        Self {
            operation: event.operation,
            method: event.method,
            host: event.host,
            path: event.path,
            status: event.status,
            attempt: event.attempt,
            started_at: event.started_at.as_secs_f64() * 1000.0,
            duration_ms: event.duration.as_secs_f64() * 1000.0,
            rate_limit: event.rate_limit.map(RateLimit::from),
            failure: event.failure,
        }
    }
}

/// How far a medium is.
#[napi(object, object_from_js = false)]
pub struct MediaProgress {
    /// Which medium of the post, counted from 0.
    pub media_index: u32,
    /// What happens to it.
    #[napi(ts_type = "'uploading' | 'processing' | 'ready'")]
    pub phase: &'static str,
    /// Bytes that X has acknowledged.
    pub bytes_sent: i64,
    /// Bytes in all.
    pub total_bytes: i64,
    /// How far X's processing is, if it says so.
    pub processing_percent: Option<u32>,
}

impl From<media::ProgressEvent> for MediaProgress {
    fn from(event: media::ProgressEvent) -> Self {
        Self {
            media_index: event.media_index,
            phase: event.phase.as_str(),
            bytes_sent: number(event.bytes_sent),
            total_bytes: number(event.total_bytes),
            processing_percent: event.processing_percent,
        }
    }
}
