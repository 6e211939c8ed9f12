//! Where media may come from, and that nothing else is ever connected to.

use std::net::TcpListener;

use super::server::{Reply, Server, was_reached};
use super::{call, call_with, open_url, read_url};
use crate::error_code::ErrorCode;

#[tokio::test]
async fn loopback_is_not_reached_however_it_is_written() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // Every host may have this port, so that it is the address that is refused.
    let call = call_with(|settings| {
        settings.allow_private_networks = None;
        settings.allowed_hosts = Some(vec![format!("*:{port}")]);
    });
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0",
        "127.0.0.1.",
        "１２７.０.０.１",
        "0x7f000001",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
    ] {
        let error = open_url(&call, &format!("http://{host}:{port}/a.png")).await.err().expect(host);
        assert_eq!(error.code(), ErrorCode::MediaForbiddenHost, "{host}: {error}");
        let rules = ["loopback", "this network (RFC 791)", "not global unicast"];
        assert!(rules.iter().any(|rule| error.to_string().contains(rule)), "{host}: {error}");
        assert!(!error.fields().retryable);
    }
    assert!(!was_reached(&listener));
}

#[tokio::test]
async fn schemes_ports_and_user_names_are_refused_before_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let strict = call_with(|settings| {
        settings.allow_private_networks = None;
        settings.allow_http = None;
    });
    for (url, rule) in [
        (format!("http://{host}/a.png"), "a plain http URL"),
        (format!("https://{host}/a.png"), "a port other than the scheme's own"),
        (format!("https://user:hunter2@{host}/a.png"), "a URL with a user name or password"),
        ("file:///etc/passwd".to_owned(), "a URL that is not https"),
        ("data:image/png;base64,hunter2".to_owned(), "a URL that is not https"),
    ] {
        let error = open_url(&strict, &url).await.err().expect(&url);
        assert_eq!(error.code(), ErrorCode::MediaForbiddenHost);
        assert!(error.to_string().contains(rule), "{url}: {error}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    assert!(!was_reached(&listener));
}

#[tokio::test]
async fn a_text_that_is_no_url_is_an_argument_that_cannot_be_used() {
    for text in ["picture.png", "https://", "https://256.0.0.1/a.png", ""] {
        let error = open_url(&call(), text).await.err().expect(text);
        assert_eq!(error.code(), ErrorCode::InvalidArgument, "{text}");
    }
}

#[tokio::test]
async fn redirects_of_all_kinds_are_followed() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let server = Server::script(vec![
            Reply::new(status, &["Location: ../there.png?key=value#fragment"], b"ignored"),
            Reply::new("200 OK", &[], b"bytes"),
        ])
        .await;
        assert_eq!(read_url(&call(), &server.url("/from/here.png")).await.unwrap(), b"bytes");
        assert!(server.requests()[1].starts_with("GET /there.png?key=value HTTP/1.1\r\n"), "{status}");
    }
}

#[tokio::test]
async fn redirects_end_at_the_limit() {
    let redirect = |_: &str| Reply::new("302 Found", &["Location: /again"], b"");
    for (max_redirects, requests) in [(0, 1), (3, 4)] {
        let server = Server::start(redirect).await;
        let call = call_with(|settings| settings.max_redirects = Some(max_redirects));
        let error = read_url(&call, &server.url("/a.png")).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::MediaSource);
        assert!(error.to_string().contains(&format!("more than {max_redirects} times")), "{error}");
        assert_eq!(server.requests().len(), requests);
    }
    let server = Server::script(vec![
        Reply::new("302 Found", &["Location: /1"], b""),
        Reply::new("302 Found", &["Location: /2"], b""),
        Reply::new("302 Found", &["Location: /3"], b""),
        Reply::new("200 OK", &[], b"bytes"),
    ])
    .await;
    assert_eq!(read_url(&call(), &server.url("/a.png")).await.unwrap(), b"bytes");
}

#[tokio::test]
async fn a_redirect_is_checked_before_it_is_followed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    for (location, rule) in [
        (format!("http://127.0.0.1:{port}/?token=hunter2"), "a host that the operator did not list"),
        (format!("http://0x7f.1:{port}/"), "a host that the operator did not list"),
        (format!("//localhost:{port}/"), "a host that the operator did not list"),
        (format!("ftp://127.0.0.1:{port}/"), "a URL that is not https"),
        (format!("http://user:hunter2@127.0.0.1:{port}/"), "a URL with a user name or password"),
        ("file:///etc/passwd".to_owned(), "a URL that is not https"),
    ] {
        let header = format!("Location: {location}");
        let server = Server::script(vec![Reply::new("302 Found", &[&header], b"")]).await;
        let call = call_with(|settings| settings.allowed_hosts = Some(vec![server.host()]));
        let error = read_url(&call, &server.url("/a.png")).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::MediaForbiddenHost, "{location}");
        assert!(error.to_string().contains(rule) && error.to_string().contains("redirects"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    assert!(!was_reached(&listener));
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_a_bad_source() {
    for headers in [&[][..], &["Location: http://[broken"]] {
        let server = Server::script(vec![Reply::new("302 Found", headers, b"")]).await;
        let error = read_url(&call(), &server.url("/a.png")).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::MediaSource);
        assert!(error.to_string().contains("redirects to an invalid URL"), "{error}");
    }
}

#[tokio::test]
async fn a_request_tells_nothing_but_what_it_wants() {
    let server = Server::script(vec![
        Reply::new("302 Found", &["Location: /b.png", "Set-Cookie: id=1"], b""),
        Reply::new("200 OK", &[], b"bytes"),
    ])
    .await;
    read_url(&call(), &server.url("/a.png?key=value")).await.unwrap();
    for request in server.requests() {
        let mut names: Vec<String> = request
            .lines()
            .skip(1)
            .filter_map(|line| Some(line.split_once(':')?.0.to_ascii_lowercase()))
            .collect();
        names.sort();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"], "{request}");
        assert!(request.contains("accept-encoding: identity\r\n"), "{request}");
    }
}
