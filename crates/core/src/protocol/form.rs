//! `application/x-www-form-urlencoded`.

use super::percent;

/// Writes pairs as a form body. Spaces become `%20`, so that the body and an OAuth 1.0a signature agree.
pub fn encode_form<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        percent::encode_into(&mut text, name.as_ref());
        text.push('=');
        percent::encode_into(&mut text, value.as_ref());
    }
    text
}

/// Reads a form text; bad escapes are kept as they are.
pub fn decode_form(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// Reads a form text as bytes, which need not be those of a text.
pub fn decode_form_bytes(text: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name.as_bytes()), decode(value.as_bytes()))
        })
        .collect()
}

fn decode(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent::decode(&spaced)
}

#[cfg(test)]
mod tests;
