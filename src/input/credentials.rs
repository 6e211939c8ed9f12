//! Credentials and tokens, which go straight into types that do not print.

use std::sync::Arc;

use napi::bindgen_prelude::{ClassInstance, FromNapiValue, Unknown};
use napi_derive::napi;
use twitter_native_core::credentials::{AppCredentials, Credentials, OAuth1Credentials};
use twitter_native_core::error::Error;
use twitter_native_core::secret::Secret;
use twitter_native_core::services::oauth::TokenManager;
use twitter_native_derive::FromJs;

use super::properties::{JsName, OwnProperties, name};
use super::reader::{FromJs, Path, type_of};

/// The longest credential that is taken: X's are under 200 characters.
const MAX_CREDENTIAL_LENGTH: usize = 4096;

impl FromJs for Secret {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let text = Self::new(String::from_js(value, path)?);
        let printable = text.expose().bytes().all(|byte| (0x21..0x7f).contains(&byte));
        if text.expose().len() > MAX_CREDENTIAL_LENGTH || !printable {
            return Err(path.refuse(format!(
                "must be at most {MAX_CREDENTIAL_LENGTH} printable ASCII characters without spaces"
            )));
        }
        Ok(text)
    }
}

/// The four values that sign requests for one user of one app by OAuth 1.0a (RFC 5849).
#[napi(object, js_name = "OAuth1Credentials", object_from_js = false, object_to_js = false)]
#[allow(dead_code, reason = "declares the type that JavaScript sees; the values are read into secrets")]
pub struct OAuth1CredentialsInput {
    /// The app's API key (consumer key).
    pub api_key: String,
    /// The app's API secret (consumer secret).
    pub api_secret: String,
    /// The user's access token.
    pub access_token: String,
    /// The secret of the user's access token.
    pub access_token_secret: String,
}

/// Credentials that were read before, with the keys of their signatures. The JavaScript layer keeps one for an object
/// that a caller uses again.
#[napi(namespace = "internal")]
pub struct HeldCredentials {
    pub(crate) credentials: Arc<OAuth1Credentials>,
}

impl FromJs for Arc<OAuth1Credentials> {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if let Ok(held) = ClassInstance::<HeldCredentials>::from_unknown(value) {
            return Ok(Self::clone(&held.credentials));
        }
        let properties = OwnProperties::of(value, path)?;
        let part = |name: &JsName| -> Result<Secret, Error> {
            let secret: Secret = properties.read(name)?;
            if secret.is_empty() { Err(properties.refuse(name, "must not be empty")) } else { Ok(secret) }
        };
        let credentials = OAuth1Credentials::new(
            part(name!(api_key))?,
            part(name!(api_secret))?,
            part(name!(access_token))?,
            part(name!(access_token_secret))?,
        );
        credentials.check_user().map_err(|(name, why)| Path::Property(path, name).refuse(why))?;
        Ok(Self::new(credentials))
    }
}

/// OAuth 1.0a credentials of an account that may have no user's token yet, as a backend's row has them: `null`.
pub(crate) struct StoredOAuth1(pub(crate) Option<Arc<OAuth1Credentials>>);

impl FromJs for StoredOAuth1 {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if ClassInstance::<HeldCredentials>::from_unknown(value).is_err() {
            let properties = OwnProperties::of(value, path)?;
            for name in [name!(access_token), name!(access_token_secret)] {
                if properties.is_null(name)? {
                    return Ok(Self(None));
                }
            }
        }
        FromJs::from_js(value, path).map(|credentials| Self(Some(credentials)))
    }
}

/// An access token that must be there.
pub(crate) fn read_token(value: Unknown<'_>, name: &str) -> Result<Secret, Error> {
    let path = Path::Argument(name);
    let token: Secret = super::read_argument(value, name)?;
    if token.is_empty() { Err(path.refuse("must not be empty")) } else { Ok(token) }
}

/// A handle of managed tokens. The JavaScript layer's `TokenManager` wraps it.
#[napi(namespace = "internal")]
pub struct ManagedTokens {
    pub(crate) manager: Arc<TokenManager>,
}

/// The managed tokens, if the value is a handle of some.
fn managed(value: Unknown<'_>) -> Option<Credentials> {
    let handle: ClassInstance<'_, ManagedTokens> = FromNapiValue::from_unknown(value).ok()?;
    Some(Credentials::Managed(Arc::clone(&handle.manager) as _))
}

/// The value is a handle of a user's credentials, whichever they are.
pub(super) fn is_handle(value: Unknown<'_>) -> bool {
    managed(value).is_some() || ClassInstance::<HeldCredentials>::from_unknown(value).is_ok()
}

/// An OAuth 2.0 access token, a `TokenManager`, or [`OAuth1CredentialsInput`].
pub(crate) fn read_user_credentials(value: Unknown<'_>, name: &str) -> Result<Credentials, Error> {
    let path = Path::Argument(name);
    match type_of(&value, &path)? {
        napi::ValueType::String => read_token(value, name).map(Credentials::OAuth2),
        napi::ValueType::Object => match managed(value) {
            Some(credentials) => Ok(credentials),
            None => super::read_argument(value, name).map(Credentials::OAuth1),
        },
        _ => Err(path.refuse("must be an OAuth 2.0 access token, a TokenManager or OAuth 1.0a credentials")),
    }
}

/// An OAuth 2.0 access token or a `TokenManager`. `None` if there is no value, or an empty one.
pub(crate) fn read_bearer(value: Unknown<'_>, name: &str) -> Result<Option<Credentials>, Error> {
    let path = Path::Argument(name);
    match type_of(&value, &path)? {
        napi::ValueType::Undefined | napi::ValueType::Null => Ok(None),
        napi::ValueType::String => {
            let token = Secret::from_js(value, &path)?;
            Ok((!token.is_empty()).then_some(Credentials::OAuth2(token)))
        }
        napi::ValueType::Object => managed(value)
            .map(Some)
            .ok_or_else(|| path.refuse("must be an OAuth 2.0 access token or a TokenManager")),
        _ => Err(path.refuse("must be an OAuth 2.0 access token or a TokenManager")),
    }
}

/// What X's developer console gives an app. What is missing is read from the environment: `X_CLIENT_ID`,
/// `X_CLIENT_SECRET`, `X_API_KEY`, `X_API_SECRET`, then the same with `TWITTER_`.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct AppConfig {
    /// The OAuth 2.0 client id.
    #[napi(ts_type = "string")]
    pub client_id: Option<Secret>,
    /// The OAuth 2.0 client secret; leave it out for a public client.
    #[napi(ts_type = "string")]
    pub client_secret: Option<Secret>,
    /// The API key (OAuth 1.0a consumer key).
    #[napi(ts_type = "string")]
    pub api_key: Option<Secret>,
    /// The API secret (OAuth 1.0a consumer secret).
    #[napi(ts_type = "string")]
    pub api_secret: Option<Secret>,
}

impl From<AppConfig> for AppCredentials {
    fn from(config: AppConfig) -> Self {
        Self {
            client_id: config.client_id,
            client_secret: config.client_secret,
            api_key: config.api_key,
            api_secret: config.api_secret,
        }
    }
}
