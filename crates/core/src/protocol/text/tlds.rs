//! The top-level domains that twitter-text knows, and finding one in a text.
//!
//! The list is frozen as published with twitter-text 3.1.0 (2021): X counts by that library, so a newer list would
//! count links that X does not. `tlds.txt` keeps its order, since of two names that fit the first one wins.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::chars::{HYPHEN, is_alphanumeric};

/// No ASCII name on the list is longer, in letters.
const MAX_ASCII: usize = 24;

struct Tlds {
    ascii: HashSet<&'static str>,
    /// Names with a letter outside ASCII, case-folded, by their first unit.
    international: HashMap<u16, Vec<Vec<u16>>>,
}

static TLDS: LazyLock<Tlds> = LazyLock::new(|| {
    let names = include_str!("tlds.txt").lines().filter(|line| !line.starts_with('#'));
    let (ascii, other): (Vec<_>, Vec<_>) = names.partition(|name| name.is_ascii());
    let mut international: HashMap<u16, Vec<Vec<u16>>> = HashMap::new();
    for name in other {
        let folded: Vec<u16> = name.encode_utf16().map(fold).collect();
        if let Some(first) = folded.first() {
            international.entry(*first).or_default().push(folded);
        }
    }
    Tlds { ascii: ascii.into_iter().collect(), international }
});

/// Where the top-level domain that starts at `start` ends, if there is one: a name on the list that is not the
/// beginning of a longer word, or any `xn--` label.
pub(super) fn tld_end(text: &[u16], start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let letters = rest.iter().take(MAX_ASCII + 1).take_while(|unit| is_letter(**unit)).count();
    let length = match rest.get(letters) {
        Some(&HYPHEN) => punycode_tld(rest),
        Some(next) if *next >= 0x80 => ascii_tld(rest, letters).or_else(|| international_tld(rest)),
        _ => ascii_tld(rest, letters),
    }?;
    Some(start + length)
}

fn ascii_tld(rest: &[u16], letters: usize) -> Option<usize> {
    if letters == 0 || !ends_word(rest, letters) {
        return None;
    }
    let mut buffer = [0_u8; MAX_ASCII];
    let name = buffer.get_mut(..letters)?;
    for (slot, unit) in name.iter_mut().zip(rest) {
        *slot = u8::try_from(*unit).ok()?.to_ascii_lowercase();
    }
    TLDS.ascii.contains(std::str::from_utf8(name).ok()?).then_some(letters)
}

fn international_tld(rest: &[u16]) -> Option<usize> {
    let candidates = TLDS.international.get(&fold(*rest.first()?))?;
    let fits = |name: &&Vec<u16>| {
        rest.get(..name.len())
            .is_some_and(|word| word.iter().map(|unit| fold(*unit)).eq(name.iter().copied()))
            && ends_word(rest, name.len())
    };
    candidates.iter().find(fits).map(Vec::len)
}

fn punycode_tld(rest: &[u16]) -> Option<usize> {
    const PREFIX: [u16; 4] = [0x78, 0x6E, HYPHEN, HYPHEN];
    let prefix = rest.get(..PREFIX.len())?;
    if !prefix.iter().map(|unit| ascii_lowercase(*unit)).eq(PREFIX) {
        return None;
    }
    let encoded =
        rest.iter().skip(PREFIX.len()).take_while(|unit| is_alphanumeric(**unit) || **unit == HYPHEN);
    match encoded.count() {
        0 => None,
        length => Some(PREFIX.len() + length),
    }
}

fn ends_word(rest: &[u16], length: usize) -> bool {
    rest.get(length).is_none_or(|unit| !is_alphanumeric(*unit) && !matches!(unit, 0x2B | 0x2D | 0x40))
}

fn is_letter(unit: u16) -> bool {
    matches!(unit, 0x41..=0x5A | 0x61..=0x7A)
}

fn ascii_lowercase(unit: u16) -> u16 {
    if is_letter(unit) { unit | 0x20 } else { unit }
}

/// Folds case as a case-insensitive ECMAScript regular expression without the `u` flag does (ECMA-262, Canonicalize):
/// one unit to one unit, and never from outside ASCII into it.
fn fold(unit: u16) -> u16 {
    let Some(letter) = char::from_u32(u32::from(unit)) else { return unit };
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) if letter.is_ascii() || !upper.is_ascii() => {
            u16::try_from(u32::from(upper)).unwrap_or(unit)
        }
        _ => unit,
    }
}
