#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::super::clock::ServerClock;
use super::*;
use crate::credentials::{AppCredentials, OAuth1Credentials};
use crate::tests::ENDPOINT;

const REFRESH_TOKEN: &str = "re/fresh-me-if-you-can";

fn oauth1() -> OAuth1Credentials {
    OAuth1Credentials::new(
        Secret::new("the/consumer+key"),
        Secret::new("the/consumer+secret"),
        Secret::new("1445880548472328192-Kq8wZx2Lm9RtYvBn"),
        Secret::new("their/token+secret"),
    )
}

/// What is shown of words in an answer of a status, or in a failure if there is none. `words` is given what was sent.
fn shown(
    authorization: Authorization<'_>,
    token: Option<&Secret>,
    status: Option<u16>,
    words: impl Fn(&str) -> String,
) -> String {
    let form = vec![("grant_type", "refresh_token".to_owned()), ("refresh_token", REFRESH_TOKEN.to_owned())];
    let request = Request::new(&ENDPOINT, authorization).body(Body::Form(form));
    let header = authorization
        .header(
            request.signed_parts(),
            token,
            &"https://api.x.com/2/tweets".parse().unwrap(),
            &ServerClock::default(),
        )
        .unwrap();
    let words = words(header.as_ref().map_or("", |header| header.to_str().unwrap()));
    let proxy = Secret::new("http://user:pass%2Fword-of-the-proxy@127.0.0.1:9");
    let echoes = Echoes { request: &request, authorization: header.as_ref(), proxy: Some(&proxy) };
    let sent = match status {
        Some(status) => Ok(RawAnswer {
            took: None,
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: AnswerBody::Whole(words.into()),
        }),
        None => Err(TransportFailure { description: words, ..TransportFailure::attempt_timed_out() }),
    };
    match echoes.taken_out_of(sent) {
        Ok(RawAnswer { body: AnswerBody::Whole(body), .. }) => String::from_utf8(body.to_vec()).unwrap(),
        Ok(_) => panic!("the body was lost"),
        Err(failure) => failure.description,
    }
}

#[test]
fn a_signed_header_says_nothing_any_more() {
    let credentials = Credentials::OAuth1(Arc::new(oauth1()));
    let user = Authorization::User(&credentials);
    for status in [Some(201), Some(401), None] {
        let text = shown(user, None, status, |header| format!("you sent {header}"));
        let (start, rest) = text.split_once("oauth_timestamp=").unwrap();
        assert_eq!(
            start,
            "you sent OAuth oauth_consumer_key=\"[secret]\", oauth_nonce=\"[secret]\", \
             oauth_signature_method=\"HMAC-SHA1\", "
        );
        assert!(
            rest.ends_with(
                "oauth_token=\"1445880548472328192-[secret]\", oauth_version=\"1.0\", oauth_signature=\"[secret]\""
            ),
            "{rest}"
        );
        // In a query within a URL, in base64, and by its keys, which never went over the wire.
        let text = shown(user, None, status, |header| {
            let signature = header.rsplit('"').nth(1).unwrap();
            format!(
                "{} {}",
                percent::encode(signature),
                STANDARD.encode(percent::decode(signature.as_bytes()))
            )
        });
        // The last letter is but half the signature's.
        assert!(text.starts_with("[secret] [secret]") && text.len() == 20, "{text}");
        let text = shown(user, None, status, |_| "the%2fconsumer%2bsecret, their\\/token+secret".to_owned());
        assert_eq!(text, "[secret], [secret]");
    }
}

#[test]
fn headers_of_other_kinds_say_nothing_either() {
    let (user, password) = (Secret::new("the-client-id"), Secret::new("pass/word-of-the-app"));
    let basic = Authorization::Basic { user: &user, password: &password };
    let text = shown(basic, None, Some(400), |header| {
        format!("{header}, {}, {}", &header[..26], STANDARD.encode("x:pass%2Fword-of-the-app"))
    });
    assert_eq!(text, "Basic [secret], Basic [secret], eDp[secret]");
    let token = Secret::new("a-bearer-token-of-a-user");
    let bearer = Credentials::OAuth2(token);
    let text = shown(Authorization::User(&bearer), None, Some(200), |header| {
        format!("{header} {}", header.to_uppercase())
    });
    assert_eq!(text, "Bearer [secret] BEARER [secret]");
}

