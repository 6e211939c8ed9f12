//! OAuth 1.0a (RFC 5849), written anew: what is measured must not judge itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha1::Sha1;

use crate::clock::since_epoch;
use crate::job::CREDENTIALS;

/// What RFC 5849 §3.6 leaves as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const MAX_SKEW_SECS: u64 = 300;

/// Signs and judges for one app and user.
#[derive(Clone)]
pub struct Signer {
    mac: Hmac<Sha1>,
}

/// A signature's parts that have to be unlike any other's.
pub struct Accepted {
    /// The nonce.
    pub nonce: String,
}

impl Signer {
    /// For [`CREDENTIALS`].
    pub fn new() -> anyhow::Result<Self> {
        let key = format!("{}&{}", encode(CREDENTIALS.api_secret), encode(CREDENTIALS.access_token_secret));
        let mac = Hmac::new_from_slice(key.as_bytes()).map_err(|_| anyhow::anyhow!("no key"))?;
        Ok(Self { mac })
    }

    /// The `Authorization` header of a request without form fields.
    pub fn header(&self, method: &str, url: &str, nonce: &str) -> String {
        let timestamp = now_secs().to_string();
        let fields = [
            ("oauth_consumer_key", CREDENTIALS.api_key),
            ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", &timestamp),
            ("oauth_token", CREDENTIALS.access_token),
            ("oauth_version", "1.0"),
        ];
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let given = fields.map(|(name, value)| (encode(name), encode(value)));
        let signature = self.signature(method, base, query, given.to_vec());
        let signed = fields.into_iter().chain([("oauth_signature", signature.as_str())]);
        let fields: Vec<String> =
            signed.map(|(name, value)| format!("{name}=\"{}\"", encode(value))).collect();
        format!("OAuth {}", fields.join(", "))
    }

    /// Judges an `Authorization` header, less its `OAuth ` in front. `base` is the URL without its query.
    pub fn judge(&self, header: &str, method: &str, base: &str, query: &str) -> Result<Accepted, String> {
        let mut fields = Vec::new();
        let (mut signature, mut nonce) = (None, None);
        for field in header.split(',') {
            let (name, quoted) = field.trim().split_once('=').ok_or("a field has no value")?;
            let value = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let value = decode(value.ok_or("a value has no quotes")?)?;
            let expected = match name {
                "oauth_signature" => {
                    signature = Some(value);
                    continue;
                }
                "oauth_consumer_key" => Some(CREDENTIALS.api_key),
                "oauth_token" => Some(CREDENTIALS.access_token),
                "oauth_signature_method" => Some("HMAC-SHA1"),
                "oauth_version" => Some("1.0"),
                "oauth_timestamp" => {
                    let then: u64 = value.parse().map_err(|_| "the timestamp is no number")?;
                    if now_secs().abs_diff(then) > MAX_SKEW_SECS {
                        return Err("the timestamp is too far off".to_owned());
                    }
                    None
                }
                "oauth_nonce" => {
                    nonce = Some(value.clone());
                    None
                }
                _ => return Err(format!("{name} is unknown")),
            };
            if expected.is_some_and(|expected| expected != value) {
                return Err(format!("{name} is {value}"));
            }
            fields.push((name.to_owned(), encode(&value)));
        }
        let required = ["oauth_consumer_key", "oauth_token", "oauth_signature_method", "oauth_timestamp"];
        if let Some(lacking) =
            required.iter().find(|wanted| fields.iter().filter(|(name, _)| name == *wanted).count() != 1)
        {
            return Err(format!("{lacking} is not given once"));
        }
        let (signature, nonce) = signature.zip(nonce).ok_or("there is no signature, or no nonce")?;
        if self.signature(method, base, query, fields) == signature {
            Ok(Accepted { nonce })
        } else {
            Err("the signature is wrong".to_owned())
        }
    }

    fn signature(&self, method: &str, base: &str, query: &str, mut fields: Vec<(String, String)>) -> String {
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let anew = |text: &str| decode(&text.replace('+', " ")).map(|decoded| encode(&decoded));
            fields.push((anew(name).unwrap_or_default(), anew(value).unwrap_or_default()));
        }
        fields.sort();
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let text = format!("{method}&{}&{}", encode(base), encode(&pairs.join("&")));
        STANDARD.encode(self.mac.clone().chain_update(text.as_bytes()).finalize().into_bytes())
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

fn decode(text: &str) -> Result<String, String> {
    let decoded = percent_decode_str(text).decode_utf8().map_err(|_| "a value is not UTF-8")?;
    Ok(decoded.into_owned())
}

fn now_secs() -> u64 {
    since_epoch().as_secs()
}

#[cfg(test)]
mod tests;
