#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// With letters that JSON, URLs and base64's alphabets write otherwise.
const TOKEN: &str = "k/7+Q~ab?>x9Lm2Np4Rs6=vW8%41yZ";

fn redacted(secret: &str, text: &str) -> String {
    let mut redaction = Redaction::default();
    redaction.add(secret);
    redaction.apply(text.as_bytes()).map_or(text.to_owned(), |kept| String::from_utf8(kept).unwrap())
}

fn each(bytes: impl Iterator<Item = u16>, write: impl Fn(u16) -> String) -> String {
    bytes.map(write).collect()
}

fn hex(text: &str) -> String {
    each(text.bytes().map(u16::from), |byte| format!("{byte:02x}"))
}

/// Each letter as `%xx`.
fn percent_all(text: &str) -> String {
    each(text.bytes().map(u16::from), |byte| format!("%{byte:02x}"))
}

/// As JSON that escapes what it may.
fn json_all(text: &str) -> String {
    each(text.encode_utf16(), |unit| format!("\\u{unit:04x}"))
}

fn json_text(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].replace('/', "\\/")
}

#[test]
fn a_secret_goes_in_every_spelling() {
    let encoded = percent::encode(TOKEN);
    let twice = percent::encode(&encoded);
    for spelled in [
        TOKEN.to_owned(),
        TOKEN.to_lowercase(),
        TOKEN.to_uppercase(),
        TOKEN.replace("%41", "A"),
        encoded.to_lowercase(),
        twice.to_lowercase(),
        percent_all(TOKEN),
        percent_all(&percent_all(TOKEN)),
        json_text(TOKEN),
        json_all(TOKEN),
        json_text(&json_text(TOKEN)),
        json_text(&encoded),
        percent::encode(&json_text(TOKEN)),
        each(TOKEN.bytes().map(u16::from), |byte| format!("\\x{byte:02x}")),
        hex(TOKEN),
        hex(TOKEN).to_uppercase(),
        percent::encode(&hex(&encoded)),
        percent::encode(&twice),
        json_text(&percent_all(&twice)),
        encoded,
        twice,
    ] {
        assert_eq!(redacted(TOKEN, &format!("it is {spelled} there")), "it is [secret] there", "{spelled}");
        // As a beginning that was cut off in the middle of a letter's escape, too.
        let cut = redacted(TOKEN, &format!("it is {}", &spelled[..spelled.len() - 1]));
        assert!(cut.starts_with("it is [secret]") && cut.len() < 45, "{spelled}: {cut}");
    }
}

#[test]
fn it_goes_wherever_it_is_in_base64() {
    for before in ["", ":", "a:", "abc:", "Bearer "] {
        for after in ["", ".", "..", "..."] {
            for secret in [TOKEN.to_owned(), percent::encode(TOKEN)] {
                let text = format!("{before}{secret}{after}");
                for spelled in [STANDARD.encode(&text), URL_SAFE_NO_PAD.encode(&text)] {
                    let kept = redacted(TOKEN, &spelled);
                    let longest = 4 + before.len() * 4 / 3 + MARK.len() + 4 + after.len() * 4 / 3;
                    assert!(kept.contains(MARK) && kept.len() <= longest, "{text}: {kept}");
                    assert_eq!(redacted(TOKEN, &percent_all(&spelled)).matches(MARK).count(), 1);
                }
            }
        }
    }
}

#[test]
fn beginnings_of_twelve_letters_go_and_shorter_ones_stay() {
    assert_eq!(redacted(TOKEN, "k/7+Q~ab?>x9 and so on"), "[secret] and so on");
    assert_eq!(redacted(TOKEN, "k/7+Q~ab?>x and so on"), "k/7+Q~ab?>x and so on");
    assert_eq!(redacted(TOKEN, "k/7+Q~ab?>x9Lm2N…"), "[secret]…");
}

#[test]
fn shorter_secrets_go_whole_only() {
    assert_eq!(redacted("pass/word", "pass/word, pass%2fword, pass/wor"), "[secret], [secret], pass/wor");
    assert_eq!(redacted("pass/word", "Pass/Word"), "Pass/Word");
    assert_eq!(redacted("a", "a word"), "a word");
    let mut redaction = Redaction::default();
    redaction.add_whole("https://www.shop.example/callback");
    assert_eq!(redaction.apply(b"https://www.shop.example/ or another"), None);
    assert_eq!(redaction.apply(b"https://www.shop.example/callback"), Some(b"[secret]".to_vec()));
}

