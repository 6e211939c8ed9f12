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
    parse(|name| match name {
        "x-rate-limit-remaining" => Some(own),
        "x-app-limit-24hour-remaining" => Some(app),
        "x-rate-limit-reset" | "x-app-limit-24hour-reset" => Some("1790000900"),
        _ => None,
    })
}

#[test]
fn accounts_are_counted_apart_and_their_app_together() {
    let table = LimitsTable::default();
    let key = |account: &str| LimitKey::new(account.to_owned(), &POSTS);
    table.observe(&key("one"), &limits("1", "2"), NOW);
    assert!(table.reserve(&key("one"), NOW).is_ok());
    let (until, limit) = table.reserve(&key("one"), NOW).unwrap_err();
    assert_eq!((until, limit.window), (1_790_000_900_000, Window::Endpoint));
    // What was refused took nothing out of the app's window.
    assert!(table.reserve(&key("two"), NOW).is_ok());
    let (_, limit) = table.reserve(&key("three"), NOW).unwrap_err();
    assert_eq!(limit.window, Window::AppDay);
    table.give_back(&key("two"));
    assert!(table.reserve(&key("three"), NOW).is_ok());
    assert!(table.reserve(&key("three"), NOW + 900_000).is_ok());
}

#[test]
fn a_refusal_closes_the_endpoint_for_the_account_if_it_says_until_when() {
    let table = LimitsTable::default();
    let key = |account: &str| LimitKey::new(account.to_owned(), &POSTS);
    assert_eq!(table.refuse(&key("one"), &RateLimits::default(), None, NOW), NOW + 15_000);
    assert!(table.reserve(&key("one"), NOW).is_ok());
    assert_eq!(table.refuse(&key("one"), &RateLimits::default(), Some(60_000), NOW), NOW + 60_000);
    assert_eq!(table.reserve(&key("one"), NOW).unwrap_err().0, NOW + 60_000);
    assert!(table.reserve(&key("two"), NOW).is_ok());
    assert!(table.reserve(&key("one"), NOW + 59_000).is_ok());
}
