//! What is read in several parts comes from one and the same medium, or not at all.

use super::server::{Reply, Server, head};
use super::{call, open_url, pattern, read_url, rest};
use crate::error::Error;
use crate::error_code::ErrorCode;

const OLD: &[&str] = &["Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT", "Date: Mon, 02 Nov 2026 11:00:00 GMT"];
const YOUNG: &[&str] =
    &["Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT", "Date: Mon, 02 Nov 2026 10:00:01 GMT"];

fn cut(headers: &[&str], body: &[u8], cut_at: usize) -> Reply {
    let length = format!("Content-Length: {}", body.len());
    let headers: Vec<&str> = headers.iter().copied().chain([length.as_str()]).collect();
    Reply::Close([head("200 OK", &headers), body[..cut_at].to_vec()].concat())
}

fn is_changed(error: &Error) -> bool {
    error.code() == ErrorCode::MediaSource && error.to_string().ends_with(" changed while it was read")
}

/// Reads a medium that breaks off at 4 of its 9 bytes, and is then answered for as the test says.
async fn resumed(
    first: &[&str],
    status: &str,
    second: &[&str],
    body: &[u8],
) -> (Result<Vec<u8>, Error>, String) {
    let server = Server::script(vec![cut(first, b"unchanged", 4), Reply::new(status, second, body)]).await;
    let read = read_url(&call(), &server.url("/a.mp4")).await;
    (read, server.requests()[1].clone())
}

#[tokio::test]
async fn an_answer_to_a_range_that_does_not_fit_is_a_change() {
    let tag = "ETag: \"v1\"";
    for (status, headers, body) in [
        ("206 Partial", &[tag, "Content-Range: bytes 3-8/9"][..], "hanged"),
        ("206 Partial", &[tag, "Content-Range: bytes 4-9/10"], "anged!"),
        ("206 Partial", &[tag, "Content-Range: bytes 4-8/9"], "anged, and more"),
        ("206 Partial", &["ETag: \"v2\"", "Content-Range: bytes 4-8/9"], "anged"),
        ("206 Partial", &[tag, "Content-Range: letters 4-8/9"], "anged"),
        ("206 Partial", &[tag], "anged"),
        ("416 Range Not Satisfiable", &[tag, "Content-Range: bytes */4"], ""),
        ("200 OK", &["ETag: \"v2\""], "unchanged"),
        ("200 OK", &["ETag: W/\"v1\""], "unchanged"),
        ("200 OK", &[], "unchanged"),
        ("200 OK", &[tag], "unchanged?"),
    ] {
        let (read, request) = resumed(&[tag], status, headers, body.as_bytes()).await;
        let error = read.expect_err(&format!("{status} {headers:?}"));
        assert!(is_changed(&error), "{status} {headers:?}: {error}");
        assert!(
            request.contains("range: bytes=4-\r\n") && request.contains("if-range: \"v1\"\r\n"),
            "{request}"
        );
    }
}

#[tokio::test]
async fn a_range_whose_answer_leaves_out_what_it_may_is_taken() {
    for (first, second) in [
        (&["ETag: \"v1\""][..], &["ETag: \"v1\"", "Content-Range: bytes 4-8/*"][..]),
        (&["ETag: \"v1\""], &["Content-Range: bytes 4-8/9"]),
        (OLD, &["Content-Range: bytes 4-8/9"]),
    ] {
        let (read, request) = resumed(first, "206 Partial", second, b"anged").await;
        assert_eq!(read.unwrap(), b"unchanged", "{second:?}");
        assert!(request.contains("if-range: "));
    }
}

#[tokio::test]
async fn the_whole_instead_of_a_range_is_read_again_without_giving_it_out_again() {
    for first in [&["ETag: \"v1\""][..], OLD] {
        let (read, request) = resumed(first, "200 OK", first, b"unchanged").await;
        assert_eq!(read.unwrap(), b"unchanged");
        assert!(request.contains("range: bytes=4-"), "{request}");
    }
}

#[tokio::test]
async fn without_a_validator_what_was_read_is_read_again_and_compared() {
    for first in [&[][..], &["ETag: W/\"v1\""], YOUNG] {
        let (read, request) = resumed(first, "200 OK", first, b"unchanged").await;
        assert_eq!(read.unwrap(), b"unchanged", "{first:?}");
        assert!(!request.contains("range"), "{request}");
        let (read, _) = resumed(first, "200 OK", first, b"uncHanged").await;
        assert!(is_changed(&read.unwrap_err()), "{first:?}");
        let (read, _) = resumed(first, "200 OK", first, b"unchanged!").await;
        assert!(is_changed(&read.unwrap_err()), "{first:?}");
    }
    let (read, _) = resumed(&["ETag: W/\"v1\""], "200 OK", &["ETag: W/\"v2\""], b"unchanged").await;
    assert!(is_changed(&read.unwrap_err()));
}

