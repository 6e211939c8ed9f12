//! What X does to texts.

use super::*;

fn assert_ours(seek: &Sought, post: &WirePost) {
    assert_eq!(judged(seek, std::slice::from_ref(post)), ours(&post.id), "{}", post.text);
}

#[test]
fn a_text_is_found_again_whatever_x_does_to_it() {
    let none = json!({});
    for (sent, shown) in [
        ("Plain words", shown("Plain words", &none)),
        (" Trimmed\r\nlines \n", shown("Trimmed\nlines", &none)),
        ("1 < 2 & 3 > 2", shown("1 &lt; 2 &amp; 3 &gt; 2", &none)),
        ("&lt; as written", shown("&amp;lt; as written", &none)),
        ("\"it's\"", shown("&quot;it&#39;s&quot;", &none)),
        ("e\u{301}t\u{e9}", shown("\u{e9}te\u{301}", &none)),
        ("two  spaces,\u{a0}one that holds", shown("two spaces, one that holds", &none)),
        ("thin\u{2009}and wide\u{3000}ones", shown("thin and wide ones", &none)),
        ("a\n\n\nb", shown("a\n\nb", &none)),
        ("zero\u{200b}width \u{2060}joins\u{feff}", shown("zerowidth joins", &none)),
        ("soft\u{ad}hyphen \u{202b}and marks\u{202c}", shown("softhyphen and marks", &none)),
        ("I \u{2764}\u{fe0f} it", shown("I \u{2764} it", &none)),
        ("I \u{2764} it", shown("I \u{2764}\u{fe0f} it", &none)),
        ("\u{1f468}\u{200d}\u{1f469}", shown("\u{1f468}\u{1f469}", &none)),
    ] {
        assert_ours(&plain(sent), &shown);
    }
}

#[test]
fn links_are_found_again_in_any_spelling() {
    let one = |text: &str, expanded: &str| shown(text, &links(&[("https://t.co/abc", expanded)]));
    for (sent, shown) in [
        (
            "Look https://Shop.example.com/a?b=1&c=2 now",
            one("Look https://t.co/abc now", "https://Shop.example.com/a?b=1&c=2"),
        ),
        ("At example.com.", one("At https://t.co/abc.", "http://example.com")),
        // A top-level domain that one side does not know.
        ("see shop.notyetknown", one("see https://t.co/abc", "http://shop.notyetknown")),
        ("Home: https://x.com/home", one("Home: https://t.co/abc", "https://twitter.com/home")),
        ("Home: https://twitter.com/home", one("Home: https://t.co/abc", "https://mobile.twitter.com/home")),
        (
            "https://b\u{fc}cher.example/\u{fc}ber now",
            one("https://t.co/abc now", "https://xn--bcher-kva.example/%C3%BCber"),
        ),
        // Links of which X's published rules know nothing.
        (
            "At https://\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{43d}\u{435}\u{442}/, new",
            one("At https://t.co/abc, new", "https://xn--e1afmkfd.xn--e1apq/"),
        ),
        ("https://BU\u{308}CHER.example now", one("https://t.co/abc now", "http://xn--bcher-kva.example/")),
        (
            "a.example.com b.example.com",
            shown(
                "https://t.co/abc https://t.co/abcd",
                &links(&[
                    ("https://t.co/abc", "http://a.example.com"),
                    ("https://t.co/abcd", "http://b.example.com/"),
                ]),
            ),
        ),
    ] {
        assert_ours(&plain(sent), &shown);
    }
}

