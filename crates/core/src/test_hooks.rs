//! Defects on purpose. Built only with the feature `test-hooks`, for the tests that show that their checks see a
//! defect when there is one.
#![allow(clippy::panic, reason = "panicking is what they are for")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::locks::locked;

/// Of which client, when, and which path.
static PANICS: Mutex<Vec<(String, Stage, String)>> = Mutex::new(Vec::new());

/// A moment of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// All is ready, and nothing is sent.
    BeforeSending,
    /// The answer is in, and nothing is made of it yet.
    AfterAnswer,
}

/// Lets a client's next request to an endpoint panic: the client by its user agent, the endpoint by its path with
/// `:name` in place of values.
pub fn arm_panic(user_agent: &str, stage: Stage, template: &str) {
    let armed = (user_agent.to_owned(), stage, template.to_owned());
    locked(&PANICS).push(armed);
}

pub(crate) fn panic_at(user_agent: &str, stage: Stage, template: &str) {
    let mut armed = locked(&PANICS);
    let due =
        armed.iter().position(|(agent, at, path)| agent == user_agent && *at == stage && path == template);
    if let Some(index) = due {
        armed.remove(index);
        drop(armed);
        panic!("a secret in a panic");
    }
}

static INCOMPLETE_MESSAGE_IS_UNSENT: AtomicBool = AtomicBool::new(false);

/// Takes hyper's "incomplete message" for proof that the server has not seen the request, which it is not.
pub fn take_incomplete_message_for_unsent(wrongly: bool) {
    INCOMPLETE_MESSAGE_IS_UNSENT.store(wrongly, Ordering::SeqCst);
}

pub(crate) fn incomplete_message_is_unsent() -> bool {
    INCOMPLETE_MESSAGE_IS_UNSENT.load(Ordering::SeqCst)
}
