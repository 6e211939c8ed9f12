//! Connections, and how far away they are.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bench_support::job::MockSettings;
use bench_support::oauth1::Signer;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::answer::AnswerBody;
use crate::ledger::Ledger;
use crate::paced::Paced;
use crate::{api, media};

/// What a run of HTTP/2 data may have on its way before it is acknowledged.
const WINDOW_BYTES: u32 = 4 * 1024 * 1024;

/// Where a connection came in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// X.
    Api,
    /// The server of media.
    Media,
}

/// What all connections share.
pub(crate) struct State {
    pub(crate) settings: MockSettings,
    pub(crate) signer: Signer,
    pub(crate) ledger: Ledger,
    /// Ids that were given out.
    pub(crate) ids: AtomicU64,
    acceptor: Option<TlsAcceptor>,
}

impl State {
    pub(crate) fn new(settings: MockSettings, acceptor: Option<TlsAcceptor>) -> anyhow::Result<Self> {
        let ledger = Ledger::new(&settings);
        Ok(Self { settings, signer: Signer::new()?, ledger, ids: AtomicU64::new(0), acceptor })
    }

    pub(crate) fn speaks_tls(&self) -> bool {
        self.acceptor.is_some()
    }

    /// One round trip.
    pub(crate) async fn round_trip(&self) {
        if self.settings.delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(self.settings.delay_ms)).await;
        }
    }
}

/// Takes connections until the process ends.
pub(crate) async fn serve(listener: TcpListener, door: Door, state: Arc<State>) {
    let counter = match door {
        Door::Api => &state.ledger.api_connections,
        Door::Media => &state.ledger.media_connections,
    };
    loop {
        let Ok((socket, _)) = listener.accept().await else { continue };
        counter.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(connection(socket, door, Arc::clone(&state)));
    }
}

/// Serves one connection. One that breaks off shows in what is missing at the end.
async fn connection(socket: TcpStream, door: Door, state: Arc<State>) {
    let _stays_slow = socket.set_nodelay(true);
    // The kernel has shaken hands already; this is the way there and back that it would have taken.
    state.round_trip().await;
    let paced =
        Paced::new(socket, state.settings.upload_bytes_per_second, state.settings.download_bytes_per_second);
    let Some(acceptor) = &state.acceptor else {
        return http1(paced, door, state).await;
    };
    state.round_trip().await;
    let Ok(stream) = acceptor.accept(paced).await else { return };
    if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        http2(stream, door, state).await;
    } else {
        http1(stream, door, state).await;
    }
}

async fn http1(stream: impl AsyncRead + AsyncWrite + Unpin, door: Door, state: Arc<State>) {
    let service = service_fn(move |request| answer(request, door, Arc::clone(&state)));
    let _broke_off = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn http2(stream: impl AsyncRead + AsyncWrite + Unpin, door: Door, state: Arc<State>) {
    let service = service_fn(move |request| answer(request, door, Arc::clone(&state)));
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder.initial_stream_window_size(WINDOW_BYTES).initial_connection_window_size(WINDOW_BYTES * 4);
    let _broke_off = builder.serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    request: Request<Incoming>,
    door: Door,
    state: Arc<State>,
) -> Result<Response<AnswerBody>, Infallible> {
    state.ledger.requests.fetch_add(1, Ordering::Relaxed);
    let answer = match door {
        Door::Api => api::answer(&state, request).await,
        Door::Media => media::answer(&state, &request),
    };
    state.round_trip().await;
    Ok(answer)
}
