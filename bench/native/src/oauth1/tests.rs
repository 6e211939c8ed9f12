#![allow(clippy::unwrap_used)]

use super::*;

const URL: &str = "https://api.x.com/2/tweets";

fn judged(header: &str, method: &str, base: &str, query: &str) -> Result<String, String> {
    let header = header.strip_prefix("OAuth ").unwrap();
    Signer::new().unwrap().judge(header, method, base, query).map(|accepted| accepted.nonce)
}

/// X's own example: its page on creating a signature.
#[test]
fn the_published_example_has_its_published_signature() {
    let fields = [
        ("include_entities", "true"),
        ("oauth_consumer_key", CREDENTIALS.api_key),
        ("oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "1318622958"),
        ("oauth_token", CREDENTIALS.access_token),
        ("oauth_version", "1.0"),
        ("status", "Hello Ladies + Gentlemen, a signed OAuth request!"),
    ];
    let fields = fields.map(|(name, value)| (encode(name), encode(value))).to_vec();
    let base = "https://api.x.com/1.1/statuses/update.json";
    let signature = Signer::new().unwrap().signature("POST", base, "", fields);
    assert_eq!(signature, "Ls93hJiZbQ3akF3HF3x1Bz8/zU4=");
}

#[test]
fn a_signature_holds_for_its_request_alone() {
    let header = Signer::new().unwrap().header("GET", &format!("{URL}?ids=1%2C2&a=b"), "n1");
    assert_eq!(judged(&header, "GET", URL, "a=b&ids=1%2C2"), Ok("n1".to_owned()));
    for (method, base, query) in [
        ("POST", URL, "a=b&ids=1%2C2"),
        ("GET", "https://api.x.com/2/tweet", "a=b&ids=1%2C2"),
        ("GET", URL, "a=b&ids=1%2C3"),
    ] {
        assert_eq!(judged(&header, method, base, query), Err("the signature is wrong".to_owned()));
    }
    let other = header.replace("oauth_version=\"1.0\", ", "");
    assert_eq!(judged(&other, "GET", URL, "a=b&ids=1%2C2"), Err("the signature is wrong".to_owned()));
    let unsigned = header.split(", oauth_signature=").next().unwrap();
    assert!(judged(unsigned, "GET", URL, "a=b&ids=1%2C2").is_err());
}
