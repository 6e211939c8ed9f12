//! What all ways of opening connections share.

use std::time::Duration;

use reqwest::ClientBuilder;

use crate::error::Error;

/// Idle connections are dropped before a server's usual keep-alive ends, so that a request seldom meets a closing
/// connection: for a post that would mean an unknown outcome.
pub(super) const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// How a client is built.
pub(super) type Build = fn(ClientBuilder) -> Result<reqwest::Client, Error>;