#[test]
fn what_a_token_shares_with_others_stays() {
    let user = "1445880548472328192-Kq8wZx2Lm9RtYvBn";
    assert_eq!(redacted(user, "of 1445880548472328192"), "of 1445880548472328192");
    assert_eq!(redacted(user, &format!("of {user}")), "of 1445880548472328192-[secret]");
    let app =
        "AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRfl76ZC9Ub0";
    assert_eq!(redacted(app, "Aaaaaaaaaaaaaaaaaaaaaaargh"), "Aaaaaaaaaaaaaaaaaaaaaaargh");
    let dull = STANDARD.encode([0; 40]);
    assert_eq!(redacted(app, &dull), dull);
    for text in [app.to_owned(), app.replace("%2B", "+").replace("%3D", "="), percent::encode(app)] {
        assert_eq!(redacted(app, &text), "AAAAAAAAAAAAAAAAAAAAA[secret]");
    }
    assert!(redacted(app, &STANDARD.encode(app)).len() < 50);
    assert_eq!(
        redacted("xxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxx, xxxxxxxxxxxxxxxx"),
        "xxxxxxxxxxxxxxx, [secret]"
    );
}

#[test]
fn one_that_begins_within_another_s_beginning_goes_too() {
    let mut redaction = Redaction::default();
    redaction.add("abcdefghijklXYZ-and-so-on");
    redaction.add("XYqrstuvw0123456789");
    let kept = redaction.apply(b"<abcdefghijklXYqrstuvw0123456789>").unwrap();
    assert_eq!(kept, b"<[secret]>");
}

