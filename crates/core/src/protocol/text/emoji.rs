//! Which sequences X counts as one emoji: the ones that its own parser knows.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One sequence a line.
const SEQUENCES: &str = include_str!("data/emoji.txt");

/// What may follow a first character, the longest first.
static BY_FIRST: LazyLock<HashMap<char, Vec<Vec<char>>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<Vec<char>>> = HashMap::new();
    for sequence in SEQUENCES.split('\n').filter(|sequence| !sequence.is_empty()) {
        let mut letters = sequence.chars();
        if let Some(first) = letters.next() {
            by_first.entry(first).or_default().push(letters.collect());
        }
    }
    for rests in by_first.values_mut() {
        rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
    }
    by_first
});

/// How many characters the emoji at `index` has, if there is one.
pub(super) fn length_at(text: &[char], index: usize) -> Option<usize> {
    let first = text.get(index)?;
    // Most letters are below all emoji but the digits and signs of keycaps, ©, and ®.
    if *first < '\u{203c}' && !matches!(first, '#' | '*' | '0'..='9' | '©' | '®') {
        return None;
    }
    let behind = text.get(index + 1..)?;
    let rest = BY_FIRST.get(first)?.iter().find(|rest| behind.starts_with(rest))?;
    Some(1 + rest.len())
}
