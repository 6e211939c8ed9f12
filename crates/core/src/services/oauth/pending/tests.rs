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
