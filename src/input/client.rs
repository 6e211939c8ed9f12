//! Options of a client, and what the environment adds to them.

use std::sync::Arc;

use napi::bindgen_prelude::{ClassInstance, FromNapiValue, Unknown};
use napi_derive::napi;
use twitter_native_core::config::ClientSettings;
use twitter_native_core::error::Error;
use twitter_native_core::error_code::ErrorCode;
use twitter_native_core::secret::Secret;
use twitter_native_derive::FromJs;

use super::limits::LimitStore;
use super::listeners::Observer;
use super::media::MediaOptions;

/// Attempts, back-off and the retry budget of a client.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct RetryOptions {
    /// Attempts per request, the first included: 1 to 20.
    /// @default 3
    pub max_attempts: Option<u32>,
    /// Base of the exponential back-off with full jitter, in milliseconds.
    /// @default 200
    #[napi(ts_type = "number")]
    pub base_delay_ms: Option<u64>,
    /// Upper bound of one back-off, in milliseconds.
    /// @default 20000
    #[napi(ts_type = "number")]
    pub max_delay_ms: Option<u64>,
    /// Capacity of the client's retry budget: each retry costs 10, each success at the first try gives back 1.
    /// When it is empty, failures are returned at once instead of adding load.
    /// @default 100
    pub budget: Option<u32>,
}

/// What to do when X's rate limit is reached.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct RateLimitOptions {
    /// How long a call may wait for the limit's reset, in milliseconds. A longer wait fails at once with
    /// `RATE_LIMITED` and `retryAt`, so that a job can sleep instead of holding a worker.
    /// @default 0
    #[napi(ts_type = "number")]
    pub max_wait_ms: Option<u64>,
    /// Shares what is left of each window with other processes. Without one each process counts for itself.
    #[napi(ts_type = "RateLimitStore")]
    pub store: Option<LimitStore>,
}

/// How media are uploaded.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct UploadOptions {
    /// A fixed segment size, in bytes, at most 5,000,000. Without it one is chosen from the total size.
    #[napi(ts_type = "number")]
    pub segment_bytes: Option<u64>,
    /// Most segments of one publish in flight at once: 1 to 64.
    /// @default 8
    pub concurrency: Option<u32>,
    /// Most bytes of media that one publish holds in memory, at least 1 MiB.
    /// @default 16777216
    #[napi(ts_type = "number")]
    pub max_buffered_bytes: Option<u64>,
    /// Most bytes of media that all publishes of the process hold in memory, at least 1 MiB and one segment. It is usually
    /// set by `configure()`. Who finds no space waits, first come first served, until some has gone up. Calls with different
    /// values share one count; each waits until its own value allows it.
    /// @default 33554432, or `maxBufferedBytes` if that is larger
    #[napi(ts_type = "number")]
    pub process_buffered_bytes: Option<u64>,
}

/// Where media may come from.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct MediaPolicyOptions {
    /// Accept media URLs over plain http.
    /// @default false, or true with `X_MEDIA_ALLOW_HTTP=1`
    pub allow_http: Option<bool>,
    /// Accept media URLs that lead to private, loopback and other special networks.
    /// @default false, or true with `X_MEDIA_ALLOW_PRIVATE_NETWORKS=1`
    pub allow_private_networks: Option<bool>,
    /// The only hosts that media may come from: `cdn.example.com`, `*.example.com` or `*` for all public ones, each with an
    /// optional `:port`. An exact host with its port (`localhost:9000`, `minio.example.com:9000`, `[::1]:9000`) may also
    /// have a private address, and `localhost` may then be asked by plain http: name only what you run yourself. Link-local
    /// addresses and metadata services stay closed.
    pub allowed_hosts: Option<Vec<String>>,
    /// Largest medium, in bytes.
    /// @default 17179869184
    #[napi(ts_type = "number")]
    pub max_bytes: Option<u64>,
    /// Most redirects that one media URL may take.
    /// @default 3
    pub max_redirects: Option<u32>,
}

