//! The Node addon: what JavaScript sees of the core. It reads arguments, starts calls and writes results; every
//! decision is made below, in `twitter-native-core`.
#![deny(unsafe_code)]
#![allow(
    unreachable_pub,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    reason = "napi's macros want public items that take owned values, and `Env` by reference"
)]

mod call;
mod exports;
mod input;
mod js_thread;
mod output;
#[cfg(feature = "test-hooks")]
mod panics;

use napi::bindgen_prelude::create_custom_tokio_runtime;

/// Threads of the runtime. One waits for all sockets, and gigabytes a second pass through it; what computes for longer has
/// threads of its own. With two, each step of a request wakes the other one to look for work: posts in turn took half as
/// long again, and nothing was faster.
const WORKER_THREADS: usize = 1;

#[napi_derive::module_init]
fn init() {
    call::hide_panic_payloads();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKER_THREADS)
        .thread_name("twitter-native")
        .enable_all()
        .build();
    // Without it napi builds one with its own defaults.
    if let Ok(runtime) = runtime {
        create_custom_tokio_runtime(runtime);
    }
}
