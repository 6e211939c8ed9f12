#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::*;
use crate::config::{ClientConfig, ClientSettings};
use crate::transport::client::Client;
use crate::transport::endpoint::Host;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/// Counts what reaches it, and answers every request.
#[derive(Default)]
struct Server {
    connections: AtomicUsize,
    requests: AtomicUsize,
    /// Requests that came over a connection after another one.
    later_requests: AtomicUsize,
    closed: AtomicUsize,
    spoken: AtomicUsize,
    changed: Notify,
    /// What each connection begins with, before anything was asked.
    says_first: &'static [u8],
}

impl Server {
    async fn start() -> (Arc<Self>, Url) {
        Self::saying(b"").await
    }

    async fn saying(says_first: &'static [u8]) -> (Arc<Self>, Url) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let server = Arc::new(Self { says_first, ..Self::default() });
        let shared = Arc::clone(&server);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                shared.note(&shared.connections);
                let server = Arc::clone(&shared);
                tokio::spawn(async move { server.serve(socket).await });
            }
        });
        (server, url)
    }

    fn note(&self, counter: &AtomicUsize) {
        counter.fetch_add(1, Ordering::SeqCst);
        self.changed.notify_waiters();
    }

    async fn serve(&self, mut socket: TcpStream) {
        let mut head = Vec::new();
        let mut is_used = false;
        if !self.says_first.is_empty() && self.connections.load(Ordering::SeqCst) == 1 {
            socket.write_all(self.says_first).await.unwrap();
            self.note(&self.spoken);
        }
        while let Ok(byte) = socket.read_u8().await {
            head.push(byte);
            if head.ends_with(b"\r\n\r\n") {
                head.clear();
                self.note(&self.requests);
                if is_used {
                    self.note(&self.later_requests);
                }
                is_used = true;
                socket.write_all(ANSWER).await.unwrap();
            }
        }
        self.note(&self.closed);
    }

    /// Waits until a counter says so much.
    async fn until(&self, counter: &AtomicUsize, count: usize) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if counter.load(Ordering::SeqCst) >= count {
                return;
            }
            changed.await;
        }
    }

    fn seen(&self) -> (usize, usize) {
        (self.connections.load(Ordering::SeqCst), self.requests.load(Ordering::SeqCst))
    }
}

fn client(url: &Url) -> Client {
    let settings = ClientSettings {
        api_base_url: Some(url.to_string()),
        upload_base_url: Some("http://127.0.0.1:1".to_owned()),
        ..ClientSettings::default()
    };
    Client::new(ClientConfig::resolve(&settings).unwrap()).unwrap()
}

async fn ask(http: &reqwest::Client, url: &Url) {
    let answer = http.get(url.clone()).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "{}");
}

#[tokio::test]
async fn requests_take_what_was_opened_for_them() {
    let (server, url) = Server::start().await;
    let client = client(&url);
    let _opening = client.open_for_uploads(2).unwrap().unwrap();
    server.until(&server.connections, 2).await;
    assert_eq!(server.seen(), (2, 0), "nothing is asked over them");
    let http = client.shared_connections(Host::Api).unwrap();
    tokio::join!(ask(http, &url), ask(http, &url));
    assert_eq!(server.seen(), (2, 2));
}

#[tokio::test]
async fn a_request_waits_for_what_is_being_opened() {
    let (server, url) = Server::start().await;
    let client = client(&url);
    let _opening = client.open_for_uploads(1).unwrap();
    tokio::task::yield_now().await;
    ask(client.shared_connections(Host::Api).unwrap(), &url).await;
    assert_eq!(server.seen(), (1, 1));
}

#[tokio::test]
async fn what_no_request_takes_is_closed_with_the_call() {
    let (server, url) = Server::start().await;
    let client = client(&url);
    let opening = client.open_for_uploads(3).unwrap().unwrap();
    server.until(&server.connections, 3).await;
    drop(opening);
    server.until(&server.closed, 3).await;
    ask(client.shared_connections(Host::Api).unwrap(), &url).await;
    assert_eq!(server.seen(), (4, 1));
}

#[tokio::test]
async fn what_is_kept_too_long_is_closed() {
    let (server, url) = Server::start().await;
    let client = client(&url);
    let _opening = client.open_for_uploads(1).unwrap().unwrap();
    server.until(&server.connections, 1).await;
    tokio::time::pause();
    tokio::time::advance(KEPT).await;
    server.until(&server.closed, 1).await;
    tokio::time::resume();
    ask(client.shared_connections(Host::Api).unwrap(), &url).await;
    assert_eq!(server.seen(), (2, 1));
}

