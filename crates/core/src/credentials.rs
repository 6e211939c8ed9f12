//! Who a call acts as.

use std::sync::Arc;

use crate::secret::Secret;

/// The four values that sign a request by OAuth 1.0a (RFC 5849) for one user of one app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuth1Credentials {
    /// The app's API key (consumer key).
    pub api_key: Secret,
    /// The app's API secret (consumer secret).
    pub api_secret: Secret,
    /// The user's access token.
    pub access_token: Secret,
    /// The secret of the user's access token.
    pub access_token_secret: Secret,
}

/// A user's or an app's right to call an endpoint.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// Signs each request.
    OAuth1(Arc<OAuth1Credentials>),
    /// Sends an OAuth 2.0 access token.
    OAuth2(Secret),
}

impl Credentials {
    /// The token that names the account.
    pub(crate) fn token(&self) -> &Secret {
        match self {
            Self::OAuth1(credentials) => &credentials.access_token,
            Self::OAuth2(token) => token,
        }
    }
}

/// What X's developer console gives an app. A value that an operation needs and that is missing is an
/// `INVALID_ARGUMENT` naming it.
#[derive(Clone, Debug, Default)]
pub struct AppCredentials {
    /// The OAuth 2.0 client id.
    pub client_id: Option<Secret>,
    /// The OAuth 2.0 client secret; a public client has none.
    pub client_secret: Option<Secret>,
    /// The API key (OAuth 1.0a consumer key).
    pub api_key: Option<Secret>,
    /// The API secret (OAuth 1.0a consumer secret).
    pub api_secret: Option<Secret>,
}
