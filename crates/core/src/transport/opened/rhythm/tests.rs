use super::*;

#[tokio::test(start_paused = true)]
async fn requests_in_quick_succession_far_away_have_a_connection_ahead() {
    let rhythm = Rhythm::default();
    rhythm.answered(LONG);
    assert!(!rhythm.begins(), "there may be no other");
    tokio::time::advance(CLOSE).await;
    assert!(rhythm.begins());
    tokio::time::advance(CLOSE + Duration::from_millis(1)).await;
    assert!(!rhythm.begins(), "the last one is long ago");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_opened_ahead_where_answers_are_quick() {
    let rhythm = Rhythm::default();
    rhythm.begins();
    assert!(!rhythm.begins(), "how long it takes is not known yet");
    rhythm.answered(LONG.saturating_sub(Duration::from_micros(1)));
    assert!(!rhythm.begins());
    rhythm.answered(LONG);
    assert!(rhythm.begins());
}
