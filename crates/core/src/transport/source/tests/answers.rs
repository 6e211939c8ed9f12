//! What a media server may answer, and when it is asked again.

use std::time::Duration;

use super::server::{Reply, Server, chunk, head};
use super::{call, call_with, call_within, open_url, pattern, read_url};
use crate::error_code::ErrorCode;
use crate::protocol::media::category::ContentType;

#[tokio::test]
async fn a_url_tells_its_length_its_type_and_a_label_without_its_query() {
    let body = pattern(300_000);
    let server = Server::script(vec![Reply::new("200 OK", &["Content-Type: image/PNG; q=1"], &body)]).await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/dir/a.png?signature=hunter2#part")).await.unwrap();
    assert_eq!(reader.length(), Some(300_000));
    assert_eq!(reader.label(), server.url("/dir/a.png"));
    let declared = reader.declared().unwrap();
    assert_eq!(
        (declared.content_type, declared.words.as_str()),
        (ContentType::Png, "Content-Type: image/png")
    );
    assert_eq!(super::rest(&call, &mut reader).await.unwrap(), body);
}

#[tokio::test]
async fn a_status_that_will_not_change_is_told_at_once() {
    for (status, code) in [("404 Not Found", 404), ("403 Forbidden", 403), ("204 No Content", 204)] {
        let server = Server::script(vec![Reply::Close(head(status, &["Content-Length: 0"]))]).await;
        let error = read_url(&call(), &server.url("/a.png?signature=hunter2")).await.unwrap_err();
        assert_eq!((error.code(), error.fields().status), (ErrorCode::MediaSource, Some(code)));
        assert_eq!(error.to_string(), format!("{} answered with status {code}", server.url("/a.png")));
        assert!(!error.fields().retryable && !format!("{error:?}").contains("hunter2"));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn passing_failures_are_tried_again() {
    for status in ["408 Timeout", "425 Early", "429 Too Many", "500 Error", "502 Bad", "503 Busy", "504 Late"]
    {
        let failed = || Reply::new(status, &[], b"busy");
        let server = Server::script(vec![failed(), failed(), Reply::new("200 OK", &[], b"bytes")]).await;
        assert_eq!(read_url(&call(), &server.url("/a.png")).await.unwrap(), b"bytes", "{status}");
    }
    let server = Server::start(|_| Reply::new("503 Busy", &[], b"")).await;
    let error = read_url(&call(), &server.url("/a.png")).await.unwrap_err();
    assert_eq!((error.fields().status, error.fields().retryable), (Some(503), true));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_server_says_when_to_come_back() {
    let server = Server::start(|_| Reply::new("429 Too Many", &["Retry-After: 60"], b"")).await;
    let error = read_url(&call(), &server.url("/a.png")).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    assert!(error.fields().retryable && error.fields().retry_at_ms.is_some());

    let server = Server::script(vec![
        Reply::new("503 Busy", &["Retry-After: 1"], b""),
        Reply::new("200 OK", &[], b"bytes"),
    ])
    .await;
    let begun = std::time::Instant::now();
    assert_eq!(read_url(&call(), &server.url("/a.png")).await.unwrap(), b"bytes");
    assert!(begun.elapsed() >= Duration::from_secs(1));

    let server = Server::start(|_| Reply::new("503 Busy", &["Retry-After: 10"], b"")).await;
    let short = call_within(Some(Duration::from_secs(5)), |_| {});
    assert!(read_url(&short, &server.url("/a.png")).await.is_err());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_can_t_be_reached_may_be_reached_later() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = read_url(&call(), &format!("http://{free}/a.png?signature=hunter2")).await.unwrap_err();
    assert_eq!((error.code(), error.fields().retryable), (ErrorCode::MediaSource, true));
    assert!(error.to_string().contains("can't be reached") && !format!("{error:?}").contains("hunter2"));

    let server = Server::start(|_| Reply::Stall(Vec::new())).await;
    let hasty = call_with(|settings| settings.request_timeout_ms = Some(50));
    let error = read_url(&hasty, &server.url("/a.png")).await.unwrap_err();
    assert!(error.to_string().contains("did not answer in time") && error.fields().retryable);
    assert_eq!(server.requests().len(), 3);

    let server = Server::script(vec![
        Reply::Close(Vec::new()),
        Reply::Reset(Vec::new()),
        Reply::new("200 OK", &[], b"bytes"),
    ])
    .await;
    assert_eq!(read_url(&call(), &server.url("/a.png")).await.unwrap(), b"bytes");
}

#[tokio::test]
async fn encoded_and_partial_answers_are_refused() {
    for (status, header, why) in [
        ("200 OK", "Content-Encoding: gzip", "content encoding"),
        ("200 OK", "Content-Encoding: identity\r\nContent-Encoding: br", "content encoding"),
        ("206 Partial", "Content-Range: bytes 0-4/9", "only a part"),
    ] {
        let server = Server::script(vec![Reply::new(status, &[header], b"bytes")]).await;
        let error = read_url(&call(), &server.url("/a.png")).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::MediaSource);
        assert!(error.to_string().contains(why), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::script(vec![Reply::new("200 OK", &["Content-Encoding: identity"], b"bytes")]).await;
    assert_eq!(read_url(&call(), &server.url("/a.png")).await.unwrap(), b"bytes");
}

#[tokio::test]
async fn a_length_over_the_limit_is_refused_before_a_byte_is_read() {
    let server = Server::script(vec![Reply::Stall(head("200 OK", &["Content-Length: 1001"]))]).await;
    let call = call_with(|settings| settings.max_media_bytes = Some(1000));
    let error = open_url(&call, &server.url("/a.png")).await.err().unwrap();
    assert_eq!(error.code(), ErrorCode::MediaTooLarge);
    assert!(error.to_string().contains("1001") && error.to_string().contains("1000"), "{error}");
    server.client_left().await;
}

#[tokio::test]
async fn a_body_without_end_is_cut_at_the_limit() {
    let head = head("200 OK", &["Transfer-Encoding: chunked"]);
    let server = Server::script(vec![Reply::Repeat(head, chunk(&[7; 1000]))]).await;
    let call = call_with(|settings| settings.max_media_bytes = Some(1_000_000));
    let mut reader = open_url(&call, &server.url("/a.png")).await.unwrap();
    assert_eq!(reader.length(), None);
    let mut count = 0;
    let error = loop {
        match reader.next_chunk(&call).await {
            Ok(chunk) => count += chunk.unwrap().len(),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), ErrorCode::MediaTooLarge);
    assert!(count <= 1_000_000);
    drop(reader);
    server.client_left().await;
}

#[tokio::test]
async fn bodies_without_a_length_are_read_to_their_end() {
    let chunked = [head("200 OK", &["Transfer-Encoding: chunked"]), chunk(b"by"), chunk(b"tes"), chunk(b"")];
    let until_close = [head("200 OK", &[]), b"bytes".to_vec()];
    for answer in [chunked.concat(), until_close.concat()] {
        let server = Server::script(vec![Reply::Close(answer)]).await;
        assert_eq!(read_url(&call(), &server.url("/a.png")).await.unwrap(), b"bytes");
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::script(vec![Reply::new("200 OK", &[], b"")]).await;
    assert_eq!(read_url(&call(), &server.url("/a.png")).await.unwrap(), b"");
}

#[tokio::test]
async fn a_dropped_reader_leaves_no_connection() {
    let begun = [head("200 OK", &["Content-Length: 1000000"]), pattern(5000)].concat();
    let server = Server::script(vec![Reply::Stall(begun)]).await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/a.png")).await.unwrap();
    assert!(reader.next_chunk(&call).await.unwrap().is_some());
    drop(reader);
    server.client_left().await;
}
