#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::FutureExt;
use h2::server::{Connection as ServerConnection, SendResponse};
use h2::{Reason, RecvStream};
use http::{Request, Response, StatusCode};
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf, duplex};
use tokio::task::yield_now;

use super::*;
use crate::transport::answer::{AnswerBody, MAX_ANSWER_BYTES};
use crate::transport::connections::POOL_IDLE_TIMEOUT;

const PIPE_BYTES: usize = 1 << 20;

/// Counts how often it is written to.
struct Counting {
    pipe: DuplexStream,
    writes: Arc<AtomicUsize>,
}

impl AsyncRead for Counting {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        space: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.pipe).poll_read(context, space)
    }
}

impl AsyncWrite for Counting {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        self.writes.fetch_add(1, Ordering::SeqCst);
        Pin::new(&mut self.pipe).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.pipe).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.pipe).poll_shutdown(context)
    }
}

type Server = ServerConnection<DuplexStream, Bytes>;

/// A connection, the server at its other end, and how often the client has written.
async fn connected(most_at_once: u32) -> (Arc<Connection>, Server, Arc<AtomicUsize>) {
    let (ours, theirs) = duplex(PIPE_BYTES);
    let writes = Arc::new(AtomicUsize::new(0));
    let pipe = Counting { pipe: ours, writes: Arc::clone(&writes) };
    let mut builder = h2::server::Builder::new();
    builder.max_concurrent_streams(most_at_once);
    let (connection, server) =
        tokio::join!(Connection::begin(Box::new(pipe)), builder.handshake::<_, Bytes>(theirs));
    (connection.unwrap(), server.unwrap(), writes)
}

fn request() -> Request<()> {
    Request::post("https://api.x.com/2/tweets").body(()).unwrap()
}

/// Sends `{}`.
async fn send(connection: &Arc<Connection>) -> Result<RawAnswer, TransportFailure> {
    let place = connection.enter().await.unwrap();
    answer::read(place.send(request(), Some(Bytes::from_static(b"{}"))).unwrap().unwrap()).await
}

async fn accept(server: &mut Server) -> (Request<RecvStream>, SendResponse<Bytes>) {
    server.accept().await.unwrap().unwrap()
}

fn answer_with(mut to: SendResponse<Bytes>, encoding: Option<&str>, body: Vec<u8>) {
    let mut answer = Response::new(());
    if let Some(encoding) = encoding {
        answer.headers_mut().insert("content-encoding", encoding.parse().unwrap());
    }
    to.send_response(answer, false).unwrap().send_data(body.into(), true).unwrap();
}

