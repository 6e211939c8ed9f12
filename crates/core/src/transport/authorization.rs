//! The `Authorization` header of one attempt.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use url::Url;

use super::accounts::Accounts;
use super::clock::ServerClock;
use super::limits_table::{app, short_digest};
use super::random;
use crate::credentials::{AppCredentials, Credentials};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::oauth1::{SignatureInput, Signer};
use crate::protocol::percent;
use crate::secret::Secret;

/// What a signature covers of a request besides its URL.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedParts<'a> {
    pub(crate) method: &'a http::Method,
    /// The pairs of a form.
    pub(crate) pairs: &'a [(&'static str, String)],
}

/// Who a request acts as.
#[derive(Clone, Copy)]
pub(crate) enum Authorization<'a> {
    /// Nobody: a public client's token request.
    None,
    /// A user, or an app by its bearer token.
    User(&'a Credentials),
    /// HTTP Basic, each part percent-encoded as X asks.
    Basic { user: &'a Secret, password: &'a Secret },
    /// An app in the three-legged flow, with the temporary token once there is one, and the pair that the step adds.
    OAuth1Flow { app: &'a AppCredentials, token: Option<(&'a str, &'a str)>, extra: (&'static str, &'a str) },
}

/// The flow's values are plain text, so none is shown.
impl fmt::Debug for Authorization<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::None => "None",
            Self::User(Credentials::OAuth1(_)) => "User(OAuth1)",
            Self::User(Credentials::OAuth2(_) | Credentials::Managed(_)) => "User(OAuth2)",
            Self::Basic { .. } => "Basic",
            Self::OAuth1Flow { .. } => "OAuth1Flow",
        })
    }
}

impl Authorization<'_> {
    /// Each attempt has a signature of its own.
    pub(crate) fn is_signed(&self) -> bool {
        matches!(self, Self::User(Credentials::OAuth1(_)) | Self::OAuth1Flow { .. })
    }

    /// The access token that this attempt goes by, where it is not always the same.
    pub(crate) async fn current_token(&self) -> Result<Option<Secret>, Error> {
        match self {
            Self::User(Credentials::Managed(source)) => source.access_token().await.map(Some),
            _ => Ok(None),
        }
    }

    /// Another token in place of one that X refused. `None` where there is only one.
    pub(crate) async fn another_token(&self, refused: &Secret) -> Result<Option<Secret>, Error> {
        match self {
            Self::User(Credentials::Managed(source)) => source.replace(refused).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Makes the header anew for an attempt: an OAuth 1.0a signature has its own nonce and timestamp each time.
    pub(crate) fn header(
        &self,
        request: SignedParts<'_>,
        token: Option<&Secret>,
        url: &Url,
        clock: &ServerClock,
    ) -> Result<Option<HeaderValue>, Error> {
        let text = match self {
            Self::None => return Ok(None),
            Self::User(Credentials::OAuth2(token)) => bearer(token),
            Self::User(Credentials::Managed(_)) => bearer(token.ok_or_else(|| {
                Error::new(ErrorCode::Internal, "a request was begun without the token that it goes by")
            })?),
            Self::User(Credentials::OAuth1(credentials)) => {
                sign(request, url, clock, credentials.signer(), &[])?
            }
            Self::Basic { user, password } => basic(user, password),
            Self::OAuth1Flow { app, token, extra } => {
                let key = app.api_key.as_ref().map_or("", Secret::expose);
                let secret = app.api_secret.as_ref().map_or("", Secret::expose);
                sign(request, url, clock, &Signer::new(key, secret, *token), &[*extra])?
            }
        };
        let mut header = HeaderValue::from_str(text.expose()).map_err(|_| {
            Error::new(ErrorCode::InvalidArgument, "a credential holds characters that no header can carry")
        })?;
        header.set_sensitive(true);
        Ok(Some(header))
    }

    /// Whose rate limits the request counts in: the account's id, as far as it is known, else a digest.
    pub(crate) fn account(&self, accounts: &Accounts) -> Arc<str> {
        match self {
            Self::User(credentials) => {
                let id = accounts.id_of(credentials);
                id.unwrap_or_else(|| short_digest(credentials.fingerprint())).into()
            }
            Self::Basic { .. } | Self::OAuth1Flow { .. } | Self::None => app(),
        }
    }
}

fn sign(
    request: SignedParts<'_>,
    url: &Url,
    clock: &ServerClock,
    keys: &Signer,
    extra: &[(&str, &str)],
) -> Result<Secret, Error> {
    let nonce = random::nonce()?;
    let params: Vec<(&str, &str)> =
        request.pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let input = SignatureInput {
        method: request.method.as_str(),
        url: url.into(),
        params: &params,
        oauth_extra: extra,
        nonce: &nonce,
        timestamp: clock.epoch_seconds(),
        include_version: true,
    };
    let signed = keys.sign(&input).map_err(|cause| {
        Error::new(ErrorCode::Internal, "a request could not be signed").with_cause(cause)
    })?;
    Ok(Secret::new(signed.header))
}

fn bearer(token: &Secret) -> Secret {
    Secret::new(format!("Bearer {}", token.expose()))
}

fn basic(user: &Secret, password: &Secret) -> Secret {
    let pair =
        Secret::new(format!("{}:{}", percent::encode(user.expose()), percent::encode(password.expose())));
    Secret::new(format!("Basic {}", STANDARD.encode(pair.expose())))
}

#[cfg(test)]
mod tests;
