use super::*;

/// A request that takes so long.
async fn request(rhythm: &Rhythm, took: Duration) {
    let (under_way, _) = rhythm.begin();
    tokio::time::advance(took).await;
    under_way.answered();
}

#[tokio::test(start_paused = true)]
async fn slow_requests_in_quick_succession_have_a_connection_each_ahead() {
    let rhythm = Rhythm::default();
    assert_eq!(rhythm.begin().1, 0, "there may be no other");
    request(&rhythm, LONG).await;
    let (_first, wanted) = rhythm.begin();
    assert_eq!(wanted, 2, "one for itself, one for the next");
    let (_second, wanted) = rhythm.begin();
    assert_eq!(wanted, 3);
    tokio::time::advance(CLOSE + Duration::from_millis(1)).await;
    assert_eq!(rhythm.begin().1, 0, "the last one is long ago");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_opened_ahead_where_answers_are_quick() {
    let rhythm = Rhythm::default();
    request(&rhythm, LONG.saturating_sub(Duration::from_micros(1))).await;
    assert_eq!(rhythm.begin().1, 0);
    request(&rhythm, LONG).await;
    assert_eq!(rhythm.begin().1, 2, "those that have ended are counted no more");
}
