//! OAuth: how users and apps get their tokens (X's pages on authentication).

mod app_only;
mod authorization;
mod manager;
mod pending;
mod recent;
mod three_legged;
mod token;
mod token_set;

pub use app_only::{AppToken, app_bearer_token, app_itself};
pub use authorization::{AuthorizationRequest, DEFAULT_SCOPE, authorization_request};
pub use manager::{Lock, NewTokens, StoreFailure, TokenManager, TokenRow, TokenStore};
pub use pending::PendingAuthorizations;
pub use three_legged::{AccessGrant, TemporaryToken, access_token, authorize_url, request_token};
pub use token::{BEARER, RefreshFlight, Revocation, exchange_code, exchange_oauth1, refresh, revoke};
pub use token_set::TokenSet;

use crate::error::Error;
use crate::secret::Secret;

/// A value of the app that an operation can't do without.
fn required<'a>(value: Option<&'a Secret>, field: &str) -> Result<&'a Secret, Error> {
    value.filter(|secret| !secret.is_empty()).ok_or_else(|| {
        Error::invalid_argument(field, "is missing: give it in the options or in the environment")
    })
}
