//! Signatures for others to use.

use std::sync::Arc;

use bytes::Bytes;
use napi::Env;
use napi::ValueType;
use napi::bindgen_prelude::{Latin1String, Unknown};
use napi_derive::napi;
use twitter_native_core::credentials::OAuth1Credentials;
use twitter_native_core::error::Error;
use twitter_native_core::secret::Secret;
use twitter_native_core::{protocol, signing};

use crate::call;
use crate::input::{FromJs, HeldCredentials, Path, StringMap, read_argument, read_token, read_value};
use crate::output::WebhookCrcResponse;

/// A request to sign by OAuth 1.0a.
#[napi(object, js_name = "OAuth1Request", object_from_js = false, object_to_js = false)]
pub struct OAuth1RequestInput {
    /// HTTP method.
    pub method: String,
    /// The whole URL; its query is signed.
    pub url: String,
    /// Decoded parameters of a form body. Not those of JSON and multipart bodies, which are not signed.
    #[napi(ts_type = "Record<string, string>")]
    pub params: Option<StringMap>,
    /// Unique per request; made from the system's random source if left out.
    pub nonce: Option<String>,
    /// Seconds since the epoch; now if left out.
    #[napi(ts_type = "number")]
    pub timestamp: Option<u64>,
}

/// Signs a request by OAuth 1.0a with HMAC-SHA1 (RFC 5849 §3), for endpoints that this package does not call.
// JavaScript reads the request's properties, and makes the result of three lines: header, signature and base string. Both
// would take longer here than the signature.
#[napi(
    js_name = "signOAuth1Request",
    catch_unwind,
    ts_args_type = "request: OAuth1Request, credentials: OAuth1Credentials",
    ts_return_type = "SignedRequest"
)]
pub fn sign_oauth1_request(
    env: &Env,
    credentials: Unknown<'_>,
    method: Unknown<'_>,
    url: Unknown<'_>,
    params: Unknown<'_>,
    nonce: Unknown<'_>,
    timestamp: Unknown<'_>,
) -> napi::Result<Latin1String> {
    call::run(env, || {
        let request = OAuth1RequestInput {
            method: read_part(method, "method")?,
            url: read_part(url, "url")?,
            params: read_part(params, "params")?,
            nonce: read_part(nonce, "nonce")?,
            timestamp: read_part(timestamp, "timestamp")?,
        };
        let credentials: Arc<OAuth1Credentials> = read_argument(credentials, "credentials")?;
        let request = signing::RequestToSign {
            method: &request.method,
            url: &request.url,
            params: &request.params.unwrap_or_default().0,
            nonce: request.nonce.as_deref(),
            timestamp: request.timestamp,
        };
        let signed = signing::sign_request(&request, "request.", &credentials)?;
        Ok([signed.header, signed.signature, signed.base_string].join("\n").into())
    })
}

fn read_part<T: FromJs>(value: Unknown<'_>, name: &str) -> Result<T, Error> {
    read_value(value, &Path::Property(&Path::Argument("request"), name))
}

/// Reads OAuth 1.0a credentials for calls to come.
#[napi(namespace = "internal", catch_unwind, ts_args_type = "credentials: OAuth1Credentials")]
pub fn hold_credentials(env: &Env, credentials: Unknown<'_>) -> napi::Result<HeldCredentials> {
    call::run(env, || Ok(HeldCredentials { credentials: read_argument(credentials, "credentials")? }))
}

/// The header alone of a request that is signed now. JavaScript's `Signer` wraps it.
#[napi(
    namespace = "internal",
    js_name = "oauth1Header",
    catch_unwind,
    ts_args_type = "credentials: Keys, method: string, url: string, params: Record<string, string> | undefined",
    ts_return_type = "string"
)]
pub fn oauth1_header(
    env: &Env,
    credentials: Unknown<'_>,
    method: Unknown<'_>,
    url: Unknown<'_>,
    params: Unknown<'_>,
) -> napi::Result<Latin1String> {
    call::run(env, || {
        let (method, url): (String, String) = (read_argument(method, "method")?, read_argument(url, "url")?);
        let params: Option<StringMap> = read_argument(params, "params")?;
        let credentials: Arc<OAuth1Credentials> = read_argument(credentials, "credentials")?;
        let request = signing::RequestToSign {
            method: &method,
            url: &url,
            params: &params.unwrap_or_default().0,
            nonce: None,
            timestamp: None,
        };
        signing::sign_request(&request, "", &credentials).map(|signed| signed.header.into())
    })
}

/// Answers X's check of a webhook. The consumer secret is the app's API secret, also for apps that use OAuth 2.0.
/// Tokens that could be an event's body are refused: signing them would forge one.
#[napi(
    catch_unwind,
    ts_args_type = "crcToken: string, consumerSecret: string",
    ts_return_type = "WebhookCrcResponse"
)]
pub fn webhook_crc_response(
    env: &Env,
    crc_token: Unknown<'_>,
    consumer_secret: Unknown<'_>,
) -> napi::Result<WebhookCrcResponse> {
    call::run(env, || {
        let crc_token: String = read_argument(crc_token, "crcToken")?;
        let secret: Secret = read_token(consumer_secret, "consumerSecret")?;
        let response_token =
            protocol::webhook::crc_response(&crc_token, secret.expose()).ok_or_else(|| {
                Error::invalid_argument("crcToken", "must be 1 to 128 letters, digits, - and _")
            })?;
        Ok(WebhookCrcResponse { response_token })
    })
}

/// Says whether an event comes from X: whether the header `x-twitter-webhooks-signature` signs exactly the raw bytes
/// of the body. The comparison takes constant time.
#[napi(
    catch_unwind,
    ts_args_type = "rawBody: Uint8Array | string, signatureHeader: string | null | undefined, consumerSecret: string",
    ts_return_type = "boolean"
)]
pub fn verify_webhook_signature(
    env: &Env,
    raw_body: Unknown<'_>,
    signature_header: Unknown<'_>,
    consumer_secret: Unknown<'_>,
) -> napi::Result<bool> {
    call::run(env, || {
        let body = read_body(raw_body)?;
        let header: Option<String> = read_argument(signature_header, "signatureHeader")?;
        let secret: Secret = read_token(consumer_secret, "consumerSecret")?;
        Ok(header.is_some_and(|header| protocol::webhook::verify_signature(&body, &header, secret.expose())))
    })
}

fn read_body(value: Unknown<'_>) -> Result<Bytes, Error> {
    let path = Path::Argument("rawBody");
    match value.get_type() {
        Ok(ValueType::String) => String::from_js(value, &path).map(Bytes::from),
        _ => Bytes::from_js(value, &path)
            .map_err(|_| path.refuse("must be a Buffer, a Uint8Array or a string")),
    }
}
