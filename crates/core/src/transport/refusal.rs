//! A refusal: what X was asked, and the error that its answer becomes.

use super::authorization::Authorization;
use super::request::{Body, Request};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::protocol::instant::readable;
use crate::protocol::problem::{Caller, Problem, Question};

/// What X was asked, and by whom.
pub(crate) fn question(request: &Request<'_>) -> Question {
    let caller = match &request.authorization {
        Authorization::User(Credentials::OAuth1(_)) => Caller::OAuth1,
        Authorization::User(Credentials::Managed(source)) if source.is_app() => Caller::App,
        Authorization::User(Credentials::OAuth2(_) | Credentials::Managed(_)) => Caller::OAuth2,
        Authorization::None | Authorization::Basic { .. } | Authorization::OAuth1Flow { .. } => Caller::App,
    };
    let writes = request.endpoint.method != http::Method::GET;
    Question { context: request.endpoint.context, caller, writes }
}

/// The values that a request held, which X or a gateway may repeat. Media are not among them.
pub(crate) fn values_of(request: &Request<'_>) -> Vec<String> {
    let mut values: Vec<String> = request.query.iter().map(|(_, value)| value.clone()).collect();
    if request.path != request.endpoint.template {
        values.extend(request.path.split('/').map(str::to_owned));
    }
    match &request.body {
        Body::Json(text) => collect(&serde_json::from_slice(text).unwrap_or_default(), &mut values),
        Body::Form(pairs) => values.extend(pairs.iter().map(|(_, value)| value.clone())),
        Body::Empty | Body::Multipart(_) => {}
    }
    values
}

fn collect(value: &serde_json::Value, into: &mut Vec<String>) {
    use serde_json::Value;
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
        Value::Object(members) => members.values().for_each(|value| collect(value, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What X says, and after it what to do.
pub(crate) fn refused(status: u16, problem: Problem) -> Error {
    let words = problem.words();
    let message = match &problem.advice {
        Some(advice) => format!("{status} - {} {advice}", sentence(&words)),
        None => format!("{status} - {words}"),
    };
    Error::new(problem.code, message).with(|fields| {
        fields.status = Some(status);
        fields.problem_type = problem.problem_type;
        fields.detail = problem.detail;
        fields.retryable = problem.retryable;
    })
}

/// The call may be made again then, and not before. The message says so too: some callers keep nothing else.
pub(crate) fn not_before(error: Error, at_ms: u64) -> Error {
    error.with(|fields| {
        fields.retryable = true;
        fields.retry_at_ms = Some(at_ms);
        fields.message = format!("{} Try again at {}.", sentence(&fields.message), readable(at_ms));
    })
}

fn sentence(words: &str) -> String {
    let words = words.trim_end();
    let is_one = words.ends_with(['.', '!', '?', '…']);
    if is_one { words.to_owned() } else { format!("{words}.") }
}
