//! An answer of X, before anything is made of it.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::failure::TransportFailure;

/// Most bytes of an answer that are read, after decompression: X's answers are a few kilobytes, and a small
/// compressed one can unfold into hundreds of megabytes.
pub(crate) const MAX_ANSWER_BYTES: usize = 1024 * 1024;

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

impl AnswerBody {
    pub(crate) fn too_large() -> Self {
        Self::Unreadable(format!("answer of more than {MAX_ANSWER_BYTES} bytes"))
    }

    pub(crate) fn unasked_encoding(encoding: &HeaderValue) -> Self {
        Self::Unreadable(format!("unexpected content encoding {encoding:?}"))
    }
}

impl RawAnswer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Names, in lower case, and values; those that are no text are left out.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }
}