#[test]
fn a_reply_is_found_after_the_names_that_x_puts_before_it() {
    let reply = |text: &str, mentions: &[&str]| {
        let mentions: Vec<Value> = mentions.iter().map(|name| json!({"username": name})).collect();
        shown(
            text,
            &json!({"referenced_tweets": [{"type": "replied_to", "id": "7"}], "entities": {"mentions": mentions}}),
        )
    };
    let to_seven = |text| Sought::by_text(text, Some("7"), None);
    assert_ours(&to_seven("Thank you!"), &reply("@somebody Thank you!", &["Somebody"]));
    assert_ours(&to_seven("Thank you!"), &reply("@a @b @c Thank you!", &["a", "b", "c"]));
    assert_ours(&to_seven("Thank you!"), &reply("@a Thank you!", &[]));
    assert_ours(&to_seven("@b Thank you!"), &reply("@a @b Thank you!", &["a", "b"]));
    assert_ours(&to_seven("@a Thank you!"), &reply("@a Thank you!", &["a"]));
    assert_ours(&to_seven("Thank you!"), &reply("Thank you!", &[]));
    // Nobody is named by these, so they are words of the text.
    let words = reply("@a Thank you!", &["b"]);
    assert_eq!(
        judged(&to_seven("Thank you!"), std::slice::from_ref(&words)),
        candidate(&words, Why::SimilarText)
    );
    // Only a reply begins with names that its author did not write.
    let no_reply = shown("@a Thank you very much indeed!", &json!({}));
    let seek = plain("Thank you very much indeed!");
    assert_eq!(judged(&seek, std::slice::from_ref(&no_reply)), candidate(&no_reply, Why::SimilarText));
}

#[test]
fn a_quote_is_found_with_the_link_that_x_puts_after_it() {
    let quote = |text: &str, expanded: &[(&str, &str)]| {
        let mut more = links(expanded);
        more["referenced_tweets"] = json!([{"type": "quoted", "id": "7"}]);
        shown(text, &more)
    };
    let of_seven = ("https://t.co/q", "https://twitter.com/name/status/7");
    let of_eight = ("https://t.co/r", "https://twitter.com/name/status/8");
    let seek = Sought::by_text("See this", None, Some("7"));
    for shown in [
        quote("See this https://t.co/q", &[of_seven]),
        quote("See this https://t.co/q", &[]),
        quote("See this", &[]),
    ] {
        assert_ours(&seek, &shown);
    }
    let seek = Sought::by_text("See https://x.com/name/status/8", None, Some("7"));
    assert_ours(&seek, &quote("See https://t.co/r https://t.co/q", &[of_seven, of_eight]));
}

#[test]
fn a_closing_link_to_a_post_is_found_as_the_quote_that_x_makes_of_it() {
    let linked = ("https://t.co/q", "https://twitter.com/name/status/7");
    let mut as_quote = links(&[linked]);
    as_quote["referenced_tweets"] = json!([{"type": "quoted", "id": "7"}]);
    let without_link = json!({"referenced_tweets": [{"type": "quoted", "id": "7"}]});
    for sent in ["See https://x.com/name/status/7", "See https://mobile.twitter.com/i/web/status/7?s=20 "] {
        assert_ours(&plain(sent), &shown("See https://t.co/q", &as_quote));
        assert_ours(&plain(sent), &shown("See", &without_link));
        assert_ours(&plain(sent), &shown("See https://t.co/q", &links(&[linked])));
    }
    assert_ours(&plain("See https://x.com/name/status/7 too"), &shown("See https://t.co/q too", &as_quote));
    let other = shown("See", &json!({"referenced_tweets": [{"type": "quoted", "id": "8"}]}));
    let seek = plain("See https://x.com/name/status/7");
    assert_eq!(judged(&seek, std::slice::from_ref(&other)), candidate(&other, Why::EqualText));
}

#[test]
fn a_long_text_is_compared_whole() {
    let words = "long words ".repeat(40);
    let sent = format!("{words}https://example.com/end");
    let note = json!({
        "text": format!("{words}https://t.co/abc"),
        "entities": {"urls": [{"url": "https://t.co/abc", "expanded_url": "https://example.com/end"}]},
    });
    for name in ["note_tweet", "note_post"] {
        let whole = shown("long words … https://t.co/note", &json!({ name: note }));
        assert_ours(&plain(&sent), &whole);
    }
    // What is cut off may have been ours.
    let cut = shown(&format!("{}… https://t.co/note", &sent[..260]), &json!({}));
    assert_eq!(judged(&plain(&sent), std::slice::from_ref(&cut)), candidate(&cut, Why::UnknownText));
}

