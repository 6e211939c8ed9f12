//! Bodies that break off, stall or trickle.

use std::time::Duration;

use super::server::{Reply, Server, chunk, head};
use super::{call, call_with, open_url, pattern, read_url, rest};
use crate::error_code::ErrorCode;

const TAG: &str = "ETag: \"v1\"";

/// An answer with a length that says more than comes.
fn cut(headers: &[&str], body: &[u8], cut_at: usize) -> Vec<u8> {
    let length = format!("Content-Length: {}", body.len());
    let headers: Vec<&str> = headers.iter().copied().chain([length.as_str()]).collect();
    [head("200 OK", &headers), body[..cut_at].to_vec()].concat()
}

/// The rest of a medium from an offset on.
fn part(headers: &[&str], body: &[u8], offset: usize) -> Reply {
    let range = format!("Content-Range: bytes {offset}-{}/{}", body.len() - 1, body.len());
    let headers: Vec<&str> = headers.iter().copied().chain([range.as_str()]).collect();
    Reply::new("206 Partial Content", &headers, &body[offset..])
}

/// The offset that a request asks for.
fn offset_in(request: &str) -> Option<usize> {
    let (_, range) = request.split_once("range: bytes=")?;
    range.split_once("-\r\n")?.0.parse().ok()
}

#[tokio::test]
async fn a_body_that_breaks_off_goes_on_where_it_broke() {
    let body = pattern(100_000);
    for cut_at in [0, 1, 4095, 4096, 65_536, 99_999] {
        for reply in [Reply::Close, Reply::Reset] {
            let whole = body.clone();
            let mut broken = Some(reply(cut(&[TAG], &body, cut_at)));
            let server = Server::start(move |request| {
                let offset = offset_in(request).unwrap_or(0);
                let rest = || {
                    if offset > 0 {
                        part(&[TAG], &whole, offset)
                    } else {
                        Reply::new("200 OK", &[TAG], &whole)
                    }
                };
                broken.take().unwrap_or_else(rest)
            })
            .await;
            assert_eq!(read_url(&call(), &server.url("/a.mp4")).await.unwrap(), body, "{cut_at}");
            let requests = server.requests();
            assert_eq!(requests.len(), 2);
            if offset_in(&requests[1]).is_some() {
                assert!(requests[1].contains("if-range: \"v1\"\r\n"), "{}", requests[1]);
            }
            // A reset may throw away what lay unread on the way.
            assert!(offset_in(&requests[1]).unwrap_or(0) <= cut_at);
        }
    }
}

#[tokio::test]
async fn a_part_that_ends_well_and_too_early_is_asked_for_anew() {
    let body = pattern(50_000);
    // In chunks, so that its end is no break.
    let early = [
        head(
            "206 Partial Content",
            &[TAG, "Transfer-Encoding: chunked", "Content-Range: bytes 20000-49999/50000"],
        ),
        chunk(&body[20_000..30_000]),
        b"0\r\n\r\n".to_vec(),
    ];
    let first = Reply::Close(cut(&[TAG], &body, 20_000));
    let server = Server::script(vec![first, Reply::Close(early.concat()), part(&[TAG], &body, 30_000)]).await;
    assert_eq!(read_url(&call(), &server.url("/a.mp4")).await.unwrap(), body);
    assert_eq!(offset_in(&server.requests()[2]), Some(30_000));
}

#[tokio::test]
async fn a_body_that_stalls_is_asked_for_anew() {
    let body = pattern(50_000);
    let server =
        Server::script(vec![Reply::Stall(cut(&[TAG], &body, 20_000)), part(&[TAG], &body, 20_000)]).await;
    let hasty = call_with(|settings| settings.request_timeout_ms = Some(100));
    assert_eq!(read_url(&hasty, &server.url("/a.mp4")).await.unwrap(), body);
    assert_eq!(offset_in(&server.requests()[1]), Some(20_000));
}

#[tokio::test]
async fn a_failure_while_resuming_is_tried_again() {
    let body = pattern(50_000);
    let server = Server::script(vec![
        Reply::Close(cut(&[TAG], &body, 20_000)),
        Reply::new("503 Busy", &[], b""),
        part(&[TAG], &body, 20_000),
    ])
    .await;
    assert_eq!(read_url(&call(), &server.url("/a.mp4")).await.unwrap(), body);
    let server =
        Server::script(vec![Reply::Close(cut(&[TAG], &body, 20_000)), Reply::new("410 Gone", &[], b"")])
            .await;
    let error = read_url(&call(), &server.url("/a.mp4")).await.unwrap_err();
    assert_eq!((error.code(), error.fields().status), (ErrorCode::MediaSource, Some(410)));
}

