//! Bearer tokens as X gives them.

use serde::Deserialize;

use crate::protocol::json::lenient_count;
use crate::secret::Secret;
use crate::transport::clock::epoch_ms;

/// How long an access token lasts where X does not say (<https://docs.x.com/fundamentals/authentication/oauth-2-0>).
const USUAL_LIFE_S: u64 = 7200;

/// Bearer tokens as X gives them.
#[derive(Clone, Debug)]
pub struct TokenSet {
    /// Seconds until the access token expires, if X says.
    pub expires_in: Option<u64>,
    /// The access token.
    pub access_token: Secret,
    /// What was granted.
    pub scope: Option<String>,
    /// For one use; only with the scope `offline.access`.
    pub refresh_token: Option<Secret>,
    /// When the answer came, in milliseconds since the epoch.
    pub retrieved_at_ms: u64,
}

#[derive(Deserialize)]
pub(super) struct WireTokens {
    #[serde(default)]
    pub(super) token_type: Option<String>,
    #[serde(default, deserialize_with = "lenient_count")]
    expires_in: Option<u64>,
    pub(super) access_token: String,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    refresh_token: Option<String>,
}

impl From<WireTokens> for TokenSet {
    fn from(wire: WireTokens) -> Self {
        Self {
            expires_in: wire.expires_in,
            access_token: Secret::new(wire.access_token),
            scope: wire.scope,
            refresh_token: wire.refresh_token.map(Secret::new),
            retrieved_at_ms: epoch_ms(),
        }
    }
}

impl TokenSet {
    /// Seconds until the access token expires; X's usual two hours where X does not say.
    pub fn expires_in_s(&self) -> u64 {
        self.expires_in.unwrap_or(USUAL_LIFE_S)
    }
}
