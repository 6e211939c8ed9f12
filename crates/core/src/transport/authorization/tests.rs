#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::*;
use crate::credentials::{OAuth1Credentials, TokenSource};
use crate::tests::ENDPOINT;

/// Tokens that change.
#[derive(Debug)]
struct Changing;

impl TokenSource for Changing {
    fn access_token(&self) -> BoxFuture<'_, Result<Secret, Error>> {
        Box::pin(async { Ok(Secret::new("now")) })
    }

    fn replace<'a>(&'a self, _refused: &'a Secret) -> BoxFuture<'a, Result<Secret, Error>> {
        Box::pin(async { Ok(Secret::new("next")) })
    }

    fn fingerprint(&self) -> [u8; 32] {
        [1; 32]
    }
}

fn oauth1() -> Credentials {
    let [key, secret, token, token_secret] = ["key", "secret", "token", "token-secret"].map(Secret::new);
    Credentials::OAuth1(Arc::new(OAuth1Credentials::new(key, secret, token, token_secret)))
}

fn header(
    credentials: &Credentials,
    token: Option<&Secret>,
    url: &str,
) -> Result<Option<HeaderValue>, Error> {
    let parts = SignedParts { method: &ENDPOINT.method, pairs: &[] };
    Authorization::User(credentials).header(parts, token, &url.parse().unwrap(), &ServerClock::default())
}

const URL: &str = "https://api.x.com/2/tweets";

#[test]
fn a_token_that_changes_is_sent_as_it_is_at_the_attempt() {
    let managed = Credentials::Managed(Arc::new(Changing));
    let sent = header(&managed, Some(&Secret::new("now")), URL).unwrap().unwrap();
    assert_eq!((sent.to_str().unwrap(), sent.is_sensitive()), ("Bearer now", true));
    // Without one nothing is sent, rather than a request of nobody.
    assert_eq!(header(&managed, None, URL).unwrap_err().code(), ErrorCode::Internal);
}

#[tokio::test]
async fn only_a_token_that_changes_is_replaced_when_it_is_refused() {
    let refused = Secret::new("now");
    let managed = Credentials::Managed(Arc::new(Changing));
    let next = Authorization::User(&managed).another_token(&refused).await.unwrap();
    assert_eq!(next, Some(Secret::new("next")));
    for single in [Credentials::OAuth2(refused.clone()), oauth1()] {
        assert_eq!(Authorization::User(&single).another_token(&refused).await.unwrap(), None);
    }
}

#[test]
fn a_token_that_no_header_can_carry_is_an_error_without_it() {
    let error = header(&Credentials::OAuth2(Secret::new("to\nken")), None, URL).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidArgument);
    assert!(!error.to_string().contains("ken"));
}

#[test]
fn an_account_that_no_token_names_is_told_apart_by_a_digest() {
    let accounts = Accounts::default();
    let account = |credentials: &Credentials| Authorization::User(credentials).account(&accounts);
    let digest = account(&oauth1());
    assert_eq!(*digest, *short_digest(Secret::new("token").fingerprint()));
    assert_eq!(digest, account(&Credentials::OAuth2(Secret::new("token"))));
    assert_ne!(digest, account(&Credentials::OAuth2(Secret::new("another"))));
    assert_eq!(Authorization::None.account(&accounts), app());
    // Once X has said whose it is, it is called by that.
    accounts.keep(Secret::new("token").fingerprint(), "42");
    assert_eq!(*account(&oauth1()), *"42");
}

#[test]
fn what_is_no_web_address_is_not_signed() {
    let error = header(&oauth1(), None, "mailto:somebody@example.com").unwrap_err();
    assert_eq!(error.code(), ErrorCode::Internal);
    assert!(error.fields().cause.as_deref().unwrap().contains("an absolute http or https URL"));
}
