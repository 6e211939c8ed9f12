//! How a client is set up: what the caller gave, over the environment, over the defaults.

use std::time::Duration;

use twitter_native_derive::Fallback;
use url::Url;

use crate::error::Error;
use crate::memory::MemoryBudget;
use crate::protocol::addresses::{AddressPolicy, is_loopback_url};
use crate::protocol::media::limits::MAX_SEGMENT_BYTES;
use crate::protocol::media::preparation::Prepare;
use crate::protocol::retry_policy::RetryConfig;
use crate::secret::Secret;

/// X's API host, the only server that its specification names.
pub const DEFAULT_API_BASE_URL: &str = "https://api.x.com";
/// Where the v1.1 media endpoint lives.
pub const DEFAULT_UPLOAD_BASE_URL: &str = "https://upload.x.com";
/// The page on which a user grants an app access by OAuth 2.0.
pub const DEFAULT_AUTHORIZE_URL: &str = "https://x.com/i/oauth2/authorize";

const DEFAULT_USER_AGENT: &str = concat!("twitter-native/", env!("CARGO_PKG_VERSION"));
const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const DEFAULT_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// What a line of 0.5 Mbit/s has left for media.
const SLOWEST_UPLOAD_BYTES_PER_SECOND: u64 = 56 * 1024;
/// The smallest segment that is chosen by itself has to fit.
const MIN_BUFFERED_BYTES: u64 = 1024 * 1024;
const MAX_BUFFERED_BYTES: u64 = 16 * 1024 * 1024 * 1024;
const DEFAULT_MAX_BUFFERED_BYTES: u64 = 16 * 1024 * 1024;
/// What 25 publishes at once need to go as fast as with more; with 64 MiB they took a third more memory.
const DEFAULT_PROCESS_BUFFERED_BYTES: u64 = 32 * 1024 * 1024;
const DEFAULT_UPLOAD_CONCURRENCY: u32 = 8;
const DEFAULT_MAX_MEDIA_BYTES: u64 = 16 * 1024 * 1024 * 1024;
const DEFAULT_MAX_REDIRECTS: u32 = 3;
const DEFAULT_MAX_ATTEMPTS: u32 = 3;
const DEFAULT_BASE_DELAY_MS: u64 = 200;
const DEFAULT_MAX_DELAY_MS: u64 = 20_000;
const DEFAULT_MAX_RATE_LIMIT_WAIT_MS: u64 = 0;
const DEFAULT_RETRY_BUDGET: u32 = 100;

/// What a caller may set; what is `None` falls to the next source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Fallback)]
pub struct ClientSettings {
    /// Base URL of X's API.
    pub api_base_url: Option<String>,
    /// Base URL of the v1.1 media endpoint.
    pub upload_base_url: Option<String>,
    /// The OAuth 2.0 authorization page.
    pub authorize_url: Option<String>,
    /// A proxy for calls to X, never for media sources.
    pub proxy: Option<Secret>,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// Time for DNS, TCP and TLS, in milliseconds.
    pub connect_timeout_ms: Option<u64>,
    /// Time for one attempt of one request, in milliseconds.
    pub request_timeout_ms: Option<u64>,
    /// More root certificates, as PEM texts.
    pub ca_certificates: Option<Vec<String>>,
    /// Attempts per request, the first included.
    pub max_attempts: Option<u32>,
    /// Base of the exponential back-off, in milliseconds.
    pub base_delay_ms: Option<u64>,
    /// Upper bound of one back-off, in milliseconds.
    pub max_delay_ms: Option<u64>,
    /// Capacity of the retry budget: each retry costs 10, each first-try success gives back 1.
    pub retry_budget: Option<u32>,
    /// How long a call may wait for a rate limit's reset, in milliseconds.
    pub max_rate_limit_wait_ms: Option<u64>,
    /// A fixed segment size, in bytes.
    pub segment_bytes: Option<u64>,
    /// Most segments of one publish in flight at once.
    pub upload_concurrency: Option<u32>,
    /// Most bytes of media that one publish holds in memory.
    pub max_buffered_bytes: Option<u64>,
    /// Most bytes of media that all publishes of the process hold in memory.
    pub process_buffered_bytes: Option<u64>,
    /// Accept media sources over plain http.
    pub allow_http: Option<bool>,
    /// Accept media sources in private networks.
    pub allow_private_networks: Option<bool>,
    /// The only hosts that media may come from.
    pub allowed_hosts: Option<Vec<String>>,
    /// Largest media source, in bytes.
    pub max_media_bytes: Option<u64>,
    /// Most redirects that a media source may take.
    pub max_redirects: Option<u32>,
    /// What is done with pictures before they go up.
    pub prepare: Option<Prepare>,
}

