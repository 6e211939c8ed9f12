//! The caller's token store, which lives in JavaScript.

use futures_util::future::BoxFuture;
use napi::Status;
use napi::bindgen_prelude::{Function, Unknown};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use twitter_native_core::error::Error;
use twitter_native_core::secret::Secret;
use twitter_native_core::services::oauth::{Lock, NewTokens, StoreFailure, TokenRow, TokenStore};

use super::asked::{Asked, asked};
use super::reader::{FromJs, Path, read_function, read_object, readable};

/// Tokens as the JavaScript layer hands them over: checked there, since only that side sees what the caller gave.
#[napi(object, namespace = "internal")]
pub struct StoredTokens {
    /// The access token.
    pub access_token: String,
    /// For one use.
    pub refresh_token: Option<String>,
    /// When the access token expires, in milliseconds since the epoch.
    pub expires_at: Option<f64>,
    /// When X gave them, in milliseconds since the epoch.
    pub obtained_at: Option<f64>,
    /// Since when somebody is refreshing the tokens, in milliseconds since the epoch.
    pub refreshing_since: Option<f64>,
    /// Stands for the version that was read.
    pub ticket: u32,
}

/// The functions that the JavaScript layer makes of `load`, `store` and `lock`. They never reject: a failure is
/// `null`.
pub struct JsTokenStore {
    load: Asked<(), Option<StoredTokens>>,
    store: Asked<StoredTokens, Option<bool>>,
    acquire: Asked<(), Option<u32>>,
    release: std::sync::Arc<ThreadsafeFunction<u32, (), u32, Status, false, true>>,
}

impl FromJs for JsTokenStore {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let object = read_object(value, path)?;
        Ok(Self {
            load: asked(&object, "load", path)?,
            store: asked(&object, "store", path)?,
            acquire: asked(&object, "acquire", path)?,
            release: std::sync::Arc::new({
                let function: Function<'_, u32, ()> = read_function(&object, "release", path)?;
                let release =
                    function.build_threadsafe_function().weak::<true>().callee_handled::<false>().build();
                readable(release, path)?
            }),
        })
    }
}

impl TokenStore for JsTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<TokenRow, StoreFailure>> {
        Box::pin(async move {
            let loaded = self.load.call_async_catch(()).await.map_err(|_| StoreFailure)?;
            let tokens = loaded.await.ok().flatten().ok_or(StoreFailure)?;
            Ok(TokenRow {
                access_token: Secret::new(tokens.access_token),
                refresh_token: tokens.refresh_token.map(Secret::new),
                expires_at_ms: tokens.expires_at.map(milliseconds),
                obtained_at_ms: tokens.obtained_at.map(milliseconds),
                refreshing_since_ms: tokens.refreshing_since.map(milliseconds),
                ticket: tokens.ticket,
            })
        })
    }

    fn store(&self, next: NewTokens, ticket: u32) -> BoxFuture<'_, Result<bool, StoreFailure>> {
        let reveal = |secret: Secret| secret.expose().to_owned();
        let tokens = StoredTokens {
            access_token: reveal(next.access_token),
            refresh_token: next.refresh_token.map(reveal),
            expires_at: next.expires_at_ms.map(number),
            obtained_at: next.obtained_at_ms.map(number),
            refreshing_since: next.refreshing_since_ms.map(number),
            ticket,
        };
        Box::pin(async move {
            let stored = self.store.call_async_catch(tokens).await.map_err(|_| StoreFailure)?;
            stored.await.ok().flatten().ok_or(StoreFailure)
        })
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn Lock>, StoreFailure>> {
        Box::pin(async move {
            let acquired = self.acquire.call_async_catch(()).await.map_err(|_| StoreFailure)?;
            let ticket = acquired.await.ok().flatten().ok_or(StoreFailure)?;
            let release = std::sync::Arc::clone(&self.release);
            Ok(Box::new(Held { ticket, release }) as Box<dyn Lock>)
        })
    }
}

/// A lock of the caller's that is held.
struct Held {
    ticket: u32,
    release: std::sync::Arc<ThreadsafeFunction<u32, (), u32, Status, false, true>>,
}

impl Lock for Held {}

impl Drop for Held {
    fn drop(&mut self) {
        self.release.call(self.ticket, ThreadsafeFunctionCallMode::NonBlocking);
    }
}

/// Times are whole milliseconds below 2^53, where JavaScript's numbers are exact.
#[allow(clippy::cast_precision_loss, reason = "times are far below 2^53")]
fn number(milliseconds: u64) -> f64 {
    milliseconds as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is out of range is clamped")]
pub(super) fn milliseconds(number: f64) -> u64 {
    number.max(0.0) as u64
}
