//! OAuth 1.0a's three steps to a user's token (RFC 5849 §2, X's page on the three-legged flow).

use http::Method;

use super::required;
use crate::credentials::AppCredentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::form::decode_form;
use crate::protocol::percent;
use crate::protocol::problem::ProblemContext;
use crate::protocol::retry_policy::ResendSafety;
use crate::secret::Secret;
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send;
use crate::transport::request::Request;

static REQUEST_TOKEN: Endpoint = endpoint("/oauth/request_token", ResendSafety::Idempotent);
/// A verifier is for one use.
static ACCESS_TOKEN: Endpoint = endpoint("/oauth/access_token", ResendSafety::SingleUseToken);

const fn endpoint(template: &'static str, resend: ResendSafety) -> Endpoint {
    Endpoint { method: Method::POST, host: Host::Api, template, resend, context: ProblemContext::General }
}

/// What the first step gives.
#[derive(Clone, Debug)]
pub struct TemporaryToken {
    /// Goes into the authorization URL.
    pub token: Secret,
    /// Keep it for the last step.
    pub token_secret: Secret,
}

/// What the last step gives. It does not expire.
#[derive(Clone, Debug)]
pub struct AccessGrant {
    /// The user's access token.
    pub access_token: Secret,
    /// Its secret.
    pub access_token_secret: Secret,
    /// The user's id.
    pub user_id: Option<String>,
    /// The user's name.
    pub screen_name: Option<String>,
}

/// The first step. `callback` is a registered URL, or `oob` for a PIN.
pub async fn request_token(
    call: &Call,
    app: &AppCredentials,
    callback: &str,
) -> Result<TemporaryToken, Error> {
    check_app(app)?;
    if callback != "oob" && url::Url::parse(callback).is_err() {
        return Err(Error::invalid_argument("callbackUrl", "must be an absolute URL or 'oob'"));
    }
    let extra = ("oauth_callback", callback);
    let mut pairs = ask(call, &REQUEST_TOKEN, Authorization::OAuth1Flow { app, token: None, extra }).await?;
    // Without it the callback could have been changed on the way (RFC 5849 §2.1).
    if take(&mut pairs, "oauth_callback_confirmed").as_deref() != Some("true") {
        return Err(Error::new(ErrorCode::UnexpectedResponse, "X did not confirm the callback URL"));
    }
    let token = take_secret(&mut pairs, "oauth_token")?;
    Ok(TemporaryToken { token, token_secret: take_secret(&mut pairs, "oauth_token_secret")? })
}

/// The page of the second step.
pub fn authorize_url(call_base: &url::Url, token: &str) -> Result<String, Error> {
    if token.is_empty() {
        return Err(Error::invalid_argument("token", "must not be empty"));
    }
    Ok(format!(
        "{}/oauth/authorize?oauth_token={}",
        call_base.as_str().trim_end_matches('/'),
        percent::encode(token)
    ))
}

/// The last step, with what the user came back with.
pub async fn access_token(
    call: &Call,
    app: &AppCredentials,
    token: &Secret,
    token_secret: &Secret,
    verifier: &str,
) -> Result<AccessGrant, Error> {
    check_app(app)?;
    if verifier.is_empty() {
        return Err(Error::invalid_argument("verifier", "must not be empty"));
    }
    let extra = ("oauth_verifier", verifier);
    let token = Some((token.expose(), token_secret.expose()));
    let mut pairs = ask(call, &ACCESS_TOKEN, Authorization::OAuth1Flow { app, token, extra }).await?;
    let access_token = take_secret(&mut pairs, "oauth_token")?;
    Ok(AccessGrant {
        access_token,
        access_token_secret: take_secret(&mut pairs, "oauth_token_secret")?,
        user_id: take(&mut pairs, "user_id"),
        screen_name: take(&mut pairs, "screen_name"),
    })
}

fn check_app(app: &AppCredentials) -> Result<(), Error> {
    required(app.api_key.as_ref(), "apiKey")?;
    required(app.api_secret.as_ref(), "apiSecret").map(drop)
}

async fn ask(
    call: &Call,
    endpoint: &'static Endpoint,
    authorization: Authorization<'_>,
) -> Result<Vec<(String, String)>, Error> {
    let mut pairs = Vec::new();
    send(call, &Request::new(endpoint, authorization), &mut |body| {
        let text = std::str::from_utf8(body).map_err(|cause| cause.to_string())?;
        pairs = decode_form(text);
        let complete = pairs.iter().any(|(name, _)| name == "oauth_token");
        if complete { Ok(()) } else { Err("it has no oauth_token".to_owned()) }
    })
    .await?;
    Ok(pairs)
}

fn take(pairs: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let index = pairs.iter().position(|(found, _)| found == name)?;
    Some(pairs.swap_remove(index).1)
}

fn take_secret(pairs: &mut Vec<(String, String)>, name: &str) -> Result<Secret, Error> {
    take(pairs, name)
        .map(Secret::new)
        .ok_or_else(|| Error::new(ErrorCode::UnexpectedResponse, format!("X's answer has no {name}")))
}