/// Limits of one publish's upload.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UploadConfig {
    /// A fixed segment size in bytes, else one is chosen from the total size.
    pub segment_bytes: Option<u64>,
    /// Most segments in flight at once.
    pub concurrency: u32,
    /// Most bytes of media in memory at once.
    pub max_buffered_bytes: u64,
    /// Most bytes of media that all publishes of the process may have in memory for this one to add its own.
    pub process_buffered_bytes: u64,
    /// The slowest line that uploads are given time for. Callers can't set it.
    pub slowest_bytes_per_second: u64,
}

impl UploadConfig {
    /// Memory for the media of one publish.
    pub fn memory(&self) -> MemoryBudget {
        MemoryBudget::new(self.max_buffered_bytes, self.process_buffered_bytes)
    }
}

/// What media sources may be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MediaPolicy {
    /// Which addresses may be reached.
    pub addresses: AddressPolicy,
    /// Largest source, in bytes.
    pub max_bytes: u64,
    /// Most redirects that one source may take.
    pub max_redirects: u32,
}

/// A client's complete, checked configuration. Equal configurations share one client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientConfig {
    /// Base URL of X's API, without a trailing slash in its path.
    pub api_base_url: Url,
    /// Base URL of the v1.1 media endpoint.
    pub upload_base_url: Url,
    /// The OAuth 2.0 authorization page.
    pub authorize_url: Url,
    /// A proxy for calls to X.
    pub proxy: Option<Secret>,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// Time for DNS, TCP and TLS.
    pub connect_timeout: Duration,
    /// Time for one attempt of one request; an upload's lasts as long as bytes move, and this much longer.
    pub request_timeout: Duration,
    /// More root certificates, as PEM texts.
    pub ca_certificates: Vec<String>,
    /// Attempts and back-off.
    pub retry: RetryConfig,
    /// Capacity of the retry budget.
    pub retry_budget: u32,
    /// Limits of an upload.
    pub upload: UploadConfig,
    /// What media sources may be.
    pub media_policy: MediaPolicy,
    /// What is done with pictures before they go up, where a call does not say.
    pub prepare: Prepare,
}

impl ClientConfig {
    /// Checks the settings and fills in the defaults.
    ///
    /// `INVALID_ARGUMENT` names the field that is wrong.
    pub fn resolve(settings: &ClientSettings) -> Result<Self, Error> {
        Ok(Self {
            api_base_url: api_url("apiBaseUrl", settings.api_base_url.as_deref(), DEFAULT_API_BASE_URL)?,
            upload_base_url: api_url(
                "uploadBaseUrl",
                settings.upload_base_url.as_deref(),
                DEFAULT_UPLOAD_BASE_URL,
            )?,
            authorize_url: api_url("authorizeUrl", settings.authorize_url.as_deref(), DEFAULT_AUTHORIZE_URL)?,
            proxy: settings.proxy.clone().map(proxy_url).transpose()?,
            user_agent: user_agent(settings.user_agent.as_deref())?,
            connect_timeout: duration(
                "connectTimeoutMs",
                settings.connect_timeout_ms,
                DEFAULT_CONNECT_TIMEOUT,
            )?,
            request_timeout: duration(
                "requestTimeoutMs",
                settings.request_timeout_ms,
                DEFAULT_REQUEST_TIMEOUT,
            )?,
            ca_certificates: settings.ca_certificates.clone().unwrap_or_default(),
            retry: retry_config(settings)?,
            retry_budget: within("retry.budget", settings.retry_budget, 0..=1_000_000)?
                .unwrap_or(DEFAULT_RETRY_BUDGET),
            upload: upload_config(settings)?,
            media_policy: media_policy(settings)?,
            prepare: settings.prepare.unwrap_or_default(),
        })
    }
}

fn upload_config(settings: &ClientSettings) -> Result<UploadConfig, Error> {
    let segment_bytes = within("upload.segmentBytes", settings.segment_bytes, 1..=MAX_SEGMENT_BYTES)?;
    let max_buffered_bytes = within(
        "upload.maxBufferedBytes",
        settings.max_buffered_bytes,
        MIN_BUFFERED_BYTES..=MAX_BUFFERED_BYTES,
    )?
    .unwrap_or(DEFAULT_MAX_BUFFERED_BYTES);
    let process_buffered_bytes = within(
        "upload.processBufferedBytes",
        settings.process_buffered_bytes,
        MIN_BUFFERED_BYTES..=MAX_BUFFERED_BYTES,
    )?
    // Whoever lets one publish have more than all by default means it.
    .unwrap_or(DEFAULT_PROCESS_BUFFERED_BYTES.max(max_buffered_bytes));
    if let Some(segment) = segment_bytes.filter(|segment| *segment > process_buffered_bytes) {
        return Err(Error::invalid_argument(
            "client.upload.processBufferedBytes",
            format!(
                "must hold one segment, which upload.segmentBytes makes {segment} bytes, and is {process_buffered_bytes}"
            ),
        ));
    }
    Ok(UploadConfig {
        segment_bytes,
        concurrency: within("upload.concurrency", settings.upload_concurrency, 1..=64)?
            .unwrap_or(DEFAULT_UPLOAD_CONCURRENCY),
        max_buffered_bytes,
        process_buffered_bytes,
        slowest_bytes_per_second: SLOWEST_UPLOAD_BYTES_PER_SECOND,
    })
}