#[test]
fn shared_media_count_with_the_text_and_hide_their_link() {
    let own_link = json!({"url": "https://t.co/abc", "expanded_url": "https://example.com/a"});
    let media_link = json!({"url": "https://t.co/med", "expanded_url": "https://x.com/u/status/1/photo/1", "media_key": "3_19"});
    let with = |text: &str, keys: &[&str], urls: Value| {
        shown(text, &json!({"attachments": {"media_keys": keys}, "entities": {"urls": urls}}))
    };
    let seek = |text| Sought { media_ids: vec!["19".into()], ..plain(text) };
    let shared = seek("Words https://example.com/a");
    let text = "Words https://t.co/abc https://t.co/med";
    assert_ours(&shared, &with(text, &["3_19"], json!([own_link, media_link])));
    assert_ours(&shared, &with(text, &["3_19"], json!([own_link])));
    // Without a link to the media the author's own one stays.
    assert_ours(&shared, &with("Words https://t.co/abc", &["3_19"], json!([own_link])));
    for keys in [&["3_18"][..], &["3_19", "3_20"], &[]] {
        let other = with(text, keys, json!([own_link, media_link]));
        assert_eq!(judged(&shared, std::slice::from_ref(&other)), candidate(&other, Why::EqualText));
    }
    assert_ours(&seek(""), &with("https://t.co/med", &["3_19"], json!([media_link])));
}

#[test]
fn another_text_is_another_post() {
    let link = |target| shown("New: https://t.co/abc", &links(&[("https://t.co/abc", target)]));
    for (sent, shown) in [
        ("New: https://a.example.com/1", link("https://b.example.net/zoo?x=1")),
        ("Bread at eight", shown("Closed today", &json!({}))),
        ("New", shown("Old", &json!({}))),
        ("New: https://a.example.com", shown("New:", &json!({}))),
        ("&lt;", shown("&lt;", &json!({}))),
    ] {
        assert_eq!(judged(&plain(sent), std::slice::from_ref(&shown)), Verdict::Absent, "{sent:?}");
    }
}

#[test]
fn a_text_that_is_much_alike_leaves_the_outcome_open() {
    let sent = "Our new bread is out of the oven at eight, and the coffee is on";
    for text in [
        "Our new bread is out of the oven at eight, and the coffee is on \u{1f375}",
        "Our new bread is out of the oven at eight and the coffee is on",
        "OUR NEW BREAD is out of the oven at eight, and the coffee is on!",
        "#bread Our new bread is out of the oven at eight, and the coffee is on",
    ] {
        let near = shown(text, &json!({}));
        let posts = std::slice::from_ref(&near);
        assert_eq!(judged(&plain(sent), posts), candidate(&near, Why::SimilarText), "{text}");
        // The same with the text itself at hand.
        let seek = Sought { sketch: None, ..plain(sent) };
        let live = Wanted { text: Some(sent), ..wanted(&seek) };
        assert_eq!(judge(&live, posts, &Others::default()), candidate(&near, Why::SimilarText), "{text}");
    }
    // A link that nothing describes.
    let linked = shown("Hi https://t.co/abcdefghij", &json!({}));
    assert_eq!(judged(&plain("Hi"), std::slice::from_ref(&linked)), candidate(&linked, Why::SimilarText));
    let other = shown("Closed today: the baker is ill", &json!({}));
    let seek = Sought { sketch: None, ..plain(sent) };
    let live = Wanted { text: Some(sent), ..wanted(&seek) };
    assert_eq!(judge(&live, [&other], &Others::default()), Verdict::Absent);
}
