#![allow(clippy::unwrap_used)]

use tokio_util::sync::CancellationToken;

use futures_util::FutureExt;

use super::*;
use crate::config::{ClientConfig, ClientSettings};
use crate::operation::Operation;
use crate::transport::client::Client;

/// A call that reaches nobody, so that a refresh of its own ends in another error than one that was waited for.
fn call() -> Call {
    let settings = ClientSettings {
        api_base_url: Some("http://127.0.0.1:1".to_owned()),
        max_attempts: Some(1),
        ..ClientSettings::default()
    };
    let client = Client::shared(&ClientConfig::resolve(&settings).unwrap()).unwrap();
    Call::new(client, Operation::RefreshAccessToken, None, CancellationToken::new(), None)
}

#[tokio::test]
async fn who_comes_while_others_hold_a_failure_gets_it_if_it_is_final_and_tries_anew_if_not() {
    let app = AppCredentials { client_id: Some(Secret::new("client")), ..AppCredentials::default() };
    for (code, retryable, expected) in [
        (ErrorCode::InvalidArgument, false, ErrorCode::InvalidArgument),
        (ErrorCode::RateLimited, true, ErrorCode::Network),
    ] {
        let token = Secret::new(format!("a token whose refresh was {}", code.as_str()));
        let held = RefreshFlight::join(&app, &token);
        let failed = Error::new(code, "of the others").with(|fields| fields.retryable = retryable);
        let over: UnderWay = async { Err::<TokenSet, _>(failed) }.boxed().shared();
        assert!(over.clone().await.is_err());
        *held.0.lock().unwrap() = Some(over);
        let error = refresh(&call(), &app, &token).await.unwrap_err();
        assert_eq!(error.code(), expected);
    }
}

#[tokio::test]
async fn no_token_at_all_is_sent_nowhere() {
    let app = AppCredentials { client_id: Some(Secret::new("client")), ..AppCredentials::default() };
    let nothing = Secret::new("");
    let refreshed = refresh(&call(), &app, &nothing).await.unwrap_err();
    let revoked = revoke(&call(), &app, &nothing).await.unwrap_err();
    for (error, field) in [(refreshed, "refreshToken"), (revoked, "token")] {
        assert_eq!(
            (error.code(), error.fields().field.as_deref()),
            (ErrorCode::InvalidArgument, Some(field))
        );
    }
}
