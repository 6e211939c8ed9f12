#![allow(clippy::unwrap_used)]

use super::*;

fn refusal(text: &str, api: &str) -> Option<String> {
    check_url(text, &Url::parse(api).unwrap()).err()
}

const X: &str = "https://api.x.com";

#[test]
fn public_https_urls_are_taken() {
    let longest = format!("https://shop.example.com/{}", "a".repeat(175));
    for url in
        ["https://shop.example.com/x", "https://8.8.8.8/x?shop=1", "HTTPS://shop.example.com", &longest]
    {
        assert_eq!(refusal(url, X), None, "{url}");
    }
}

#[test]
fn what_x_can_not_deliver_to_is_refused_by_name() {
    let too_long = format!("https://shop.example.com/{}", "a".repeat(176));
    for (url, why) in [
        ("", "has 0"),
        (too_long.as_str(), "has 201"),
        ("shop.example.com/x", "absolute"),
        ("http://shop.example.com/x", "https"),
        ("ftp://shop.example.com/x", "https"),
        ("https://shop.example.com:443/x", "no port"),
        ("https://shop.example.com:8443/x", "no port"),
        ("https://shop.example.com:/x", "no port"),
        ("https://[2606:4700::1111]:443/x", "no port"),
        ("https://me:secret@shop.example.com/x", "user name"),
        ("https://shop.example.com/x#here", "fragment"),
        ("https://127.0.0.1/x", "loopback"),
        ("https://localhost/x", "loopback"),
        ("https://10.1.2.3/x", "private"),
        ("https://[::1]/x", "global unicast"),
        ("https://shop.internal/x", "internal"),
        ("https://shop/x", "without a domain"),
    ] {
        let refusal = refusal(url, X).unwrap_or_default();
        assert!(refusal.contains(why), "{url}: {refusal}");
        assert!(!refusal.contains("secret"), "{refusal}");
    }
    assert_eq!(refusal("https://[2606:4700::1111]/x", X), None);
}

#[test]
fn an_api_on_this_machine_delivers_to_it() {
    let near = "http://127.0.0.1:4010";
    for url in ["http://127.0.0.1:9000/x", "http://localhost:9000/x", "https://[::1]:9443/x"] {
        assert_eq!(refusal(url, near), None, "{url}");
        assert!(refusal(url, X).is_some(), "{url}");
    }
    assert!(refusal("http://10.0.0.1:9000/x", near).is_some());
    assert!(refusal("http://shop.example.com/x", near).is_some());
}

#[test]
fn spellings_of_one_url_are_the_same() {
    assert!(is_same_url("https://Shop.example.com", "https://shop.example.com/"));
    assert!(!is_same_url("https://shop.example.com/a", "https://shop.example.com/b"));
    assert!(!is_same_url("not a url", "neither"));
}
