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

/// Reads a form text; bad escapes are kept as they stand.
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
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        let pairs = [("a b", "1+2&=é"), ("empty", "")];
        let text = encode_form(&pairs);
        assert_eq!(text, "a%20b=1%2B2%26%3D%C3%A9&empty=");
        assert_eq!(decode_form(&text), pairs.map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn bytes_that_are_no_text_stay_as_they_are() {
        let pairs = [(&b"a\xff "[..], &b"%4\x00%"[..]), (b"", b"="), (b"b", b"")];
        let pairs = pairs.map(|(name, value)| (name.to_vec(), value.to_vec()));
        assert_eq!(decode_form_bytes("a%fF+=%4%00%&&==&b"), pairs);
    }

    #[test]
    fn bad_escapes_do_no_harm() {
        assert_eq!(decode_form("a=%zz+1&&b"), [("a".into(), "%zz 1".into()), ("b".into(), String::new())]);
    }
}
