//! OAuth 1.0a signatures with HMAC-SHA1 (RFC 5849 §3, and X's page on creating a signature).

use std::borrow::Cow;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use url::Url;

use super::{form, percent};

/// What a signature covers, apart from the keys.
#[derive(Debug)]
pub struct SignatureInput<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// The whole URL; its query takes part, its fragment does not.
    pub url: &'a str,
    /// Decoded pairs of a form body, or other parameters that are sent.
    pub params: &'a [(&'a str, &'a str)],
    /// More `oauth_` pairs: `oauth_callback` or `oauth_verifier`.
    pub oauth_extra: &'a [(&'a str, &'a str)],
    /// Unique per request.
    pub nonce: &'a str,
    /// Seconds since the epoch.
    pub timestamp: u64,
    /// Send `oauth_version=1.0`, as X wants.
    pub include_version: bool,
}

/// A signature and what it was made of. It has no `Debug`: the header is a credential.
pub struct SignedRequest {
    /// The value of the `Authorization` header.
    pub header: String,
    /// The signature in base64.
    pub signature: String,
    /// The signature base string (RFC 5849 §3.4.1).
    pub base_string: String,
}

/// The URL can't be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsignableUrl;

impl fmt::Display for UnsignableUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the URL to sign must be an absolute http or https URL")
    }
}

impl std::error::Error for UnsignableUrl {}

/// Signs a request for a consumer and, once there is one, a token with its secret.
pub fn sign(
    input: &SignatureInput<'_>,
    consumer_key: &str,
    consumer_secret: &str,
    token: Option<(&str, &str)>,
) -> Result<SignedRequest, UnsignableUrl> {
    let url = Url::parse(input.url).map_err(|_| UnsignableUrl)?;
    let timestamp = input.timestamp.to_string();
    let mut protocol: Vec<(&str, &str)> = vec![
        ("oauth_consumer_key", consumer_key),
        ("oauth_nonce", input.nonce),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", &timestamp),
    ];
    protocol.extend(token.map(|(token, _)| ("oauth_token", token)));
    if input.include_version {
        protocol.push(("oauth_version", "1.0"));
    }
    protocol.extend_from_slice(input.oauth_extra);

    let base_string = base_string(input, &url, &protocol)?;
    let signature = hmac_sha1(consumer_secret, token.map_or("", |(_, secret)| secret), &base_string);
    let header = header(&protocol, &signature);
    Ok(SignedRequest { header, signature, base_string })
}

/// RFC 5849 §3.4.1.1.
fn base_string(
    input: &SignatureInput<'_>,
    url: &Url,
    protocol: &[(&str, &str)],
) -> Result<String, UnsignableUrl> {
    let mut text = String::with_capacity(512);
    percent::encode_into(&mut text, &input.method.to_ascii_uppercase());
    text.push('&');
    percent::encode_into(&mut text, &base_url(input.url, url)?);
    text.push('&');
    percent::encode_into(&mut text, &parameter_string(url, input.params, protocol));
    Ok(text)
}

/// Scheme and host in lower case, no default port, and the path as it was sent (RFC 5849 §3.4.1.2).
fn base_url(sent: &str, url: &Url) -> Result<String, UnsignableUrl> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(UnsignableUrl);
    }
    let host = url.host_str().ok_or(UnsignableUrl)?;
    let mut text = format!("{}://{host}", url.scheme());
    if let Some(port) = url.port() {
        text.push(':');
        text.push_str(&port.to_string());
    }
    text.push_str(&path_as_sent(sent).unwrap_or_else(|| Cow::Borrowed(url.path())));
    Ok(text)
}

/// A parser may normalise a path; the signature covers what goes over the wire.
fn path_as_sent(sent: &str) -> Option<Cow<'_, str>> {
    let (_, rest) = sent.split_once("://")?;
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = rest.get(..end)?;
    Some(rest.find('/').and_then(|start| rest.get(start..)).map_or(Cow::Borrowed("/"), Cow::Borrowed))
}

/// All pairs encoded, sorted by encoded bytes and joined (RFC 5849 §3.4.1.3.2). `realm` never takes part.
fn parameter_string(url: &Url, params: &[(&str, &str)], protocol: &[(&str, &str)]) -> String {
    let query = url.query().map(form::decode_form_bytes).unwrap_or_default();
    let sent = params.iter().chain(protocol).map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    let mut pairs: Vec<(String, String)> = query
        .iter()
        .map(|(name, value)| (name.as_slice(), value.as_slice()))
        .chain(sent)
        .filter(|(name, _)| *name != b"oauth_signature" && *name != b"realm")
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    pairs.sort_unstable();
    let mut text = String::with_capacity(256);
    for (name, value) in &pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
    text
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    percent::encode_bytes_into(&mut text, bytes);
    text
}

fn hmac_sha1(consumer_secret: &str, token_secret: &str, base_string: &str) -> String {
    let mut key = percent::encode(consumer_secret);
    key.push('&');
    percent::encode_into(&mut key, token_secret);
    // HMAC takes a key of any length, so the error arm is never reached; an empty signature would be refused.
    Hmac::<Sha1>::new_from_slice(key.as_bytes())
        .map(|mac| STANDARD.encode(mac.chain_update(base_string).finalize().into_bytes()))
        .unwrap_or_default()
}

/// RFC 5849 §3.5.1.
fn header(protocol: &[(&str, &str)], signature: &str) -> String {
    let mut text = String::from("OAuth ");
    for (name, value) in protocol.iter().copied().chain([("oauth_signature", signature)]) {
        if !text.ends_with(' ') {
            text.push_str(", ");
        }
        percent::encode_into(&mut text, name);
        text.push_str("=\"");
        percent::encode_into(&mut text, value);
        text.push('"');
    }
    text
}

#[cfg(test)]
mod tests;
