//! Who a call acts as.

use std::fmt::{self, Debug};
use std::sync::{Arc, OnceLock};

use futures_util::future::BoxFuture;

use crate::error::Error;
use crate::protocol::oauth1::Signer;
use crate::protocol::redaction::Redaction;
use crate::protocol::snowflake::is_snowflake;
use crate::secret::Secret;

/// The four values that sign a request by OAuth 1.0a (RFC 5849) for one user of one app.
#[derive(Clone, Debug)]
pub struct OAuth1Credentials {
    /// The app's API key (consumer key).
    pub api_key: Secret,
    /// The app's API secret (consumer secret).
    pub api_secret: Secret,
    /// The user's access token.
    pub access_token: Secret,
    /// The secret of the user's access token.
    pub access_token_secret: Secret,
    signer: PreparedSigner,
    redaction: OnceLock<Arc<Redaction<'static>>>,
}

impl OAuth1Credentials {
    /// The credentials of one user of one app: the app's key and secret, the user's access token and its secret.
    pub fn new(
        api_key: Secret,
        api_secret: Secret,
        access_token: Secret,
        access_token_secret: Secret,
    ) -> Self {
        Self {
            api_key,
            api_secret,
            access_token,
            access_token_secret,
            signer: PreparedSigner::default(),
            redaction: OnceLock::new(),
        }
    }

    /// Takes these secrets out of answers. Their spellings are prepared at the first one.
    pub(crate) fn redaction(&self) -> &Redaction<'static> {
        self.redaction.get_or_init(|| {
            let mut redaction = Redaction::default();
            for secret in [&self.api_key, &self.api_secret, &self.access_token, &self.access_token_secret] {
                redaction.add_owned(secret.expose());
            }
            Arc::new(redaction)
        })
    }

    /// Signs as this user. Its keys are prepared at the first signature.
    pub(crate) fn signer(&self) -> &Signer {
        self.signer.0.get_or_init(|| {
            let token = (self.access_token.expose(), self.access_token_secret.expose());
            Signer::new(self.api_key.expose(), self.api_secret.expose(), Some(token))
        })
    }
}

#[derive(Clone, Default)]
struct PreparedSigner(OnceLock<Signer>);

/// It is made of the secrets.
impl fmt::Debug for PreparedSigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}

impl OAuth1Credentials {
    /// Whether the user's part is the app's own, as where a callback has stored the wrong pair: X answers 401 to what is signed
    /// so. Says which field, and what to do.
    pub fn check_user(&self) -> Result<(), (&'static str, &'static str)> {
        const ADVICE: &str = "is the app's own, and not the user's: store what exchangeOAuth1Verifier gives, or the access token \
                              and secret of X's developer console; to post by OAuth 2.0 alone, leave the OAuth 1.0a credentials out";
        if self.access_token == self.api_key {
            return Err(("accessToken", ADVICE));
        }
        if self.access_token_secret == self.api_secret {
            return Err(("accessTokenSecret", ADVICE));
        }
        Ok(())
    }
}

/// A user's or an app's right to call an endpoint.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// Signs each request.
    OAuth1(Arc<OAuth1Credentials>),
    /// Sends an OAuth 2.0 access token.
    OAuth2(Secret),
    /// Sends an OAuth 2.0 access token that is refreshed when that is due.
    Managed(Arc<dyn TokenSource>),
}

/// Gives an account's OAuth 2.0 access token, whichever it is now.
pub trait TokenSource: Debug + Send + Sync {
    /// The token to use now.
    fn access_token(&self) -> BoxFuture<'_, Result<Secret, Error>>;

    /// Another one than this, which X has refused. An error means that there is none to be had.
    fn replace<'a>(&'a self, refused: &'a Secret) -> BoxFuture<'a, Result<Secret, Error>>;

    /// Tells accounts apart; it does not change with the token.
    fn fingerprint(&self) -> [u8; 32];

    /// The tokens are an app's own, and no user's.
    fn is_app(&self) -> bool {
        false
    }
}

impl Credentials {
    /// The account's id, where the credentials tell it: an OAuth 1.0a token begins with it.
    pub(crate) fn account_id(&self) -> Option<&str> {
        let Self::OAuth1(credentials) = self else {
            return None;
        };
        let (id, _) = credentials.access_token.expose().split_once('-')?;
        is_snowflake(id).then_some(id)
    }

    /// Tells access tokens apart without telling them; waits for the one that is to be used now.
    pub(crate) async fn token_fingerprint(&self) -> Result<[u8; 32], Error> {
        match self {
            Self::Managed(source) => source.access_token().await.map(|token| token.fingerprint()),
            Self::OAuth1(_) | Self::OAuth2(_) => Ok(self.fingerprint()),
        }
    }

    /// Tells accounts apart without telling their tokens.
    pub(crate) fn fingerprint(&self) -> [u8; 32] {
        match self {
            Self::OAuth1(credentials) => credentials.access_token.fingerprint(),
            Self::OAuth2(token) => token.fingerprint(),
            Self::Managed(source) => source.fingerprint(),
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
