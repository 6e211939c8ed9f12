//! The successors of refresh tokens that this process has spent a moment ago.
//!
//! A refresh token is for one use, and a second use may end the whole grant. Several workflows that read the same row before
//! the first of them has stored its new tokens all come with the old one. Who comes late gets what the first one got.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::token::TokenSet;
use crate::credentials::AppCredentials;
use crate::secret::Secret;

/// How long a spent token still gives its successor: longer than a workflow takes to store it.
const LIFE: Duration = Duration::from_secs(5 * 60);
/// Refreshes that are remembered; the oldest goes when there are more.
const MAX_KEPT: usize = 1024;

/// A refresh token, the app that it belongs to, and where it was spent; as a digest.
pub(super) type Key = [u8; 32];

/// What tells a refresh token of one app at one server from all others.
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
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
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
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const SERVER: &str = "https://api.example.com/";

    fn app(client_id: &str) -> AppCredentials {
        AppCredentials { client_id: Some(Secret::new(client_id)), ..AppCredentials::default() }
    }

    fn key(token: &str) -> Key {
        key_of(SERVER, &app("app"), &Secret::new(token))
    }

    fn tokens(refresh_token: Option<&str>) -> TokenSet {
        TokenSet {
            expires_in: Some(7200),
            access_token: Secret::new("access"),
            scope: None,
            refresh_token: refresh_token.map(Secret::new),
            retrieved_at_ms: 1_000_000,
        }
    }

    fn refresh_token(found: Option<TokenSet>) -> Option<String> {
        found?.refresh_token.map(|token| token.expose().to_owned())
    }

    #[tokio::test(start_paused = true)]
    async fn a_spent_token_gives_its_newest_successor_for_a_while() {
        let recent = RecentRefreshes::default();
        recent.keep(key("a"), key("b"), &tokens(Some("b")));
        tokio::time::advance(Duration::from_secs(60)).await;
        let found = recent.successor(key("a")).unwrap();
        assert_eq!((found.expires_in, found.retrieved_at_ms), (Some(7140), 1_060_000));
        recent.keep(key("b"), key("c"), &tokens(Some("c")));
        assert_eq!(refresh_token(recent.successor(key("a"))).as_deref(), Some("c"));
        assert_eq!(refresh_token(recent.successor(key("c"))), None);
        tokio::time::advance(Duration::from_secs(4 * 60)).await;
        assert_eq!(refresh_token(recent.successor(key("a"))), None);
        assert_eq!(refresh_token(recent.successor(key("b"))).as_deref(), Some("c"));
        tokio::time::advance(Duration::from_secs(60)).await;
        assert_eq!(refresh_token(recent.successor(key("b"))), None);
    }

    #[tokio::test(start_paused = true)]
    async fn another_app_or_server_is_another_key() {
        let token = Secret::new("a");
        let keys = [
            key_of(SERVER, &app("app"), &token),
            key_of(SERVER, &app("other"), &token),
            key_of(SERVER, &AppCredentials::default(), &token),
            key_of("https://other.example.com/", &app("app"), &token),
        ];
        let distinct: std::collections::HashSet<Key> = keys.into_iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_kept_has_an_end_and_shows_nothing() {
        let recent = RecentRefreshes::default();
        for index in 0..=MAX_KEPT {
            let next = format!("next-{index}");
            recent.keep(key(&index.to_string()), key(&next), &tokens(Some(&next)));
        }
        assert_eq!(recent.lock().len(), MAX_KEPT);
        assert!(recent.successor(key("0")).is_none() && recent.successor(key("1")).is_some());
        assert!(!format!("{recent:?}").contains("next-1"));
        // A token that X has not replaced is good for another use.
        recent.keep(key("kept"), key("kept"), &tokens(None));
        recent.keep(key("same"), key("same"), &tokens(Some("same")));
        assert!(recent.successor(key("kept")).is_none() && recent.successor(key("same")).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn tokens_that_go_round_do_not_go_on_for_ever() {
        let recent = RecentRefreshes::default();
        recent.keep(key("a"), key("b"), &tokens(Some("b")));
        recent.keep(key("b"), key("a"), &tokens(Some("a")));
        assert!(recent.successor(key("a")).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_revoked_is_forgotten() {
        let recent = RecentRefreshes::default();
        recent.keep(key("a"), key("b"), &tokens(Some("b")));
        recent.forget(&Secret::new("another"));
        assert!(recent.successor(key("a")).is_some());
        recent.forget(&Secret::new("b"));
        assert!(recent.successor(key("a")).is_none());
    }
}
