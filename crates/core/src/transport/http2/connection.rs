//! One connection: how many requests are under way over it, and when it takes no more.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use http::Request;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use crate::locks::locked;
use crate::transport::connections::POOL_IDLE_TIMEOUT;
use crate::transport::failure::TransportFailure;

/// What the server may send of one answer before it is read, and of all of them.
const ANSWER_WINDOW: u32 = 1024 * 1024;
const WINDOW: u32 = 4 * ANSWER_WINDOW;
/// Most bytes of an answer's headers.
const MAX_HEADERS: u32 = 64 * 1024;

/// Bytes there and back.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A connection that takes requests until it is closed, is idle for too long, or fails.
pub(super) struct Connection {
    state: Mutex<State>,
    changed: Notify,
}

struct State {
    /// `None` when no more are taken.
    sender: Option<SendRequest<Bytes>>,
    under_way: usize,
    used: Instant,
}

/// A request's place on a connection. It is free again when this is dropped.
pub(super) struct Place {
    connection: Arc<Connection>,
    sender: SendRequest<Bytes>,
}

/// A request that may have left, and its answer to come.
pub(super) struct Sent {
    pub(super) answer: ResponseFuture,
    _place: Place,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("under_way", &self.state().under_way)
            .finish_non_exhaustive()
    }
}

impl Connection {
    /// Begins to speak HTTP/2. A task keeps the connection until it ends.
    pub(super) async fn begin(stream: Box<dyn Stream>) -> Result<Arc<Self>, TransportFailure> {
        let (sender, driver) = h2::client::Builder::new()
            .enable_push(false)
            .initial_window_size(ANSWER_WINDOW)
            .initial_connection_window_size(WINDOW)
            .max_header_list_size(MAX_HEADERS)
            .handshake::<_, Bytes>(stream)
            .await
            .map_err(|failure| TransportFailure::from_http2(&failure).unsent())?;
        let state = State { sender: Some(sender), under_way: 0, used: Instant::now() };
        let connection = Arc::new(Self { state: Mutex::new(state), changed: Notify::new() });
        tokio::spawn(Arc::clone(&connection).keep(driver));
        Ok(connection)
    }

    /// Moves what is written and read, until the connection ends. One that nothing uses is closed.
    async fn keep(self: Arc<Self>, driver: impl Future<Output = Result<(), h2::Error>>) {
        tokio::pin!(driver);
        let mut idle = POOL_IDLE_TIMEOUT;
        loop {
            tokio::select! {
                biased;
                // Each request hears by itself how it ended.
                _ended = &mut driver => return self.close(),
                () = sleep(idle) => idle = self.close_if_idle(),
            }
        }
    }

    /// Takes no more requests. Those that are under way go on.
    pub(super) fn close(&self) {
        self.state().sender = None;
        self.changed.notify_waiters();
    }

    /// How long until it would be idle for too long, as far as is known.
    fn close_if_idle(&self) -> Duration {
        let state = self.state();
        let left = if state.under_way > 0 {
            POOL_IDLE_TIMEOUT
        } else {
            POOL_IDLE_TIMEOUT.saturating_sub(state.used.elapsed())
        };
        drop(state);
        if left.is_zero() {
            self.close();
            return POOL_IDLE_TIMEOUT;
        }
        left
    }

    pub(super) fn is_open(&self) -> bool {
        let state = self.state();
        state.sender.is_some() && !state.is_idle_for_too_long()
    }

    /// Waits for a place among the requests that the server takes at once. `None` if it takes no more.
    pub(super) async fn enter(self: &Arc<Self>) -> Option<Place> {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if let Some(sender) = self.state().enter()? {
                return Some(Place { connection: Arc::clone(self), sender });
            }
            changed.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }
}

impl State {
    /// `None` if no more are taken; `Some(None)` if there is no place now.
    #[allow(clippy::option_option, reason = "the outer one ends what the inner one waits for")]
    fn enter(&mut self) -> Option<Option<SendRequest<Bytes>>> {
        if self.is_idle_for_too_long() {
            self.sender = None;
        }
        let sender = self.sender.as_ref()?;
        // h2 would keep what is more than this, and nobody could tell whether it has left.
        if self.under_way >= sender.current_max_send_streams().max(1) {
            return Some(None);
        }
        self.under_way += 1;
        self.used = Instant::now();
        Some(Some(sender.clone()))
    }

    fn is_idle_for_too_long(&self) -> bool {
        self.under_way == 0 && self.used.elapsed() >= POOL_IDLE_TIMEOUT
    }
}

impl Place {
    /// Hands a request to h2, head and body together. `None` if the connection takes none any more, so that it has not left.
    pub(super) fn send(
        mut self,
        request: Request<()>,
        body: Option<Bytes>,
    ) -> Result<Option<Sent>, TransportFailure> {
        let Ok((answer, mut stream)) = self.sender.send_request(request, body.is_none()) else {
            self.connection.close();
            return Ok(None);
        };
        if let Some(body) = body {
            stream.send_data(body, true).map_err(|failure| TransportFailure::from_http2(&failure))?;
        }
        Ok(Some(Sent { answer, _place: self }))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.connection.state();
        state.under_way -= 1;
        state.used = Instant::now();
        drop(state);
        self.connection.changed.notify_one();
    }
}
