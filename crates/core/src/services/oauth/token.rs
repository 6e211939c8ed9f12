//! OAuth 2.0 tokens: exchange, refresh, revoke.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, Weak};
use std::time::Duration;

use http::Method;
use serde::Deserialize;

use super::recent::{Key, RecentRefreshes, key_of};
use super::required;
use super::token_set::{TokenSet, WireTokens};
use crate::credentials::{AppCredentials, OAuth1Credentials};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::protocol::pkce;
use crate::protocol::problem::ProblemContext;
use crate::protocol::retry_policy::ResendSafety;
use crate::secret::Secret;
use crate::single_flight::{Flight, apart};
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::clock::epoch_ms;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send_json;
use crate::transport::request::{Body, Request};

const fn endpoint(template: &'static str, resend: ResendSafety) -> Endpoint {
    Endpoint { method: Method::POST, host: Host::Api, template, resend, context: ProblemContext::Token }
}

/// Codes and refresh tokens are for one use, so a request whose answer was lost is not sent again.
static SINGLE_USE: Endpoint = endpoint("/2/oauth2/token", ResendSafety::SingleUseToken);
/// The 1.0a token stays valid, so this may be repeated.
static REPEATABLE: Endpoint = endpoint("/2/oauth2/token", ResendSafety::Idempotent);
static REVOKE: Endpoint = endpoint("/2/oauth2/revoke", ResendSafety::Idempotent);

/// The only type of token that X gives, and that is used here (RFC 6750).
pub const BEARER: &str = "bearer";
/// Turns an authorization code into tokens. X takes a code for 30 seconds.
pub async fn exchange_code(
    call: &Call,
    app: &AppCredentials,
    code: &str,
    redirect_uri: &str,
    code_verifier: &str,
) -> Result<TokenSet, Error> {
    for (field, value) in [("code", code), ("redirectUri", redirect_uri)] {
        if value.is_empty() {
            return Err(Error::invalid_argument(field, "must not be empty"));
        }
    }
    if !pkce::is_verifier(code_verifier) {
        return Err(Error::invalid_argument("codeVerifier", "must be 43 to 128 letters, digits and - . _ ~"));
    }
    let pairs = vec![
        ("grant_type", "authorization_code".to_owned()),
        ("code", code.to_owned()),
        ("redirect_uri", redirect_uri.to_owned()),
        ("code_verifier", code_verifier.to_owned()),
    ];
    ask(call, &SINGLE_USE, app, pairs).await
}

/// Refreshes tokens. Calls with the same refresh token share one request: a second one would spend the token twice,
/// for which X may revoke the whole grant. It runs by itself, so that a caller who gives up takes nothing from the
/// others. A token that this process has spent minutes ago gives its successor, without a request.
pub async fn refresh(call: &Call, app: &AppCredentials, refresh_token: &Secret) -> Result<TokenSet, Error> {
    if refresh_token.is_empty() {
        return Err(Error::invalid_argument("refreshToken", "must not be empty"));
    }
    let flight = RefreshFlight::join(app, refresh_token);
    let under_way = {
        // Under the flight's lock: what is under way has been kept before its flight ends.
        let mut under_way = locked(&flight.0);
        // A failure that may pass is not what those who come later should get: they try themselves.
        let is_good = |flight: &UnderWay| flight.peek().is_none_or(|outcome| !may_pass(outcome));
        match under_way.as_ref().filter(|flight| is_good(flight)) {
            Some(flight) => flight.clone(),
            None => match RECENT.successor(key_at(call, app, refresh_token)) {
                Some(tokens) => return Ok(tokens),
                None => under_way.insert(begin(call, app, refresh_token)?).clone(),
            },
        }
    };
    under_way.await
}

fn begin(call: &Call, app: &AppCredentials, refresh_token: &Secret) -> Result<UnderWay, Error> {
    let (call, app, refresh_token) = (call.detached(Some(MAX_REFRESH)), app.clone(), refresh_token.clone());
    required(app.client_id.as_ref(), "clientId")?;
    let refresh = async move {
        let pairs = vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", refresh_token.expose().to_owned()),
        ];
        let outcome = call.run(ask(&call, &SINGLE_USE, &app, pairs)).await;
        if let Ok(tokens) = &outcome {
            let next = tokens.refresh_token.as_ref().unwrap_or(&refresh_token);
            RECENT.keep(key_at(&call, &app, &refresh_token), key_at(&call, &app, next), tokens);
        }
        outcome
    };
    Ok(apart(refresh, STOPPED_BY_PANIC))
}

/// What a caller is told whose refresh ended in a panic.
pub(super) const STOPPED_BY_PANIC: &str = "an internal error stopped the refresh of tokens";

