//! X's webhooks: the challenge-response check, the signature of events, and which URLs can be registered
//! (<https://docs.x.com/x-api/webhooks/quickstart>).

mod url;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

pub use self::url::{check_url, is_same_url};

/// The longest `crc_token` that is answered.
const MAX_CRC_TOKEN_LENGTH: usize = 128;

/// The `response_token` for a `crc_token`, or `None` for a token that must not be answered.
///
/// Events are signed by the same HMAC with the same key, so whoever may choose a token freely could have an event
/// signed. X's tokens are short words; nothing else is answered.
pub fn crc_response(crc_token: &str, consumer_secret: &str) -> Option<String> {
    let plain = crc_token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if crc_token.is_empty() || crc_token.len() > MAX_CRC_TOKEN_LENGTH || !plain {
        return None;
    }
    Some(signature(crc_token.as_bytes(), consumer_secret))
}

/// Says whether `header` (`x-twitter-webhooks-signature`) signs exactly these bytes. Takes the same time wherever
/// a wrong signature differs.
pub fn verify_signature(raw_body: &[u8], header: &str, consumer_secret: &str) -> bool {
    let expected = signature(raw_body, consumer_secret);
    expected.as_bytes().ct_eq(header.as_bytes()).into()
}

fn signature(message: &[u8], consumer_secret: &str) -> String {
    // HMAC takes a key of any length, so the error arm is never reached; an empty text signs nothing.
    Hmac::<Sha256>::new_from_slice(consumer_secret.as_bytes())
        .map(|mac| format!("sha256={}", STANDARD.encode(mac.chain_update(message).finalize().into_bytes())))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
