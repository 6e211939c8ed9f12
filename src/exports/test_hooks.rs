//! Defects on purpose. Built only with the feature `test-hooks`, for the tests that show what becomes of a panic, and
//! that their checks see a defect when there is one.

use napi_derive::napi;
use twitter_native_core::test_hooks::{self, Stage};

use crate::panics;

/// Lets every call panic: 1 while it reads its arguments, 2 in its work, 3 while it makes its result, 0 nowhere.
#[napi(catch_unwind)]
pub fn arm_panic(place: u32) {
    panics::arm(u8::try_from(place).unwrap_or(0));
}

/// Lets a client's next request to an endpoint panic, before it is sent or after its answer.
#[napi(catch_unwind)]
pub fn arm_request_panic(user_agent: String, after_answer: bool, template: String) {
    let stage = if after_answer { Stage::AfterAnswer } else { Stage::BeforeSending };
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
