//! The HTTP clients of one configuration, each built once.

use reqwest::{ClientBuilder, Proxy};

use super::connections::POOL_IDLE_TIMEOUT;
use super::guard::{GuardedResolver, PlainResolver};
use super::http2::Http2;
use super::opened::{self, Demand, Opener};
use super::tls::{Alpn, Tls};
use crate::config::ClientConfig;
use crate::error::Error;
use crate::error_code::ErrorCode;

/// A client for X, and what opens connections for it.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) http: reqwest::Client,
    pub(crate) opener: Opener,
}

/// The client for X: no redirect is followed, so credentials reach the configured host alone, and no proxy is
/// taken from the environment.
pub(crate) fn api_client(config: &ClientConfig, tls: &Tls) -> Result<Line, Error> {
    line(config, tls, Demand::Open, |builder| builder)
}

/// The same, with a connection for each request: what comes over it can't be the answer to another one.
pub(crate) fn unshared_client(config: &ClientConfig, tls: &Tls) -> Result<Line, Error> {
    line(config, tls, Demand::Silent, |builder| builder.pool_max_idle_per_host(0))
}

/// What sends requests to X over HTTP/2.
pub(crate) fn http2(config: &ClientConfig, tls: &Tls) -> Result<Http2, Error> {
    Http2::new(api(config, tls)?, build, config.api_base_url.clone(), &config.user_agent)
}

/// The client for the v1.1 media endpoint, where that is on another server: no connection is opened ahead for it.
pub(crate) fn upload_client(config: &ClientConfig, tls: &Tls) -> Result<reqwest::Client, Error> {
    build(api(config, tls)?)
}

fn line(
    config: &ClientConfig,
    tls: &Tls,
    demand: Demand,
    change: impl Fn(ClientBuilder) -> ClientBuilder,
) -> Result<Line, Error> {
    let (requests, opener) =
        opened::pair(change(api(config, tls)?), api(config, tls)?, config.connect_timeout, demand, build);
    Ok(Line { http: build(requests)?, opener })
}

fn api(config: &ClientConfig, tls: &Tls) -> Result<ClientBuilder, Error> {
    let mut builder = base(config, tls, Alpn::Any)?.gzip(true).dns_resolver(PlainResolver);
    if let Some(proxy) = &config.proxy {
        let proxy = Proxy::all(proxy.expose())
            .map_err(|_| Error::invalid_argument("client.proxy", "must be an http or https URL"))?;
        builder = builder.proxy(proxy);
    }
    Ok(builder)
}

/// The client for media sources: it connects only to addresses that its resolver has checked, takes bytes as they
/// are, and follows no redirect by itself, since each hop has to be checked first.
pub(crate) fn media_client(config: &ClientConfig, tls: &Tls) -> Result<reqwest::Client, Error> {
    let resolver = GuardedResolver::new(config.media_policy.addresses.clone());
    build(base(config, tls, Alpn::Http1)?.gzip(false).dns_resolver(resolver).http1_only())
}

fn base(config: &ClientConfig, tls: &Tls, alpn: Alpn) -> Result<ClientBuilder, Error> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls.config(alpn)?)
        .user_agent(config.user_agent.clone())
        .connect_timeout(config.connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        // Each attempt is ours: signed anew, counted, and within the caller's bounds.
        .retry(reqwest::retry::never())
        .pool_idle_timeout(POOL_IDLE_TIMEOUT)
        .tcp_nodelay(true)
        .no_proxy())
}

fn build(builder: ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|cause| {
        Error::new(ErrorCode::Internal, "the HTTP client could not be set up").with_cause(cause.without_url())
    })
}