/// How to reach X. What is left out comes from `configure()`, then from the environment, then from the defaults.
/// Calls with equal options share one client: its connections, its retry budget and its view of rate limits.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct ClientOptions {
    /// Base URL of X's API. Plain http is accepted on a loopback address only.
    /// @default `X_API_BASE_URL`, else `https://api.x.com`
    pub api_base_url: Option<String>,
    /// Base URL of the v1.1 media endpoint, used by `mediaApi: 'v1.1'` only.
    /// @default `X_UPLOAD_BASE_URL`, else `https://upload.x.com`
    pub upload_base_url: Option<String>,
    /// The page on which a user grants access by OAuth 2.0.
    /// @default `X_AUTHORIZE_URL`, else `https://x.com/i/oauth2/authorize`
    pub authorize_url: Option<String>,
    /// An http or https proxy for calls to X. Media sources never go through it, and the environment's proxy
    /// variables are not read.
    #[napi(ts_type = "string")]
    pub proxy: Option<Secret>,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// Time for DNS, TCP and TLS, in milliseconds.
    /// @default 10000
    #[napi(ts_type = "number")]
    pub connect_timeout_ms: Option<u64>,
    /// Time for one attempt of one request, in milliseconds. An upload's attempt lasts as long as bytes move: it is given
    /// up when nothing has moved for this long, and the slowest line (0.5 Mbit/s) would have brought what was sent.
    /// @default 30000
    #[napi(ts_type = "number")]
    pub request_timeout_ms: Option<u64>,
    /// Root certificates to trust besides Mozilla's and the system's, as PEM texts.
    pub ca_certificates: Option<Vec<String>>,
    /// Attempts and back-off.
    pub retry: Option<RetryOptions>,
    /// What to do when X's rate limit is reached.
    pub rate_limit: Option<RateLimitOptions>,
    /// How media are uploaded.
    pub upload: Option<UploadOptions>,
    /// Where media may come from.
    pub media_policy: Option<MediaPolicyOptions>,
    /// What is done with media before they go up, where a call does not say.
    pub media: Option<MediaOptions>,
    /// Called for each attempt of each request. It must not throw; what it throws is reported as a warning.
    #[napi(ts_type = "(event: RequestEvent) => void")]
    pub on_request: Option<Observer>,
}

/// What the environment says. The JavaScript layer looks at it at each call, and makes another one when it says
/// something else.
#[napi(namespace = "internal")]
pub struct Environment {
    pub(crate) settings: Arc<ClientSettings>,
}

/// The settings of a call's handle.
pub(crate) fn read_environment(handle: Unknown<'_>) -> Result<Arc<ClientSettings>, Error> {
    let handle: ClassInstance<'_, Environment> = FromNapiValue::from_unknown(handle)
        .map_err(|_| Error::new(ErrorCode::Internal, "a call came without its environment"))?;
    Ok(Arc::clone(&handle.settings))
}

impl From<ClientOptions> for ClientSettings {
    fn from(options: ClientOptions) -> Self {
        let retry = options.retry.as_ref();
        let upload = options.upload.as_ref();
        let policy = options.media_policy.as_ref();
        Self {
            max_attempts: retry.and_then(|retry| retry.max_attempts),
            base_delay_ms: retry.and_then(|retry| retry.base_delay_ms),
            max_delay_ms: retry.and_then(|retry| retry.max_delay_ms),
            retry_budget: retry.and_then(|retry| retry.budget),
            max_rate_limit_wait_ms: options.rate_limit.and_then(|limit| limit.max_wait_ms),
            segment_bytes: upload.and_then(|upload| upload.segment_bytes),
            upload_concurrency: upload.and_then(|upload| upload.concurrency),
            max_buffered_bytes: upload.and_then(|upload| upload.max_buffered_bytes),
            process_buffered_bytes: upload.and_then(|upload| upload.process_buffered_bytes),
            allow_http: policy.and_then(|policy| policy.allow_http),
            allow_private_networks: policy.and_then(|policy| policy.allow_private_networks),
            allowed_hosts: policy.and_then(|policy| policy.allowed_hosts.clone()),
            max_media_bytes: policy.and_then(|policy| policy.max_bytes),
            max_redirects: policy.and_then(|policy| policy.max_redirects),
            prepare: options.media.and_then(|media| media.prepare),
            api_base_url: options.api_base_url,
            upload_base_url: options.upload_base_url,
            authorize_url: options.authorize_url,
            proxy: options.proxy,
            user_agent: options.user_agent,
            connect_timeout_ms: options.connect_timeout_ms,
            request_timeout_ms: options.request_timeout_ms,
            ca_certificates: options.ca_certificates,
        }
    }
}
