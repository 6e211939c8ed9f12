//! Connections to X that are opened while media are still on their way here.
//!
//! reqwest opens a connection when a request needs one, which far from X takes as long as the request. Its connector can be
//! wrapped, so a second client, whose connections are never given to it, opens them and leaves them in a stock; the one
//! that carries requests takes them from there before it opens any itself. What is opened is what its own connector opens:
//! through the same proxy, with the same TLS. Nothing is sent over a connection in the stock but what TLS needs.
//!
//! Requests that need a connection each may have one opened for the next of them, too.

mod rhythm;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use hyper::rt::{Read, ReadBuf};
use reqwest::ClientBuilder;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tower_layer::layer_fn;
use tower_service::Service;
use url::Url;

use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::transport::connections::{Build, HandedOn};
use rhythm::Rhythm;
pub(crate) use rhythm::UnderWay;

/// How long a connection is kept for a request: servers close those that say nothing, and a request should not meet one
/// that is being closed.
const KEPT: Duration = Duration::from_secs(5);

/// What a request asks of a connection that was opened before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// That it is there.
    Open,
    /// That nothing has come over it, not even its end: what came would be taken for the request's answer. Of HTTP/2 it
    /// can't be asked, where the server speaks first.
    Silent,
}

/// A client whose requests take what another one opens, and that other one, which `build` builds.
pub(super) fn pair(
    requests: ClientBuilder,
    opener: ClientBuilder,
    connect_timeout: Duration,
    demand: Demand,
    build: Build,
) -> (ClientBuilder, Opener) {
    let stock = Stock::default();
    let taken = stock.clone();
    let requests =
        requests.connector_layer(layer_fn(move |inner| Taking { inner, stock: taken.clone(), demand }));
    let opener = opener.connector_layer(layer_fn(move |inner| Leaving {
        inner,
        stock: stock.clone(),
        connect_timeout,
    }));
    let unbuilt = Mutex::new(Some(opener));
    let opener =
        Opener { unbuilt, build, http: OnceLock::new(), open: Arc::default(), rhythm: Rhythm::default() };
    (requests, opener)
}

/// Opens connections for requests to come.
pub(crate) struct Opener {
    /// Most calls upload nothing, so it is built when one does.
    unbuilt: Mutex<Option<ClientBuilder>>,
    build: Build,
    http: OnceLock<Result<reqwest::Client, Error>>,
    open: Arc<AtomicUsize>,
    rhythm: Rhythm,
}

/// Connections that are being opened or are kept. Those that no request has taken are closed when this is dropped.
#[derive(Debug)]
pub(crate) struct Opening(
    #[allow(dead_code, reason = "its tasks are aborted when it is dropped")] JoinSet<()>,
);

impl Opening {
    /// One that is being opened.
    pub(crate) fn of(opening: impl Future<Output = ()> + Send + 'static) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(opening);
        Self(tasks)
    }
}

impl std::fmt::Debug for Opener {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A proxy's password is in what it is built from.
        formatter.debug_struct("Opener").field("open", &self.open).finish_non_exhaustive()
    }
}

impl Opener {
    /// Opens `count` connections to the server of a URL, and fewer where there would be more than `most` that nothing has
    /// used yet. It has to be the server that the requests are for.
    pub(crate) fn open(&self, url: &Url, count: usize, most: usize) -> Result<Opening, Error> {
        let mut tasks = JoinSet::new();
        let http = self.client()?;
        for place in (0..count).map_while(|_| Counted::below(most, &self.open)) {
            let request = http.get(url.clone()).send();
            tasks.spawn(async move {
                let _place = place;
                // It fails in any case, since it gets no connection; whoever needs one sees why there is none.
                let _no_connection = request.await;
            });
        }
        Ok(Opening(tasks))
    }

    /// A request begins that needs a connection of its own. Where such requests follow one another closely and take long,
    /// `most` connections at most are opened for the next of them; they stay open for those when the call ends.
    pub(crate) fn begin(&self, url: &Url, most: usize) -> UnderWay<'_> {
        let (under_way, wanted) = self.rhythm.begin();
        let missing = wanted.saturating_sub(self.open.load(Ordering::Relaxed));
        // Whoever needs a connection that can't be opened finds out why.
        if missing > 0
            && let Ok(Opening(mut tasks)) = self.open(url, missing, most)
        {
            tasks.detach_all();
        }
        under_way
    }

    fn client(&self) -> Result<&reqwest::Client, Error> {
        let built = self.http.get_or_init(|| {
            let builder = locked(&self.unbuilt).take();
            let none = || Error::new(ErrorCode::Internal, "the HTTP client could not be set up");
            builder.ok_or_else(none).and_then(self.build)
        });
        built.as_ref().map_err(Clone::clone)
    }
}

