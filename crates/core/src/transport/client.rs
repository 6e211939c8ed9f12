//! A client: the connections, budgets and observations that calls with one configuration share.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, Weak};
use std::time::{Duration, Instant};

use url::Url;

use super::accounts::Accounts;
use super::clock::ServerClock;
use super::connections::POOL_IDLE_TIMEOUT;
use super::endpoint::Host;
use super::http_clients::{self, Line};
use super::http2::Http2;
use super::limits_table::LimitsTable;
pub use super::limits_table::{ObservedLimit, RateLimitStore};
use super::opened::{Opening, UnderWay};
use super::tls::Tls;
use crate::config::{ClientConfig, ClientSettings};
use crate::error::Error;
use crate::locks::locked;
use crate::protocol::retry_policy::RetryBudget;

type Lazy<T> = OnceLock<Result<T, Error>>;
type Build<T> = fn(&ClientConfig, &Tls) -> Result<T, Error>;

/// Shared by all calls with an equal configuration.
#[derive(Debug)]
pub struct Client {
    config: ClientConfig,
    tls: Tls,
    http2: Lazy<Http2>,
    api: Lazy<Line>,
    unshared: Lazy<Line>,
    upload: Lazy<reqwest::Client>,
    /// The major version of HTTP that the API was last found to speak; 0 before it was asked.
    version: AtomicU8,
    /// When an answer last came over connections that uploads can share, in milliseconds since the client was made.
    answered_ms: AtomicU64,
    made: Instant,
    media: Lazy<reqwest::Client>,
    retry_budget: Mutex<RetryBudget>,
    limits: LimitsTable,
    server_clock: ServerClock,
    accounts: Accounts,
}

impl Client {
    /// Builds a client that shares nothing with others.
    pub fn new(config: ClientConfig) -> Result<Self, Error> {
        let tls = Tls::new(&config.ca_certificates)?;
        let retry_budget = Mutex::new(RetryBudget::new(config.retry_budget));
        Ok(Self {
            config,
            tls,
            http2: Lazy::new(),
            api: Lazy::new(),
            unshared: Lazy::new(),
            upload: Lazy::new(),
            version: AtomicU8::new(0),
            answered_ms: AtomicU64::new(0),
            made: Instant::now(),
            media: Lazy::new(),
            retry_budget,
            limits: LimitsTable::default(),
            server_clock: ServerClock::default(),
            accounts: Accounts::default(),
        })
    }

    /// The client for this configuration: built at its first use, the same from then on.
    pub fn shared(config: &ClientConfig) -> Result<Arc<Self>, Error> {
        static CLIENTS: LazyLock<Mutex<HashMap<ClientConfig, Arc<Client>>>> = LazyLock::new(Mutex::default);
        let mut clients = locked(&CLIENTS);
        if let Some(client) = clients.get(config) {
            return Ok(Arc::clone(client));
        }
        if clients.len() >= MAX_SHARED_CLIENTS {
            // Those that no call holds go; a caller who makes a new configuration for each call must not leak.
            clients.retain(|_, client| Arc::strong_count(client) > 1);
        }
        let client = Arc::new(Self::new(config.clone())?);
        clients.insert(config.clone(), Arc::clone(&client));
        Ok(client)
    }

    /// The client for these settings. What they come to is worked out once.
    pub fn for_settings(settings: &ClientSettings) -> Result<Arc<Self>, Error> {
        static KNOWN: LazyLock<Mutex<HashMap<ClientSettings, Weak<Client>>>> = LazyLock::new(Mutex::default);
        let known = || locked(&KNOWN);
        if let Some(client) = known().get(settings).and_then(Weak::upgrade) {
            return Ok(client);
        }
        let client = Self::shared(&ClientConfig::resolve(settings)?)?;
        let mut known = known();
        if known.len() >= MAX_SHARED_CLIENTS {
            known.clear();
        }
        known.insert(settings.clone(), Arc::downgrade(&client));
        Ok(client)
    }

    /// The client for settings over others. While both are the very ones of the last time, nothing is compared or copied:
    /// with certificates among them that took longer than reading all arguments.
    pub fn for_layers(upper: &Arc<ClientSettings>, lower: &Arc<ClientSettings>) -> Result<Arc<Self>, Error> {
        static LAST: Mutex<Option<Layers>> = Mutex::new(None);
        let of_last = |last: &Layers| {
            let is_same = Arc::ptr_eq(&last.upper, upper) && Arc::ptr_eq(&last.lower, lower);
            is_same.then(|| last.client.upgrade()).flatten()
        };
        if let Some(client) = locked(&LAST).as_ref().and_then(of_last) {
            return Ok(client);
        }
        let client = Self::for_settings(&ClientSettings::clone(upper).or(lower))?;
        let (upper, lower) = (Arc::clone(upper), Arc::clone(lower));
        *locked(&LAST) = Some(Layers { upper, lower, client: Arc::downgrade(&client) });
        Ok(client)
    }

    /// The configuration that the client was built from.
    pub fn config(&self) -> &ClientConfig {
        &self.config
    }

    /// What X's headers last said, per account and endpoint.
    pub fn rate_limits(&self) -> Vec<ObservedLimit> {
        self.limits.snapshot()
    }

    /// What sends requests over HTTP/2, if that is what a server speaks, as far as is known.
    pub(crate) fn http2(&self, host: Host) -> Result<Option<&Http2>, Error> {
        if !self.expects_http2() || !self.is_api(host) {
            return Ok(None);
        }
        self.built(&self.http2, http_clients::http2).map(Some)
    }

