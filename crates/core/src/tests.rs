//! Whatever holds a secret tells nothing of it when it is printed for debugging.
#![allow(clippy::unwrap_used)]

use std::fmt::Debug;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use futures_util::future::BoxFuture;
use http::Method;
use tokio_util::sync::CancellationToken;

use crate::config::{ClientConfig, ClientSettings};
use crate::credentials::{AppCredentials, Credentials, OAuth1Credentials};
use crate::error::Error;
use crate::operation::Operation;
use crate::protocol::percent;
use crate::protocol::problem::ProblemContext;
use crate::protocol::redaction::Redaction;
use crate::protocol::retry_policy::ResendSafety;
use crate::secret::Secret;
use crate::services::oauth::{
    AccessGrant, AppToken, Lock, NewTokens, PendingAuthorizations, RefreshFlight, StoreFailure,
    TemporaryToken, TokenManager, TokenRow, TokenSet, TokenStore, app_itself,
};
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::client::Client;
use crate::transport::clock::ServerClock;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::multipart::Multipart;
use crate::transport::redact::Echoes;
use crate::transport::request::{Body, Gate, Request};

/// It has letters that are written otherwise in a URL.
const CANARY: &str = "canary/Zr8+kJ0vQx5wTn2s";
const PROXY: &str = "http://user:canary%2FZr8%2BkJ0vQx5wTn2s@127.0.0.1:9";

/// An endpoint for tests of what is sent to any.
pub(crate) static ENDPOINT: Endpoint = Endpoint {
    method: Method::POST,
    host: Host::Api,
    template: "/2/oauth2/token",
    resend: ResendSafety::Idempotent,
    context: ProblemContext::Token,
};

fn canary() -> Secret {
    Secret::new(CANARY)
}

fn oauth1() -> OAuth1Credentials {
    OAuth1Credentials::new(canary(), canary(), canary(), canary())
}

fn app() -> AppCredentials {
    AppCredentials {
        client_id: Some(canary()),
        client_secret: Some(canary()),
        api_key: Some(canary()),
        api_secret: Some(canary()),
    }
}