#[tokio::test]
async fn a_change_is_found_before_a_byte_of_it_goes_out() {
    let (old, mut new) = (pattern(100_000), pattern(100_000));
    new[0] ^= 1;
    let server = Server::script(vec![cut(&[], &old, 50_000), Reply::new("200 OK", &[], &new)]).await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/a.mp4")).await.unwrap();
    let mut read = Vec::new();
    let error = loop {
        match reader.next_chunk(&call).await {
            Ok(chunk) => read.extend_from_slice(&chunk.unwrap()),
            Err(error) => break error,
        }
    };
    assert!(is_changed(&error));
    assert!(old.starts_with(&read) && read.len() <= 50_000);
}

#[tokio::test]
async fn without_a_validator_resumes_are_few_in_all() {
    let body = pattern(1_000_000);
    let whole = body.clone();
    let mut cuts = (1..).map(|resume| resume * 100_000);
    let server = Server::start(move |_| cut(&[], &whole, cuts.next().unwrap())).await;
    let error = read_url(&call(), &server.url("/a.mp4")).await.unwrap_err();
    assert!(error.to_string().ends_with("broke off after 400000 of 1000000 bytes"), "{error}");
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_shorter_body_of_unknown_length_is_a_change() {
    let begun = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nunchanged\r\n".to_vec();
    let again = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nunch\r\n0\r\n\r\n".to_vec();
    let server = Server::script(vec![Reply::Close(begun), Reply::Close(again)]).await;
    assert!(is_changed(&read_url(&call(), &server.url("/a.mp4")).await.unwrap_err()));
}

#[tokio::test]
async fn a_restart_asks_for_the_part_that_is_wanted() {
    let body = pattern(500_000);
    let tag = "ETag: \"v1\"";
    let part = |offset: usize| {
        let range = format!("Content-Range: bytes {offset}-499999/500000");
        Reply::new("206 Partial", &[tag, &range], &body[offset..])
    };
    let server = Server::script(vec![
        Reply::new("200 OK", &[tag], &body),
        part(400_000),
        Reply::new("200 OK", &[tag], &body),
        Reply::new("200 OK", &["ETag: \"v2\""], &body),
    ])
    .await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/a.mp4")).await.unwrap();
    assert!(reader.can_restart() && reader.next_chunk(&call).await.unwrap().is_some());
    reader.restart_at(&call, 400_000).await.unwrap();
    assert_eq!(rest(&call, &mut reader).await.unwrap(), body[400_000..]);
    reader.restart_at(&call, 0).await.unwrap();
    assert_eq!(rest(&call, &mut reader).await.unwrap(), body);
    reader.restart_at(&call, 500_000).await.unwrap();
    assert_eq!(rest(&call, &mut reader).await.unwrap(), b"");
    assert!(server.requests()[1].contains("range: bytes=400000-\r\n"));
    assert!(!server.requests()[2].contains("range"));
    assert_eq!(server.requests().len(), 3);
    reader.restart_at(&call, 0).await.unwrap();
    assert!(is_changed(&rest(&call, &mut reader).await.unwrap_err()));
}

#[tokio::test]
async fn a_restart_reads_on_where_no_part_can_be_asked_for() {
    let body = pattern(500_000);
    for headers in [&[][..], &["ETag: \"v1\"", "Accept-Ranges: none"]] {
        let server =
            Server::script(vec![Reply::new("200 OK", headers, &body), Reply::new("200 OK", headers, &body)])
                .await;
        let call = call();
        let mut reader = open_url(&call, &server.url("/a.mp4")).await.unwrap();
        reader.restart_at(&call, 400_000).await.unwrap();
        assert_eq!(rest(&call, &mut reader).await.unwrap(), body[400_000..]);
        assert_eq!(server.requests().len(), 1, "{headers:?}");
        reader.restart_at(&call, 100_000).await.unwrap();
        assert_eq!(rest(&call, &mut reader).await.unwrap(), body[100_000..]);
        assert_eq!(server.requests().len(), 2, "{headers:?}");
    }
}

#[tokio::test]
async fn a_restart_without_a_validator_must_bring_the_same_bytes() {
    let (old, mut new) = (pattern(500_000), pattern(500_000));
    new[300_000] ^= 1;
    let server = Server::script(vec![Reply::new("200 OK", &[], &old), Reply::new("200 OK", &[], &new)]).await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/a.mp4")).await.unwrap();
    assert_eq!(rest(&call, &mut reader).await.unwrap(), old);
    reader.restart_at(&call, 0).await.unwrap();
    assert!(is_changed(&rest(&call, &mut reader).await.unwrap_err()));
}