#[test]
fn the_three_steps_say_nothing_and_the_callback_s_host_stays() {
    let app = AppCredentials {
        api_key: Some(Secret::new("the/consumer+key")),
        api_secret: Some(Secret::new("the/consumer+secret")),
        ..AppCredentials::default()
    };
    let flow = |extra| Authorization::OAuth1Flow {
        app: &app,
        token: Some(("a-temporary-token", "its-temporary-secret")),
        extra,
    };
    let verifier = flow(("oauth_verifier", "the-verifier"));
    let text = shown(verifier, None, Some(401), |header| {
        assert!(header.contains("the-verifier"));
        "a-temporary-token its-temporary-secret the-verifier the/consumer+secret".to_owned()
    });
    assert_eq!(text, "[secret] [secret] [secret] [secret]");
    let callback = flow(("oauth_callback", "https://www.shop.example/cb"));
    let text = shown(callback, None, Some(403), |_| "see https://www.x.com/help".to_owned());
    assert_eq!(text, "see https://www.x.com/help");
}

#[test]
fn a_proxy_s_password_goes_however_it_was_written() {
    let pair = STANDARD.encode("user:pass/word-of-the-proxy");
    for status in [Some(200), Some(407), None] {
        let text =
            shown(Authorization::None, None, status, |_| format!("Basic {pair} pass%2Fword-of-the-proxy"));
        assert_eq!(text, "Basic [secret] [secret]");
    }
}

#[test]
fn a_form_s_token_goes_unless_all_is_well() {
    for (status, kept) in [(Some(400), "[secret]"), (None, "[secret]"), (Some(200), REFRESH_TOKEN)] {
        assert_eq!(shown(Authorization::None, None, status, |_| REFRESH_TOKEN.to_owned()), kept);
    }
}

#[test]
fn an_answer_that_repeats_nothing_is_not_copied() {
    let bearer = Credentials::OAuth2(Secret::new("a-bearer-token-of-a-user"));
    let request = Request::new(&ENDPOINT, Authorization::User(&bearer));
    let header = HeaderValue::from_static("Bearer a-bearer-token-of-a-user");
    let echoes = Echoes { request: &request, authorization: Some(&header), proxy: None };
    let body = Bytes::from(r#"{"data":{"id":"1445880548472328192","text":"Hello\nworld"}}"#.to_owned());
    let answer = RawAnswer {
        took: None,
        status: StatusCode::CREATED,
        headers: HeaderMap::new(),
        body: AnswerBody::Whole(body.clone()),
    };
    match echoes.taken_out_of(Ok(answer)).map(|answer| answer.body) {
        Ok(AnswerBody::Whole(same)) => assert_eq!(same.as_ptr(), body.as_ptr()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn words_of_our_own_about_a_body_are_looked_through_too() {
    let bearer = Credentials::OAuth2(Secret::new("a-bearer-token-of-a-user"));
    let request = Request::new(&ENDPOINT, Authorization::User(&bearer));
    let header = HeaderValue::from_static("Bearer a-bearer-token-of-a-user");
    let echoes = Echoes { request: &request, authorization: Some(&header), proxy: None };
    let broken = TransportFailure {
        description: "a-bearer-token-of-a-user".to_owned(),
        ..TransportFailure::attempt_timed_out()
    };
    for body in [
        AnswerBody::BrokenOff(broken),
        AnswerBody::Unreadable("encoding \"a-bearer-token-of-a-user\"".to_owned()),
    ] {
        let answer = RawAnswer { status: StatusCode::OK, headers: HeaderMap::new(), body, took: None };
        let text = format!("{:?}", echoes.taken_out_of(Ok(answer)));
        assert!(text.contains("[secret]") && !text.contains("a-bearer"), "{text}");
    }
}
