//! Tells whether a request can have left the process.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

/// Is set when a body is first asked for its bytes. That happens when there is a connection to write them to: a
/// request whose body nobody asked for was not processed, whatever ended it. Once it was asked for, nothing follows.
/// Over HTTP/2 h2 takes head and body together, and it is set then.
#[derive(Clone, Debug)]
pub(crate) struct Watch(Arc<AtomicBool>);

impl Watch {
    pub(crate) fn new(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }

    pub(crate) fn has_left(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// The request may have left.
    pub(crate) fn mark(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// The body with its bytes watched.
    pub(crate) fn over(&self, bytes: Bytes) -> reqwest::Body {
        reqwest::Body::wrap(WatchedBody { bytes: Some(bytes), watch: self.clone() })
    }
}

struct WatchedBody {
    bytes: Option<Bytes>,
    watch: Watch,
}

impl http_body::Body for WatchedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.watch.mark();
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
