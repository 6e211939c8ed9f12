//! One refresh: read, marked, asked for once, stored.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::row::{NewTokens, StoreFailure, TokenRow, now_ms};
use super::{Known, SharedState, Wanted, lead_within};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::operation::Operation;
use crate::secret::Secret;
use crate::services::oauth::token::refresh;
use crate::services::oauth::token_set::TokenSet;
use crate::transport::call::Call;

/// A mark that is older was left by a process that died, or whose answer was lost.
const STALE_MARK_MS: u64 = 30_000;
/// How often the store is read while another process refreshes.
const POLL: Duration = Duration::from_millis(250);
/// How long an access token has to be good for to be used while nobody knows whether it can be refreshed.
const MIN_LIFE_MS: u64 = 60_000;
/// Rounds of reading and marking that others may win before something is wrong with the store.
const MAX_ROUNDS: u32 = 200;
/// How often tokens that X gave are offered to a store that fails.
const MAX_SAVES: u32 = 4;

/// Tokens that X gave, and those that they replace.
#[derive(Clone)]
pub(super) struct Unsaved {
    next: NewTokens,
    replaced: TokenRow,
    lead_ms: u64,
}

/// A refresh under way.
pub(super) struct Refresh {
    pub(super) shared: Arc<SharedState>,
    pub(super) wanted: Wanted,
}

/// What one round came to.
enum Round {
    Done(Known),
    /// Another process was faster or is at it: read again after this time.
    Again(Duration),
}

/// What follows from the row.
enum Step {
    Over(Round),
    /// Nobody is at it, and this token is there for it.
    Refresh(Secret),
}

impl Refresh {
    pub(super) async fn run(self) -> Result<Known, Error> {
        let known = self.settle().await.map_err(|error| error.during(Operation::RefreshAccessToken))?;
        *locked(&self.shared.known) = Some(known.clone());
        Ok(known)
    }

    async fn settle(&self) -> Result<Known, Error> {
        let unsaved = locked(&self.shared.unsaved).clone();
        if let Some(unsaved) = unsaved {
            return self.save(unsaved).await;
        }
        for _ in 0..MAX_ROUNDS {
            match self.round().await? {
                Round::Done(known) => return Ok(known),
                Round::Again(pause) => tokio::time::sleep(pause).await,
            }
        }
        Err(store_error("the token store never let a refresh begin: does store() compare versions?"))
    }

    /// Reads the store, and refreshes what lies there if that is due and nobody else is at it.
    async fn round(&self) -> Result<Round, Error> {
        let row = self.load().await?;
        if let Step::Over(round) = self.step(&row)? {
            return Ok(round);
        }
        let _lock = self.shared.store.lock().await.map_err(|StoreFailure| store_error("lock() failed"))?;
        let row = self.load().await?;
        let refresh_token = match self.step(&row)? {
            Step::Over(round) => return Ok(round),
            Step::Refresh(token) => token,
        };
        let Some(marked) = self.mark(&row).await? else {
            return Ok(Round::Again(POLL));
        };
        self.refresh(marked, &refresh_token).await.map(Round::Done)
    }

    /// What can be done without a refresh: another process may have brought tokens, or be about to. If nothing can, it is
    /// due.
    fn step(&self, row: &TokenRow) -> Result<Step, Error> {
        let is_other = self.wanted.is_met_by(&row.access_token);
        let as_it_is = || Ok(Step::Over(Round::Done(self.known(row))));
        if is_other && (row.lasts(self.lead_of(row)) || self.wanted != Wanted::Fresh) {
            return as_it_is();
        }
        let Some(refresh_token) = row.refresh_token.as_ref().filter(|token| !token.is_empty()) else {
            return if is_other && row.lasts(0) {
                as_it_is()
            } else {
                Err(reauth("the access token is spent, and there is no refresh token"))
            };
        };
        if let Some(since) = row.refreshing_since_ms {
            if is_other && row.lasts(MIN_LIFE_MS) {
                // Whoever is at it brings others soon; if they lost X's answer, trying is left for when it has to be.
                return as_it_is();
            }
            let is_stale = now_ms().saturating_sub(since) > STALE_MARK_MS || since > now_ms() + STALE_MARK_MS;
            if !is_stale {
                return Ok(Step::Over(Round::Again(POLL)));
            }
        }
        Ok(Step::Refresh(refresh_token.clone()))
    }

    /// Marks the tokens as being refreshed, which only one process can do. Gives what lies there now.
    async fn mark(&self, row: &TokenRow) -> Result<Option<TokenRow>, Error> {
        if !self.put(row.same(Some(now_ms())), row.ticket).await? {
            return Ok(None);
        }
        let marked = self.load().await?;
        Ok(marked.holds_same_tokens_as(row).then_some(marked))
    }

