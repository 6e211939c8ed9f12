//! The first step of OAuth 2.0 with PKCE (RFC 6749 §4.1, RFC 7636).

use url::Url;

use super::required;
use crate::credentials::AppCredentials;
use crate::error::Error;
use crate::protocol::{percent, pkce};
use crate::transport::random;

/// What publishing needs, and a refresh token.
pub const DEFAULT_SCOPE: &str = "tweet.read tweet.write users.read media.write offline.access";

/// Where to send the user, and what to keep until they are back.
#[derive(Clone)]
pub struct AuthorizationRequest {
    /// The page on which the user grants access.
    pub auth_url: String,
    /// Comes back with the user; compare it.
    pub state: String,
    /// Goes with the code; keep it secret.
    pub code_verifier: String,
    /// What the page was given of it.
    pub code_challenge: String,
}

/// Makes an authorization URL with fresh state and verifier.
pub fn authorization_request(
    authorize_url: &Url,
    app: &AppCredentials,
    redirect_uri: &str,
    scope: Option<&str>,
) -> Result<AuthorizationRequest, Error> {
    let client_id = required(app.client_id.as_ref(), "clientId")?;
    if Url::parse(redirect_uri).is_err() {
        return Err(Error::invalid_argument("redirectUri", "must be an absolute URL"));
    }
    let scope = scope.unwrap_or(DEFAULT_SCOPE);
    if scope.trim().is_empty() {
        return Err(Error::invalid_argument("scope", "must not be empty"));
    }
    let state = pkce::verifier_from(&random::bytes()?);
    let code_verifier = pkce::verifier_from(&random::bytes()?);
    let code_challenge = pkce::s256_challenge(&code_verifier);
    let pairs = [
        ("response_type", "code"),
        ("client_id", client_id.expose()),
        ("redirect_uri", redirect_uri),
        ("scope", scope),
        ("state", &state),
        ("code_challenge", &code_challenge),
        ("code_challenge_method", "S256"),
    ];
    let query: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", percent::encode(value))).collect();
    let mut url = authorize_url.clone();
    url.set_query(Some(&query.join("&")));
    Ok(AuthorizationRequest { auth_url: url.into(), state, code_verifier, code_challenge })
}