static RECENT: LazyLock<RecentRefreshes> = LazyLock::new(RecentRefreshes::default);

fn key_at(call: &Call, app: &AppCredentials, refresh_token: &Secret) -> Key {
    key_of(call.client().base_url(Host::Api).as_str(), app, refresh_token)
}

fn may_pass(outcome: &Result<TokenSet, Error>) -> bool {
    outcome.as_ref().err().is_some_and(|error| error.fields().retryable)
}

/// X has this long for a refresh, retries included.
const MAX_REFRESH: Duration = Duration::from_secs(20);

type UnderWay = Flight<Result<TokenSet, Error>>;
type Place = Mutex<Option<UnderWay>>;

/// The refresh that is under way for a token. Its result is that of all who ask before the last of these is dropped:
/// a caller holds one until it has answered its own caller.
#[derive(Debug)]
pub struct RefreshFlight(Arc<Place>);

impl RefreshFlight {
    /// Takes part in the refresh of a token, or lets one begin.
    pub fn join(app: &AppCredentials, refresh_token: &Secret) -> Self {
        static FLIGHTS: LazyLock<Mutex<HashMap<Key, Weak<Place>>>> = LazyLock::new(Mutex::default);
        let mut flights = locked(&FLIGHTS);
        flights.retain(|_, flight| flight.strong_count() > 0);
        // Wherever it is spent: a token is of one server.
        let key = key_of("", app, refresh_token);
        if let Some(flight) = flights.get(&key).and_then(Weak::upgrade) {
            return Self(flight);
        }
        let flight = Arc::new(Place::default());
        flights.insert(key, Arc::downgrade(&flight));
        Self(flight)
    }
}

/// What became of a revocation.
#[derive(Clone, Copy, Debug)]
pub struct Revocation {
    /// The token can't be used any more.
    pub revoked: bool,
    /// When the answer came, in milliseconds since the epoch.
    pub retrieved_at_ms: u64,
}

/// Revokes an access or refresh token.
pub async fn revoke(call: &Call, app: &AppCredentials, token: &Secret) -> Result<Revocation, Error> {
    #[derive(Deserialize)]
    struct Revoked {
        #[serde(default)]
        revoked: bool,
    }
    if token.is_empty() {
        return Err(Error::invalid_argument("token", "must not be empty"));
    }
    let request = request(&REVOKE, app, vec![("token", token.expose().to_owned())])?;
    let (answer, _) = send_json::<Revoked>(call, &request).await?;
    RECENT.forget(token);
    Ok(Revocation { revoked: answer.revoked, retrieved_at_ms: epoch_ms() })
}

/// Turns a user's OAuth 1.0a token into OAuth 2.0 tokens. The 1.0a token stays valid; tokens that an earlier exchange
/// gave become invalid.
pub async fn exchange_oauth1(
    call: &Call,
    app: &AppCredentials,
    credentials: &OAuth1Credentials,
) -> Result<TokenSet, Error> {
    let pairs = vec![
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange".to_owned()),
        ("subject_token", credentials.access_token.expose().to_owned()),
        ("subject_token_type", "urn:x:params:oauth:token-type:oauth1_token".to_owned()),
        ("oauth_token_secret", credentials.access_token_secret.expose().to_owned()),
    ];
    ask(call, &REPEATABLE, app, pairs).await
}

async fn ask(
    call: &Call,
    endpoint: &'static Endpoint,
    app: &AppCredentials,
    pairs: Vec<(&'static str, String)>,
) -> Result<TokenSet, Error> {
    let (tokens, _) = send_json::<WireTokens>(call, &request(endpoint, app, pairs)?).await?;
    // Where X leaves it out there is only one that it can be.
    if tokens.token_type.as_deref().is_some_and(|kind| !kind.eq_ignore_ascii_case(BEARER)) {
        return Err(Error::new(
            ErrorCode::UnexpectedResponse,
            "X returned a token that is not a bearer token",
        ));
    }
    Ok(tokens.into())
}

/// A confidential client authenticates by HTTP Basic; a public one names itself in the body (RFC 6749 §2.3.1, §3.2.1).
fn request<'a>(
    endpoint: &'static Endpoint,
    app: &'a AppCredentials,
    mut pairs: Vec<(&'static str, String)>,
) -> Result<Request<'a>, Error> {
    let user = required(app.client_id.as_ref(), "clientId")?;
    let authorization = if let Some(password) = app.client_secret.as_ref().filter(|secret| !secret.is_empty())
    {
        Authorization::Basic { user, password }
    } else {
        pairs.push(("client_id", user.expose().to_owned()));
        Authorization::None
    };
    Ok(Request::new(endpoint, authorization).body(Body::Form(pairs)))
}

#[cfg(test)]
mod tests;
