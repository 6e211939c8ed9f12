//! Message authentication codes in base64, by *ring* instead of RustCrypto.

use ring::hmac::{Algorithm, HMAC_SHA1_FOR_LEGACY_USE_ONLY, HMAC_SHA256, Key, sign};

/// HMAC-SHA1 (RFC 5849 §3.4.2).
pub fn hmac_sha1(key: &[u8], message: &[u8]) -> String {
    mac(HMAC_SHA1_FOR_LEGACY_USE_ONLY, key, message)
}

/// HMAC-SHA256.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> String {
    mac(HMAC_SHA256, key, message)
}

fn mac(algorithm: Algorithm, key: &[u8], message: &[u8]) -> String {
    base64(sign(&Key::new(algorithm, key), message).as_ref())
}

/// RFC 4648 §4.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0, |bits, byte| (bits << 8) | usize::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place)) & 0x3f];
            text.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}
