//! Rate limits ahead of time: what is left of each window, by what X's headers said and what is under way.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;

use super::endpoint::Endpoint;
use crate::protocol::rate_limit::{Allowance, RateLimit, RateLimits, Window};

/// One line of [`LimitsTable::snapshot`].
#[derive(Clone, Debug)]
pub struct ObservedLimit {
    /// The account whose token was used: its id, or a short digest that is the same for the same token.
    pub account: String,
    /// Method and path template.
    pub endpoint: String,
    /// What is known of it.
    pub limit: RateLimit,
}

/// What is shared among processes that use the same accounts.
pub trait RateLimitStore: Send + Sync {
    /// Takes one request out of a window. Gives the time until which there is none, in milliseconds since the epoch;
    /// `None` lets the request be sent, also where the store does not know or fails.
    fn reserve(&self, key: String) -> BoxFuture<'_, Option<u64>>;

    /// Takes note of what X's headers said.
    fn observe(&self, key: String, limit: RateLimit);
}

/// Whose requests to an endpoint are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LimitKey {
    account: String,
    method: &'static str,
    template: &'static str,
}

impl LimitKey {
    pub(crate) fn new(account: String, endpoint: &'static Endpoint) -> Self {
        Self { account, method: endpoint.method.as_str(), template: endpoint.template }
    }

    /// The same for all accounts of an app.
    fn of_app(&self) -> Self {
        Self { account: APP.to_owned(), ..self.clone() }
    }

    fn endpoint(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// The name that a store knows it by.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.endpoint(), self.account)
    }
}

/// Whose limits are those of the app.
pub(crate) const APP: &str = "app";

/// The windows per account and endpoint.
#[derive(Debug, Default)]
pub(crate) struct LimitsTable {
    rows: Mutex<HashMap<LimitKey, Vec<Allowance>>>,
}

/// Accounts come and go in a long-lived process; beyond this many rows, those whose windows ended are dropped.
const MAX_ROWS: usize = 4096;

impl LimitsTable {
    fn lock(&self) -> MutexGuard<'_, HashMap<LimitKey, Vec<Allowance>>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one request out of each window that it counts in. If one of them has none left, nothing is taken, and
    /// what is known of that one comes back with the time until which that is so.
    pub(crate) fn reserve(&self, key: &LimitKey, now_ms: u64) -> Result<(), (u64, RateLimit)> {
        let mut rows = self.lock();
        let mut taken: Vec<(LimitKey, usize)> = Vec::new();
        let mut refusal = None;
        'all: for key in [key.clone(), key.of_app()] {
            for (index, allowance) in rows.get_mut(&key).into_iter().flatten().enumerate() {
                match allowance.reserve(now_ms) {
                    Ok(()) => taken.push((key.clone(), index)),
                    Err(until) => {
                        refusal = Some((until, allowance.known()));
                        break 'all;
                    }
                }
            }
            if key.account == APP {
                break;
            }
        }
        let Some(refusal) = refusal else {
            return Ok(());
        };
        for (key, index) in taken {
            if let Some(allowance) = rows.get_mut(&key).and_then(|row| row.get_mut(index)) {
                allowance.give_back();
            }
        }
        Err(refusal)
    }

    /// A request was not sent after all.
    pub(crate) fn give_back(&self, key: &LimitKey) {
        let mut rows = self.lock();
        for key in [key.clone(), key.of_app()] {
            rows.get_mut(&key).into_iter().flatten().for_each(Allowance::give_back);
            if key.account == APP {
                break;
            }
        }
    }

    /// Takes note of an answer.
    pub(crate) fn observe(&self, key: &LimitKey, limits: &RateLimits, now_ms: u64) {
        if limits.all().is_empty() {
            return;
        }
        let mut rows = self.lock();
        if rows.len() >= MAX_ROWS {
            rows.retain(|_, row| row.iter().any(|allowance| !allowance.is_over(now_ms)));
        }
        for limit in limits.all() {
            let key = if limit.window == Window::AppDay { key.of_app() } else { key.clone() };
            let row = rows.entry(key).or_default();
            match row.iter_mut().find(|allowance| allowance.known().window == limit.window) {
                Some(allowance) => allowance.merge(*limit),
                None => row.push(Allowance::new(*limit)),
            }
        }
    }

    /// X refused a request since a window is used up: the one that its headers show as empty, else the endpoint's own.
    /// Gives the time at which to try again.
    pub(crate) fn refuse(
        &self,
        key: &LimitKey,
        limits: &RateLimits,
        asked_ms: Option<u64>,
        now_ms: u64,
    ) -> u64 {
        let reported = limits.effective().unwrap_or(RateLimit {
            window: Window::Endpoint,
            limit: None,
            remaining: Some(0),
            reset_epoch_secs: None,
        });
        let key = if reported.window == Window::AppDay { key.of_app() } else { key.clone() };
        let mut rows = self.lock();
        let row = rows.entry(key).or_default();
        let index = row
            .iter()
            .position(|allowance| allowance.known().window == reported.window)
            .unwrap_or_else(|| {
                row.push(Allowance::new(reported));
                row.len() - 1
            });
        row.get_mut(index).map_or(now_ms, |allowance| allowance.refuse(asked_ms, now_ms))
    }

    /// All rows, in a stable order.
    pub(crate) fn snapshot(&self) -> Vec<ObservedLimit> {
        let rows = self.lock();
        let mut all: Vec<ObservedLimit> = rows
            .iter()
            .flat_map(|(key, row)| {
                row.iter().map(|allowance| ObservedLimit {
                    account: key.account.clone(),
                    endpoint: key.endpoint(),
                    limit: allowance.known(),
                })
            })
            .collect();
        all.sort_by(|a, b| {
            let order =
                |row: &ObservedLimit| (row.account.clone(), row.endpoint.clone(), row.limit.window.as_str());
            order(a).cmp(&order(b))
        });
        all
    }
}

/// Eight hexadecimal digits that tell accounts apart and say nothing of the token.
pub(crate) fn short_digest(fingerprint: [u8; 32]) -> String {
    let [first, second, third, fourth, ..] = fingerprint;
    format!("{:08x}", u32::from_be_bytes([first, second, third, fourth]))
}

#[cfg(test)]
mod tests;
