//! The process-wide client.

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;

use crate::call::{self, Surroundings};
use crate::input::{ClientOptions, Environment, read_argument};
use crate::output::RateLimitRow;

/// Sets what all calls in the process fall back to, in place of what was set before. `configure({})` resets it.
#[napi(catch_unwind, ts_args_type = "options: ClientOptions", ts_return_type = "void")]
pub fn configure(env: &Env, options: Unknown<'_>) -> napi::Result<()> {
    call::run(env, || {
        let options: ClientOptions = read_argument(options, "options")?;
        call::configure(options.into())
    })
}

/// Reads what the environment says, for calls to come.
#[napi(namespace = "internal", catch_unwind, ts_args_type = "options: ClientOptions")]
pub fn hold_environment(env: &Env, options: Unknown<'_>) -> napi::Result<Environment> {
    call::run(env, || {
        let options: ClientOptions = read_argument(options, "environment")?;
        Ok(Environment { settings: Arc::new(options.into()) })
    })
}

/// What X's headers last said, for each account and endpoint that calls with these client options used.
#[napi(
    catch_unwind,
    ts_args_type = "options?: Pick<CallOptions, 'client'>",
    ts_return_type = "ObservedRateLimit[]"
)]
pub fn rate_limits(
    env: &Env,
    options: Unknown<'_>,
    environment: Unknown<'_>,
) -> napi::Result<Vec<RateLimitRow>> {
    call::run(env, || {
        let client = Surroundings::read(options, environment)?.client()?;
        Ok(client.rate_limits().into_iter().map(RateLimitRow::from).collect())
    })
}
