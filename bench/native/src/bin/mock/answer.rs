//! Answers: JSON, and media that are made while they are sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bench_support::content::Content;
use bytes::Bytes;
use hyper::Response;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde_json::{Value, json};

/// The body of an answer.
pub(crate) enum AnswerBody {
    /// Whole, until it is sent.
    Whole(Option<Bytes>),
    /// A medium from an offset to an end.
    Medium(Arc<Content>, u64, u64),
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match self.get_mut() {
            Self::Whole(body) => body.take().unwrap_or_default(),
            Self::Medium(content, at, end) => {
                let piece = content.piece(*at, *end);
                *at += piece.len() as u64;
                piece
            }
        };
        Poll::Ready(if piece.is_empty() { None } else { Some(Ok(Frame::data(piece))) })
    }

    fn is_end_stream(&self) -> bool {
        self.size_hint().exact() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Whole(body) => body.as_ref().map_or(0, |body| body.len() as u64),
            Self::Medium(_, at, end) => end - at,
        })
    }
}

/// An answer of X's, with the headers that it sends.
pub(crate) fn json(status: u16, body: &Value) -> Response<AnswerBody> {
    let mut answer = Response::new(AnswerBody::Whole(Some(Bytes::from(body.to_string()))));
    *answer.status_mut() = status.try_into().unwrap_or_default();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert("cache-control", HeaderValue::from_static("no-cache, no-store, max-age=0"));
    headers.insert("server", HeaderValue::from_static("cloudflare envoy"));
    headers.insert("api-version", HeaderValue::from_static("2.167"));
    headers.insert("x-access-level", HeaderValue::from_static("read-write"));
    headers.insert("x-rate-limit-limit", HeaderValue::from_static("1200000"));
    headers.insert("x-rate-limit-remaining", HeaderValue::from_static("1199999"));
    headers.insert("x-rate-limit-reset", HeaderValue::from_static("4102444800"));
    headers.insert("x-response-time", HeaderValue::from_static("21"));
    headers.insert("strict-transport-security", HeaderValue::from_static("max-age=631138519"));
    answer
}

/// A refusal, as X words it.
pub(crate) fn refusal(status: u16, why: &str) -> Response<AnswerBody> {
    let body = json!({ "title": "Refused", "type": "about:blank", "status": status, "detail": why });
    json(status, &body)
}
