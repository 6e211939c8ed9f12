//! For any text.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

/// What X may do to a text, any of it or all at once.
#[allow(clippy::struct_excessive_bools, reason = "each is independent of the others")]
#[derive(Clone, Copy, Debug)]
struct Changes {
    names: usize,
    quote_link: bool,
    media_link: bool,
    selectors: bool,
    zero_width: bool,
    wide_spaces: bool,
    decomposed: bool,
}

fn changes() -> impl Strategy<Value = Changes> {
    (0_usize..4, any::<[bool; 6]>()).prop_map(
        |(names, [quote_link, media_link, selectors, zero_width, wide_spaces, decomposed])| Changes {
            names,
            quote_link,
            media_link,
            selectors,
            zero_width,
            wide_spaces,
            decomposed,
        },
    )
}

const OF_QUOTE: (&str, &str) = ("https://t.co/q", "https://twitter.com/name/status/9");

/// Links as they are written, the longer ones first, and as X gives them.
const LINKS: [(&str, &str); 3] = [
    ("https://x.com/name/status/8", "https://twitter.com/name/status/8"),
    ("https://x.com/home", "https://twitter.com/home"),
    ("https://b\u{fc}cher.example/\u{e4}?a=1", "http://xn--bcher-kva.example/%C3%A4?a=1"),
];

/// The text and whatever else X shows of a post that was sent with a text.
fn changed(sent: &str, changes: Changes) -> WirePost {
    let mut text = sent.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let urls = LINKS.iter().zip(0..).map(|((written, expanded), number)| {
        let url = format!("https://t.co/{number}");
        text = text.replace(written, &url);
        json!({"url": url, "expanded_url": expanded})
    });
    let mut urls: Vec<Value> = urls.collect();
    if changes.decomposed {
        text = text.nfd().collect();
    }
    if changes.wide_spaces {
        text = text.replace(' ', " \u{a0}\n");
    }
    if changes.zero_width {
        text = text.replace('\u{200b}', "");
    }
    if changes.selectors {
        text = text.replace('\u{2764}', "\u{2764}\u{fe0f}");
    }
    let mentions: Vec<Value> =
        (0..changes.names).map(|name| json!({"username": format!("name{name}")})).collect();
    for name in (0..changes.names).rev() {
        text = format!("@name{name} {text}");
    }
    if changes.quote_link {
        text.push_str(" https://t.co/q");
        urls.push(json!({"url": OF_QUOTE.0, "expanded_url": OF_QUOTE.1}));
    }
    if changes.media_link {
        text.push_str(" https://t.co/m");
        urls.push(json!({"url": "https://t.co/m", "expanded_url": "https://x.com/n/status/5/photo/1"}));
    }
    shown(
        &text,
        &json!({
            "referenced_tweets": [{"type": "replied_to", "id": "7"}, {"type": "quoted", "id": "9"}],
            "entities": {"urls": urls, "mentions": mentions},
            "attachments": {"media_keys": ["3_19"]},
        }),
    )
}

/// Words with what X changes in between. A text that begins with a name of its own is one of the other tests.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        5 => "[\\p{L}\\p{N}\\p{So}&<>;'\"]{1,8}",
        1 => Just("\u{2764}".to_owned()),
        1 => Just("zero\u{200b}width".to_owned()),
        1 => (0..LINKS.len()).prop_map(|index| LINKS[index].0.to_owned()),
    ];
    prop::collection::vec(word, 1..12).prop_map(|words| words.join(" "))
}

fn seek(text: &str) -> Sought {
    Sought { media_ids: vec!["19".into()], ..Sought::by_text(text, Some("7"), Some("9")) }
}

proptest! {
    #[test]
    fn any_text_is_ours_with_any_of_x_s_changes(text in text(), changes in changes()) {
        let post = changed(&text, changes);
        prop_assert_eq!(judged(&seek(&text), std::slice::from_ref(&post)), ours(&post.id));
    }

    #[test]
    fn any_text_is_found_as_it_was_sent(text in "\\PC{0,40}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let post = shown(&escaped, &json!({}));
        let verdict = judged(&plain(&text), std::slice::from_ref(&post));
        // A text that is nothing but a link to a post may be shown as one.
        prop_assert_eq!(verdict, ours(&post.id));
    }

    #[test]
    fn a_quite_different_text_is_absent(sent in "[a-m]{4,9}( [a-m]{2,9}){2,20}", other in "[n-z]{4,9}( [n-z]{2,9}){2,20}") {
        prop_assert_eq!(judged(&plain(&sent), &[shown(&other, &json!({}))]), Verdict::Absent);
        let live = plain(&sent);
        let live = Wanted { text: Some(&sent), ..wanted(&live) };
        prop_assert_eq!(judge(&live, [&shown(&other, &json!({}))], &Others::default()), Verdict::Absent);
    }

    #[test]
    fn what_is_not_ours_is_never_lost_in_a_crowd(
        text in text(), changes in changes(), crowd in prop::collection::vec("[n-z]{6,9}( [n-z]{4,9}){3,9}", 0..9),
    ) {
        let post = changed(&text, changes);
        let crowd = crowd.iter().zip(400..).map(|(text, ms)| shown(text, &json!({"id": id_after(ms)})));
        let mut posts: Vec<WirePost> = crowd.collect();
        posts.insert(posts.len() / 2, post.clone());
        prop_assert_eq!(judged(&seek(&text), &posts), ours(&post.id));
    }

    #[test]
    fn nothing_that_x_says_stops_the_comparison(
        text in "\\PC{0,40}", url in "\\PC{0,9}", expanded in "\\PC{0,30}", sent in "\\PC{0,40}",
        id in "\\PC{0,20}", kind in "replied_to|quoted|retweeted|\\PC{0,5}", key in "\\PC{0,9}", name in "\\PC{0,5}",
    ) {
        let post = shown(&text, &json!({
            "id": id, "entities": {"urls": [{"url": url, "expanded_url": expanded}], "mentions": [{"username": name}]},
            "referenced_tweets": [{"type": kind, "id": id}], "edit_history_tweet_ids": [id, key],
            "attachments": {"media_keys": [key]},
        }));
        let seek = Sought { sketch: Some(url.clone()), ..Sought::by_text(&sent, Some(&id), Some(&key)) };
        for text in [None, Some(sent.as_str())] {
            let wanted = Wanted { text, ..wanted(&seek) };
            let _verdict = judge(&wanted, [&post], &Others::default());
            let _verdict = judge_event(&wanted, &post, &Others::default());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    /// Most texts are not taken apart to find out.
    #[test]
    fn a_link_is_seen_without_taking_the_text_apart(
        parts in proptest::collection::vec(
            prop_oneof![
                proptest::sample::select(vec![
                    "http://", "https://", "HTTPS://", "://", "http:", "x.com", "www", ".com", "com", ".", "..", "/", "-", "_",
                    "a", "e", "\u{301}", "\u{fc}", "\u{3002}", "\u{ff0e}", "\u{65e5}\u{672c}", ".\u{65e5}\u{672c}", ".\u{5d0}", " ",
                    "\u{a0}", "\n", "\u{200b}", "1.5", "3", "@", "#", "?", "&", "p", "\u{338}",
                ])
                .prop_map(str::to_owned),
                "\\PC{1,2}",
            ],
            0..8,
        ),
    ) {
        let text = parts.concat();
        let expected = normal::pieces(&text).iter().any(normal::Piece::is_link);
        prop_assert_eq!(has_link(&text), expected, "{:?}", text);
    }
}