fn hex() -> String {
    let digits = CANARY.bytes().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// The ways in which the canary could be seen.
fn seen_in(text: &str) -> Vec<String> {
    let bytes = format!("{:?}", CANARY.as_bytes());
    [
        CANARY.chars().take(12).collect(),
        percent::encode(CANARY).chars().take(12).collect(),
        STANDARD_NO_PAD.encode(CANARY).chars().take(12).collect(),
        URL_SAFE_NO_PAD.encode(CANARY).chars().take(12).collect(),
        hex().chars().take(24).collect(),
        bytes.trim_matches(['[', ']']).chars().take(24).collect(),
    ]
    .into_iter()
    .filter(|spelling: &String| text.contains(spelling.as_str()))
    .collect()
}

fn printed(value: &dyn Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

#[test]
fn the_search_sees_a_secret_however_it_is_written() {
    for text in [
        printed(&CANARY),
        printed(&STANDARD_NO_PAD.encode(CANARY)),
        printed(&percent::encode(CANARY)),
        printed(&hex()),
        format!("{:?}", CANARY.as_bytes()),
        CANARY.chars().take(12).collect(),
    ] {
        assert!(!seen_in(&text).is_empty(), "{text}");
    }
}

#[test]
fn nothing_that_holds_secrets_prints_them() {
    let (user, password) = (canary(), canary());
    let credentials = Credentials::OAuth1(Arc::new(oauth1()));
    let app = app();
    let flow = Authorization::OAuth1Flow {
        app: &app,
        token: Some((CANARY, CANARY)),
        extra: ("oauth_verifier", CANARY),
    };
    let form = Body::Form(vec![("refresh_token", CANARY.to_owned())]);
    let json = Body::json(&CANARY).unwrap();
    let request = Request::new(&ENDPOINT, flow).body(form.clone());
    let basic = Authorization::Basic { user: &user, password: &password };
    let token = Credentials::OAuth2(canary());
    let gated = Request::new(&ENDPOINT, Authorization::User(&token)).gate(&Open(CANARY));
    let pending = PendingAuthorizations::default();
    pending.insert(CANARY, CANARY);
    let tokens = TokenSet {
        expires_in: None,
        access_token: canary(),
        scope: None,
        refresh_token: Some(canary()),
        retrieved_at_ms: 0,
    };
    let header = basic
        .header(request.signed_parts(), None, &"https://api.x.com/".parse().unwrap(), &ServerClock::default())
        .unwrap()
        .unwrap();
    let mut redaction = Redaction::default();
    redaction.add(CANARY);
    let all: [&dyn Debug; 22] = [
        &canary(),
        &oauth1(),
        &app,
        &credentials,
        &token,
        &gated,
        &Authorization::None,
        &Authorization::User(&credentials),
        &basic,
        &flow,
        &header,
        &form,
        &json,
        &request,
        &Echoes { request: &request, authorization: Some(&header), proxy: Some(&user) },
        &redaction,
        &pending,
        &tokens,
        &AppToken { access_token: canary(), retrieved_at_ms: 0 },
        &TemporaryToken { token: canary(), token_secret: canary() },
        &AccessGrant {
            access_token: canary(),
            access_token_secret: canary(),
            user_id: None,
            screen_name: None,
        },
        &RefreshFlight::join(&AppCredentials::default(), &user),
    ];
    for value in all {
        let text = printed(value);
        assert!(seen_in(&text).is_empty(), "{text}");
    }
}

/// Lets every attempt pass, and holds the canary.
struct Open(&'static str);

impl Gate for Open {
    fn pass(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async {
            if self.0.is_empty() { Err(Error::invalid_argument("gate", "is shut")) } else { Ok(()) }
        })
    }
}

/// A store that holds the canary.
struct Store;

impl TokenStore for Store {
    fn load(&self) -> BoxFuture<'_, Result<TokenRow, StoreFailure>> {
        Box::pin(async { Ok(row()) })
    }

    fn store(&self, _next: NewTokens, _ticket: u32) -> BoxFuture<'_, Result<bool, StoreFailure>> {
        Box::pin(async { Ok(true) })
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn Lock>, StoreFailure>> {
        Box::pin(async { Err(StoreFailure) })
    }
}

fn row() -> TokenRow {
    TokenRow {
        access_token: canary(),
        refresh_token: Some(canary()),
        expires_at_ms: None,
        obtained_at_ms: None,
        refreshing_since_ms: None,
        ticket: 0,
    }
}

#[tokio::test]
async fn nor_do_clients_calls_and_managers() {
    let settings = ClientSettings { proxy: Some(Secret::new(PROXY)), ..ClientSettings::default() };
    let config = ClientConfig::resolve(&settings).unwrap();
    let client = Arc::new(Client::new(config.clone()).unwrap());
    let call = Call::new(Arc::clone(&client), Operation::CreateTweet, None, CancellationToken::new(), None);
    let manager = Arc::new(TokenManager::new(Arc::clone(&client), app(), Arc::new(Store)).unwrap());
    let credentials = Credentials::Managed(Arc::clone(&manager) as _);
    let error = Error::invalid_argument("client.proxy", "must be a URL");
    let app = app_itself(&call, &app()).unwrap();
    let upload = Body::Multipart(Multipart::new(&[("media_id", "1".to_owned())], "media", []).unwrap());
    let all: [&dyn Debug; 11] = [
        &settings,
        &config,
        &client,
        &call,
        &manager,
        &credentials,
        &row(),
        &error,
        &app,
        &Authorization::User(&app),
        &upload,
    ];
    for value in all {
        let text = printed(value);
        assert!(seen_in(&text).is_empty(), "{text}");
    }
}
