//! OAuth 1.0a signatures with HMAC-SHA1 (RFC 5849 §3, and X's page on creating a signature).

mod request_url;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use zeroize::Zeroizing;

use self::request_url::Parts;
use super::{form, percent};

pub use self::request_url::{RequestUrl, UnsignableUrl};

/// What a signature covers, apart from the keys.
#[derive(Debug)]
pub struct SignatureInput<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// The whole URL; its query takes part, its fragment does not.
    pub url: RequestUrl<'a>,
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

/// Signs a request for a consumer and, once there is one, a token with its secret.
pub fn sign(
    input: &SignatureInput<'_>,
    consumer_key: &str,
    consumer_secret: &str,
    token: Option<(&str, &str)>,
) -> Result<SignedRequest, UnsignableUrl> {
    Signer::new(consumer_key, consumer_secret, token).sign(input)
}

/// Signs requests of a consumer and, once there is one, a token. What all their signatures share is made once: the key
/// is prepared, and what is sent of the credentials is encoded. It has no `Debug`.
#[derive(Clone)]
pub struct Signer {
    consumer_key: Zeroizing<String>,
    token: Option<Zeroizing<String>>,
    /// HMAC takes a key of any length, so it is always there; an empty signature would be refused.
    mac: Option<Hmac<Sha1>>,
}

impl Signer {
    /// Prepares the keys.
    pub fn new(consumer_key: &str, consumer_secret: &str, token: Option<(&str, &str)>) -> Self {
        let mut key = Zeroizing::new(percent::encode(consumer_secret));
        key.push('&');
        percent::encode_into(&mut key, token.map_or("", |(_, secret)| secret));
        Self {
            consumer_key: Zeroizing::new(percent::encode(consumer_key)),
            token: token.map(|(token, _)| Zeroizing::new(percent::encode(token))),
            mac: Hmac::new_from_slice(key.as_bytes()).ok(),
        }
    }

    /// Signs one request.
    pub fn sign(&self, input: &SignatureInput<'_>) -> Result<SignedRequest, UnsignableUrl> {
        let parts = input.url.parts()?;
        let timestamp = input.timestamp.to_string();
        let protocol = [
            Some(("oauth_consumer_key", self.consumer_key.as_str())),
            Some(("oauth_nonce", &*percent::encoded(input.nonce))),
            Some(("oauth_signature_method", "HMAC-SHA1")),
            Some(("oauth_timestamp", &timestamp)),
            self.token.as_ref().map(|token| ("oauth_token", token.as_str())),
            input.include_version.then_some(("oauth_version", "1.0")),
        ];
        let protocol = || protocol.iter().copied().flatten();
        let base_string = base_string(input, &parts, protocol());
        let signature = self.signature(&base_string);
        let header = header(protocol(), input.oauth_extra, &signature);
        Ok(SignedRequest { header, signature, base_string })
    }

    fn signature(&self, base_string: &str) -> String {
        let signed = self.mac.clone().map(|mac| mac.chain_update(base_string).finalize().into_bytes());
        signed.map(|bytes| STANDARD.encode(bytes)).unwrap_or_default()
    }
}

/// RFC 5849 §3.4.1.1. `protocol` is encoded, and in order.
fn base_string<'a>(
    input: &SignatureInput<'_>,
    url: &Parts<'_>,
    protocol: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut text = String::with_capacity(512);
    percent::encode_into(&mut text, &input.method.to_ascii_uppercase());
    text.push('&');
    percent::encode_into(&mut text, &url.base);
    let given = given_pairs(input, url);
    let mut given = given.iter().map(|(name, value)| (name.as_str(), value.as_str())).peekable();
    let mut separator = "&";
    // All pairs sorted by their encoded bytes and joined (RFC 5849 §3.4.1.3.2), then encoded once more.
    let mut write = |text: &mut String, (name, value): (&str, &str)| {
        text.push_str(separator);
        percent::encode_again_into(text, name);
        text.push_str("%3D");
        percent::encode_again_into(text, value);
        separator = "%26";
    };
    for own in protocol {
        while let Some(pair) = given.next_if(|pair| *pair < own) {
            write(&mut text, pair);
        }
        write(&mut text, own);
    }
    given.for_each(|pair| write(&mut text, pair));
    text
}

/// The pairs of the query, the body and the step, encoded and sorted. `realm` never takes part.
fn given_pairs(input: &SignatureInput<'_>, url: &Parts<'_>) -> Vec<(String, String)> {
    let query = url.query.as_deref().map(form::decode_form_bytes).unwrap_or_default();
    let sent = input.params.iter().chain(input.oauth_extra);
    let sent = sent.map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    let mut pairs: Vec<(String, String)> = query
        .iter()
        .map(|(name, value)| (name.as_slice(), value.as_slice()))
        .chain(sent)
        .filter(|(name, _)| *name != b"oauth_signature" && *name != b"realm")
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    pairs.sort_unstable();
    pairs
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    percent::encode_bytes_into(&mut text, bytes);
    text
}

/// RFC 5849 §3.5.1. `protocol` is encoded already.
fn header<'a>(
    protocol: impl Iterator<Item = (&'a str, &'a str)>,
    extra: &[(&str, &str)],
    signature: &str,
) -> String {
    let mut text = String::with_capacity(384);
    text.push_str("OAuth ");
    for (name, value) in protocol {
        text.push_str(name);
        text.push_str("=\"");
        text.push_str(value);
        text.push_str("\", ");
    }
    for (name, value) in extra {
        percent::encode_into(&mut text, name);
        text.push_str("=\"");
        percent::encode_into(&mut text, value);
        text.push_str("\", ");
    }
    text.push_str("oauth_signature=\"");
    percent::encode_into(&mut text, signature);
    text.push('"');
    text
}

#[cfg(test)]
mod tests;
