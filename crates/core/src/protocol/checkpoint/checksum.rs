//! A checksum in a text that is kept, so that a damaged one is not taken for another that happens to be valid.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// 66 bits: chance does not hit it. It guards against damage, not against whoever can write the text anew.
const LETTERS: usize = 11;

/// Writes a struct as JSON, with a checksum over everything else as the last member.
pub(in crate::protocol) fn sealed(body: &impl Serialize) -> String {
    let mut text = written(body);
    let sum = checksum(&text);
    if text.pop().is_some() {
        text.push_str(",\"checksum\":\"");
        text.push_str(&sum);
        text.push_str("\"}");
    }
    text
}

/// Whether a checksum is that of what was read. It is over what would be written, not over the text that came, so a
/// database may order the members in its own way.
pub(in crate::protocol) fn is_sealed(body: &impl Serialize, sum: &str) -> bool {
    checksum(&written(body)) == sum
}

fn written(body: &impl Serialize) -> String {
    // Strings, numbers and lists of them: there is nothing in it that can't be written.
    serde_json::to_string(body).unwrap_or_default()
}

fn checksum(text: &str) -> String {
    let mut sum = URL_SAFE_NO_PAD.encode(Sha256::digest(text));
    sum.truncate(LETTERS);
    sum
}
