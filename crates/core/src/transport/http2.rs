//! Requests over HTTP/2, many over one connection.
//!
//! reqwest opens the connection, through its proxy and with its TLS, and hands it over; what is sent over it is sent by h2
//! itself. hyper, which reqwest sends by, writes a request's head first and its body once that has gone, so that a post
//! takes two packets, two more tasks, and half as much of the processor again.
//!
//! HTTP/2: <https://www.rfc-editor.org/rfc/rfc9113>

mod answer;
mod connection;
mod opener;

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use url::Url;

use super::answer::RawAnswer;
use super::connections::Build;
use super::failure::TransportFailure;
use super::head::Head;
use super::watch::Watch;
use crate::error::Error;
use crate::locks::locked;
use crate::single_flight::{Flight, SingleFlight};
use connection::Connection;
use opener::{Opened, Opener};

/// How many connections a request tries, where each is closed just before it would be sent.
const MAX_CONNECTIONS: usize = 3;

/// Sends requests to one server, over a connection that is opened when one is needed.
#[derive(Debug)]
pub(crate) struct Http2(Arc<Inner>);

struct Inner {
    opener: Opener,
    url: Url,
    /// What every request has.
    defaults: HeaderMap,
    current: Mutex<Current>,
}

/// Whoever waits for a connection waits for the same one. It is opened no longer when nobody waits.
type Opening = Flight<Result<Opened, TransportFailure>>;

#[derive(Default)]
struct Current {
    connection: Option<Arc<Connection>>,
    opening: SingleFlight<Result<Opened, TransportFailure>>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A proxy's password may be in what it is opened with.
        formatter.debug_struct("Inner").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

impl Http2 {
    /// For the server of a URL. `build` makes a client of `opener` that opens connections as others do.
    pub(crate) fn new(
        opener: reqwest::ClientBuilder,
        build: Build,
        url: Url,
        user_agent: &str,
    ) -> Result<Self, Error> {
        let mut defaults = HeaderMap::new();
        defaults.insert(ACCEPT, HeaderValue::from_static("*/*"));
        defaults.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        if let Ok(user_agent) = HeaderValue::from_str(user_agent) {
            defaults.insert(USER_AGENT, user_agent);
        }
        let opener = Opener::new(opener, build)?;
        Ok(Self(Arc::new(Inner { opener, url, defaults, current: Mutex::default() })))
    }

    /// Sends a request whose body is here. `watch` hears that it may have left. `None` if the server does not speak HTTP/2,
    /// so that nothing was sent.
    pub(crate) async fn send(
        &self,
        head: &Head,
        body: Option<Bytes>,
        watch: Option<&Watch>,
    ) -> Result<Option<RawAnswer>, TransportFailure> {
        for _ in 0..MAX_CONNECTIONS {
            let connection = match self.connection().await? {
                Opened::Http2(connection) => connection,
                Opened::Http1 => return Ok(None),
            };
            let Some(place) = connection.enter().await else { continue };
            let request = head
                .to_http2(&self.0.defaults, body.as_ref().map(Bytes::len))
                .map_err(|failure| TransportFailure::not_written(&failure))?;
            let Some(sent) = place.send(request, body.clone())? else { continue };
            if let Some(watch) = watch {
                watch.mark();
            }
            return answer::read(sent).await.map(Some);
        }
        Err(TransportFailure::closed_again())
    }

    /// Opens a connection if there is none.
    pub(crate) fn open_ahead(&self) -> Option<impl Future<Output = ()> + Send + 'static> {
        let opening = self.open_or_opening().err()?;
        Some(async move {
            // Whoever needs it finds out why there is none.
            let _opened = opening.await;
        })
    }

    /// No request that has not begun is sent over this connection: an answer never came.
    pub(crate) fn distrust(&self) {
        if let Some(connection) = locked(&self.0.current).connection.take() {
            connection.close();
        }
    }

    async fn connection(&self) -> Result<Opened, TransportFailure> {
        let opening = match self.open_or_opening() {
            Ok(connection) => return Ok(Opened::Http2(connection)),
            Err(opening) => opening,
        };
        opening.await
    }

    fn open_or_opening(&self) -> Result<Arc<Connection>, Opening> {
        let mut current = locked(&self.0.current);
        if let Some(connection) = current.connection.as_ref().filter(|connection| connection.is_open()) {
            return Ok(Arc::clone(connection));
        }
        if let Some(opening) = current.opening.under_way() {
            return Err(opening);
        }
        let inner = Arc::clone(&self.0);
        let opening = async move {
            let opened = inner.opener.open(&inner.url).await;
            let mut current = locked(&inner.current);
            current.opening = SingleFlight::default();
            if let Ok(Opened::Http2(connection)) = &opened {
                current.connection = Some(Arc::clone(connection));
            }
            opened
        };
        Err(current.opening.begin(opening))
    }
}

#[cfg(test)]
mod tests;
