//! Multipart bodies on their way.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http_body::{Frame, SizeHint};

use super::progress::Progress;
use super::random;
use super::turn::Waiting;
use crate::error::Error;
use crate::protocol::multipart;

/// Bytes that a connection takes at once, so that it shows how they move.
const FRAME_BYTES: usize = 64 * 1024;

/// A multipart body: text fields, then one file part made of reference-counted runs of bytes.
#[derive(Clone, Debug)]
pub(crate) struct Multipart {
    boundary: String,
    chunks: Arc<[Bytes]>,
    length: u64,
    /// The body's last bytes wait for it.
    turn: Option<Waiting>,
}

impl Multipart {
    /// Builds a body from text fields and one file part.
    pub(crate) fn new(
        fields: &[(&'static str, String)],
        file_field: &'static str,
        file: impl IntoIterator<Item = Bytes>,
    ) -> Result<Self, Error> {
        let boundary = format!("twitter-native-{}", random::alphanumeric(32)?);
        let chunks: Arc<[Bytes]> = multipart::frame(&boundary, fields, file_field, file).into();
        let length = chunks.iter().map(|chunk| chunk.len() as u64).sum();
        Ok(Self { boundary, chunks, length, turn: None })
    }

    /// Lets the body's last bytes wait for their turn: until then its receiver can't act on it.
    pub(crate) fn completed_in(mut self, turn: Option<Waiting>) -> Self {
        self.turn = turn;
        self
    }

    pub(crate) fn content_type(&self) -> String {
        multipart::content_type(&self.boundary)
    }

    /// The body for one attempt, which `progress` follows.
    pub(crate) fn to_reqwest(&self, progress: Option<&Progress>) -> reqwest::Body {
        reqwest::Body::wrap(ChunkedBody {
            chunks: self.chunks.iter().filter(|chunk| !chunk.is_empty()).cloned().collect(),
            remaining: self.length,
            turn: self.turn.as_ref().map(|turn| Mutex::new(turn.come())),
            progress: progress.cloned(),
        })
    }
}

/// A body of known length whose frames are the given runs of bytes.
struct ChunkedBody {
    chunks: VecDeque<Bytes>,
    remaining: u64,
    /// In a lock, which is never taken, since reqwest wants bodies that could be shared.
    turn: Option<Mutex<BoxFuture<'static, ()>>>,
    progress: Option<Progress>,
}

impl http_body::Body for ChunkedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.chunks.len() == 1
            && let Some(turn) = &mut self.turn
        {
            let turn = turn.get_mut().unwrap_or_else(PoisonError::into_inner).poll_unpin(context);
            if let Some(progress) = &self.progress {
                if turn.is_ready() { progress.release() } else { progress.hold() }
            }
            ready!(turn);
            self.turn = None;
        }
        let Some(mut frame) = self.chunks.pop_front() else {
            return Poll::Ready(None);
        };
        if frame.len() > FRAME_BYTES {
            self.chunks.push_front(frame.split_off(FRAME_BYTES));
        }
        self.remaining = self.remaining.saturating_sub(frame.len() as u64);
        if let Some(progress) = &self.progress {
            progress.took(frame.len());
        }
        Poll::Ready(Some(Ok(Frame::data(frame))))
    }

    fn is_end_stream(&self) -> bool {
        self.chunks.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}

#[cfg(test)]
mod tests;
