//! Percent-encoding agrees with the crate `percent-encoding`, and what is encoded is decoded, in texts and in forms.
#![no_main]

use libfuzzer_sys::fuzz_target;
use percent_encoding::percent_decode_str;
use support::rfc5849;
use twitter_native_core::protocol::{form, percent};

fuzz_target!(|bytes: &[u8]| {
    let mut encoded = String::from("before ");
    percent::encode_bytes_into(&mut encoded, bytes);
    let encoded = encoded.strip_prefix("before ").expect("what was there stays");
    assert_eq!(encoded, rfc5849::encode(bytes));
    assert_eq!(percent_decode_str(encoded).collect::<Vec<u8>>(), bytes);
    assert_eq!(form::decode_form_bytes(&format!("{encoded}=")), named(bytes));
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(percent::encode(text), encoded);
        forms(text);
    }
});

/// A pair without a name and value can't be told from none.
fn named(name: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    vec![(name.to_vec(), Vec::new())]
}

/// Lines as the pairs of a form, and the text as a form that somebody else wrote.
fn forms(text: &str) {
    let pairs: Vec<(String, String)> =
        text.split('\n').map(|line| line.split_once('=').unwrap_or((line, ""))).map(owned).collect();
    assert_eq!(form::decode_form(&form::encode_form(&pairs)), pairs);
    let bytes = form::decode_form_bytes(text);
    assert_eq!(bytes, rfc5849::decoded_query(text));
    let lossy = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let texts: Vec<(String, String)> =
        bytes.iter().map(|(name, value)| (lossy(name), lossy(value))).collect();
    assert_eq!(form::decode_form(text), texts);
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