    /// The server of the API, or the same one under the other name.
    fn is_api(&self, host: Host) -> bool {
        host == Host::Api || self.config.upload_base_url.origin() == self.config.api_base_url.origin()
    }

    /// The client for requests to X that may share connections.
    pub(crate) fn shared_connections(&self, host: Host) -> Result<&reqwest::Client, Error> {
        // What is opened ahead is for the API's server alone.
        if !self.is_api(host) {
            return self.built(&self.upload, http_clients::upload_client);
        }
        Ok(&self.api()?.http)
    }

    /// The client for a request that must have a connection of its own, and what is to be kept while that is under way. Far
    /// from the server, requests in quick succession find theirs open.
    pub(crate) fn unshared(&self) -> Result<(&reqwest::Client, UnderWay<'_>), Error> {
        let Line { http, opener } = self.unshared_line()?;
        let most = if self.expects_http2() { 0 } else { MAX_OPENED_FOR_NEXT };
        Ok((http, opener.begin(&self.config.api_base_url, most)))
    }

    /// Opens the connections that so many uploads at once will need, if the API was not asked anything for so long that
    /// none are open any more.
    pub(crate) fn open_for_uploads(&self, uploads: usize) -> Result<Option<Opening>, Error> {
        if self.has_open_connections() || uploads == 0 {
            return Ok(None);
        }
        let count = if self.expects_http2() { 1 } else { uploads };
        self.api()?.opener.open(&self.config.api_base_url, count, count).map(Some)
    }

    /// Opens the connection that a post will need, unless it is there.
    pub(crate) fn open_for_post(&self) -> Result<Option<Opening>, Error> {
        if let Some(http2) = self.http2(Host::Api)? {
            return Ok(http2.open_ahead().map(Opening::of));
        }
        self.unshared_line()?.opener.open(&self.config.api_base_url, 1, MAX_OPENED_FOR_POSTS).map(Some)
    }

    fn api(&self) -> Result<&Line, Error> {
        self.built(&self.api, http_clients::api_client)
    }

    fn unshared_line(&self) -> Result<&Line, Error> {
        self.built(&self.unshared, http_clients::unshared_client)
    }

    /// Each is built when it is first needed, on the thread that needs it: never on that of JavaScript.
    fn built<'a, T>(&self, lazy: &'a Lazy<T>, build: Build<T>) -> Result<&'a T, Error> {
        lazy.get_or_init(|| build(&self.config, &self.tls)).as_ref().map_err(Clone::clone)
    }

    /// Whether the API speaks HTTP/2, as far as is known. X itself does wherever it is reached over TLS.
    fn expects_http2(&self) -> bool {
        match self.version.load(Ordering::Relaxed) {
            0 => self.config.api_base_url.scheme() == "https",
            version => version == HTTP_2,
        }
    }

    /// Whether the API has answered so recently that the connection may still be used.
    fn has_open_connections(&self) -> bool {
        let answered_ms = self.answered_ms.load(Ordering::Relaxed);
        let answered = Duration::from_millis(answered_ms);
        answered_ms != 0 && self.made.elapsed().saturating_sub(answered) < POOL_IDLE_TIMEOUT
    }

    /// What the API was found to speak.
    pub(crate) fn note_version(&self, version: http::Version) {
        let major = if version == http::Version::HTTP_2 { HTTP_2 } else { 1 };
        self.version.store(major, Ordering::Relaxed);
    }

    /// An answer came over connections that others share.
    pub(crate) fn note_answer(&self) {
        let elapsed_ms = u64::try_from(self.made.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.answered_ms.store(elapsed_ms.max(1), Ordering::Relaxed);
    }

    /// The client for media sources.
    pub(crate) fn media(&self) -> Result<&reqwest::Client, Error> {
        self.built(&self.media, http_clients::media_client)
    }

    /// Host and port of a base URL, for observers.
    pub(crate) fn host(&self, host: Host) -> String {
        let url = self.base_url(host);
        let name = url.host_str().unwrap_or_default();
        url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
    }

    /// The base URL that an endpoint's path is appended to.
    pub(crate) fn base_url(&self, host: Host) -> &Url {
        match host {
            Host::Api => &self.config.api_base_url,
            Host::Upload => &self.config.upload_base_url,
        }
    }

    pub(crate) fn limits(&self) -> &LimitsTable {
        &self.limits
    }

    pub(crate) fn server_clock(&self) -> &ServerClock {
        &self.server_clock
    }

    pub(crate) fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    pub(crate) fn retry_budget(&self) -> std::sync::MutexGuard<'_, RetryBudget> {
        locked(&self.retry_budget)
    }
}

/// Settings over others, and the client that they came to.
struct Layers {
    upper: Arc<ClientSettings>,
    lower: Arc<ClientSettings>,
    client: Weak<Client>,
}

/// Configurations that are kept at once.
const MAX_SHARED_CLIENTS: usize = 32;
/// The major version whose answers name their request.
const HTTP_2: u8 = 2;
/// Connections for posts that are open before they are needed, in all.
const MAX_OPENED_FOR_POSTS: usize = 8;
/// Connections that are open for posts that may follow, where many are sent at once: as many again as those under way.
const MAX_OPENED_FOR_NEXT: usize = 128;
