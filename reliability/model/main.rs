//! The rules of one post, checked in every order of events that the bounds allow.
//!
//! It is the code in `crates/core/src/protocol/publish` that runs here, with everything around it that can go wrong.
#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "indices are the model's own"
)]

mod bounds;
mod frozen;
mod model;
mod moves;
mod recovery;
mod report;
mod shell;
mod twins;
mod world;
mod x;

use bounds::{Bounds, Mutation};
use report::{check, is_broken};

#[test]
fn no_rule_is_broken_within_the_small_bounds() {
    check(vec![("small", Bounds::small())]);
}

#[test]
#[ignore = "minutes: npm run test:model"]
fn no_rule_is_broken_within_the_full_bounds() {
    check(Bounds::full());
}

const TWO_ALIVE: &str = "one request at most is committed or under way";

#[test]
fn a_client_that_takes_a_reset_for_not_sent_is_noticed() {
    let resends = || Bounds::pair().mutated(Mutation::ResendAfterReset);
    assert!(is_broken("a post that a call says does not stand never will", resends()));
    assert!(is_broken(TWO_ALIVE, Bounds { has_more: false, ..resends() }));
}

#[test]
fn a_client_that_sends_late_is_noticed() {
    assert!(is_broken(TWO_ALIVE, Bounds::pair().mutated(Mutation::NoDeadline)));
}

#[test]
fn a_client_that_dates_a_read_by_its_end_is_noticed() {
    assert!(is_broken(TWO_ALIVE, Bounds::lone().mutated(Mutation::ClockAfterRead)));
}

#[test]
fn a_quarantine_that_is_too_short_is_noticed() {
    assert!(is_broken(TWO_ALIVE, Bounds::lone().mutated(Mutation::ShortQuarantine)));
}
