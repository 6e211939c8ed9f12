#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::Notify;

use futures_util::FutureExt;

use super::*;
use crate::locks::locked;

const TOKEN: [u8; 32] = [7; 32];

#[tokio::test]
async fn a_call_that_gives_up_leaves_the_question_to_those_who_wait() {
    let (accounts, answer, asked) = (Accounts::default(), Arc::new(Notify::new()), AtomicU32::new(0));
    let ask = || {
        asked.fetch_add(1, Ordering::Relaxed);
        let answer = Arc::clone(&answer);
        async move {
            answer.notified().await;
            Ok("42".to_owned())
        }
        .boxed()
    };
    let first = accounts.question(TOKEN, ask);
    let second = accounts.question(TOKEN, ask);
    drop(first);
    answer.notify_one();
    assert_eq!(second.await.unwrap(), "42");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_question_that_nobody_waits_for_is_over() {
    let accounts = Accounts::default();
    drop(accounts.question(TOKEN, || futures_util::future::pending().boxed()));
    let again = accounts.question(TOKEN, || async { Ok("43".to_owned()) }.boxed());
    assert_eq!(again.await.unwrap(), "43");
}

#[test]
fn what_is_kept_of_tokens_has_an_end() {
    let accounts = Accounts::default();
    let fingerprint = |number: usize| {
        let mut fingerprint = [0; 32];
        fingerprint[..8].copy_from_slice(&number.to_be_bytes());
        fingerprint
    };
    for number in 0..=MAX_KEPT {
        accounts.keep(fingerprint(number), "42");
    }
    assert_eq!(accounts.known(fingerprint(0)), None);
    assert_eq!(accounts.known(fingerprint(MAX_KEPT)).as_deref(), Some("42"));
}

#[test]
fn ids_of_more_tokens_than_are_kept_take_the_place_of_the_others() {
    let accounts = Accounts::default();
    let token = |number: usize| crate::secret::Secret::new(number.to_string()).fingerprint();
    for number in 0..=MAX_KEPT {
        accounts.keep(token(number), &number.to_string());
    }
    assert_eq!(accounts.known(token(MAX_KEPT)), Some(MAX_KEPT.to_string()));
    assert_eq!(accounts.known(token(0)), None);
    assert!(locked(&accounts.ids).len() <= MAX_KEPT);
}
