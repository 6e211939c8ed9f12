//! Tokens that are refreshed in time. JavaScript's `TokenManager` wraps these functions.

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::{ClassInstance, FromNapiValue, PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::credentials::TokenSource;
use twitter_native_core::error::Error;
use twitter_native_core::operation::Operation;
use twitter_native_core::secret::Secret;
use twitter_native_core::services::oauth::TokenManager;

use super::oauth::read_app;
use crate::call::{self, Surroundings};
use crate::input::{JsTokenStore, ManagedTokens, read_argument};
use crate::output::Failure;

/// Makes a handle of the tokens that lie in a caller's store.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "store: TokenStore, app: App, options: Options, environment: Environment"
)]
pub fn manage_tokens(
    env: &Env,
    store: Unknown<'_>,
    app: Unknown<'_>,
    options: Unknown<'_>,
    environment: Unknown<'_>,
) -> napi::Result<ManagedTokens> {
    call::run(env, || {
        let store: JsTokenStore = read_argument(store, "options")?;
        let app = read_app(app)?;
        let client = Surroundings::read(options, environment)?.client()?;
        let manager = TokenManager::new(client, app, Arc::new(store))?;
        Ok(ManagedTokens { manager: Arc::new(manager) })
    })
}

/// A token on its way to JavaScript.
pub struct Revealed(Secret);

impl From<Revealed> for String {
    fn from(revealed: Revealed) -> Self {
        revealed.0.expose().to_owned()
    }
}

/// Gives the access token, refreshed if that is due.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_return_type = "Promise<string>",
    ts_args_type = "handle: Credentials, options: Options, environment: Environment"
)]
pub fn managed_access_token<'env>(
    env: &'env Env,
    handle: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, String>> {
    call::start(env, Operation::GetAccessToken, (options, environment), || {
        let handle: ClassInstance<'_, ManagedTokens> = FromNapiValue::from_unknown(handle)
            .map_err(|_| Error::invalid_argument("this", "must be a TokenManager"))?;
        let manager = Arc::clone(&handle.manager);
        Ok(move |call: Call| async move {
            call.run(async { manager.access_token().await.map(Revealed) }).await.map_err(Failure::from)
        })
    })
}
