#![allow(clippy::unwrap_used)]

use http::Method;

use super::super::endpoint::Host;
use super::*;
use crate::protocol::problem::ProblemContext;
use crate::protocol::rate_limit::parse;
use crate::protocol::retry_policy::ResendSafety;

static POSTS: Endpoint = Endpoint {
    method: Method::POST,
    host: Host::Api,
    template: "/2/tweets",
    resend: ResendSafety::CreatePost,
    context: ProblemContext::CreatePost,
};
const NOW: u64 = 1_790_000_000_000;

fn limits(own: &'static str, app: &'static str) -> RateLimits {
    let reset = "1790000900";
    let own = [("x-rate-limit-remaining", own), ("x-rate-limit-reset", reset)];
    let app = [("x-app-limit-24hour-remaining", app), ("x-app-limit-24hour-reset", reset)];
    parse(own.into_iter().chain(app))
}

fn key(account: &str) -> LimitKey {
    LimitKey::new(account.into(), &POSTS)
}

/// A table in which one request was answered so.
fn table_after(account: &str, answer: &RateLimits) -> LimitsTable {
    let table = LimitsTable::default();
    table.reserve(&key(account), NOW).unwrap().end(true, answer);
    table
}

#[test]
fn of_more_accounts_than_are_kept_those_whose_windows_have_ended_are_forgotten() {
    let own = parse([("x-rate-limit-remaining", "7"), ("x-rate-limit-reset", "1790000900")].into_iter());
    let table = LimitsTable::default();
    for account in 0..MAX_ROWS {
        table.reserve(&key(&account.to_string()), NOW).unwrap().end(true, &own);
    }
    let held = table.reserve(&key("0"), NOW).unwrap();
    assert_eq!(table.snapshot().len(), MAX_ROWS);
    // One of them has a request under way, which will be counted.
    let after_all = 1_790_000_901_000;
    table.reserve(&key("newest"), after_all).unwrap().end(true, &own);
    let left: Vec<_> = table.snapshot().into_iter().map(|row| row.account).collect();
    assert_eq!(left, ["0", "newest"]);
    drop(held);
}

#[test]
fn accounts_are_counted_apart_and_their_app_together() {
    let table = table_after("one", &limits("1", "2"));
    let _one = table.reserve(&key("one"), NOW).unwrap();
    let (full, limit) = table.reserve(&key("one"), NOW).unwrap_err();
    assert_eq!((full, limit.window), (Full::Until(1_790_000_900_000), Window::Endpoint));
    // What was refused took nothing out of the app's window.
    let two = table.reserve(&key("two"), NOW).unwrap();
    let (_, limit) = table.reserve(&key("three"), NOW).unwrap_err();
    assert_eq!(limit.window, Window::AppDay);
    drop(two);
    let _three = table.reserve(&key("three"), NOW).unwrap();
    assert!(table.reserve(&key("three"), NOW + 900_000).is_ok());
}

#[test]
fn a_refusal_closes_the_endpoint_for_the_account_if_it_says_until_when() {
    let table = LimitsTable::default();
    assert_eq!(table.refuse(&key("one"), &RateLimits::default(), None, NOW), NOW + 15_000);
    assert!(table.reserve(&key("one"), NOW).is_ok());
    assert_eq!(table.refuse(&key("one"), &RateLimits::default(), Some(60_000), NOW), NOW + 60_000);
    assert_eq!(table.reserve(&key("one"), NOW).unwrap_err().0, Full::Until(NOW + 60_000));
    assert!(table.reserve(&key("two"), NOW).is_ok());
    assert_eq!(table.reserve(&key("one"), NOW + 59_999).unwrap_err().0, Full::Until(NOW + 60_000));
    assert!(table.reserve(&key("one"), NOW + 60_000).is_ok());
}

#[test]
fn what_was_sent_counts_though_nobody_answered() {
    let table = table_after("one", &limits("2", "50"));
    let mut lost = table.reserve(&key("one"), NOW).unwrap();
    lost.mark_sent();
    drop(lost);
    drop(table.reserve(&key("one"), NOW).unwrap());
    let _last = table.reserve(&key("one"), NOW).unwrap();
    assert!(table.reserve(&key("one"), NOW).is_err());
}

#[tokio::test]
async fn who_waits_for_an_answer_hears_of_it() {
    let table = LimitsTable::default();
    let [first, second] = [(); 2].map(|()| table.reserve(&key("one"), NOW).unwrap());
    first.end(true, &limits("1", "50"));
    let answer = table.next_answer();
    assert_eq!(table.reserve(&key("one"), NOW).unwrap_err().0, Full::Undecided);
    second.end(true, &limits("1", "50"));
    answer.await;
    assert!(table.reserve(&key("one"), NOW).is_ok());
}

#[test]
fn nothing_is_kept_of_requests_of_which_x_says_nothing() {
    let table = table_after("one", &RateLimits::default());
    assert!(table.lock().is_empty());
}

#[test]
fn where_there_are_many_rows_those_go_whose_windows_are_over() {
    let table = LimitsTable::default();
    let own = parse([("x-rate-limit-remaining", "5"), ("x-rate-limit-reset", "1790000900")].into_iter());
    for account in 0..MAX_ROWS + 2 {
        table.reserve(&key(&account.to_string()), NOW).unwrap().end(true, &own);
    }
    assert_eq!(table.snapshot().len(), MAX_ROWS + 2);
    let _late = table.reserve(&key("late"), NOW + 900_000).unwrap();
    assert!(table.snapshot().is_empty());
}
