//! OAuth 1.0a: the base string agrees with a second implementation of RFC 5849, the signature with another library's
//! HMAC, and the header is read back as what was put in. Lines: method, URL, keys and secrets, then `name=value` for
//! the body, and `:name=value` for the header.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use percent_encoding::percent_decode_str;
use support::mac::hmac_sha1;
use support::rfc5849::{PlainUri, base_string, encode};
use twitter_native_core::protocol::oauth1::{SignatureInput, sign};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    let mut lines = text.split('\n');
    let mut line = || lines.next().unwrap_or_default();
    let (method, url, keys) = (line(), line(), line());
    let mut keys = keys.split(' ');
    let mut key = || keys.next().unwrap_or_default();
    let (consumer, consumer_secret, token, token_secret) = (key(), key(), key(), key());
    let token = (!token.is_empty()).then_some((token, token_secret));
    let (mut params, mut oauth_extra) = (Vec::new(), Vec::new());
    for line in lines {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        match name.strip_prefix(':') {
            Some(name) => oauth_extra.push((name, value)),
            None => params.push((name, value)),
        }
    }
    let timestamp = text.len() as u64;
    let input = SignatureInput {
        method,
        url: url.into(),
        params: &params,
        oauth_extra: &oauth_extra,
        nonce: consumer_secret,
        timestamp,
        include_version: timestamp.is_multiple_of(2),
    };
    let plain = PlainUri::read(url);
    let Ok(signed) = sign(&input, consumer, consumer_secret, token) else {
        assert!(plain.is_none(), "{url:?} is not signed");
        return Corpus::Keep;
    };

    let timestamp = timestamp.to_string();
    let mut protocol = vec![
        ("oauth_consumer_key", consumer),
        ("oauth_nonce", consumer_secret),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", &timestamp),
    ];
    protocol.extend(token.map(|(token, _)| ("oauth_token", token)));
    protocol.extend(input.include_version.then_some(("oauth_version", "1.0")));
    protocol.extend(&oauth_extra);
    if let Some(plain) = plain {
        let pairs = [protocol.as_slice(), &params].concat();
        assert_eq!(signed.base_string, base_string(method, &plain, &pairs));
    }
    let token_secret = token.map_or("", |(_, secret)| secret);
    let key = format!("{}&{}", encode(consumer_secret.as_bytes()), encode(token_secret.as_bytes()));
    assert_eq!(signed.signature, hmac_sha1(key.as_bytes(), signed.base_string.as_bytes()));
    protocol.push(("oauth_signature", &signed.signature));
    assert_eq!(
        header_pairs(&signed.header),
        protocol.iter().map(|(n, v)| [*n, *v].map(str::to_owned)).collect::<Vec<_>>()
    );
    Corpus::Keep
});

/// RFC 5849 §3.5.1.
fn header_pairs(header: &str) -> Vec<[String; 2]> {
    let header = header.strip_prefix("OAuth ").expect("the scheme");
    assert!(header.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{header:?}");
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned();
    let pairs = header.split(", ").map(|pair| {
        let (name, value) = pair.split_once('=').expect("a pair");
        [name, value.trim_matches('"')].map(decoded)
    });
    pairs.collect()
}
