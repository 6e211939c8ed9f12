//! Percent-encoding as OAuth 1.0a and X want it: everything but RFC 3986's unreserved characters.

use std::borrow::Cow;

use memchr::memchr;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Whether a byte stays as it is. Signing asks it for hundreds of bytes.
static UNRESERVED: [bool; 256] = unreserved();

#[allow(clippy::indexing_slicing, reason = "runs while this is compiled")]
const fn unreserved() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
}

/// Appends `text` to `output`, encoded.
pub fn encode_into(output: &mut String, text: &str) {
    output.reserve(text.len());
    let mut rest = text;
    while let Some(run) = rest.bytes().position(|byte| !is_unreserved(byte)) {
        // Most texts are one run that stays as it is.
        let (kept, others) = rest.split_at_checked(run).unwrap_or((rest, ""));
        output.push_str(kept);
        let mut others = others.chars();
        let Some(other) = others.next() else { return };
        for byte in other.encode_utf8(&mut [0; 4]).bytes() {
            escape_into(output, byte);
        }
        rest = others.as_str();
    }
    output.push_str(rest);
}

/// Appends a text that is encoded already, encoded once more: only its `%` is not as it may be.
pub fn encode_again_into(output: &mut String, encoded: &str) {
    let mut rest = encoded;
    while let Some((kept, others)) =
        memchr(b'%', rest.as_bytes()).and_then(|at| rest.split_at_checked(at + 1))
    {
        output.push_str(kept);
        output.push_str("25");
        rest = others;
    }
    output.push_str(rest);
}

/// Appends bytes to `output`, each that is not `A–Z a–z 0–9 - . _ ~` as `%XX` (RFC 5849 §3.6).
pub fn encode_bytes_into(output: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        encode_into(output, chunk.valid());
        for byte in chunk.invalid() {
            escape_into(output, *byte);
        }
    }
}

fn escape_into(output: &mut String, byte: u8) {
    output.push('%');
    output.push(hex_digit(byte >> 4));
    output.push(hex_digit(byte & 0xf));
}

/// The text encoded; itself if there is nothing to encode in it.
pub fn encoded(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_unreserved) { Cow::Borrowed(text) } else { Cow::Owned(encode(text)) }
}

/// Says whether a byte stays as it is (RFC 3986 §2.3).
pub fn is_unreserved(byte: u8) -> bool {
    UNRESERVED.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Undoes the encoding; bad escapes are kept as they are.
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
mod tests;