    async fn refresh(&self, row: TokenRow, refresh_token: &Secret) -> Result<Known, Error> {
        let client = Arc::clone(&self.shared.client);
        let operation = Operation::RefreshAccessToken;
        let call = Call::new(client, operation, None, CancellationToken::new(), None);
        match call.run(refresh(&call, &self.shared.app, refresh_token)).await {
            Ok(tokens) => self.save(unsaved(tokens, row, self.shared.lead_ms)).await,
            Err(error) if was_refused(&error) => self.after_refusal(&row, error).await,
            Err(error) if was_lost(&error) => self.go_on_with(&row, error),
            Err(error) => {
                // It was not processed, so others may try.
                let _unkept = self.put(row.same(None), row.ticket).await;
                self.go_on_with(&row, error)
            }
        }
    }

    /// X does not accept the refresh token. Where other tokens lie in the store now, all is well.
    async fn after_refusal(&self, row: &TokenRow, error: Error) -> Result<Known, Error> {
        let now = self.load().await?;
        if !now.holds_same_tokens_as(row) && self.wanted.is_met_by(&now.access_token) {
            return Ok(self.known(&now));
        }
        let _unkept = self.put(now.same(None), now.ticket).await;
        Err(error)
    }

    /// The access token is used as long as it lasts, whatever became of the refresh.
    fn go_on_with(&self, row: &TokenRow, error: Error) -> Result<Known, Error> {
        if self.wanted.is_met_by(&row.access_token) && row.lasts(MIN_LIFE_MS) {
            // Not for long, so that the next caller looks again.
            return Ok(Known { lead_ms: u64::MAX / 2, ..self.known(row) });
        }
        Err(error)
    }

    /// Stores what X gave. It is handed out when it lies there, and not before.
    async fn save(&self, unsaved: Unsaved) -> Result<Known, Error> {
        *locked(&self.shared.unsaved) = Some(unsaved.clone());
        let saved = self.save_once(&unsaved).await?;
        *locked(&self.shared.unsaved) = None;
        Ok(saved)
    }

    async fn save_once(&self, unsaved: &Unsaved) -> Result<Known, Error> {
        let mut ticket = unsaved.replaced.ticket;
        let mut failure =
            store_error("the refreshed tokens could not be stored: store() gave false again and again");
        for attempt in 0..MAX_SAVES {
            match self.put(unsaved.next.clone(), ticket).await {
                Ok(true) => {
                    return Ok(Known {
                        access_token: unsaved.next.access_token.clone(),
                        expires_at_ms: unsaved.next.expires_at_ms,
                        lead_ms: unsaved.lead_ms,
                    });
                }
                Ok(false) => {}
                Err(error) => {
                    failure = error;
                    tokio::time::sleep(Duration::from_millis(100 << attempt)).await;
                }
            }
            // Something else of the row may have changed; only other tokens are a reason to give ours up.
            let Ok(row) = self.load().await else {
                continue;
            };
            if !row.holds_same_tokens_as(&unsaved.replaced) {
                return Ok(self.known(&row));
            }
            ticket = row.ticket;
        }
        Err(failure)
    }

    async fn load(&self) -> Result<TokenRow, Error> {
        self.shared.store.load().await.map_err(|StoreFailure| store_error("the tokens could not be loaded"))
    }

    async fn put(&self, next: NewTokens, ticket: u32) -> Result<bool, Error> {
        let stored = self.shared.store.store(next, ticket).await;
        stored.map_err(|StoreFailure| store_error("the tokens could not be stored"))
    }

    fn known(&self, row: &TokenRow) -> Known {
        Known {
            access_token: row.access_token.clone(),
            expires_at_ms: row.expires_at_ms,
            lead_ms: self.lead_of(row),
        }
    }

    fn lead_of(&self, row: &TokenRow) -> u64 {
        lead_within(self.shared.lead_ms, row.obtained_at_ms, row.expires_at_ms)
    }
}

fn unsaved(tokens: TokenSet, replaced: TokenRow, lead_ms: u64) -> Unsaved {
    let life_ms = tokens.expires_in.map(|seconds| seconds.saturating_mul(1000));
    let next = NewTokens {
        access_token: tokens.access_token,
        refresh_token: tokens.refresh_token.or_else(|| replaced.refresh_token.clone()),
        expires_at_ms: life_ms.map(|life| tokens.retrieved_at_ms.saturating_add(life)),
        obtained_at_ms: Some(tokens.retrieved_at_ms),
        refreshing_since_ms: None,
    };
    let lead_ms = lead_within(lead_ms, next.obtained_at_ms, next.expires_at_ms);
    Unsaved { next, replaced, lead_ms }
}

/// X answered, and does not take the token.
fn was_refused(error: &Error) -> bool {
    error.code() == ErrorCode::ReauthRequired && error.fields().status.is_some_and(|status| status < 500)
}

/// It is not known whether the token was spent.
fn was_lost(error: &Error) -> bool {
    error.code() == ErrorCode::ReauthRequired
}

fn reauth(why: &str) -> Error {
    Error::new(ErrorCode::ReauthRequired, format!("{why}; have the user authorize again"))
}

fn store_error(why: &str) -> Error {
    Error::new(ErrorCode::Aborted, why).with(|fields| fields.retryable = true)
}
