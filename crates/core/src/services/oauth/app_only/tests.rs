use super::*;

#[test]
fn tokens_of_more_apps_than_are_kept_take_the_place_of_the_others() {
    let key = |app: usize| Secret::new(format!("app {app}")).fingerprint();
    let token =
        |app: usize| AppToken { access_token: Secret::new(app.to_string()), retrieved_at_ms: epoch_ms() };
    for app in 0..MAX_KEPT {
        keep(key(app), token(app));
    }
    let newest = MAX_KEPT;
    keep(key(newest), token(newest));
    assert_eq!(kept(&key(newest)).map(|token| token.access_token), Some(token(newest).access_token));
    assert!(kept(&key(0)).is_none());
    assert!(locked(&KEPT).len() <= MAX_KEPT);
}
