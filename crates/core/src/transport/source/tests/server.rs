//! A server that answers as the test says.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};

/// What becomes of one connection.
pub(in super::super) enum Reply {
    /// These bytes, and the end.
    Close(Vec<u8>),
    /// These bytes, and a reset.
    Reset(Vec<u8>),
    /// These bytes, then nothing until the client goes.
    Stall(Vec<u8>),
    /// This head, then that piece again and again until the client goes.
    Repeat(Vec<u8>, Vec<u8>),
    /// These bytes, so many at a time with a pause after them, and the end.
    Paced(Vec<u8>, usize, Duration),
    /// This head, then a byte each second.
    Drip(Vec<u8>),
}

impl Reply {
    /// A complete answer.
    pub(in super::super) fn new(status: &str, headers: &[&str], body: &[u8]) -> Self {
        let length = format!("Content-Length: {}", body.len());
        let headers: Vec<&str> = headers.iter().copied().chain([length.as_str()]).collect();
        Self::Close([head(status, &headers), body.to_vec()].concat())
    }
}

pub(in super::super) fn head(status: &str, headers: &[&str]) -> Vec<u8> {
    let mut lines = vec![format!("HTTP/1.1 {status}"), "Connection: close".to_owned()];
    lines.extend(headers.iter().map(|header| (*header).to_owned()));
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

/// `body` in a single chunk of the chunked transfer coding, without the one that ends it.
pub(in super::super) fn chunk(body: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n"].concat()
}

#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<String>>,
    written: AtomicU64,
    left: Notify,
}

/// Listens on a port of its own until it is dropped.
pub(in super::super) struct Server {
    port: u16,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

impl Server {
    /// Answers the first connection with the first reply, and so on; a further one is closed without a word.
    pub(in super::super) async fn script(replies: Vec<Reply>) -> Self {
        let mut replies = replies.into_iter();
        Self::start(move |_| replies.next().unwrap_or_else(|| Reply::Close(Vec::new()))).await
    }

    /// Answers each request with what `handler` makes of its head.
    pub(in super::super) async fn start(mut handler: impl FnMut(&str) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let request = read_head(&mut socket).await;
                let reply = handler(&request);
                shared.requests.lock().unwrap().push(request);
                connections.spawn(answer(socket, reply, Arc::clone(&shared)));
            }
        });
        Self { port, seen, task }
    }

    pub(in super::super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(in super::super) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The heads of all requests so far.
    pub(in super::super) fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// Bytes of repeated pieces that the system has taken.
    pub(in super::super) fn written(&self) -> u64 {
        self.seen.written.load(Ordering::SeqCst)
    }

    /// Waits until a client has gone from a reply that does not end by itself.
    pub(in super::super) async fn client_left(&self) {
        self.seen.left.notified().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn read_head(socket: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match socket.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}

async fn answer(mut socket: TcpStream, reply: Reply, seen: Arc<Seen>) {
    match reply {
        Reply::Close(bytes) => {
            let _gone = socket.write_all(&bytes).await;
            let _gone = socket.shutdown().await;
            return;
        }
        Reply::Reset(bytes) => {
            let _gone = socket.write_all(&bytes).await;
            socket.set_zero_linger().unwrap();
            return;
        }
        Reply::Stall(bytes) => {
            let _gone = socket.write_all(&bytes).await;
            while socket.read_u8().await.is_ok() {}
        }
        Reply::Paced(bytes, size, pause) => {
            for piece in bytes.chunks(size) {
                if socket.write_all(piece).await.is_err() {
                    return;
                }
                tokio::time::sleep(pause).await;
            }
            return;
        }
        Reply::Repeat(head, piece) => {
            let _gone = socket.write_all(&head).await;
            while socket.write_all(&piece).await.is_ok() {
                seen.written.fetch_add(piece.len() as u64, Ordering::SeqCst);
            }
        }
        Reply::Drip(head) => {
            let _gone = socket.write_all(&head).await;
            while socket.write_all(b".").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
    seen.left.notify_one();
}

/// Whether anyone has connected to a listener.
pub(in super::super) fn was_reached(listener: &std::net::TcpListener) -> bool {
    listener.set_nonblocking(true).unwrap();
    listener.accept().is_ok()
}
