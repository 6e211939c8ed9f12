//! Top-level domains, and labels.

use std::collections::HashMap;
use std::sync::LazyLock;

const GENERIC: &str = include_str!("data/generic_tlds.txt");
const COUNTRY: &str = include_str!("data/country_tlds.txt");

struct TopLevelDomains {
    /// By their first letter, the longest first.
    generic: HashMap<char, Vec<Vec<char>>>,
    country: HashMap<char, Vec<Vec<char>>>,
}

static KNOWN: LazyLock<TopLevelDomains> = LazyLock::new(|| TopLevelDomains {
    generic: by_first_letter(GENERIC),
    country: by_first_letter(COUNTRY),
});

fn by_first_letter(list: &str) -> HashMap<char, Vec<Vec<char>>> {
    let mut map: HashMap<char, Vec<Vec<char>>> = HashMap::new();
    for name in list.lines() {
        if let Some(first) = name.chars().next() {
            map.entry(first).or_default().push(name.chars().collect());
        }
    }
    for names in map.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    }
    map
}

/// Where the top-level domain that begins at `start` ends: a generic one, else a country's, else any punycode.
pub(super) fn top_level_end(text: &[char], start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let first = lower(*rest.first()?);
    let known = |names: &HashMap<char, Vec<Vec<char>>>| {
        names
            .get(&first)?
            .iter()
            .find(|name| starts_with(rest, name) && ends_there(rest.get(name.len())))
            .map(Vec::len)
    };
    known(&KNOWN.generic)
        .or_else(|| known(&KNOWN.country))
        .or_else(|| punycode(rest))
        .map(|length| start + length)
}

/// A known name ends where no ASCII letter, digit, `@`, `+` or `-` goes on.
fn ends_there(next: Option<&char>) -> bool {
    next.is_none_or(|next| !next.is_ascii_alphanumeric() && !matches!(next, '@' | '+' | '-'))
}

fn punycode(rest: &[char]) -> Option<usize> {
    const PREFIX: [char; 4] = ['x', 'n', '-', '-'];
    if !starts_with(rest, &PREFIX) {
        return None;
    }
    let behind = rest.iter().skip(PREFIX.len());
    let more = behind.take_while(|letter| letter.is_ascii_alphanumeric() || **letter == '-').count();
    (more > 0).then_some(PREFIX.len() + more)
}

fn starts_with(text: &[char], name: &[char]) -> bool {
    text.len() >= name.len() && text.iter().zip(name).all(|(letter, expected)| lower(*letter) == *expected)
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// The host can be looked up: each label has 1 to 63 characters in ASCII form. Returns the length of that form.
pub(super) fn ascii_length(domain: &[char]) -> Option<usize> {
    let mut length = 0;
    for label in domain.split(|letter| *letter == '.') {
        let ascii = ascii_label_length(label)?;
        if !(1..=63).contains(&ascii) {
            return None;
        }
        length += ascii;
    }
    Some(length)
}

fn ascii_label_length(label: &[char]) -> Option<usize> {
    if label.iter().all(char::is_ascii) {
        return Some(label.len());
    }
    // A label of more than 63 characters is longer still in ASCII form; Punycode is quadratic in its length.
    if label.len() > 63 {
        return None;
    }
    let text: String = label.iter().collect();
    idna::punycode::encode_str(&text).map(|encoded| "xn--".len() + encoded.len())
}
