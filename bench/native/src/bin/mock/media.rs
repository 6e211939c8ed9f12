//! The server that media are downloaded from, with ranges (RFC 9110 §14).

use std::sync::Arc;

use bench_support::content::Content;
use hyper::body::Incoming;
use hyper::header::{
    ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_RANGE, RANGE,
};
use hyper::{Request, Response};

use crate::answer::{AnswerBody, refusal};
use crate::serve::State;

/// Gives a medium, or a part of it.
pub(crate) fn answer(state: &State, request: &Request<Incoming>) -> Response<AnswerBody> {
    let path = request.uri().path();
    let number = path.strip_prefix("/media/").and_then(|name| name.split('.').next()?.parse().ok());
    let media = state.settings.posts * state.settings.media_per_post;
    let Some(number) = number.filter(|number: &u64| *number < media) else {
        state.ledger.problem(format!("there is no {path}"));
        return refusal(404, "there is no such medium");
    };
    let content = Content::new(state.settings.kind, state.settings.bytes, number);
    let tag = format!("\"{number}-{}\"", content.bytes);
    let whole = (0, content.bytes);
    let (kind, bytes) = (content.kind, content.bytes);
    let range = range_of(request.headers(), bytes, &tag);
    let (start, end) = range.unwrap_or(whole);
    let mut answer = Response::new(AnswerBody::Medium(Arc::new(content), start, end));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind.content_type()));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.extend(HeaderValue::from_str(&tag).map(|tag| (ETAG, tag)));
    if range.is_some() {
        let part = format!("bytes {start}-{}/{bytes}", end - 1);
        headers.extend(HeaderValue::from_str(&part).map(|part| (CONTENT_RANGE, part)));
        *answer.status_mut() = hyper::StatusCode::PARTIAL_CONTENT;
    }
    answer
}

/// The part that is asked for, its end exclusive; `None` for the whole.
fn range_of(headers: &HeaderMap, bytes: u64, tag: &str) -> Option<(u64, u64)> {
    if headers.get(IF_RANGE).is_some_and(|known| known.as_bytes() != tag.as_bytes()) {
        return None;
    }
    let (first, last) = headers.get(RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.split_once('-')?;
    let start: u64 = first.parse().ok()?;
    let end = if last.is_empty() { bytes } else { last.parse::<u64>().ok()?.saturating_add(1).min(bytes) };
    (start < end).then_some((start, end))
}

#[cfg(test)]
mod tests;
