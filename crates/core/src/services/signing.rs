//! OAuth 1.0a signatures for requests that this crate does not send itself.

use crate::credentials::OAuth1Credentials;
use crate::error::Error;
use crate::protocol::oauth1::{SignatureInput, SignedRequest};
use crate::transport::clock::epoch_ms;
use crate::transport::random;

/// A request to sign.
#[derive(Debug)]
pub struct RequestToSign<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// The whole URL.
    pub url: &'a str,
    /// Decoded parameters of a form body.
    pub params: &'a [(String, String)],
    /// Unique per request; made from the system's random source if absent.
    pub nonce: Option<&'a str>,
    /// Seconds since the epoch; now if absent.
    pub timestamp: Option<u64>,
}

/// Signs a request for the user of the credentials. `of` comes before the name of a field that is refused.
pub fn sign_request(
    request: &RequestToSign<'_>,
    of: &str,
    credentials: &OAuth1Credentials,
) -> Result<SignedRequest, Error> {
    let made;
    let nonce = if let Some(nonce) = request.nonce {
        nonce
    } else {
        made = random::nonce()?;
        &made
    };
    if request.method.is_empty() {
        return Err(Error::invalid_argument(format!("{of}method"), "must not be empty"));
    }
    let params: Vec<(&str, &str)> =
        request.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let input = SignatureInput {
        method: request.method,
        url: request.url.into(),
        params: &params,
        oauth_extra: &[],
        nonce,
        timestamp: request.timestamp.unwrap_or_else(|| epoch_ms() / 1000),
        include_version: true,
    };
    credentials
        .signer()
        .sign(&input)
        .map_err(|_| Error::invalid_argument(format!("{of}url"), "must be an absolute http or https URL"))
}
