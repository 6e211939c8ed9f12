#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::json;

use super::*;

const ID: u64 = 1_990_000_000_000_000_000;

fn post(value: serde_json::Value) -> WirePost {
    serde_json::from_value(value).unwrap()
}

fn wanted(digest: &str) -> Wanted<'_> {
    Wanted { text: digest, least_id: ID, ..Wanted::default() }
}

fn is_found(shown: &WirePost, sent: &str) -> bool {
    is_wanted(shown, &wanted(&text_digest(sent)))
}

/// A post as X shows it: its links given as pairs of the t.co address and what was written.
fn shows(text: &str, links: &[(&str, &str)]) -> WirePost {
    let urls: Vec<_> =
        links.iter().map(|(url, expanded)| json!({"url": url, "expanded_url": expanded})).collect();
    post(json!({"id": ID.to_string(), "text": text, "entities": {"urls": urls}}))
}

#[test]
fn a_text_is_found_again_whatever_x_does_to_it() {
    for (sent, shown) in [
        ("Plain words", shows("Plain words", &[])),
        (" Trimmed\r\nlines \n", shows("Trimmed\nlines", &[])),
        ("1 < 2 & 3 > 2", shows("1 &lt; 2 &amp; 3 &gt; 2", &[])),
        ("&lt; as written", shows("&amp;lt; as written", &[])),
        (
            "Look https://Shop.example.com/a?b=1&c=2 now",
            shows(
                "Look https://t.co/abcdefghij now",
                &[("https://t.co/abcdefghij", "https://Shop.example.com/a?b=1&c=2")],
            ),
        ),
        ("At example.com.", shows("At https://t.co/abc.", &[("https://t.co/abc", "http://example.com")])),
        (
            "a.example.com b.example.com",
            shows(
                "https://t.co/abc https://t.co/abcd",
                &[
                    ("https://t.co/abc", "http://a.example.com"),
                    ("https://t.co/abcd", "http://b.example.com/"),
                ],
            ),
        ),
        // A top-level domain that one side does not know.
        (
            "see shop.notyetknown",
            shows("see https://t.co/abc", &[("https://t.co/abc", "http://shop.notyetknown")]),
        ),
        ("e\u{301}t\u{e9}", shows("\u{e9}te\u{301}", &[])),
    ] {
        assert!(is_found(&shown, sent), "{sent:?}");
    }
}

#[test]
fn another_text_is_another_post() {
    let link = |target| shows("New: https://t.co/abc", &[("https://t.co/abc", target)]);
    for (sent, shown) in [
        ("New: https://a.example.com/1", link("https://a.example.com/2")),
        ("New: https://a.example.com/1?x=1", link("https://a.example.com/1")),
        ("New: https://a.example.com/1", link("https://b.example.com/1")),
        ("New", shows("New!", &[])),
        ("New: https://a.example.com", shows("New:", &[])),
        ("&lt;", shows("&lt;", &[])),
    ] {
        assert!(!is_found(&shown, sent), "{sent:?}");
    }
}

#[test]
fn a_long_text_is_compared_whole() {
    let words = "long words ".repeat(40);
    let sent = format!("{words}https://example.com/end");
    let shown = post(json!({
        "id": ID.to_string(), "text": "long words … https://t.co/note",
        "note_tweet": {
            "text": format!("{words}https://t.co/abc"),
            "entities": {"urls": [{"url": "https://t.co/abc", "expanded_url": "https://example.com/end"}]},
        },
    }));
    assert!(is_found(&shown, &sent));
    assert!(!is_found(&shown, &words));
}

#[test]
fn what_it_answers_and_when_it_was_made_count() {
    let reply = |id: u64, references: serde_json::Value| {
        post(json!({"id": id.to_string(), "text": "Yes", "referenced_tweets": references}))
    };
    let plain = reply(ID, json!([]));
    let answer = reply(ID, json!([{"type": "replied_to", "id": "7"}]));
    let quote = reply(ID, json!([{"type": "quoted", "id": "7"}]));
    let yes = text_digest("Yes");
    let to_seven = Wanted { reply_to: Some("7"), ..wanted(&yes) };
    let to_eight = Wanted { reply_to: Some("8"), ..wanted(&yes) };
    let quotes = Wanted { quotes: Some("7"), ..wanted(&yes) };
    assert!(is_wanted(&plain, &wanted(&yes)) && is_wanted(&answer, &to_seven) && is_wanted(&quote, &quotes));
    for (shown, wanted) in
        [(&plain, &to_seven), (&answer, &wanted(&yes)), (&answer, &to_eight), (&answer, &quotes)]
    {
        assert!(!is_wanted(shown, wanted));
    }
    assert!(!is_wanted(&reply(ID - 1, json!([])), &wanted(&yes)));
}

#[test]
fn an_own_medium_decides_alone() {
    let shown = |keys: &[&str], text: &str| {
        post(json!({"id": "5", "text": text, "attachments": {"media_keys": keys}}))
    };
    let own = |key| Wanted { own_media: vec![MediaMark { id: "19", key }], ..wanted("digest") };
    // Neither its text nor its time count: the key is in no other post.
    assert!(is_wanted(&shown(&["3_19"], "Edited since"), &own(Some("3_19"))));
    assert!(is_wanted(&shown(&["3_8", "3_19"], ""), &own(None)));
    assert!(!is_wanted(&shown(&["3_20"], "Words"), &own(Some("3_19"))));
    assert!(!is_wanted(&shown(&[], "Words"), &own(Some("3_19"))));
    assert!(!is_wanted(&shown(&["3_119"], "Words"), &own(None)));
}

#[test]
fn shared_media_count_with_the_text_and_hide_their_link() {
    let digest = text_digest("Words https://example.com/a");
    let shared = Wanted { shared_media: vec![MediaMark { id: "19", key: None }], ..wanted(&digest) };
    let shown = |text: &str, keys: &[&str], urls: serde_json::Value| {
        post(
            json!({"id": ID.to_string(), "text": text, "attachments": {"media_keys": keys}, "entities": {"urls": urls}}),
        )
    };
    let own_link = json!({"url": "https://t.co/abc", "expanded_url": "https://example.com/a"});
    let media_link = json!({"url": "https://t.co/med", "expanded_url": "https://x.com/u/status/1/photo/1", "media_key": "3_19"});
    let text = "Words https://t.co/abc https://t.co/med";
    assert!(is_wanted(&shown(text, &["3_19"], json!([own_link, media_link])), &shared));
    assert!(is_wanted(&shown(text, &["3_19"], json!([own_link])), &shared));
    // Without a link to the media the author's own one stays.
    assert!(is_wanted(&shown("Words https://t.co/abc", &["3_19"], json!([own_link])), &shared));
    assert!(!is_wanted(&shown(text, &["3_18"], json!([own_link, media_link])), &shared));
    assert!(!is_wanted(&shown(text, &["3_19", "3_20"], json!([own_link, media_link])), &shared));
    let nothing = text_digest("");
    let alone = Wanted { text: &nothing, ..shared };
    assert!(is_wanted(&shown("https://t.co/med", &["3_19"], json!([media_link])), &alone));
}

proptest! {
    #[test]
    fn any_text_is_found_as_it_was_sent(text in "\\PC{0,40}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        prop_assert!(is_found(&shows(&escaped, &[]), &text));
    }

    #[test]
    fn nothing_that_x_says_stops_the_comparison(text in "\\PC{0,40}", url in "\\PC{0,9}", expanded in "\\PC{0,9}", sent in "\\PC{0,40}") {
        let _same = is_found(&shows(&text, &[(&url, &expanded)]), &sent);
    }
}
