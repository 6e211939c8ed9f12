//! One account's OAuth 2.0 tokens, refreshed in time and by one process at once.
//!
//! A refresh token is for one use, and a second use may end the whole grant. So a refresh is marked in the caller's
//! store before it is begun, with a compare-and-set that only one process can win; and the new tokens are stored the
//! same way before anything uses them. A lock only saves the others the attempt.

mod refresh;
mod row;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;

pub use row::{Lock, NewTokens, StoreFailure, TokenRow, TokenStore};

use crate::credentials::{AppCredentials, TokenSource};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::secret::Secret;
use crate::services::oauth::token::STOPPED_BY_PANIC;
use crate::single_flight::{Flight, apart};
use crate::transport::client::Client;
use crate::transport::random;
use refresh::Refresh;

/// Tokens are refreshed this long before they expire, and up to twice as long: processes that share an account do not
/// all try at the same moment.
const LEAD: Duration = Duration::from_secs(5 * 60);

/// Why other tokens are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// Those that are known expire soon, or none are known.
    Fresh,
    /// X has refused this one.
    OtherThan([u8; 32]),
}

/// Tokens that are known to be stored.
#[derive(Clone, Debug)]
struct Known {
    access_token: Secret,
    expires_at_ms: Option<u64>,
    /// How long before that others are wanted.
    lead_ms: u64,
}

/// Gives an account's access token, and refreshes it when that is due.
pub struct TokenManager {
    shared: Arc<SharedState>,
    /// The refresh that is under way. It is nobody's own: a caller who gives up must not lose the tokens of others.
    flight: Mutex<Option<Flight<Result<Known, Error>>>>,
    fingerprint: [u8; 32],
}

/// What the manager and a refresh under way share.
pub(super) struct SharedState {
    client: Arc<Client>,
    app: AppCredentials,
    store: Arc<dyn TokenStore>,
    known: Mutex<Option<Known>>,
    /// Tokens that X gave and the store did not take yet.
    unsaved: Mutex<Option<refresh::Unsaved>>,
    lead_ms: u64,
}

impl TokenManager {
    /// A manager of the tokens that lie in `store`. Nothing is read before a token is wanted.
    pub fn new(client: Arc<Client>, app: AppCredentials, store: Arc<dyn TokenStore>) -> Result<Self, Error> {
        super::required(app.client_id.as_ref(), "config.clientId")?;
        let lead_ms = millis(LEAD.mul_f64(1.0 + random::jitter()));
        let shared = Arc::new(SharedState {
            client,
            app,
            store,
            known: Mutex::default(),
            unsaved: Mutex::default(),
            lead_ms,
        });
        Ok(Self { shared, flight: Mutex::default(), fingerprint: random::bytes()? })
    }

    /// The access token that is known, or the result of looking for another one.
    async fn token(&self, wanted: Wanted) -> Result<Secret, Error> {
        // The second time finds what a refresh has brought that others had begun for another reason.
        for _ in 0..2 {
            if let Some(token) = self.shared.known_token(&wanted) {
                return Ok(token);
            }
            let known = self.join(&wanted).await?;
            if wanted.is_met_by(&known.access_token) {
                return Ok(known.access_token);
            }
        }
        Err(Error::new(
            ErrorCode::ReauthRequired,
            "X refuses the access token, and refreshing gives no other one; have the user authorize again",
        ))
    }

    /// Takes part in the refresh that is under way, or begins one.
    fn join(&self, wanted: &Wanted) -> Flight<Result<Known, Error>> {
        let mut flight = locked(&self.flight);
        if let Some(under_way) = flight.as_ref().filter(|flight| flight.peek().is_none()) {
            return under_way.clone();
        }
        let refresh = Refresh { shared: Arc::clone(&self.shared), wanted: wanted.clone() };
        flight.insert(apart(refresh.run(), STOPPED_BY_PANIC)).clone()
    }
}

impl TokenSource for TokenManager {
    fn access_token(&self) -> BoxFuture<'_, Result<Secret, Error>> {
        Box::pin(self.token(Wanted::Fresh))
    }

    fn replace<'a>(&'a self, refused: &'a Secret) -> BoxFuture<'a, Result<Secret, Error>> {
        Box::pin(self.token(Wanted::OtherThan(refused.fingerprint())))
    }

    fn fingerprint(&self) -> [u8; 32] {
        self.fingerprint
    }
}

impl std::fmt::Debug for TokenManager {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TokenManager").finish_non_exhaustive()
    }
}

impl Wanted {
    /// The token is another than the one that was refused.
    fn is_met_by(&self, token: &Secret) -> bool {
        match self {
            Self::Fresh => true,
            Self::OtherThan(refused) => token.fingerprint() != *refused,
        }
    }
}

impl SharedState {
    fn known_token(&self, wanted: &Wanted) -> Option<Secret> {
        let known = locked(&self.known);
        let known = known.as_ref().filter(|known| wanted.is_met_by(&known.access_token))?;
        let is_fresh = known.expires_at_ms.is_none_or(|at| at > row::now_ms().saturating_add(known.lead_ms));
        (is_fresh || *wanted != Wanted::Fresh).then(|| known.access_token.clone())
    }
}

/// How long before their end tokens are refreshed: for such as live for minutes only, in the last quarter of their life.
fn lead_within(lead_ms: u64, obtained_at_ms: Option<u64>, expires_at_ms: Option<u64>) -> u64 {
    let life = obtained_at_ms.zip(expires_at_ms).map(|(from, to)| to.saturating_sub(from));
    life.map_or(lead_ms, |life| lead_ms.min(life / 4))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
