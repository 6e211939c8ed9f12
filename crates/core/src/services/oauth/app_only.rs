//! The app's own bearer token
//! (<https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only>).

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex};

use futures_util::future::BoxFuture;
use http::Method;
use serde::Deserialize;

use super::required;
use super::token::BEARER;
use crate::credentials::{AppCredentials, Credentials, TokenSource};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::protocol::problem::ProblemContext;
use crate::protocol::retry_policy::ResendSafety;
use crate::secret::Secret;
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::clock::epoch_ms;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send_json;
use crate::transport::request::{Body, Request};

static TOKEN: Endpoint = Endpoint {
    method: Method::POST,
    host: Host::Api,
    template: "/oauth2/token",
    resend: ResendSafety::Idempotent,
    context: ProblemContext::Token,
};

/// Tokens of this many apps are kept.
const MAX_KEPT: usize = 256;
/// X gives the same token until it is invalidated and names no expiry; asking now and then notices.
const LIFE_MS: u64 = 3600 * 1000;

/// An app's token.
#[derive(Clone, Debug)]
pub struct AppToken {
    /// The token.
    pub access_token: Secret,
    /// When X gave it, in milliseconds since the epoch.
    pub retrieved_at_ms: u64,
}

#[derive(Deserialize)]
struct WireToken {
    token_type: String,
    access_token: String,
}

type Kept = HashMap<[u8; 32], AppToken>;
static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

/// Gives the app's token, asking X when there is none that is fresh.
pub async fn app_bearer_token(call: &Call, app: &AppCredentials) -> Result<AppToken, Error> {
    let (user, password) = pair(app)?;
    let key = key_of(call, user, password);
    if let Some(token) = kept(&key) {
        return Ok(token);
    }
    let pairs = vec![("grant_type", "client_credentials".to_owned())];
    let request = Request::new(&TOKEN, Authorization::Basic { user, password }).body(Body::Form(pairs));
    let (wire, _) = send_json::<WireToken>(call, &request).await?;
    if !wire.token_type.eq_ignore_ascii_case(BEARER) {
        return Err(Error::new(
            ErrorCode::UnexpectedResponse,
            "X returned a token that is not a bearer token",
        ));
    }
    let token = AppToken { access_token: Secret::new(wire.access_token), retrieved_at_ms: epoch_ms() };
    keep(key, token.clone());
    Ok(token)
}

fn pair(app: &AppCredentials) -> Result<(&Secret, &Secret), Error> {
    Ok((required(app.api_key.as_ref(), "apiKey")?, required(app.api_secret.as_ref(), "apiSecret")?))
}

fn key_of(call: &Call, user: &Secret, password: &Secret) -> [u8; 32] {
    let base = call.client().config().api_base_url.as_str();
    Secret::new(format!("{base} {} {}", user.expose(), password.expose())).fingerprint()
}

/// The credentials of the app itself, for endpoints that no user is asked at. Its token is got when it is needed, and
/// once more if X refuses the one that is kept.
pub fn app_itself(call: &Call, app: &AppCredentials) -> Result<Credentials, Error> {
    let (user, password) = pair(app)?;
    let key = key_of(call, user, password);
    Ok(Credentials::Managed(Arc::new(AppItself { call: call.clone(), app: app.clone(), key })))
}

struct AppItself {
    call: Call,
    app: AppCredentials,
    key: [u8; 32],
}

impl fmt::Debug for AppItself {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AppItself")
    }
}

impl TokenSource for AppItself {
    fn access_token(&self) -> BoxFuture<'_, Result<Secret, Error>> {
        Box::pin(async { app_bearer_token(&self.call, &self.app).await.map(|token| token.access_token) })
    }

    fn replace<'a>(&'a self, refused: &'a Secret) -> BoxFuture<'a, Result<Secret, Error>> {
        forget(&self.key, refused);
        self.access_token()
    }

    fn fingerprint(&self) -> [u8; 32] {
        self.key
    }

    fn is_app(&self) -> bool {
        true
    }
}

/// X does not accept this token any more.
fn forget(key: &[u8; 32], refused: &Secret) {
    let mut kept = locked(&KEPT);
    if kept.get(key).is_some_and(|token| token.access_token == *refused) {
        kept.remove(key);
    }
}

fn kept(key: &[u8; 32]) -> Option<AppToken> {
    let kept = locked(&KEPT);
    kept.get(key).filter(|token| epoch_ms().saturating_sub(token.retrieved_at_ms) < LIFE_MS).cloned()
}

fn keep(key: [u8; 32], token: AppToken) {
    let mut kept = locked(&KEPT);
    if kept.len() >= MAX_KEPT {
        kept.clear();
    }
    kept.insert(key, token);
}

#[cfg(test)]
mod tests;