fn retry_config(settings: &ClientSettings) -> Result<RetryConfig, Error> {
    let max_rate_limit_wait_ms =
        within("rateLimit.maxWaitMs", settings.max_rate_limit_wait_ms, 0..=86_400_000)?;
    Ok(RetryConfig {
        max_attempts: within("retry.maxAttempts", settings.max_attempts, 1..=20)?
            .unwrap_or(DEFAULT_MAX_ATTEMPTS),
        base_delay_ms: within("retry.baseDelayMs", settings.base_delay_ms, 0..=600_000)?
            .unwrap_or(DEFAULT_BASE_DELAY_MS),
        max_delay_ms: within("retry.maxDelayMs", settings.max_delay_ms, 0..=3_600_000)?
            .unwrap_or(DEFAULT_MAX_DELAY_MS),
        max_rate_limit_wait_ms: max_rate_limit_wait_ms.unwrap_or(DEFAULT_MAX_RATE_LIMIT_WAIT_MS),
    })
}

fn media_policy(settings: &ClientSettings) -> Result<MediaPolicy, Error> {
    Ok(MediaPolicy {
        addresses: AddressPolicy {
            allow_private_networks: settings.allow_private_networks.unwrap_or(false),
            allow_http: settings.allow_http.unwrap_or(false),
            allowed_hosts: settings.allowed_hosts.clone().map(allowed_hosts).transpose()?,
        },
        max_bytes: within("mediaPolicy.maxBytes", settings.max_media_bytes, 1..=DEFAULT_MAX_MEDIA_BYTES)?
            .unwrap_or(DEFAULT_MAX_MEDIA_BYTES),
        max_redirects: within("mediaPolicy.maxRedirects", settings.max_redirects, 0..=20)?
            .unwrap_or(DEFAULT_MAX_REDIRECTS),
    })
}

/// An entry with a scheme or a path would match no host, and keep all media out without a word.
fn allowed_hosts(entries: Vec<String>) -> Result<Vec<String>, Error> {
    let is_host = |entry: &String| {
        !entry.is_empty()
            && !entry.contains(|character: char| character.is_whitespace() || "/@?#".contains(character))
    };
    match entries.iter().position(|entry| !is_host(entry)) {
        Some(index) => Err(Error::invalid_argument(
            format!("client.mediaPolicy.allowedHosts[{index}]"),
            "must be a host, such as cdn.example.com, *.example.com or localhost:9000, without a scheme or path",
        )),
        None => Ok(entries),
    }
}

/// Parses a URL that credentials go to: https, or http on a loopback address, since only there nobody listens in.
fn api_url(field: &str, given: Option<&str>, default: &str) -> Result<Url, Error> {
    let text = given.unwrap_or(default);
    let refuse = |why: &str| Error::invalid_argument(format!("client.{field}"), why);
    let mut url = Url::parse(text).map_err(|_| refuse("must be an absolute URL"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("must not hold a user name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("must not have a query or fragment"));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback_url(&url) => {}
        "http" => return Err(refuse("must be https; plain http is accepted on a loopback address only")),
        _ => return Err(refuse("must be an https URL")),
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

fn proxy_url(proxy: Secret) -> Result<Secret, Error> {
    let refuse = || Error::invalid_argument("client.proxy", "must be an http or https URL");
    let url = Url::parse(proxy.expose()).map_err(|_| refuse())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(proxy) } else { Err(refuse()) }
}

fn user_agent(given: Option<&str>) -> Result<String, Error> {
    let text = given.unwrap_or(DEFAULT_USER_AGENT);
    if text.is_empty() || text.len() > 256 || !text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Err(Error::invalid_argument(
            "client.userAgent",
            "must be 1 to 256 printable ASCII characters",
        ));
    }
    Ok(text.to_owned())
}

fn duration(field: &str, given: Option<u64>, default: Duration) -> Result<Duration, Error> {
    Ok(within(field, given, 1..=3_600_000)?.map_or(default, Duration::from_millis))
}

fn within<T>(field: &str, given: Option<T>, range: std::ops::RangeInclusive<T>) -> Result<Option<T>, Error>
where
    T: PartialOrd + std::fmt::Display,
{
    match given {
        Some(value) if !range.contains(&value) => Err(Error::invalid_argument(
            format!("client.{field}"),
            format!("must be from {} to {}, and is {value}", range.start(), range.end()),
        )),
        other => Ok(other),
    }
}
