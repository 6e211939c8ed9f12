#![allow(clippy::unwrap_used, clippy::panic)]

use std::net::TcpListener;

use super::*;
use crate::transport::source::tests::call_with;
use crate::transport::source::tests::server::was_reached;

#[tokio::test]
async fn a_name_that_resolves_to_loopback_is_refused_without_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let call = call_with(|settings| settings.allow_private_networks = None);
    let port = listener.local_addr().unwrap().port();
    let url = Url::parse(&format!("http://localhost:{port}/a.png")).unwrap();
    let fetch = Fetch { call: &call, url: &url, label: "the source", range: None };
    // The name itself is not looked at here, only what it resolves to.
    match fetch.send(&url).await {
        Err(Failure::Final(error)) => {
            assert_eq!(error.code(), ErrorCode::MediaForbiddenHost);
            assert!(error.to_string().starts_with("the source is refused: "), "{error}");
        }
        _ => panic!("it was not refused"),
    }
    assert!(!was_reached(&listener));
}
