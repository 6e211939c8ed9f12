use super::*;

#[tokio::test(start_paused = true)]
async fn a_state_is_good_once_and_for_a_while() {
    let pending = PendingAuthorizations::default();
    pending.insert("a", "verifier-a");
    pending.insert("b", "verifier-b");
    assert!(pending.take("c").is_none());
    assert_eq!(pending.take("a").map(|secret| secret.expose().to_owned()).as_deref(), Some("verifier-a"));
    assert!(pending.take("a").is_none());
    tokio::time::advance(LIFE).await;
    assert!(pending.take("b").is_none());
}

#[tokio::test(start_paused = true)]
async fn of_more_users_than_are_waited_for_the_oldest_is_forgotten() {
    let pending = PendingAuthorizations::default();
    for user in 0..=MAX_PENDING {
        pending.insert(&format!("state-{user}"), "verifier");
    }
    assert!(pending.take("state-0").is_none());
    assert!(pending.take("state-1").is_some());
    assert!(pending.take(&format!("state-{MAX_PENDING}")).is_some());
}