/// What becomes of an answer's body.
async fn read_back(encoding: Option<&str>, body: Vec<u8>) -> AnswerBody {
    let (connection, mut server, _) = connected(100).await;
    let serve = async {
        let (_, to) = accept(&mut server).await;
        answer_with(to, encoding, body);
        server.accept().await.is_none()
    };
    tokio::select! {
        sent = send(&connection) => sent.unwrap().body,
        _ended = serve => unreachable!("the client closes nothing"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn whole(body: AnswerBody) -> Bytes {
    match body {
        AnswerBody::Whole(bytes) => bytes,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn a_request_s_head_and_body_go_in_one_write() {
    let (connection, mut server, writes) = connected(100).await;
    let serve = async {
        for _ in 0..2 {
            let (_, to) = accept(&mut server).await;
            answer_with(to, None, b"{}".to_vec());
        }
        server.accept().await.is_none()
    };
    let ask = async {
        send(&connection).await.unwrap();
        // What a connection begins with has gone by now, but for what acknowledges settings.
        yield_now().await;
        let before = writes.load(Ordering::SeqCst);
        send(&connection).await.unwrap();
        writes.load(Ordering::SeqCst) - before
    };
    tokio::select! {
        writes = ask => assert_eq!(writes, 1),
        _ended = serve => unreachable!(),
    }
}

#[tokio::test]
async fn requests_wait_for_a_place_and_have_not_left_meanwhile() {
    let (connection, mut server, _) = connected(1).await;
    // The server's settings have to be here.
    let (first, (_, to)) = tokio::join!(
        async {
            let place = connection.enter().await.unwrap();
            place.send(request(), None).unwrap().unwrap()
        },
        accept(&mut server)
    );
    let mut second = Box::pin(connection.enter());
    assert!(second.as_mut().now_or_never().is_none());
    answer_with(to, None, b"{}".to_vec());
    tokio::select! {
        answer = answer::read(first) => assert_eq!(answer.unwrap().status, StatusCode::OK),
        _none = server.accept() => unreachable!(),
    }
    assert!(second.await.is_some());
}

#[tokio::test]
async fn who_waits_for_a_place_hears_that_there_is_none_any_more() {
    let (connection, mut server, _) = connected(1).await;
    let (_first, _accepted) = tokio::join!(
        async { connection.enter().await.unwrap().send(request(), None).unwrap().unwrap() },
        accept(&mut server)
    );
    let mut second = Box::pin(connection.enter());
    assert!(second.as_mut().now_or_never().is_none());
    connection.close();
    assert!(second.await.is_none());
}

#[tokio::test]
async fn those_under_way_end_well_when_a_connection_takes_no_more() {
    let (connection, mut server, _) = connected(100).await;
    let serve = async {
        let (_, to) = accept(&mut server).await;
        connection.close();
        answer_with(to, None, b"{}".to_vec());
        // The client says goodbye.
        assert!(server.accept().await.is_none());
    };
    let (answer, ()) = tokio::join!(send(&connection), serve);
    assert_eq!(whole(answer.unwrap().body), "{}");
    assert!(connection.enter().await.is_none());
}

#[tokio::test]
async fn one_that_nothing_uses_is_closed() {
    let (connection, mut server, _) = connected(100).await;
    tokio::time::pause();
    assert!(connection.is_open());
    tokio::time::advance(POOL_IDLE_TIMEOUT).await;
    assert!(!connection.is_open(), "nobody sends anything over it");
    assert!(server.accept().await.is_none(), "and it ends");
}

#[tokio::test(start_paused = true)]
async fn one_that_is_used_stays() {
    let (connection, mut server, _) = connected(100).await;
    let serve = async {
        let (_, to) = accept(&mut server).await;
        tokio::time::sleep(2 * POOL_IDLE_TIMEOUT).await;
        answer_with(to, None, b"{}".to_vec());
        server.accept().await.is_none()
    };
    tokio::select! {
        answer = send(&connection) => assert_eq!(whole(answer.unwrap().body), "{}"),
        _ended = serve => unreachable!(),
    }
    tokio::time::sleep(POOL_IDLE_TIMEOUT / 2).await;
    assert!(connection.is_open());
}

#[tokio::test]
async fn what_the_server_refuses_was_not_sent() {
    let (connection, mut server, _) = connected(100).await;
    let serve = async {
        let (_, mut to) = accept(&mut server).await;
        to.send_reset(Reason::REFUSED_STREAM);
        server.accept().await.is_none()
    };
    tokio::select! {
        sent = send(&connection) => assert!(sent.unwrap_err().surely_unsent),
        _ended = serve => unreachable!(),
    }
}

#[tokio::test]
async fn what_ends_otherwise_may_have_been_processed() {
    for reason in [Reason::CANCEL, Reason::INTERNAL_ERROR, Reason::NO_ERROR] {
        let (connection, mut server, _) = connected(100).await;
        let serve = async {
            let (_, mut to) = accept(&mut server).await;
            to.send_reset(reason);
            server.accept().await.is_none()
        };
        tokio::select! {
            sent = send(&connection) => assert!(!sent.unwrap_err().surely_unsent, "{reason}"),
            _ended = serve => unreachable!(),
        }
    }
    let (connection, mut server, _) = connected(100).await;
    let serve = async {
        accept(&mut server).await;
        drop(server);
    };
    let (sent, ()) = tokio::join!(send(&connection), serve);
    assert!(!sent.unwrap_err().surely_unsent, "the connection broke");
    assert!(connection.enter().await.is_none());
}

#[tokio::test]
async fn after_a_goodbye_what_is_under_way_ends_well_and_nothing_else_begins() {
    let (connection, mut server, _) = connected(100).await;
    let serve = async {
        let (_, to) = accept(&mut server).await;
        server.graceful_shutdown();
        answer_with(to, None, b"{}".to_vec());
        assert!(!matches!(server.accept().await, Some(Ok(_))), "no request comes any more");
    };
    let (answer, ()) = tokio::join!(send(&connection), serve);
    assert_eq!(whole(answer.unwrap().body), "{}");
    assert!(connection.enter().await.is_none());
}

#[tokio::test]
async fn gzip_is_unpacked_within_bounds() {
    assert_eq!(whole(read_back(Some("gzip"), gzip(b"{\"data\":{}}")).await), "{\"data\":{}}");
    assert_eq!(whole(read_back(Some("gzip"), Vec::new()).await), "");
    let bomb = gzip(&vec![0; 64 * MAX_ANSWER_BYTES]);
    assert!(matches!(read_back(Some("gzip"), bomb).await, AnswerBody::Unreadable(_)));
    let at_most = gzip(&vec![b' '; MAX_ANSWER_BYTES]);
    assert_eq!(whole(read_back(Some("gzip"), at_most).await).len(), MAX_ANSWER_BYTES);
}

#[tokio::test]
async fn what_can_t_be_unpacked_is_no_answer() {
    let mut cut = gzip(b"{\"data\":{}}");
    cut.truncate(cut.len() - 9);
    for body in [cut, b"{\"data\":{}}".to_vec()] {
        let body = read_back(Some("gzip"), body).await;
        assert!(matches!(&body, AnswerBody::BrokenOff(failure) if !failure.surely_unsent), "{body:?}");
    }
    let body = read_back(Some("br"), b"{}".to_vec()).await;
    assert!(matches!(&body, AnswerBody::Unreadable(why) if why.contains("\"br\"")), "{body:?}");
}

#[tokio::test]
async fn an_answer_is_read_within_bounds() {
    let large = vec![b' '; 3 * MAX_ANSWER_BYTES / 4];
    assert_eq!(whole(read_back(None, large.clone()).await).len(), large.len(), "in many pieces");
    let too_large = read_back(None, vec![b' '; MAX_ANSWER_BYTES + 1]).await;
    assert!(matches!(too_large, AnswerBody::Unreadable(_)));
}
