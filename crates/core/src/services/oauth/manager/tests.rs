#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::config::{ClientConfig, ClientSettings};

/// What a store does when it is written.
#[derive(Clone, Copy)]
enum Kind {
    /// It says that somebody else was faster.
    Refuses,
    /// It has a defect.
    Panics,
}

struct Fake(Kind);

/// Nobody else is at it.
struct NoLock;

impl Lock for NoLock {}

impl TokenStore for Fake {
    fn load(&self) -> BoxFuture<'_, Result<TokenRow, StoreFailure>> {
        Box::pin(async {
            Ok(TokenRow {
                access_token: Secret::new("access"),
                refresh_token: Some(Secret::new("refresh")),
                expires_at_ms: Some(0),
                obtained_at_ms: None,
                refreshing_since_ms: None,
                ticket: 1,
            })
        })
    }

    fn store(&self, _next: NewTokens, _ticket: u32) -> BoxFuture<'_, Result<bool, StoreFailure>> {
        let kind = self.0;
        Box::pin(async move {
            match kind {
                Kind::Refuses => Ok(false),
                Kind::Panics => panic!("a defect of the store"),
            }
        })
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn Lock>, StoreFailure>> {
        Box::pin(async { Ok(Box::new(NoLock) as Box<dyn Lock>) })
    }
}

fn manager(kind: Kind) -> TokenManager {
    let client = Client::shared(&ClientConfig::resolve(&ClientSettings::default()).unwrap()).unwrap();
    let app = AppCredentials { client_id: Some(Secret::new("client")), ..AppCredentials::default() };
    TokenManager::new(client, app, Arc::new(Fake(kind))).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_store_that_lets_no_refresh_begin_is_reported_after_a_while() {
    let error = manager(Kind::Refuses).access_token().await.unwrap_err();
    assert_eq!((error.code(), error.fields().retryable), (ErrorCode::Aborted, true));
    assert!(error.to_string().contains("never let a refresh begin"));
}

#[tokio::test]
async fn a_defect_in_a_refresh_ends_in_an_error_of_each_call() {
    let manager = manager(Kind::Panics);
    for _ in 0..2 {
        let error = manager.access_token().await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::Internal);
        assert!(!error.to_string().contains("a defect of the store"));
    }
}