#[tokio::test]
async fn a_post_has_what_was_opened_for_it_to_itself() {
    let (server, url) = Server::start().await;
    let client = client(&url);
    let _opening = client.open_for_post().unwrap().unwrap();
    server.until(&server.connections, 1).await;
    ask(client.shared_connections(Host::Api).unwrap(), &url).await;
    assert_eq!(server.seen(), (2, 1), "other requests leave it alone");
    ask(client.unshared().unwrap().0, &url).await;
    assert_eq!(server.seen(), (2, 2));
    ask(client.unshared().unwrap().0, &url).await;
    assert_eq!(server.requests.load(Ordering::SeqCst), 3);
    assert_eq!(server.later_requests.load(Ordering::SeqCst), 0, "it carries one request");
}

/// A post that takes long.
async fn far_away(client: &Client, url: &Url) {
    let (http, under_way) = client.unshared().unwrap();
    ask(http, url).await;
    tokio::time::pause();
    tokio::time::advance(Duration::from_millis(100)).await;
    under_way.answered();
    tokio::time::resume();
}

#[tokio::test]
async fn far_away_posts_find_the_connections_open_that_those_before_have_opened() {
    let (server, url) = Server::start().await;
    let client = client(&url);
    far_away(&client, &url).await;
    assert_eq!(server.seen(), (1, 1), "there may be no other");
    far_away(&client, &url).await;
    server.until(&server.connections, 3).await;
    far_away(&client, &url).await;
    server.until(&server.connections, 4).await;
    assert_eq!(server.seen(), (4, 3), "one is open for the next");
    assert_eq!(server.later_requests.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn connections_for_posts_that_never_come_are_closed() {
    let (server, url) = Server::start().await;
    let client = client(&url);
    far_away(&client, &url).await;
    drop(client.unshared().unwrap());
    server.until(&server.connections, 3).await;
    tokio::time::pause();
    tokio::time::advance(KEPT).await;
    server.until(&server.closed, 3).await;
    tokio::time::resume();
    assert_eq!(server.seen(), (3, 1));
}

#[tokio::test]
async fn what_came_before_a_post_is_not_taken_for_its_answer() {
    let (server, url) = Server::saying(b"HTTP/1.1 201 Created\r\nContent-Length: 7\r\n\r\n{\"a\":1}").await;
    let client = client(&url);
    let _opening = client.open_for_post().unwrap().unwrap();
    server.until(&server.spoken, 1).await;
    // The runtime has to see it.
    tokio::time::sleep(Duration::from_millis(50)).await;
    ask(client.unshared().unwrap().0, &url).await;
    assert_eq!(server.seen(), (2, 1), "it goes over another one");
}

#[tokio::test]
async fn nothing_is_opened_where_connections_are_open() {
    let (_server, url) = Server::start().await;
    let client = client(&url);
    client.note_answer();
    assert!(client.open_for_uploads(4).unwrap().is_none());
    assert!(client.open_for_post().unwrap().is_some(), "a post needs a new one");
}

#[tokio::test]
async fn over_tls_one_connection_is_expected_to_carry_all_uploads_and_one_all_else() {
    let (server, url) = Server::start().await;
    let secure = url.as_str().replacen("http", "https", 1).parse().unwrap();
    let client = client(&secure);
    let _uploads = client.open_for_uploads(4).unwrap().unwrap();
    let _post = client.open_for_post().unwrap().unwrap();
    server.until(&server.connections, 2).await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.seen().0, 2);
}

#[tokio::test]
async fn what_can_t_be_opened_is_tried_by_the_request_itself() {
    let (server, url) = Server::start().await;
    let nowhere: Url = "http://127.0.0.1:1".parse().unwrap();
    let client = client(&nowhere);
    let _opening = client.open_for_uploads(1).unwrap().unwrap();
    tokio::task::yield_now().await;
    ask(client.shared_connections(Host::Api).unwrap(), &url).await;
    assert_eq!(server.seen(), (1, 1));
}

#[tokio::test]
async fn another_server_is_never_given_them() {
    let (server, url) = Server::start().await;
    let client = client(&url);
    let _opening = client.open_for_uploads(1).unwrap().unwrap();
    server.until(&server.connections, 1).await;
    let other = client.shared_connections(Host::Upload).unwrap();
    let failure = other.get(client.base_url(Host::Upload).clone()).send().await.unwrap_err();
    assert!(failure.is_connect());
    assert_eq!(server.seen(), (1, 0));
}
