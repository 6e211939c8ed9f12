//! Options of calls, and the callbacks and handles in them.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use napi::Status;
use napi::bindgen_prelude::{ClassInstance, FromNapiValue, Function, Promise, Unknown};
use napi::threadsafe_function::ThreadsafeFunction;
use napi_derive::napi;
use tokio_util::sync::CancellationToken;
use twitter_native_core::error::Error;
use twitter_native_core::protocol::media::category::MediaCategory;
use twitter_native_core::services::media::MediaApi;
use twitter_native_core::services::metrics::MetricsScope;
use twitter_native_core::services::publish::{self, CheckpointStore, NotKept, OnUnknown};
use twitter_native_core::services::tweets::TimelineQuery;
use twitter_native_derive::FromJs;

use super::client::ClientOptions;
use super::cost::PriceOverrides;
use super::listeners::ProgressListener;
use super::media::MediaOptions;
use super::reader::{FromJs, Path, readable};

/// Cancels the call that it was given to. The JavaScript layer ties it to an `AbortSignal`.
#[napi(namespace = "internal")]
pub struct Cancellation {
    token: CancellationToken,
}

#[napi(namespace = "internal")]
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

/// What every asynchronous function takes as its last argument.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct CallOptions {
    /// Ends the call at once, from any phase, with `ABORTED` and the signal's reason as `cause`. A post whose
    /// answer was awaited ends with `UNKNOWN_OUTCOME` instead, since it may have been published.
    #[napi(ts_type = "CallSignal")]
    pub signal: Option<CancellationToken>,
    /// A deadline for the whole call, retries included, in milliseconds.
    #[napi(ts_type = "number")]
    pub timeout_ms: Option<u64>,
    /// How to reach X, for this call alone.
    pub client: Option<ClientOptions>,
}

impl CallOptions {
    /// The deadline, which must be at least a millisecond away.
    pub(crate) fn timeout(&self) -> Result<Option<Duration>, Error> {
        match self.timeout_ms {
            Some(0) => Err(Error::invalid_argument("options.timeoutMs", "must be at least 1")),
            other => Ok(other.map(Duration::from_millis)),
        }
    }
}

/// When the author's timeline is read to find a post whose answer was lost.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct ReconcileOptions {
    /// Times after the outcome became unknown, in milliseconds, rising. Empty: the timeline is not read.
    /// @default [2000, 5000, 15000, 45000, 120000]
    #[napi(ts_type = "number[]")]
    pub schedule_ms: Option<Vec<u64>>,
}

/// Most reads of a timeline for one post, and the latest.
const MAX_READS: usize = 32;
const LATEST_READ_MS: u64 = 24 * 3600 * 1000;

/// The times at which a timeline is read.
pub(crate) fn read_schedule(reconcile: Option<ReconcileOptions>) -> Result<Option<Vec<u64>>, Error> {
    let Some(schedule) = reconcile.and_then(|options| options.schedule_ms) else {
        return Ok(None);
    };
    let rising = schedule.windows(2).all(|pair| matches!(pair, [one, two] if one <= two));
    let within = schedule.len() <= MAX_READS && schedule.iter().all(|at| *at <= LATEST_READ_MS);
    if rising && within {
        return Ok(Some(schedule));
    }
    let why = format!("must have at most {MAX_READS} times that rise, up to a day");
    Err(Error::invalid_argument("options.reconcile.scheduleMs", why))
}

/// Options of posting, beside [`CallOptions`]: what makes a post survive crashes and lost answers.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct IntentOptions {
    /// How far an earlier call for the same post came: what `onCheckpoint` was given last, or an error's
    /// `checkpoint`. A post that exists is not sent again, uploads continue where they stopped, and one in doubt is
    /// looked for on the timeline first. It must belong to the same content, account and media.
    pub checkpoint: Option<String>,
    /// Is given each new checkpoint, and awaited before the step that it protects: store it in place of the one
    /// before. If it rejects, nothing more is sent, and the call fails with `ABORTED` and what it rejected with as
    /// `cause`.
    #[napi(ts_type = "(checkpoint: string) => void | Promise<void>")]
    pub on_checkpoint: Option<StoreListener>,
    /// What to do with a post whose answer was lost and that the timeline does not show after three reads over two
    /// minutes: leave it to a person, or send it again. A second post is then possible if X shows the first one
    /// later than that.
    /// @default 'stop'
    #[napi(ts_type = "'stop' | 'retry'")]
    pub on_unknown: Option<OnUnknown>,
    /// When to look for a post whose answer was lost.
    pub reconcile: Option<ReconcileOptions>,
    /// Prices in place of X's, for the result's `estimatedCost`.
    #[napi(ts_type = "Prices")]
    pub prices: Option<PriceOverrides>,
}