/// What X's answers hold when all is well.
#[test]
fn innocent_texts_stay() {
    let mut redaction = Redaction::default();
    for secret in [
        TOKEN,
        "AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRfl76ZC9Ub0wnz",
        "bGhpcyBpcyBhIHRva2VuOjE3MTk4MzQ1Njc4OTA6MTowOmF0OjE",
        "1445880548472328192-Kq8wZx2Lm9RtYvBnHc5JdFs3GaEuPo",
        "xvz1evFS4wEEPTGEFPHBog",
        "L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg",
        "access-token-of-the-first-user",
    ] {
        redaction.add(secret);
    }
    for text in [
        r#"{"data":{"id":"1445880548472328192","text":"Hello\nworld 100% \ud83d\ude00 https:\/\/t.co\/wO3vGJXq0r","edit_history_tweet_ids":["1445880548472328192"]}}"#,
        r#"{"data":{"id":"1","text":"my access token is lost"}}"#,
        r#"{"errors":[{"parameters":{"id":["1445880548472328192"]},"message":"The `id` query parameter value [x] is not valid"}],"title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.twitter.com/2/problems/invalid-request"}"#,
        r#"{"detail":"You are not permitted to perform this action. See https://developer.x.com/en/support/x-api/error-troubleshooting#code-403"}"#,
        r#"{"data":{"media":{"url":"https://pbs.twimg.com/media/FGwd4rWXsAQ2xyz?format=jpg&name=large%20size"}}}"#,
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "oauth_callback_confirmed=true&oauth_token=NPcudxy0yU5T3tBzho7iCotZ3cnetKwcTIRlX0iwRl0&oauth_token_secret=veNRnAWe6inFuo8o2u8SLLZLjolYDmDP7SzL0YfYI",
    ] {
        assert_eq!(redaction.apply(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn json_keeps_its_shape() {
    for (secret, text, kept) in [
        // A number, and what lies across the end of a text.
        (
            "123456789012345678",
            r#"{"a":123456789012345678,"b":"123456789012345678"}"#,
            r#"{"a":123456789012345678,"b":"[secret]"}"#,
        ),
        (r#"abcdef","ghijkl"#, r#"["abcdef","ghijkl"]"#, r#"["abcdef","ghijkl"]"#),
        (r#"abcdef","ghijkl"#, r#"["abcdef\",\"ghijkl"]"#, r#"["[secret]"]"#),
        // An escape is no backslash and letter, and is not cut in two.
        ("nabcdefghijkl", r#"["\nabcdefghijkl"]"#, r#"["\nabcdefghijkl"]"#),
        (r"\nabcdefghijkl", r#"["\nabcdefghijkl","\\nabcdefghijkl"]"#, r#"["\nabcdefghijkl","[secret]"]"#),
        ("0041abcdefghi", r#"["\u0041abcdefghi"]"#, r#"["\u0041abcdefghi"]"#),
        ("abcdefghijklm", r#"{"abcdefghijklm":["\\abcdefghijklm"]}"#, r#"{"[secret]":["\\[secret]"]}"#),
        (
            "abcdefghijkl🦀é",
            r#"["abcdefghijkl\ud83e\udd80\u00e9","abcdefghijkl🦀è"]"#,
            r#"["[secret]","[secret]è"]"#,
        ),
    ] {
        assert_eq!(redacted(secret, text), kept, "{text}");
    }
    // What is none is cut wherever it is found.
    assert_eq!(redacted(TOKEN, &format!("[warning] {TOKEN}")), "[warning] [secret]");
}

/// One way of writing a text, undone by whoever shows it.
#[derive(Clone, Copy, Debug)]
enum Escape {
    Percent,
    PercentSmall,
    PercentAll,
    Json,
    JsonAll,
}

impl Escape {
    fn write(self, text: &str) -> String {
        match self {
            Self::Percent => percent::encode(text),
            // Of the digits alone.
            Self::PercentSmall => text
                .bytes()
                .map(|byte| {
                    if percent::is_unreserved(byte) {
                        char::from(byte).to_string()
                    } else {
                        format!("%{byte:02x}")
                    }
                })
                .collect(),
            Self::PercentAll => percent_all(text),
            Self::Json => json_text(text),
            Self::JsonAll => json_all(text),
        }
    }
}

fn escapes() -> impl Strategy<Value = Vec<Escape>> {
    let one = prop::sample::select(vec![
        Escape::Percent,
        Escape::PercentSmall,
        Escape::PercentAll,
        Escape::Json,
        Escape::JsonAll,
    ]);
    prop::collection::vec(one, 0..=3)
}

/// A beginning of a token in one encoding: the letters that are the token's own, and all of them.
fn spelled(token: &str, encoding: u8, around: (&str, &str)) -> (String, String) {
    let (before, after) = around;
    let encoded = format!("{before}{token}{after}");
    let own = |text: String| {
        let skipped = (8 * before.len()).div_ceil(6);
        (text[skipped..(8 * (before.len() + token.len()) / 6)].to_owned(), text)
    };
    match encoding {
        0 => (token.to_owned(), token.to_owned()),
        1 => (token.to_uppercase(), token.to_uppercase()),
        2 => (token.to_lowercase(), token.to_lowercase()),
        3 => (hex(token), hex(token)),
        4 => (hex(token).to_uppercase(), hex(token).to_uppercase()),
        5 => own(STANDARD.encode(encoded)),
        _ => own(URL_SAFE_NO_PAD.encode(encoded)),
    }
}

fn has_telling_beginning(token: &str) -> bool {
    dull_beginning(token.as_bytes()) == 0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// For any token, any beginning of it, in any encoding after any escapes and among any letters.
    #[test]
    fn nothing_of_a_token_survives(
        token in "[!-~]{16,60}",
        cut in any::<prop::sample::Index>(),
        encoding in 0..7_u8,
        around in ("[a-z:]{0,5}", "[a-z:]{0,5}"),
        escapes in escapes(),
        (before, after) in ("[ -~]{0,8}", "[ -~]{0,8}"),
    ) {
        prop_assume!(has_telling_beginning(&token));
        let beginning = &token[..12 + cut.index(token.len() - 11)];
        let (own, whole) = spelled(beginning, encoding, (&around.0, &around.1));
        let write = |text: &str| escapes.iter().fold(text.to_owned(), |text, escape| escape.write(&text));
        let whole = write(&whole);
        let body = json!({ "errors": [{ "detail": format!("{before}{whole}{after}") }] }).to_string();
        let kept = redacted(&token, &body);
        let kept: Value = serde_json::from_str(&kept).unwrap();
        let shown = kept["errors"][0]["detail"].as_str().unwrap();
        let least = if matches!(encoding, 3 | 4) { 24 } else { 12 };
        let survives = |kept: &str| {
            own.as_bytes().windows(least).any(|part| kept.contains(&write(std::str::from_utf8(part).unwrap())))
        };
        prop_assert!(shown.contains(MARK) && !survives(shown), "{shown} has some of {own}");
        // And among words that are no JSON, which they would be by chance between two quotes.
        let words = redacted(&token, &format!("words {before}{whole}{after}"));
        prop_assert!(words.contains(MARK) && !survives(&words), "{words} has some of {own}");
    }

    /// Less than twelve letters of a token are nobody's secret.
    #[test]
    fn short_beginnings_stay(token in "[A-Za-z0-9_~+/=.-]{16,60}", length in 0..12_usize, escapes in escapes()) {
        prop_assume!(has_telling_beginning(&token));
        let text = escapes.iter().fold(token[..length].to_owned(), |text, escape| escape.write(&text));
        for text in [text, hex(&token[..length]), STANDARD.encode(&token[..length.min(8)])] {
            let text = format!("{text} | {text}");
            prop_assert_eq!(redacted(&token, &text), text);
        }
    }

    /// Any text is read, and JSON of any secret stays JSON with the same names, but for what is cut.
    #[test]
    fn json_stays_json(
        secret in "[\"\\\\%nu0-9a-d,:]{12,14}",
        texts in prop::collection::vec("[\"\\\\%nu0-9a-d,:é]{0,30}", 0..4),
        bytes in any::<Vec<u8>>(),
    ) {
        let escaped: Vec<String> = texts.iter().map(|text| json_text(text)).collect();
        let body = json!({ "a": texts, "b": escaped, "c": secret, "d": 1_234_567_890_123_u64 }).to_string();
        let mut redaction = Redaction::default();
        redaction.add(&secret);
        let kept = redaction.apply(body.as_bytes()).unwrap();
        let kept: Value = serde_json::from_slice(&kept).unwrap();
        prop_assert_eq!(kept["a"].as_array().unwrap().len(), texts.len());
        prop_assert_eq!(&kept["d"], &json!(1_234_567_890_123_u64));
        prop_assert_eq!(&kept["c"], MARK);
        redaction.apply(&bytes);
    }
}
