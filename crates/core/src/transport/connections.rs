//! What all ways of opening connections share.

use std::time::Duration;

use reqwest::ClientBuilder;

use crate::error::Error;

/// Idle connections are dropped before a server's usual keep-alive ends, so that a request seldom meets a closing
/// connection: for a post that would mean an unknown outcome.
pub(super) const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// How a client is built.
pub(super) type Build = fn(ClientBuilder) -> Result<reqwest::Client, Error>;

/// Why a client that only opens connections for others gets none itself.
#[derive(Debug)]
pub(super) struct HandedOn;

impl std::fmt::Display for HandedOn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the connection was handed on to other requests")
    }
}

impl std::error::Error for HandedOn {}
