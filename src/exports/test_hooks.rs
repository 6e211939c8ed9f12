//! Defects on purpose. Built only with the feature `test-hooks`, for the tests that show what becomes of a panic, and
//! that their checks see a defect when there is one.

use std::sync::atomic::{AtomicU8, Ordering};

use napi_derive::napi;
use twitter_native_core::test_hooks::{self, Stage};

/// Where a call panics.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On the JavaScript thread, while the arguments are read.
    Arguments = 1,
    /// On a thread of the runtime.
    Work = 2,
    /// On the JavaScript thread, while the result is made.
    Result = 3,
}

static ARMED: AtomicU8 = AtomicU8::new(0);

/// Lets every call panic: 1 while it reads its arguments, 2 in its work, 3 while it makes its result, 0 nowhere.
#[napi(catch_unwind)]
pub fn arm_panic(place: u32) {
    ARMED.store(u8::try_from(place).unwrap_or(0), Ordering::SeqCst);
}

pub(crate) fn panic_at(place: Place) {
    assert!(ARMED.load(Ordering::SeqCst) != place as u8, "a secret in a panic");
}

/// Lets a client's next request to an endpoint panic, before it is sent or behind its answer.
#[napi(catch_unwind)]
pub fn arm_request_panic(user_agent: String, behind_answer: bool, template: String) {
    let stage = if behind_answer { Stage::BehindAnswer } else { Stage::BeforeSending };
    test_hooks::arm_panic(&user_agent, stage, &template);
}

/// Takes "the connection closed before the answer was complete" for proof that the request was not sent, as a client
/// might that knows no better.
#[napi(catch_unwind)]
pub fn take_incomplete_message_for_unsent(wrongly: bool) {
    test_hooks::take_incomplete_message_for_unsent(wrongly);
}

/// Tasks of the runtime that have not ended.
#[napi(catch_unwind)]
pub fn alive_tasks() -> u32 {
    napi::bindgen_prelude::within_runtime_if_available(|| {
        tokio::runtime::Handle::try_current()
            .map_or(0, |handle| u32::try_from(handle.metrics().num_alive_tasks()).unwrap_or(u32::MAX))
    })
}

/// Lets go of memory without giving it back, as a binding might that keeps what it has handed to Node.
#[napi(catch_unwind)]
pub fn leak_memory(blocks: u32) {
    for _ in 0..blocks {
        Box::leak(Box::new([1_u8; 64]));
    }
}
