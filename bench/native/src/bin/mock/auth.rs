//! Who a request is from.

use std::sync::atomic::Ordering;

use bench_support::job::BEARER;
use hyper::header::{AUTHORIZATION, HOST};
use hyper::http::request::Parts;

use crate::ledger::Refusal;
use crate::serve::State;

/// Hosts that clients without a setting for it speak to; what they sign says https.
const X_HOSTS: [&str; 3] = ["api.x.com", "api.twitter.com", "upload.twitter.com"];

/// Judges the signature or the token of a request.
pub(crate) fn authenticate(state: &State, parts: &Parts) -> Result<(), Refusal> {
    let refuse = |why: String| (401, format!("{} {}: {why}", parts.method, parts.uri.path()));
    let header = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
    let header = header.ok_or_else(|| refuse("there is no Authorization header".to_owned()))?;
    if let Some(token) = header.strip_prefix("Bearer ") {
        state.ledger.bearers.fetch_add(1, Ordering::Relaxed);
        return if token == BEARER { Ok(()) } else { Err(refuse("the token is wrong".to_owned())) };
    }
    let fields = header.strip_prefix("OAuth ").ok_or_else(|| refuse("its kind is unknown".to_owned()))?;
    let base = format!("{}{}", origin(state, parts).map_err(refuse)?, parts.uri.path());
    let query = parts.uri.query().unwrap_or("");
    let accepted = state.signer.judge(fields, parts.method.as_str(), &base, query).map_err(refuse)?;
    state.ledger.spend_nonce(accepted.nonce)
}

/// Where the client meant to send it.
fn origin(state: &State, parts: &Parts) -> Result<String, String> {
    let in_header = || parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = parts.uri.authority().map(hyper::http::uri::Authority::as_str).or_else(in_header);
    let host = host.ok_or("there is no host")?;
    let is_secure = state.speaks_tls() || X_HOSTS.contains(&host);
    Ok(format!("{}://{host}", if is_secure { "https" } else { "http" }))
}