#[tokio::test]
async fn each_resume_starts_at_the_url_that_was_given() {
    let body = pattern(50_000);
    let server = Server::script(vec![
        Reply::new("302 Found", &["Location: /signed?until=soon"], b""),
        Reply::Close(cut(&[TAG], &body, 20_000)),
        Reply::new("302 Found", &["Location: /signed?until=later"], b""),
        part(&[TAG], &body, 20_000),
    ])
    .await;
    assert_eq!(read_url(&call(), &server.url("/a.mp4")).await.unwrap(), body);
    assert!(server.requests()[2].starts_with("GET /a.mp4 "));
    assert!(server.requests()[3].starts_with("GET /signed?until=later "));
    assert_eq!(offset_in(&server.requests()[3]), Some(20_000));
}

#[tokio::test]
async fn a_source_that_gets_on_may_break_as_often_as_it_likes() {
    let body = pattern(10 * 70_000);
    let whole = body.clone();
    let server = Server::start(move |request| {
        let offset = offset_in(request).unwrap_or(0);
        let (mut answer, left) = match part(&[TAG], &whole, offset) {
            Reply::Close(answer) if offset > 0 => (answer, whole.len() - offset),
            _ => (cut(&[TAG], &whole, whole.len()), whole.len()),
        };
        answer.truncate(answer.len() - left + left.min(70_000));
        Reply::Close(answer)
    })
    .await;
    assert_eq!(read_url(&call(), &server.url("/a.mp4")).await.unwrap(), body);
    assert_eq!(server.requests().len(), 10);
}

#[tokio::test]
async fn a_source_that_does_not_get_on_is_given_up() {
    let body = pattern(1_000_000);
    let server = Server::start(move |request| match offset_in(request) {
        None => Reply::Close(cut(&[TAG], &body, 10_000)),
        Some(offset) => {
            let range = format!("Content-Range: bytes {offset}-999999/1000000");
            let length = format!("Content-Length: {}", 1_000_000 - offset);
            Reply::Close([head("206 Partial", &[TAG, &range, &length]), vec![7; 10_000]].concat())
        }
    })
    .await;
    let error = read_url(&call(), &server.url("/a.mp4?signature=hunter2")).await.unwrap_err();
    assert_eq!((error.code(), error.fields().retryable), (ErrorCode::MediaSource, true));
    assert!(error.to_string().ends_with("broke off after 40000 of 1000000 bytes"), "{error}");
    assert!(error.fields().cause.is_some() && !format!("{error:?}").contains("hunter2"));
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_body_of_unknown_length_learns_it_when_it_is_resumed() {
    let body = pattern(50_000);
    let begun = [head("200 OK", &[TAG, "Transfer-Encoding: chunked"]), chunk(&body[..20_000])].concat();
    let server = Server::script(vec![Reply::Close(begun), part(&[TAG], &body, 20_000)]).await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/a.mp4")).await.unwrap();
    assert_eq!(reader.length(), None);
    assert_eq!(rest(&call, &mut reader).await.unwrap(), body);
    assert_eq!(reader.length(), Some(50_000));
}

#[tokio::test]
async fn a_trickle_ends_without_a_deadline() {
    let answer = head("200 OK", &[TAG, "Content-Length: 1000000"]);
    let server = Server::script(vec![Reply::Drip(answer)]).await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/a.mp4")).await.unwrap();
    // A paused clock runs ahead when nothing is to be done, unless some blocking work is under way; sockets need
    // that it makes no progress.
    let (release, held) = std::sync::mpsc::channel::<()>();
    let blocked = tokio::task::spawn_blocking(move || held.recv().is_err());
    tokio::time::pause();
    let begun = tokio::time::Instant::now();
    let reading = reader.next_chunk(&call);
    tokio::pin!(reading);
    let error = loop {
        tokio::select! {
            biased;
            read = &mut reading => break read.unwrap_err(),
            () = async { for _ in 0..20 { tokio::task::yield_now().await } } => {}
        }
        tokio::time::advance(Duration::from_secs(1)).await;
    };
    drop(release);
    assert!(blocked.await.unwrap());
    assert!(begun.elapsed() >= Duration::from_secs(30) && begun.elapsed() < Duration::from_secs(60));
    assert_eq!((error.code(), error.fields().retryable), (ErrorCode::MediaSource, true));
    assert!(error.to_string().contains("is too slow"), "{error}");
    assert_eq!(server.requests().len(), 1);
}
