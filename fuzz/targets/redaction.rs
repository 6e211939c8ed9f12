//! Secrets in what comes back: nothing of twelve letters of a token's beginning survives, in whichever encoding and
//! after whichever escapes; JSON stays JSON of the same shape; and what holds no secret stays as it is. Lines: token,
//! then numbers that say how it is repeated, then any text.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use support::disguise::{Encoding, Escape};
use support::input::{Reader, first_line};
use twitter_native_core::protocol::redaction::{MARK, MIN_BEGINNING, Redaction, SHORTEST};

/// What may stand around a token: too short to hold a beginning of it.
const AROUND: u64 = 8;
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz :";

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    let (token, rest) = first_line(text);
    let (repeated, text) = first_line(rest);
    let mut redaction = Redaction::default();
    redaction.add(token);
    any(&redaction, token, text);
    // Names and texts that hold it, and a number that looks like it.
    any(
        &redaction,
        token,
        &json!({ token: [token, text], "a": 1_234_567_890_123_456_u64, "b": text }).to_string(),
    );
    if is_token(token) {
        repeated_as_told(&redaction, token, &mut Reader(repeated.as_bytes()));
    }
    Corpus::Keep
});

/// RFC 6750 §2.1, and a few escapes, since X gives apps' tokens percent-encoded. An id or one letter again and again, as a
/// beginning, is nobody's secret.
fn is_token(token: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=%".contains(&byte);
    let id = token.bytes().take_while(u8::is_ascii_digit).count();
    let run = token.bytes().take_while(|byte| token.bytes().next() == Some(*byte)).count();
    let is_encoded_once = token.matches('%').count() < 4 && !token.contains("%25");
    is_encoded_once && (16..=200).contains(&token.len()) && token.bytes().all(is_letter) && id < 5 && run < 5
}

/// Whatever numbers it has: serde_json can't hold those of a large exponent.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// What can be said of any text.
fn any(redaction: &Redaction<'_>, token: &str, text: &str) {
    let Some(kept) = redaction.apply(text.as_bytes()) else {
        let holds_it = token.len() >= SHORTEST && text.contains(token);
        assert!(!holds_it || is_json(text), "{token:?} stays in {text:?}");
        return;
    };
    let kept = String::from_utf8(kept).expect("a text stays one");
    assert!(kept.contains(MARK) && token.len() >= SHORTEST);
    match serde_json::from_str::<Value>(text) {
        Ok(before) => {
            let after: Value = serde_json::from_str(&kept).expect("JSON stays JSON");
            assert!(is_alike(&before, &after), "{text} became {kept}");
        }
        Err(_) if is_json(text) => assert!(is_json(&kept), "{text} became {kept}"),
        // The mark's brackets may make one again.
        Err(_) => {
            assert!(!kept.contains(token) || token.contains(['[', ']']), "{token:?} stays in {kept:?}");
        }
    }
}

/// The same but for letters of texts and names.
fn is_alike(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::String(before), Value::String(after)) => before == after || after.contains(MARK),
        (Value::Array(before), Value::Array(after)) => {
            before.len() == after.len()
                && before.iter().zip(after).all(|(before, after)| is_alike(before, after))
        }
        (Value::Object(before), Value::Object(after)) => {
            // Two names may have become one.
            let is_same =
                |(name, value): (&String, &Value)| before.get(name).is_some_and(|old| is_alike(old, value));
            after.len() <= before.len()
                && after.iter().all(|(name, value)| name.contains(MARK) || is_same((name, value)))
        }
        (before, after) => before == after,
    }
}

/// A beginning of a token in one encoding, after up to three escapes, among other letters.
fn repeated_as_told(redaction: &Redaction<'_>, token: &str, how: &mut Reader<'_>) {
    let encoding = Encoding::of(how.below(256));
    let escapes: Vec<Escape> = (0..how.below(4)).map(|_| Escape::of(how.below(256))).collect();
    let write = |text: &str| escapes.iter().fold(text.to_owned(), |text, escape| escape.write(&text));
    let least = MIN_BEGINNING;
    let length = token.len() - how.below((token.len() - least + 1) as u64) as usize;
    let [before, after, first, last] = std::array::from_fn(|_| how.word(AROUND, LETTERS));
    let (whole, own) = encoding.write((&before, &token[..length], &after));
    let whole = write(&whole);
    let parts = own.as_bytes().windows(encoding.letters_of_twelve());
    let parts: Vec<String> =
        parts.map(|part| write(std::str::from_utf8(part).expect("tokens are ASCII"))).collect();
    let survives = |shown: &str| parts.iter().any(|part| shown.contains(part));

    // A number, as which digits may be read, stays one.
    let mut words = format!("{first}{whole}{last}");
    if is_json(&words) {
        words.push('.');
    }
    let kept = redaction.apply(words.as_bytes()).expect("it is found");
    let kept = String::from_utf8(kept).expect("a text stays one");
    assert!(!survives(&kept), "{encoding:?} {escapes:?} {words}: {kept}");

    let body = json!({ "errors": [{ "detail": words }] }).to_string();
    let kept = redaction.apply(body.as_bytes()).expect("it is found");
    let kept: Value = serde_json::from_slice(&kept).expect("JSON stays JSON");
    let shown = kept["errors"][0]["detail"].as_str().expect("only letters go");
    assert!(!survives(shown), "{encoding:?} {escapes:?} {body}: {shown}");
}
