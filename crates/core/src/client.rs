//! A client: the connections, budgets and observations that calls with one configuration share.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError, Weak};

use url::Url;

use crate::config::{ClientConfig, ClientSettings};
use crate::error::Error;
use crate::protocol::retry_policy::RetryBudget;
use crate::transport::accounts::Accounts;
use crate::transport::clock::ServerClock;
use crate::transport::endpoint::Host;
use crate::transport::http_clients;
use crate::transport::limits_table::LimitsTable;
pub use crate::transport::limits_table::{ObservedLimit, RateLimitStore};
use crate::transport::tls::Tls;

type LazyClient = OnceLock<Result<reqwest::Client, Error>>;
type BuildClient = fn(&ClientConfig, &Tls) -> Result<reqwest::Client, Error>;

/// Shared by all calls with an equal configuration.
#[derive(Debug)]
pub struct Client {
    config: ClientConfig,
    tls: Tls,
    api: LazyClient,
    unshared: LazyClient,
    /// Whether the API's last answer came over HTTP/2.
    speaks_http2: AtomicBool,
    media: LazyClient,
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
            api: LazyClient::new(),
            unshared: LazyClient::new(),
            speaks_http2: AtomicBool::new(false),
            media: LazyClient::new(),
            retry_budget,
            limits: LimitsTable::default(),
            server_clock: ServerClock::default(),
            accounts: Accounts::default(),
        })
    }

    /// The client for this configuration: built at its first use, the same from then on.
    pub fn shared(config: &ClientConfig) -> Result<Arc<Self>, Error> {
        static CLIENTS: LazyLock<Mutex<HashMap<ClientConfig, Arc<Client>>>> = LazyLock::new(Mutex::default);
        let mut clients = CLIENTS.lock().unwrap_or_else(PoisonError::into_inner);
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
        let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
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

    /// The configuration that the client was built from.
    pub fn config(&self) -> &ClientConfig {
        &self.config
    }

    /// What X's headers last said, per account and endpoint.
    pub fn rate_limits(&self) -> Vec<ObservedLimit> {
        self.limits.snapshot()
    }

    /// The client for X.
    pub(crate) fn api(&self) -> Result<&reqwest::Client, Error> {
        self.built(&self.api, http_clients::api_client)
    }

    /// The client for requests that must have a connection of their own.
    pub(crate) fn unshared(&self) -> Result<&reqwest::Client, Error> {
        self.built(&self.unshared, http_clients::unshared_client)
    }

    /// Each is built when it is first needed, on the thread that needs it: never on that of JavaScript.
    fn built<'a>(&self, client: &'a LazyClient, build: BuildClient) -> Result<&'a reqwest::Client, Error> {
        client.get_or_init(|| build(&self.config, &self.tls)).as_ref().map_err(Clone::clone)
    }

    /// Whether the API speaks HTTP/2, as far as its last answer tells.
    pub(crate) fn speaks_http2(&self) -> bool {
        self.speaks_http2.load(Ordering::Relaxed)
    }

    pub(crate) fn note_version(&self, version: http::Version) {
        self.speaks_http2.store(version == http::Version::HTTP_2, Ordering::Relaxed);
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
        self.retry_budget.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Configurations that are kept at once.
const MAX_SHARED_CLIENTS: usize = 32;