/// One of those that are opened.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    /// `None` if there are so many.
    fn below(most: usize, open: &Arc<AtomicUsize>) -> Option<Self> {
        let more = |count: usize| (count < most).then_some(count + 1);
        open.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok().map(|_| Self(Arc::clone(open)))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Where connections wait for requests. They are all to one server.
struct Stock<C>(Arc<Mutex<Listed<C>>>);

struct Listed<C> {
    entries: VecDeque<Entry<C>>,
    next_id: u64,
}

/// A connection that is there, or is being opened.
struct Entry<C> {
    id: u64,
    connection: oneshot::Receiver<C>,
    /// Dropped when a request has taken the connection.
    _untaken: oneshot::Sender<()>,
}

impl<C> Default for Stock<C> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Listed { entries: VecDeque::new(), next_id: 0 })))
    }
}

impl<C> Clone for Stock<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C> Stock<C> {
    fn take(&self) -> Option<Entry<C>> {
        locked(&self.0).entries.pop_front()
    }

    fn list(&self, connection: oneshot::Receiver<C>, untaken: oneshot::Sender<()>) -> Place<C> {
        let mut listed = locked(&self.0);
        let id = listed.next_id;
        listed.next_id += 1;
        listed.entries.push_back(Entry { id, connection, _untaken: untaken });
        Place { stock: self.clone(), id }
    }
}

/// An entry's place. It is empty when this is dropped, and what was in it is closed unless it was taken.
struct Place<C> {
    stock: Stock<C>,
    id: u64,
}

impl<C> Drop for Place<C> {
    fn drop(&mut self) {
        locked(&self.stock.0).entries.retain(|entry| entry.id != self.id);
    }
}

/// Takes connections from the stock, or opens them.
struct Taking<S, C> {
    inner: S,
    stock: Stock<C>,
    demand: Demand,
}

impl<S: Clone, C> Clone for Taking<S, C> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), stock: self.stock.clone(), ..*self }
    }
}

impl<R, S, C> Service<R> for Taking<S, C>
where
    S: Service<R, Response = C> + Clone + Send + 'static,
    S::Future: Send,
    R: Send + 'static,
    C: Read + Unpin + Send + 'static,
{
    type Response = C;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<C, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let (opened, demand) = (self.stock.take(), self.demand);
        let mut inner = ready(&mut self.inner);
        Box::pin(async move {
            if let Some(entry) = opened
                && let Ok(mut connection) = entry.connection.await
                && (demand == Demand::Open || is_silent(&mut connection).await)
            {
                return Ok(connection);
            }
            inner.call(request).await
        })
    }
}

/// Opens connections and leaves them in the stock.
struct Leaving<S, C> {
    inner: S,
    stock: Stock<C>,
    connect_timeout: Duration,
}

impl<S: Clone, C> Clone for Leaving<S, C> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), stock: self.stock.clone(), ..*self }
    }
}

impl<R, S, C> Service<R> for Leaving<S, C>
where
    S: Service<R, Response = C> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: From<HandedOn> + Send,
    R: Send + 'static,
    C: Send + 'static,
{
    type Response = C;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<C, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let (stock, connect_timeout) = (self.stock.clone(), self.connect_timeout);
        let mut inner = ready(&mut self.inner);
        Box::pin(async move {
            let (sender, receiver) = oneshot::channel();
            let (untaken, taken) = oneshot::channel();
            let _place = stock.list(receiver, untaken);
            if let Ok(opened) = tokio::time::timeout(connect_timeout, inner.call(request)).await
                && sender.send(opened?).is_ok()
            {
                let _taken_or_too_old = tokio::time::timeout(KEPT, taken).await;
            }
            Err(HandedOn.into())
        })
    }
}

/// Whether nothing has come over a connection, not even its end.
async fn is_silent<C: Read + Unpin>(connection: &mut C) -> bool {
    let mut byte = [0];
    std::future::poll_fn(|context| {
        let mut space = ReadBuf::new(&mut byte);
        Poll::Ready(Pin::new(&mut *connection).poll_read(context, space.unfilled()).is_pending())
    })
    .await
}

/// The service that was found ready; another one takes its place.
fn ready<S: Clone>(inner: &mut S) -> S {
    let next = inner.clone();
    std::mem::replace(inner, next)
}

#[cfg(test)]
mod tests;
