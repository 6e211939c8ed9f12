//! How users and apps get their tokens.

use std::sync::{Arc, LazyLock};

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::credentials::{AppCredentials, OAuth1Credentials};
use twitter_native_core::operation::Operation;
use twitter_native_core::services::oauth;

use crate::call::{self, Surroundings};
use crate::input::{AppConfig, read_argument, read_token};
use crate::output::{
    AppBearerToken, AuthorizationRequest, Failure, OAuth1AccessToken, OAuth1RequestToken, OAuth2Tokens,
    RevokedToken,
};

pub(super) fn read_app(config: Unknown<'_>) -> Result<AppCredentials, twitter_native_core::error::Error> {
    let config: Option<AppConfig> = read_argument(config, "config")?;
    Ok(config.map(AppCredentials::from).unwrap_or_default())
}

/// Gets the app's own bearer token, which reads public data. It is kept for an hour.
#[napi(catch_unwind, ts_args_type = "config?: OAuthConfig", ts_return_type = "Promise<AppBearerToken>")]
pub fn get_app_bearer_token<'env>(
    env: &'env Env,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, AppBearerToken>> {
    call::start(env, Operation::GetAppBearerToken, (options, environment), || {
        let app = read_app(app)?;
        Ok(
            |call: Call| async move {
                call.run(oauth::app_bearer_token(&call, &app)).await.map_err(Failure::from)
            },
        )
    })
}

/// Makes the URL on which a user grants access by OAuth 2.0 with PKCE, with fresh state and verifier. Keep both until
/// the user is back, compare the state, and hand the verifier to `exchangeCodeForToken`.
#[napi(
    catch_unwind,
    ts_args_type = "redirectUri: string, scope?: string | null, config?: OAuthConfig",
    ts_return_type = "AuthorizationRequest"
)]
pub fn initiate_user_auth(
    env: &Env,
    redirect_uri: Unknown<'_>,
    scope: Unknown<'_>,
    app: Unknown<'_>,
    options: Unknown<'_>,
    environment: Unknown<'_>,
) -> napi::Result<AuthorizationRequest> {
    call::run(env, || {
        let redirect_uri: String = read_argument(redirect_uri, "redirectUri")?;
        let scope: Option<String> = read_argument(scope, "scope")?;
        let client = Surroundings::read(options, environment)?.config()?;
        let app = read_app(app)?;
        oauth::authorization_request(&client.authorize_url, &app, &redirect_uri, scope.as_deref())
            .map(AuthorizationRequest::from)
            .map_err(|error| error.during(Operation::InitiateUserAuth))
    })
}

/// Turns the code that the user came back with into tokens. X takes a code once, and for 30 seconds.
#[napi(
    catch_unwind,
    ts_args_type = "code: string, redirectUri: string, codeVerifier: string, config?: OAuthConfig",
    ts_return_type = "Promise<OAuth2Tokens>"
)]
pub fn exchange_code_for_token<'env>(
    env: &'env Env,
    code: Unknown<'env>,
    redirect_uri: Unknown<'env>,
    code_verifier: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, OAuth2Tokens>> {
    call::start(env, Operation::ExchangeCodeForToken, (options, environment), || {
        let code: String = read_argument(code, "code")?;
        let redirect_uri: String = read_argument(redirect_uri, "redirectUri")?;
        let code_verifier: String = read_argument(code_verifier, "codeVerifier")?;
        let app = read_app(app)?;
        Ok(|call: Call| async move {
            call.run(oauth::exchange_code(&call, &app, &code, &redirect_uri, &code_verifier))
                .await
                .map_err(Failure::from)
        })
    })
}

/// Refreshes tokens. A refresh token is for one use: persist the new pair before using it. Calls with the same token
/// share one request in the process, and for five minutes later ones get the tokens that came of it, so that several
/// workflows that read the same row refresh once.
#[napi(
    catch_unwind,
    ts_args_type = "refreshToken: string, config?: OAuthConfig",
    ts_return_type = "Promise<OAuth2Tokens>"
)]
pub fn refresh_access_token<'env>(
    env: &'env Env,
    refresh_token: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, OAuth2Tokens>> {
    // Calls that are begun before the first of them has settled share its request.
    let flight = read_token(refresh_token, "refreshToken").ok().zip(read_app(app).ok());
    let flight = flight.map(|(token, app)| oauth::RefreshFlight::join(&app, &token));
    call::start_keeping(env, Operation::RefreshAccessToken, (options, environment), flight, || {
        let refresh_token = read_token(refresh_token, "refreshToken")?;
        let app = read_app(app)?;
        Ok(|call: Call| async move {
            call.run(oauth::refresh(&call, &app, &refresh_token)).await.map_err(Failure::from)
        })
    })
}

