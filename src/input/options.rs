//! Options of calls, and the callbacks and handles in them.

use std::sync::Arc;
use std::time::Duration;

use napi::Status;
use napi::bindgen_prelude::{ClassInstance, FromNapiValue, Function, Unknown};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use tokio_util::sync::CancellationToken;
use twitter_native_core::call;
use twitter_native_core::error::Error;
use twitter_native_core::protocol::media::category::MediaCategory;
use twitter_native_core::services::media::{MediaApi, ProgressEvent};
use twitter_native_core::services::metrics::MetricsScope;

use super::client::ClientOptions;
use super::reader::{FromJs, Path, read_fields, readable};
use crate::output::{MediaProgress, RequestEvent};

/// Cancels the call that it was given to. The JavaScript layer ties it to an `AbortSignal`.
#[napi]
pub struct Cancellation {
    token: CancellationToken,
}

#[napi]
impl Cancellation {
    /// A handle for one call.
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::new_without_default, reason = "JavaScript makes it")]
    pub fn new() -> Self {
        Self { token: CancellationToken::new() }
    }

    /// Ends the call at once.
    #[napi(catch_unwind)]
    pub fn cancel(&self) {
        self.token.cancel();
    }
}

impl FromJs for CancellationToken {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let handle: ClassInstance<'_, Cancellation> =
            FromNapiValue::from_unknown(value).map_err(|_| path.refuse("must be an AbortSignal"))?;
        Ok(handle.token.clone())
    }
}

/// A JavaScript function that is told of events. It does not keep the process alive.
type Listener<T> = ThreadsafeFunction<T, (), T, Status, false, true>;

fn listener<T>(value: Unknown<'_>, path: &Path<'_>) -> Result<Listener<T>, Error>
where
    T: napi::bindgen_prelude::ToNapiValue + napi::bindgen_prelude::JsValuesTupleIntoVec + 'static,
{
    let function: Function<'_, T, ()> =
        FromNapiValue::from_unknown(value).map_err(|_| path.refuse("must be a function"))?;
    readable(function.build_threadsafe_function().weak::<true>().callee_handled::<false>().build(), path)
}

/// `onRequest` of a client.
#[derive(Clone)]
pub struct Observer(pub(crate) call::Observer);

impl FromJs for Observer {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let listener: Listener<RequestEvent> = listener(value, path)?;
        Ok(Self(Arc::new(move |event| {
            listener.call(RequestEvent::from(event), ThreadsafeFunctionCallMode::NonBlocking);
        })))
    }
}

/// `onProgress` of an upload.
pub struct ProgressListener(pub(crate) Arc<dyn Fn(ProgressEvent) + Send + Sync>);

impl FromJs for ProgressListener {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let listener: Listener<MediaProgress> = listener(value, path)?;
        Ok(Self(Arc::new(move |event| {
            listener.call(MediaProgress::from(event), ThreadsafeFunctionCallMode::NonBlocking);
        })))
    }
}

/// What every asynchronous function takes as its last argument.
#[napi(object, object_from_js = false, object_to_js = false)]
pub struct CallOptions {
    /// Ends the call at once, from any phase, with `ABORTED` and the signal's reason as `cause`. A post whose
    /// answer was awaited ends with `UNKNOWN_OUTCOME` instead, since it may have been published.
    #[napi(ts_type = "AbortSignal")]
    pub signal: Option<CancellationToken>,
    /// A deadline for the whole call, retries included, in milliseconds.
    #[napi(ts_type = "number")]
    pub timeout_ms: Option<u64>,
    /// How to reach X, for this call alone.
    pub client: Option<ClientOptions>,
}

read_fields!(CallOptions { signal, timeout_ms, client });

impl CallOptions {
    /// The deadline, which must be at least a millisecond away.
    pub(crate) fn timeout(&self) -> Result<Option<Duration>, Error> {
        match self.timeout_ms {
            Some(0) => Err(Error::invalid_argument("options.timeoutMs", "must be at least 1")),
            other => Ok(other.map(Duration::from_millis)),
        }
    }
}

/// Options of publishing and uploading, beside [`CallOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default)]
pub struct PublishOptions {
    /// Is told how far each medium is. It must not throw; what it throws is reported as a warning.
    #[napi(ts_type = "(event: MediaProgress) => void")]
    pub on_progress: Option<ProgressListener>,
    /// Through which of X's upload APIs media go. `v1.1` needs OAuth 1.0a credentials.
    /// @default 'v2'
    #[napi(ts_type = "'v2' | 'v1.1'")]
    pub media_api: Option<MediaApi>,
    /// Checks the text and probes all media, and sends nothing to X.
    /// @default false
    pub dry_run: Option<bool>,
}

read_fields!(PublishOptions { on_progress, media_api, dry_run });

impl FromJs for MediaApi {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        match String::from_js(value, path)?.as_str() {
            "v2" => Ok(Self::V2),
            "v1.1" => Ok(Self::V1_1),
            _ => Err(path.refuse("must be 'v2' or 'v1.1'")),
        }
    }
}

/// Options of uploading one medium, beside [`PublishOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default)]
pub struct UploadDetails {
    /// A description for people who can't see it, at most 1000 characters.
    pub alt_text: Option<String>,
    /// As what X should take it; without it, what its bytes say.
    #[napi(ts_type = "MediaCategory")]
    pub category: Option<MediaCategory>,
}

read_fields!(UploadDetails { alt_text, category });

/// Options of reading metrics, beside [`CallOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default)]
pub struct MetricsOptions {
    /// `owner` asks for the groups that only a post's author may read, too; where they are refused the public
    /// ones are given and `unavailable` says so.
    /// @default 'public'
    #[napi(ts_type = "'public' | 'owner'")]
    pub scope: Option<MetricsScope>,
}

read_fields!(MetricsOptions { scope });

impl FromJs for MetricsScope {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        match String::from_js(value, path)?.as_str() {
            "public" => Ok(Self::Public),
            "owner" => Ok(Self::Owner),
            _ => Err(path.refuse("must be 'public' or 'owner'")),
        }
    }
}

/// Options of reading a user's posts, beside [`CallOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default)]
pub struct TimelineOptions {
    /// Posts per page: 5 to 100.
    pub max_results: Option<u32>,
    /// The page to read, from the answer before.
    pub pagination_token: Option<String>,
    /// Only posts newer than this id.
    pub since_id: Option<String>,
    /// Only posts older than this id.
    pub until_id: Option<String>,
    /// Only posts from this time on, in ISO 8601.
    pub start_time: Option<String>,
    /// Only posts before this time, in ISO 8601.
    pub end_time: Option<String>,
    /// What to leave out.
    #[napi(ts_type = "Array<'replies' | 'retweets'>")]
    pub exclude: Option<Vec<String>>,
}

read_fields!(TimelineOptions {
    max_results,
    pagination_token,
    since_id,
    until_id,
    start_time,
    end_time,
    exclude,
});
