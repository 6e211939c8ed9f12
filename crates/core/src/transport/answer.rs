//! An answer of X, before anything is made of it.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::failure::TransportFailure;

/// An answer of X, whatever its status.
#[derive(Debug)]
pub(crate) struct RawAnswer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: AnswerBody,
    /// Of an upload: how long it took.
    pub(crate) took: Option<Duration>,
}

/// What became of an answer's body.
#[derive(Debug)]
pub(crate) enum AnswerBody {
    Whole(Bytes),
    /// The connection ended before it did.
    BrokenOff(TransportFailure),
    /// It was too large or was encoded in a way nobody asked for.
    Unreadable(String),
}

impl RawAnswer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
