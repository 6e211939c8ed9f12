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
mod tests {
    use super::*;

    const SECRET: &str = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";

    #[test]
    fn a_challenge_is_answered() {
        let answer = crc_response("crc-token-123", SECRET);
        assert_eq!(answer.as_deref(), Some("sha256=neevp46UmFOUD4druBCAftlndPF9+kWFe+vIOP6l48U="));
    }

    #[test]
    fn a_challenge_that_could_be_an_event_is_not() {
        for token in ["", "{\"data\":1}", "a b", "é", &"a".repeat(129)] {
            assert_eq!(crc_response(token, SECRET), None, "{token:?}");
        }
    }

    #[test]
    fn events_are_verified_byte_by_byte() {
        let body = br#"{"data":{"event_type":"post.create"}}"#;
        let header = "sha256=prGU7k8HG5tmOVvJZHj+16ARQpuTFf7flRPlbyyfx7o=";
        assert!(verify_signature(body, header, SECRET));
        assert!(!verify_signature(&body[1..], header, SECRET));
        assert!(!verify_signature(body, &header[1..], SECRET));
        assert!(!verify_signature(body, "", SECRET));
    }
}
