//! The successors of refresh tokens that this process has spent a moment ago.
//!
//! A refresh token is for one use, and a second use may end the whole grant. Several workflows that read the same row before
//! the first of them has stored its new tokens all come with the old one. Who comes late gets what the first one got.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::token_set::TokenSet;
use crate::credentials::AppCredentials;
use crate::locks::locked;
use crate::secret::Secret;

/// How long a spent token still gives its successor: longer than a workflow takes to store it.
const LIFE: Duration = Duration::from_secs(5 * 60);
/// Refreshes that are remembered; the oldest goes when there are more.
const MAX_KEPT: usize = 1024;

/// A refresh token, the app that it belongs to, and where it was spent; as a digest.
pub(super) type Key = [u8; 32];

/// What distinguishes a refresh token of one app at one server from all others.
pub(super) fn key_of(server: &str, app: &AppCredentials, refresh_token: &Secret) -> Key {
    let client = app.client_id.as_ref().map(Secret::fingerprint).unwrap_or_default();
    let parts = [Secret::new(server).fingerprint(), client, refresh_token.fingerprint()].concat();
    Sha256::digest(parts).into()
}

/// Successes alone are kept: what failed may be tried again.
#[derive(Debug, Default)]
pub(super) struct RecentRefreshes {
    entries: Mutex<VecDeque<Entry>>,
}

#[derive(Debug)]
struct Entry {
    key: Key,
    tokens: TokenSet,
    /// The key of the refresh token that was given: it may have been spent as well.
    next: Key,
    at: Instant,
}

impl RecentRefreshes {
    fn lock(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        let mut entries = locked(&self.entries);
        entries.retain(|entry| entry.at.elapsed() < LIFE);
        entries
    }

    /// Keeps what a refresh token was exchanged for. Without a new refresh token the old one is not spent.
    pub(super) fn keep(&self, key: Key, next: Key, tokens: &TokenSet) {
        if tokens.refresh_token.is_none() || key == next {
            return;
        }
        let mut entries = self.lock();
        entries.retain(|entry| entry.key != key);
        if entries.len() >= MAX_KEPT {
            entries.pop_front();
        }
        entries.push_back(Entry { key, tokens: tokens.clone(), next, at: Instant::now() });
    }

    /// The newest tokens that came of this one. Their time is what is left of it now.
    pub(super) fn successor(&self, key: Key) -> Option<TokenSet> {
        let entries = self.lock();
        let of = |key: Key| entries.iter().find(|entry| entry.key == key);
        let mut newest = of(key)?;
        // A chain is no longer than what is kept, whatever X gives.
        for _ in 0..entries.len() {
            match of(newest.next) {
                Some(later) => newest = later,
                None => break,
            }
        }
        let mut tokens = newest.tokens.clone();
        let since = newest.at.elapsed();
        tokens.expires_in = tokens.expires_in.map(|left| left.saturating_sub(since.as_secs()));
        let since_ms = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
        tokens.retrieved_at_ms = tokens.retrieved_at_ms.saturating_add(since_ms);
        Some(tokens)
    }

    /// A token was revoked: nobody gets it any more.
    pub(super) fn forget(&self, token: &Secret) {
        self.lock().retain(|entry| {
            let tokens = &entry.tokens;
            tokens.access_token != *token && tokens.refresh_token.as_ref() != Some(token)
        });
    }
}

#[cfg(test)]
mod tests;
