//! What lies in the caller's store.

use futures_util::future::BoxFuture;

use crate::secret::Secret;
use crate::transport::clock::epoch_ms;

/// An account's tokens as they are stored.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// The access token.
    pub access_token: Secret,
    /// For one use. Without one the access token is used until X refuses it.
    pub refresh_token: Option<Secret>,
    /// When the access token expires, in milliseconds since the epoch.
    pub expires_at_ms: Option<u64>,
    /// When X gave them, in milliseconds since the epoch.
    pub obtained_at_ms: Option<u64>,
    /// Since when somebody is refreshing the tokens, in milliseconds since the epoch.
    pub refreshing_since_ms: Option<u64>,
    /// Stands for the version that was read.
    pub ticket: u32,
}

/// What is to lie there.
#[derive(Clone, Debug)]
pub struct NewTokens {
    /// The access token.
    pub access_token: Secret,
    /// For one use.
    pub refresh_token: Option<Secret>,
    /// When the access token expires, in milliseconds since the epoch.
    pub expires_at_ms: Option<u64>,
    /// When X gave them, in milliseconds since the epoch.
    pub obtained_at_ms: Option<u64>,
    /// Since when somebody is refreshing the tokens, in milliseconds since the epoch.
    pub refreshing_since_ms: Option<u64>,
}

/// The caller's store or lock failed. Why is the caller's to know.
#[derive(Clone, Copy, Debug)]
pub struct StoreFailure;

/// A lock that is held. It is given back when this is dropped.
pub trait Lock: Send {}

/// Where a caller keeps an account's tokens.
pub trait TokenStore: Send + Sync {
    /// Reads them.
    fn load(&self) -> BoxFuture<'_, Result<TokenRow, StoreFailure>>;

    /// Puts others in their place if they are still of the ticket's version. Says whether they
    /// were.
    fn store(&self, next: NewTokens, ticket: u32) -> BoxFuture<'_, Result<bool, StoreFailure>>;

    /// Waits until nobody else is refreshing, as far as the caller has a lock for that.
    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn Lock>, StoreFailure>>;
}

impl TokenRow {
    /// The same tokens, to be stored again.
    pub(super) fn same(&self, refreshing_since_ms: Option<u64>) -> NewTokens {
        NewTokens {
            access_token: self.access_token.clone(),
            refresh_token: self.refresh_token.clone(),
            expires_at_ms: self.expires_at_ms,
            obtained_at_ms: self.obtained_at_ms,
            refreshing_since_ms,
        }
    }

    /// The access token is good for at least this long, as far as it is known.
    pub(super) fn lasts(&self, at_least_ms: u64) -> bool {
        self.expires_at_ms.is_none_or(|at| at > now_ms().saturating_add(at_least_ms))
    }

    /// Nobody has put other tokens in the place of those that were read before.
    pub(super) fn holds_same_tokens_as(&self, earlier: &Self) -> bool {
        self.refresh_token == earlier.refresh_token && self.access_token == earlier.access_token
    }
}

pub(super) fn now_ms() -> u64 {
    epoch_ms()
}
