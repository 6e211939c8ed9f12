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
