use futures_util::FutureExt;

use super::*;

#[tokio::test]
async fn one_at_a_time_through_all_of_its_attempts() {
    let turns = Turns::new();
    let (first, second) = (turns.turn(), turns.turn());
    first.waiting().come().await;
    first.waiting().come().await;
    assert!(second.waiting().come().now_or_never().is_none());
    drop(first);
    second.waiting().come().await;
}

#[tokio::test]
async fn an_attempt_that_was_given_up_neither_takes_nor_blocks_the_turn() {
    let turns = Turns::new();
    let (first, second) = (turns.turn(), turns.turn());
    first.waiting().come().await;
    drop(second.waiting().come());
    let mut lingering = second.waiting().come();
    assert!((&mut lingering).now_or_never().is_none());
    let mut next = second.waiting().come();
    assert!((&mut next).now_or_never().is_none());
    drop(first);
    tokio::join!(lingering, next);
    drop(second);
    turns.turn().waiting().come().await;
}

#[tokio::test]
async fn what_lingers_after_its_request_takes_no_turn() {
    let turns = Turns::new();
    let (first, second) = (turns.turn(), turns.turn());
    first.waiting().come().await;
    let mut lingering = second.waiting().come();
    assert!((&mut lingering).now_or_never().is_none());
    drop(second);
    drop(first);
    assert!(lingering.now_or_never().is_none());
    turns.turn().waiting().come().await;
}

#[tokio::test]
async fn when_it_is_stopped_nobody_s_turn_comes() {
    let turns = Turns::new();
    let (first, second) = (turns.turn(), turns.turn());
    first.waiting().come().await;
    drop(turns.stop_at_end());
    drop(first);
    assert!(second.waiting().come().now_or_never().is_none());
}
