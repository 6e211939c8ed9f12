//! Exports that panic on purpose. Built only with the feature `panic-hooks`, for the tests that show a panic reaching
//! JavaScript as an error.
#![allow(clippy::panic, reason = "panicking is what they are for")]

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::operation::Operation;

use crate::call::{self, Surroundings};
use crate::output::Failure;

/// Panics on a thread of the runtime.
#[napi(ts_return_type = "Promise<string>")]
pub fn panic_in_call<'env>(
    env: &'env Env,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, String>> {
    let surroundings = Surroundings::read(options, environment);
    call::start(env, Operation::CreateTweet, surroundings, || {
        Ok(|call: Call| async move {
            tokio::task::yield_now().await;
            if call.remaining().is_none() {
                panic!("a secret in a panic");
            }
            Ok::<String, Failure>(String::new())
        })
    })
}

/// Panics on the JavaScript thread.
#[napi(catch_unwind)]
pub fn panic_at_once(env: &Env) -> napi::Result<()> {
    call::run(env, || panic!("a secret in a panic"))
}
