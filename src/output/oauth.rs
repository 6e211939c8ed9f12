//! Tokens and signatures. Names with underscores are X's own.

use napi_derive::napi;
use twitter_native_core::secret::Secret;
use twitter_native_core::services::oauth;

use super::number;

/// Tokens as X gives them.
#[napi(object, object_from_js = false)]
pub struct OAuth2Tokens {
    /// The only type of token that X gives.
    #[napi(js_name = "token_type", ts_type = "'bearer'")]
    pub token_type: &'static str,
    /// Seconds until the access token expires; 7200 where X does not say.
    #[napi(js_name = "expires_in")]
    pub expires_in: i64,
    /// The access token.
    #[napi(js_name = "access_token")]
    pub access_token: String,
    /// What was granted, separated by spaces; empty where X does not say.
    pub scope: String,
    /// For one use; only with the scope `offline.access`.
    #[napi(js_name = "refresh_token")]
    pub refresh_token: Option<String>,
    /// When the answer came, in milliseconds since the epoch.
    #[napi(js_name = "retrieved_at")]
    pub retrieved_at: i64,
}

impl From<oauth::TokenSet> for OAuth2Tokens {
    fn from(tokens: oauth::TokenSet) -> Self {
        Self {
            token_type: oauth::BEARER,
            expires_in: number(tokens.expires_in_s()),
            access_token: reveal(&tokens.access_token),
            scope: tokens.scope.clone().unwrap_or_default(),
            refresh_token: tokens.refresh_token.as_ref().map(reveal),
            retrieved_at: number(tokens.retrieved_at_ms),
        }
    }
}

/// The caller asked for the token: this is where it leaves.
fn reveal(secret: &Secret) -> String {
    secret.expose().to_owned()
}

/// The app's own token.
#[napi(object, object_from_js = false)]
pub struct AppBearerToken {
    /// The only type of token that X gives.
    #[napi(js_name = "token_type", ts_type = "'bearer'")]
    pub token_type: &'static str,
    /// The token.
    #[napi(js_name = "access_token")]
    pub access_token: String,
    /// When X gave it, in milliseconds since the epoch.
    #[napi(js_name = "retrieved_at")]
    pub retrieved_at: i64,
}

impl From<oauth::AppToken> for AppBearerToken {
    fn from(token: oauth::AppToken) -> Self {
        Self {
            token_type: oauth::BEARER,
            access_token: token.access_token.expose().to_owned(),
            retrieved_at: number(token.retrieved_at_ms),
        }
    }
}

/// X's answer to a revocation.
#[napi(object, object_from_js = false)]
pub struct RevokedToken {
    /// The token can't be used any more.
    pub revoked: bool,
    /// When the answer came, in milliseconds since the epoch.
    #[napi(js_name = "retrieved_at")]
    pub retrieved_at: i64,
}

impl From<oauth::Revocation> for RevokedToken {
    fn from(revocation: oauth::Revocation) -> Self {
        Self { revoked: revocation.revoked, retrieved_at: number(revocation.retrieved_at_ms) }
    }
}

/// Where to send the user, and what to keep until they are back.
#[napi(object, object_from_js = false)]
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

impl From<oauth::AuthorizationRequest> for AuthorizationRequest {
    fn from(request: oauth::AuthorizationRequest) -> Self {
        Self {
            auth_url: request.auth_url,
            state: request.state,
            code_verifier: request.code_verifier,
            code_challenge: request.code_challenge,
        }
    }
}

/// What the first step of the three-legged flow gives.
#[napi(object, object_from_js = false)]
pub struct OAuth1RequestToken {
    /// Goes into `oauth1AuthorizeUrl`.
    pub token: String,
    /// Keep it for `exchangeOAuth1Verifier`.
    pub token_secret: String,
}

impl From<oauth::TemporaryToken> for OAuth1RequestToken {
    fn from(token: oauth::TemporaryToken) -> Self {
        Self { token: reveal(&token.token), token_secret: reveal(&token.token_secret) }
    }
}

/// What the last step of the three-legged flow gives. It does not expire.
#[napi(object, object_from_js = false)]
pub struct OAuth1AccessToken {
    /// The user's access token.
    pub access_token: String,
    /// Its secret.
    pub access_token_secret: String,
    /// The user's id.
    pub user_id: Option<String>,
    /// The user's name.
    pub screen_name: Option<String>,
}

impl From<oauth::AccessGrant> for OAuth1AccessToken {
    fn from(grant: oauth::AccessGrant) -> Self {
        Self {
            access_token: reveal(&grant.access_token),
            access_token_secret: reveal(&grant.access_token_secret),
            user_id: grant.user_id,
            screen_name: grant.screen_name,
        }
    }
}

/// An OAuth 1.0a signature.
#[napi(object, object_from_js = false, object_to_js = false)]
#[allow(dead_code, reason = "declares the type that JavaScript sees; js/ makes the object")]
pub struct SignedRequest {
    /// The value of the `Authorization` header.
    pub header: String,
    /// The signature in base64.
    pub signature: String,
    /// The signature base string (RFC 5849 §3.4.1).
    pub base_string: String,
}

/// The answer to X's check of a webhook.
#[napi(object, object_from_js = false)]
pub struct WebhookCrcResponse {
    /// `sha256=` and the signature of the token.
    #[napi(js_name = "response_token")]
    pub response_token: String,
}
