//! How X's words are shown: on one line, of bounded length, without what was sent.

/// X's longest details are under 300 characters; several reasons may come together.
const MAX_CHARACTERS: usize = 500;
/// Shorter values are found in any text by chance.
const MIN_ECHOED: usize = 3;
const MIN_SENT: usize = 8;
/// A text of the request that has nothing but such letters is a word of X's own, unless it is this long.
const MAX_WORD: usize = 40;
/// X's ids have 15 digits at least.
const DIGITS_OF_ID: usize = 15;
/// Replaces what was taken out.
const MARK: char = '…';

/// What X writes in brackets after these is its own vocabulary; anything else in brackets is what it was sent.
const OWN_WORDS: [&str; 5] = ["one of", "types are", "parameter", "parameters", "enumeration"];

/// Makes texts fit to be shown.
pub(super) struct Shown<'a> {
    /// What the request held.
    pub(super) sent: &'a [String],
}

impl Shown<'_> {
    /// A text without the values that X repeats in it.
    pub(super) fn of(&self, text: &str, echoed: &[String]) -> String {
        let mut text: String = text.chars().take(4 * MAX_CHARACTERS).collect();
        for value in self.sent.iter().filter(|value| is_own(value)) {
            text = text.replace(value.as_str(), &MARK.to_string());
        }
        let mut echoed: Vec<&str> =
            echoed.iter().map(String::as_str).filter(|value| is_long(value)).collect();
        // The longest first: others may be parts of it.
        echoed.sort_unstable_by_key(|value| std::cmp::Reverse(value.len()));
        for value in echoed {
            text = without_word(&text, value);
        }
        let text = without_ids(&without_bracketed(&text));
        text.chars().take(MAX_CHARACTERS).collect()
    }
}

/// What a person wrote, or an id: not one of the words that requests are made of, such as `tweet_image`.
fn is_own(value: &str) -> bool {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || "_-./,".contains(letter);
    value.len() >= MIN_SENT
        && (value.len() >= MAX_WORD
            || !value.chars().all(is_word)
            || value.chars().all(|letter| letter.is_ascii_digit()))
}

fn is_long(value: &str) -> bool {
    value.chars().count() >= MIN_ECHOED
}

/// The text without a value, where that is a word by itself.
fn without_word(text: &str, value: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(value) {
        let joins = |outer: Option<char>, inner: Option<char>| {
            outer.is_some_and(char::is_alphanumeric) && inner.is_some_and(char::is_alphanumeric)
        };
        let last = before.chars().next_back().or_else(|| shown.chars().next_back());
        let is_part =
            joins(last, value.chars().next()) || joins(after.chars().next(), value.chars().next_back());
        shown.push_str(before);
        if is_part {
            shown.push_str(value);
        } else {
            shown.push(MARK);
        }
        rest = after;
    }
    shown + rest
}

/// One line. `[value]` goes, `[]` of a path into JSON and X's lists of what it takes stay.
fn without_bracketed(text: &str) -> String {
    let mut line = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        push_line(&mut line, before);
        let (inner, after) = bracketed(after);
        if is_own_word(&line, inner) {
            line.push('[');
            push_line(&mut line, inner);
            line.push(']');
        } else {
            line.extend(['[', MARK, ']']);
        }
        rest = after;
    }
    push_line(&mut line, rest);
    line
}

/// What is between a bracket and its end, and what is after that.
fn bracketed(text: &str) -> (&str, &str) {
    let mut depth = 1_u32;
    for (index, letter) in text.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (text.get(..index).unwrap_or_default(), text.get(index + 1..).unwrap_or_default());
        }
    }
    (text, "")
}

fn is_own_word(before: &str, inner: &str) -> bool {
    let is_index = before.ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_')
        && (1..=3).contains(&inner.len())
        && inner.bytes().all(|byte| byte.is_ascii_digit());
    is_index || OWN_WORDS.iter().any(|words| before.trim_end().ends_with(words))
}

fn push_line(line: &mut String, text: &str) {
    line.extend(text.chars().map(|letter| match letter {
        letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => ' ',
        letter => letter,
    }));
}

/// An id is what was sent, wherever it is.
fn without_ids(text: &str) -> String {
    let mut shown = String::new();
    let mut digits = String::new();
    for letter in text.chars().map(Some).chain([None]) {
        match letter {
            Some(letter) if letter.is_ascii_digit() => digits.push(letter),
            _ => {
                if digits.len() >= DIGITS_OF_ID {
                    shown.push(MARK);
                } else {
                    shown.push_str(&digits);
                }
                digits.clear();
                shown.extend(letter);
            }
        }
    }
    shown
}
