//! Opens connections, and says what is spoken over them.

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use hyper_util::client::legacy::connect::Connection as Connects;
use hyper_util::rt::TokioIo;
use reqwest::ClientBuilder;
use tower_layer::layer_fn;
use tower_service::Service;
use url::Url;

use super::connection::{Connection, Stream};
use crate::error::Error;
use crate::locks::locked;
use crate::transport::connections::{Build, HandedOn};
use crate::transport::failure::TransportFailure;

/// What was opened.
#[derive(Clone, Debug)]
pub(super) enum Opened {
    Http2(Arc<Connection>),
    /// The server has no HTTP/2. The connection is closed.
    Http1,
}

/// Where a connection is left; `None` in it if the server does not speak HTTP/2.
type Left = Arc<Mutex<Option<Option<Box<dyn Stream>>>>>;

/// A client whose every request fails, since its connections are left here.
pub(super) struct Opener {
    http: reqwest::Client,
    left: Left,
}

impl Opener {
    pub(super) fn new(builder: ClientBuilder, build: Build) -> Result<Self, Error> {
        let left = Left::default();
        let leaving = Arc::clone(&left);
        let builder =
            builder.connector_layer(layer_fn(move |inner| Leaving { inner, left: Arc::clone(&leaving) }));
        Ok(Self { http: build(builder)?, left })
    }

    /// Opens a connection to the server of a URL. One at a time.
    pub(super) async fn open(&self, url: &Url) -> Result<Opened, TransportFailure> {
        // What an opening left that nobody waited for.
        let _too_late = locked(&self.left).take();
        let failure = self.http.get(url.clone()).send().await.err();
        let left = locked(&self.left).take();
        match (left, failure) {
            (Some(Some(stream)), _) => Connection::begin(stream).await.map(Opened::Http2),
            (Some(None), _) => Ok(Opened::Http1),
            (None, Some(failure)) => Err(TransportFailure::from_reqwest(failure)),
            (None, None) => Err(TransportFailure::closed_again()),
        }
    }
}

/// Opens connections and leaves them.
struct Leaving<S> {
    inner: S,
    left: Left,
}

impl<S: Clone> Clone for Leaving<S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), left: Arc::clone(&self.left) }
    }
}

impl<R, S, C> Service<R> for Leaving<S>
where
    S: Service<R, Response = C> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: From<HandedOn> + Send,
    R: Send + 'static,
    C: Connects + hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    type Response = C;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<C, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let opening = self.inner.call(request);
        let left = Arc::clone(&self.left);
        Box::pin(async move {
            let stream = opening.await?;
            let speaks_http2 = stream.connected().is_negotiated_h2();
            *locked(&left) = Some(speaks_http2.then(|| Box::new(TokioIo::new(stream)) as Box<dyn Stream>));
            Err(HandedOn.into())
        })
    }
}