impl IntentOptions {
    /// Completes what the core gets.
    pub(crate) fn apply(self, options: &mut publish::PublishOptions) -> Result<(), Error> {
        if let Some(schedule_ms) = read_schedule(self.reconcile)? {
            options.schedule_ms = schedule_ms;
        }
        options.checkpoint = self.checkpoint;
        options.store = self.on_checkpoint.map(|listener| Arc::new(listener) as _);
        options.on_unknown = self.on_unknown.unwrap_or_default();
        if let Some(prices) = self.prices {
            options.prices =
                Arc::new(prices.over_list(&Path::Property(&Path::Argument("options"), "prices"))?);
        }
        Ok(())
    }
}

impl FromJs for OnUnknown {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        match String::from_js(value, path)?.as_str() {
            "stop" => Ok(Self::Stop),
            "retry" => Ok(Self::Retry),
            _ => Err(path.refuse("must be 'stop' or 'retry'")),
        }
    }
}

/// `onCheckpoint`, as the JavaScript layer hands it on: a function that gives a promise of whether it was kept.
type Keep = ThreadsafeFunction<String, Promise<bool>, String, Status, false, true>;

/// Keeps checkpoints where the caller wants them.
pub struct StoreListener(Keep);

impl FromJs for StoreListener {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let function: Function<'_, String, Promise<bool>> =
            FromNapiValue::from_unknown(value).map_err(|_| path.refuse("must be a function"))?;
        let keep = function.build_threadsafe_function().weak::<true>().callee_handled::<false>().build();
        readable(keep, path).map(Self)
    }
}

impl CheckpointStore for StoreListener {
    fn save(&self, checkpoint: String) -> BoxFuture<'_, Result<(), NotKept>> {
        Box::pin(async move {
            let kept = self.0.call_async_catch(checkpoint).await.map_err(|_| NotKept)?;
            if kept.await.unwrap_or(false) { Ok(()) } else { Err(NotKept) }
        })
    }
}

/// Options of probing a medium, beside [`CallOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct ProbeOptions {
    /// What would be done with the medium before it goes up.
    pub media: Option<MediaOptions>,
}

/// Options of publishing and uploading, beside [`IntentOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct PublishOptions {
    /// Called with how far each medium is. It must not throw; what it throws is reported as a warning.
    #[napi(ts_type = "(event: MediaProgress) => void")]
    pub on_progress: Option<ProgressListener>,
    /// Through which of X's upload APIs media go. `v1.1` needs OAuth 1.0a credentials.
    /// @default 'v2'
    #[napi(ts_type = "'v2' | 'v1.1'")]
    pub media_api: Option<MediaApi>,
    /// What is done with media before they go up.
    pub media: Option<MediaOptions>,
    /// Checks the text, reads and prepares all pictures, probes all other media, and sends nothing to X.
    /// @default false
    pub dry_run: Option<bool>,
}

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
#[derive(Default, FromJs)]
pub struct UploadDetails {
    /// A description for people who can't see it, at most 1000 characters.
    pub alt_text: Option<String>,
    /// As what X should take it; without it, what its bytes say.
    #[napi(ts_type = "MediaCategory")]
    pub category: Option<MediaCategory>,
}

/// Options of reading metrics, beside [`CallOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct MetricsOptions {
    /// `owner` asks for the groups that only a post's author may read, too; where they are refused the public
    /// ones are given and `unavailable` says so.
    /// @default 'public'
    #[napi(ts_type = "'public' | 'owner'")]
    pub scope: Option<MetricsScope>,
}

impl FromJs for MetricsScope {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        match String::from_js(value, path)?.as_str() {
            "public" => Ok(Self::Public),
            "owner" => Ok(Self::Owner),
            _ => Err(path.refuse("must be 'public' or 'owner'")),
        }
    }
}

/// Options of reading what an app has used, beside [`CallOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct UsageOptions {
    /// Days that are listed one by one: 1 to 90.
    /// @default 7
    pub days: Option<u32>,
}

/// Options of reading a user's posts, beside [`CallOptions`].
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
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

impl From<TimelineOptions> for TimelineQuery {
    fn from(options: TimelineOptions) -> Self {
        Self {
            max_results: options.max_results,
            pagination_token: options.pagination_token,
            since_id: options.since_id,
            until_id: options.until_id,
            start_time: options.start_time,
            end_time: options.end_time,
            exclude: options.exclude.unwrap_or_default(),
        }
    }
}