/// Revokes an access or refresh token.
#[napi(
    catch_unwind,
    ts_args_type = "token: string, config?: OAuthConfig",
    ts_return_type = "Promise<RevokedToken>"
)]
pub fn revoke_token<'env>(
    env: &'env Env,
    token: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, RevokedToken>> {
    call::start(env, Operation::RevokeToken, (options, environment), || {
        let token = read_token(token, "token")?;
        let app = read_app(app)?;
        Ok(
            |call: Call| async move { call.run(oauth::revoke(&call, &app, &token)).await.map_err(Failure::from) },
        )
    })
}

/// Turns a user's OAuth 1.0a token into OAuth 2.0 tokens. The 1.0a token stays valid; tokens that an earlier exchange
/// gave become invalid.
#[napi(
    catch_unwind,
    js_name = "exchangeOAuth1ForOAuth2",
    ts_args_type = "credentials: OAuth1Credentials, config?: OAuthConfig",
    ts_return_type = "Promise<OAuth2Tokens>"
)]
pub fn exchange_oauth1_for_oauth2<'env>(
    env: &'env Env,
    credentials: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, OAuth2Tokens>> {
    call::start(env, Operation::ExchangeOAuth1ForOAuth2, (options, environment), || {
        let credentials: Arc<OAuth1Credentials> = read_argument(credentials, "credentials")?;
        let app = read_app(app)?;
        Ok(|call: Call| async move {
            call.run(oauth::exchange_oauth1(&call, &app, &credentials)).await.map_err(Failure::from)
        })
    })
}

/// The first step of OAuth 1.0a's three: a temporary token for `oauth1AuthorizeUrl`. `callbackUrl` is one that is
/// registered for the app, or `oob` for a PIN.
#[napi(
    catch_unwind,
    js_name = "requestOAuth1Token",
    ts_args_type = "callbackUrl: string, config?: OAuthConfig",
    ts_return_type = "Promise<OAuth1RequestToken>"
)]
pub fn request_oauth1_token<'env>(
    env: &'env Env,
    callback_url: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, OAuth1RequestToken>> {
    call::start(env, Operation::RequestOAuth1Token, (options, environment), || {
        let callback_url: String = read_argument(callback_url, "callbackUrl")?;
        let app = read_app(app)?;
        Ok(|call: Call| async move {
            call.run(oauth::request_token(&call, &app, &callback_url)).await.map_err(Failure::from)
        })
    })
}

/// The page of the second step, on which the user grants access.
#[napi(
    js_name = "oauth1AuthorizeUrl",
    catch_unwind,
    ts_args_type = "token: string, config?: OAuthConfig",
    ts_return_type = "string"
)]
pub fn oauth1_authorize_url(
    env: &Env,
    token: Unknown<'_>,
    options: Unknown<'_>,
    environment: Unknown<'_>,
) -> napi::Result<String> {
    call::run(env, || {
        let token: String = read_argument(token, "token")?;
        let client = Surroundings::read(options, environment)?.config()?;
        oauth::authorize_url(&client.api_base_url, &token)
    })
}

/// The last step: the user's lasting tokens, for the verifier or PIN that they came back with.
#[napi(
    catch_unwind,
    js_name = "exchangeOAuth1Verifier",
    ts_args_type = "token: string, tokenSecret: string, verifier: string, config?: OAuthConfig",
    ts_return_type = "Promise<OAuth1AccessToken>"
)]
pub fn exchange_oauth1_verifier<'env>(
    env: &'env Env,
    token: Unknown<'env>,
    token_secret: Unknown<'env>,
    verifier: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, OAuth1AccessToken>> {
    call::start(env, Operation::ExchangeOAuth1Verifier, (options, environment), || {
        let token = read_token(token, "token")?;
        let token_secret = read_token(token_secret, "tokenSecret")?;
        let verifier: String = read_argument(verifier, "verifier")?;
        let app = read_app(app)?;
        Ok(|call: Call| async move {
            call.run(oauth::access_token(&call, &app, &token, &token_secret, &verifier))
                .await
                .map_err(Failure::from)
        })
    })
}

/// Verifiers of users who are at X's page, by the state that they will come back with. All services of the process share
/// them: a backend makes one for each request.
static PENDING: LazyLock<oauth::PendingAuthorizations> = LazyLock::new(Default::default);

/// Keeps a verifier for 15 minutes.
#[napi(namespace = "internal", catch_unwind)]
pub fn keep_verifier(state: String, verifier: String) {
    PENDING.insert(&state, &verifier);
}

/// Takes the verifier of a state, once.
#[napi(namespace = "internal", catch_unwind)]
pub fn take_verifier(state: String) -> Option<String> {
    PENDING.take(&state).map(|verifier| verifier.expose().to_owned())
}
