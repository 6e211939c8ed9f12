//! Percent-encoding as OAuth 1.0a and X want it: everything but RFC 3986's unreserved characters.

use std::borrow::Cow;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends `text` to `output`, encoded.
pub fn encode_into(output: &mut String, text: &str) {
    encode_bytes_into(output, text.as_bytes());
}

/// Appends bytes to `output`, each that is not `A–Z a–z 0–9 - . _ ~` as `%XX` (RFC 5849 §3.6).
pub fn encode_bytes_into(output: &mut String, bytes: &[u8]) {
    output.reserve(bytes.len());
    let mut rest = bytes;
    loop {
        // Most texts are one run that stays as it is.
        let run = rest.iter().position(|byte| !is_unreserved(*byte)).unwrap_or(rest.len());
        let (kept, others) = rest.split_at(run);
        output.push_str(std::str::from_utf8(kept).unwrap_or_default());
        let Some((byte, behind)) = others.split_first() else { return };
        output.push('%');
        output.push(hex_digit(byte >> 4));
        output.push(hex_digit(byte & 0xf));
        rest = behind;
    }
}

/// The text encoded; itself if there is nothing to encode in it.
pub fn encoded(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_unreserved) { Cow::Borrowed(text) } else { Cow::Owned(encode(text)) }
}

/// Says whether a byte stays as it is (RFC 3986 §2.3).
pub fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Undoes the encoding; bad escapes are kept as they stand.
pub fn decode(mut text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    while let Some((first, rest)) = text.split_first() {
        let escaped = rest.first_chunk::<2>().filter(|_| *first == b'%').copied().and_then(hex_byte);
        bytes.push(escaped.unwrap_or(*first));
        text = if escaped.is_some() { rest.get(2..).unwrap_or_default() } else { rest };
    }
    bytes
}

/// The byte that two hexadecimal digits stand for.
fn hex_byte(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from((high? << 4) | low?).ok()
}

/// Encodes a text.
///
/// ```
/// assert_eq!(twitter_native_core::protocol::percent::encode("Ladies + Gentlemen"), "Ladies%20%2B%20Gentlemen");
/// ```
pub fn encode(text: &str) -> String {
    let mut output = String::new();
    encode_into(&mut output, text);
    output
}

fn hex_digit(nibble: u8) -> char {
    HEX.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    /// From X's page on percent-encoding parameters.
    #[test]
    fn published_examples() {
        assert_eq!(encode("Ladies + Gentlemen"), "Ladies%20%2B%20Gentlemen");
        assert_eq!(encode("An encoded string!"), "An%20encoded%20string%21");
        assert_eq!(encode("Dogs, Cats & Mice"), "Dogs%2C%20Cats%20%26%20Mice");
        assert_eq!(encode("☃"), "%E2%98%83");
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        assert_eq!(decode(encode("☃ + 100%").as_bytes()), "☃ + 100%".as_bytes());
        assert_eq!(decode(b"%2f+%2%zz%"), b"/+%2%zz%");
    }

    #[test]
    fn reserved_characters_that_urls_often_keep_are_encoded() {
        assert_eq!(encode("!*'()"), "%21%2A%27%28%29");
        assert_eq!(encode("-._~"), "-._~");
    }
}
