#![allow(clippy::unwrap_used)]

use super::*;

fn chain(policy: &AddressPolicy) -> RedirectChain<'_> {
    RedirectChain::begin(Url::parse("https://cdn.example.com/a.png").unwrap(), policy, 3).unwrap()
}

fn refused_by(location: &str) -> (String, &'static str) {
    match chain(&AddressPolicy::default()).follow(Some(location)).unwrap_err() {
        RedirectError::Refused { host, refusal } => (host, refusal.rule()),
        other => (format!("{other:?}"), ""),
    }
}

#[test]
fn a_redirect_leads_to_no_place_that_is_refused_at_the_start() {
    for (location, host, rule) in [
        ("https://2130706433/", "127.0.0.1", "loopback"),
        ("https://0x7f.1/latest", "127.0.0.1", "loopback"),
        ("https://[::ffff:127.0.0.1]/", "[::ffff:7f00:1]", "not global unicast"),
        ("https://169.254.169.254/latest/meta-data/", "169.254.169.254", "metadata"),
        ("https://metadata.google.internal/", "metadata.google.internal", "metadata"),
        ("//localhost/", "localhost", "loopback"),
        ("https://10.0.0.1/", "10.0.0.1", "RFC 1918"),
        ("http://cdn.example.com/b.png", "cdn.example.com", "a plain http URL"),
        ("https://cdn.example.com:8443/b.png", "cdn.example.com", "a port other than the scheme's own"),
        ("https://user@cdn.example.com/b.png", "cdn.example.com", "a user name or password"),
        ("data:image/png,x", "data", "not https"),
    ] {
        let (shown, broken) = refused_by(location);
        assert_eq!(shown, host, "{location}");
        assert!(broken.contains(rule), "{location}: {broken}");
    }
}

#[test]
fn hops_are_relative_to_the_one_before_and_counted() {
    let policy = AddressPolicy::default();
    let mut chain = chain(&policy);
    for (location, url) in [
        ("/b.png", "https://cdn.example.com/b.png"),
        ("//img.example.org", "https://img.example.org/"),
        ("x/c.png?d", "https://img.example.org/x/c.png?d"),
    ] {
        assert_eq!(chain.follow(Some(location)), Ok(()));
        assert_eq!(chain.url().as_str(), url);
    }
    assert_eq!(chain.follow(Some("/d.png")), Err(RedirectError::TooMany));
}

#[test]
fn what_is_no_url_leads_nowhere() {
    let policy = AddressPolicy::default();
    for location in [None, Some("https://"), Some("https://[1/"), Some("//a b/")] {
        let mut chain = chain(&policy);
        assert_eq!(chain.follow(location), Err(RedirectError::InvalidUrl), "{location:?}");
        assert_eq!(chain.url().path(), "/a.png");
    }
}

#[test]
fn a_host_is_shown_up_to_the_length_that_names_have() {
    let (shown, _) = refused_by(&format!("https://{}.local/", "a".repeat(9000)));
    assert_eq!(shown.len(), MAX_HOST_LENGTH);
}
