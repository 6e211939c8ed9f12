//! What X's headers last said about rate limits.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::endpoint::Endpoint;
use crate::protocol::rate_limit::RateLimit;

/// One line of [`LimitsTable::snapshot`].
#[derive(Clone, Debug)]
pub struct ObservedLimit {
    /// The account whose token was used: a short digest, the same for the same token.
    pub account: String,
    /// Method and path template.
    pub endpoint: String,
    /// What the headers said.
    pub limit: RateLimit,
}

/// The newest rate limits per account and endpoint.
#[derive(Debug, Default)]
pub(crate) struct LimitsTable {
    rows: Mutex<HashMap<Key, Vec<RateLimit>>>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    account: String,
    method: &'static str,
    template: &'static str,
}

/// Accounts come and go in a long-lived process; beyond this many rows, those whose window ended are dropped.
const MAX_ROWS: usize = 4096;

impl LimitsTable {
    pub(crate) fn record(
        &self,
        account: Option<[u8; 32]>,
        endpoint: &'static Endpoint,
        limits: Vec<RateLimit>,
        now_ms: u64,
    ) {
        if limits.is_empty() {
            return;
        }
        let account = account.map_or_else(|| "app".to_owned(), short_digest);
        let key = Key { account, method: endpoint.method.as_str(), template: endpoint.template };
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if rows.len() >= MAX_ROWS {
            let now = now_ms / 1000;
            rows.retain(|_, limits| {
                limits.iter().any(|limit| limit.reset_epoch_secs.is_some_and(|reset| reset > now))
            });
        }
        rows.insert(key, limits);
    }

    /// All rows, in a stable order.
    pub(crate) fn snapshot(&self) -> Vec<ObservedLimit> {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<ObservedLimit> = rows
            .iter()
            .flat_map(|(key, limits)| {
                limits.iter().map(|limit| ObservedLimit {
                    account: key.account.clone(),
                    endpoint: format!("{} {}", key.method, key.template),
                    limit: *limit,
                })
            })
            .collect();
        all.sort_by(|a, b| (&a.account, &a.endpoint).cmp(&(&b.account, &b.endpoint)));
        all
    }
}

/// Eight hexadecimal digits that tell accounts apart and say nothing of the token.
fn short_digest(fingerprint: [u8; 32]) -> String {
    let [first, second, third, fourth, ..] = fingerprint;
    format!("{:08x}", u32::from_be_bytes([first, second, third, fourth]))
}
