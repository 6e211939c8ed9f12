use super::*;

fn canonical(written: &str) -> String {
    Link::read(written).canonical
}

#[test]
fn one_link_in_many_spellings() {
    for (one, other) in [
        ("https://Shop.example.com/a?b=1", "http://shop.example.com:80/a?b=1"),
        ("example.com", "http://example.com/"),
        ("https://müller.example/straße", "http://xn--mller-kva.example/stra%c3%9fe"),
        ("https://MÜLLER.example", "https://mu\u{308}ller.example/"),
        ("https://a.example.com/%7Eme", "https://a.example.com/~me"),
        ("https://x.com/home", "https://mobile.twitter.com/home"),
        ("https://x.com/me/status/20?s=20", "https://twitter.com/i/web/status/20"),
        ("x.com/old/status/20", "https://www.twitter.com/new/statuses/20/"),
    ] {
        assert_eq!(canonical(one), canonical(other));
    }
}

#[test]
fn other_links_stay_other_links() {
    for (one, other) in [
        ("https://a.example.com/1", "https://a.example.com/2"),
        ("https://a.example.com/A", "https://a.example.com/a"),
        ("https://a.example.com/?a=1", "https://a.example.com/?a=2"),
        ("https://a.example.com:8443", "https://a.example.com"),
        ("https://a.example.com", "https://b.example.com"),
        ("https://x.com/me/status/20", "https://x.com/me/status/21"),
        ("https://x.com/me/status/20/photo/1", "https://x.com/me/status/20"),
    ] {
        assert_ne!(canonical(one), canonical(other));
    }
}

#[test]
fn a_link_to_a_post_names_it() {
    let post = |written| Link::read(written).post;
    assert_eq!(post("https://x.com/me/status/20").as_deref(), Some("20"));
    assert_eq!(post("https://x.com/me/status/20/photo/1"), None);
    assert_eq!(post("https://x.com.example.com/me/status/20"), None);
    assert_eq!(post("https://x.com/me/status/twenty"), None);
    assert_eq!(post("ftp://x.com/me/status/20"), None);
    assert!(Link::read("https://x.com/me/status/20/video/1").is_medium);
    assert!(Link::read("https://t.co/abc").is_short());
}
