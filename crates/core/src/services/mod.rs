//! One room per resource of X. Rooms do not know each other; `publish` is built on them.

pub mod activity;
pub mod media;
pub mod metrics;
pub mod oauth;
pub mod publish;
pub mod signing;
pub mod tweets;
pub mod usage;
pub mod users;
pub mod webhooks;

use serde::Deserialize;

use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::envelope::Answer;
use crate::protocol::problem::{PartialProblem, interpret_partial};
use crate::protocol::snowflake;
use crate::transport::call::Call;
use crate::transport::exchange::send_json;
use crate::transport::request::Request;

/// Checks an id before it gets into a path or a query.
pub fn check_id(field: &str, id: &str) -> Result<(), Error> {
    if snowflake::is_snowflake(id) {
        Ok(())
    } else {
        Err(Error::invalid_argument(field, "must be 1 to 19 digits"))
    }
}

/// The error of an answer without `data`: what it says instead.
pub(crate) fn without_data(errors: &[PartialProblem]) -> Error {
    match errors.first().map(interpret_partial) {
        Some(problem) => Error::new(problem.code, problem.words()).with(|fields| {
            fields.detail = problem.detail;
            fields.problem_type = problem.problem_type;
        }),
        None => Error::new(ErrorCode::UnexpectedResponse, "X's answer has neither data nor errors"),
    }
}

/// Sends a request that deletes something, and says whether it is gone. What was gone before counts as deleted.
pub(crate) async fn deleted(call: &Call, request: &Request<'_>) -> Result<bool, Error> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Deleted {
        deleted: bool,
    }
    let answer = match send_json::<Answer<Deleted>>(call, request).await {
        Ok((answer, _)) => answer,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    match answer.data {
        Some(data) => Ok(data.deleted),
        None => match without_data(&answer.errors) {
            error if error.code() == ErrorCode::NotFound => Ok(true),
            error => Err(error),
        },
    }
}
