//! Takes secrets out of a text that may repeat them, in whatever spelling it does.
//!
//! A server or a gateway may echo what it was sent: whole or cut off, in other letters, in base64 or hexadecimal
//! digits, and each of these after the escapes of JSON and URLs. The search reads the text through its escapes, so it
//! finds what a reader would see, and cuts whole escapes, so JSON stays JSON. One pass looks for the first letters of
//! all spellings at once; nothing is copied unless something is found.

mod escapes;
mod spelling;

use serde::de::IgnoredAny;
use zeroize::Zeroizing;

use self::escapes::Escaped;
pub use self::spelling::MIN_BEGINNING;
use self::spelling::{Spelled, Spelling, fold};
use super::percent;

/// What is shown in a secret's place.
pub const MARK: &str = "[secret]";
/// Shorter secrets are words that may be there by chance; these are found whole only.
pub const SHORTEST: usize = 8;
/// A beginning that says less than the letters after it: an account's id, or one letter again and again.
const MAX_DULL_BEGINNING: usize = 5;

/// The secrets to take out, in all their spellings.
#[derive(Default)]
pub struct Redaction<'a> {
    secrets: Vec<Text<'a>>,
    needles: Vec<Needle>,
    /// Of these needles and of those that were prepared.
    filter: Filter,
    firsts: Firsts,
    prepared: Option<&'a Redaction<'static>>,
}

enum Text<'a> {
    Borrowed(&'a [u8]),
    Owned(Zeroizing<Vec<u8>>),
}

/// One spelling of one secret, known by its first letters.
struct Needle {
    key: u32,
    secret: usize,
    spelling: Spelling,
    /// The fewest letters that are taken for it.
    least: usize,
}

/// Which keys there may be: a set of their hashes.
#[derive(Clone, Default)]
struct Filter([u64; 32]);

/// Which first letters there are, folded.
#[derive(Clone, Default)]
struct Firsts([u64; 4]);

impl std::fmt::Debug for Redaction<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let prepared = self.prepared.map_or(0, |prepared| prepared.secrets.len());
        write!(formatter, "Redaction({} secrets)", prepared + self.secrets.len())
    }
}

impl<'a> Redaction<'a> {
    /// Begins with secrets whose spellings were prepared before. What is added later is looked for as well.
    pub fn with(prepared: &'a Redaction<'static>) -> Self {
        let (filter, firsts) = (prepared.filter.clone(), prepared.firsts.clone());
        Self { filter, firsts, prepared: Some(prepared), ..Self::default() }
    }

    /// Adds a secret, to be found by its beginning too.
    pub fn add(&mut self, secret: &'a str) {
        self.add_text(secret.as_bytes(), Text::Borrowed);
    }

    /// Adds a secret that was put together for this.
    pub fn add_owned(&mut self, secret: &str) {
        self.add_text(secret.as_bytes(), owned);
    }

    /// Adds what may begin like any other text, such as a URL: it is found whole only.
    pub fn add_whole(&mut self, secret: &'a str) {
        if secret.len() >= SHORTEST {
            self.spell(Text::Borrowed(secret.as_bytes()), &spelling::ALL, true);
        }
    }

    fn add_text<'t>(&mut self, secret: &'t [u8], hold: fn(&'t [u8]) -> Text<'a>) {
        if secret.len() < MIN_BEGINNING {
            if secret.len() >= SHORTEST {
                self.spell(hold(secret), &[Spelling::Exact], true);
            }
            return;
        }
        let telling = secret.get(dull_beginning(secret)..).unwrap_or_default();
        let whole = telling.len() < MIN_BEGINNING;
        let text = if whole { secret } else { telling };
        self.spell(hold(text), &spelling::ALL, whole);
        if !text.iter().all(|byte| percent::is_unreserved(*byte)) {
            // What is encoded as a whole may have been percent-encoded first, as HTTP Basic's parts are.
            let mut encoded = String::new();
            percent::encode_bytes_into(&mut encoded, text);
            self.spell(owned(encoded.as_bytes()), &spelling::ENCODINGS, whole);
        }
        if text.contains(&b'%') {
            // X gives apps' bearer tokens percent-encoded.
            let decoded = percent::decode(text);
            if decoded.len() < text.len() && decoded.len() >= MIN_BEGINNING {
                self.spell(Text::Owned(Zeroizing::new(decoded)), &spelling::ALL, whole);
            }
        }
    }

    fn spell(&mut self, text: Text<'a>, spellings: &[Spelling], whole: bool) {
        self.needles.reserve(spellings.len());
        for spelling in spellings.iter().copied() {
            let spelled = Spelled::new(text.bytes(), spelling);
            let least = if whole { spelled.len() } else { spelling.shortest_beginning() };
            let key = (0..4).fold(0, |key, n| key << 8 | u32::from(spelled.letter(n).map_or(0, fold)));
            self.filter.insert(key);
            self.firsts.insert(first_of(key));
            self.needles.push(Needle { key, secret: self.secrets.len(), spelling, least });
        }
        self.secrets.push(text);
    }

    /// The text without the secrets; `None` if it holds none. JSON stays JSON of the same shape: only letters of its
    /// texts and names go.
    pub fn apply(&self, text: &[u8]) -> Option<Vec<u8>> {
        let mut places = self.places(&Escaped::text(text));
        if !places.is_empty() && serde_json::from_slice::<IgnoredAny>(text).is_ok() {
            places = self.places(&Escaped::json(text));
        }
        if places.is_empty() {
            return None;
        }
        let mut kept = Vec::with_capacity(text.len());
        let mut at = 0;
        for (start, end) in places {
            kept.extend_from_slice(text.get(at..start).unwrap_or_default());
            kept.extend_from_slice(MARK.as_bytes());
            at = end;
        }
        kept.extend_from_slice(text.get(at..).unwrap_or_default());
        Some(kept)
    }

    /// Where the secrets are, in order and apart from one another.
    fn places(&self, escaped: &Escaped<'_>) -> Vec<(usize, usize)> {
        let mut letters = escaped.letters();
        let mut places: Vec<(usize, usize)> = Vec::new();
        let mut key = 0;
        // Of windows that hold an escape the key says nothing.
        let mut unknown_before = 0;
        for (last, byte) in escaped.bytes().iter().copied().enumerate() {
            key = key << 8 | u32::from(fold(byte));
            if matches!(byte, b'\\' | b'%') {
                unknown_before = last + 4;
            }
            let unknown = last < unknown_before;
            if !unknown && !self.filter.may_hold(key) {
                continue;
            }
            let Some(start) = last.checked_sub(3) else { continue };
            let Some(end) = self.end_of(escaped, start, (!unknown).then_some(key)) else { continue };
            if !letters.begin_at(start) {
                continue;
            }
            match places.last_mut() {
                Some((_, before)) if start < *before => *before = end.max(*before),
                _ => places.push((start, end)),
            }
        }
        places
    }

    /// The end of the longest spelling that begins here.
    fn end_of(&self, escaped: &Escaped<'_>, start: usize, key: Option<u32>) -> Option<usize> {
        let ours = self.end_of_own(escaped, start, key);
        ours.max(self.prepared.and_then(|prepared| prepared.end_of_own(escaped, start, key)))
    }

    /// The same without those that were prepared.
    fn end_of_own(&self, escaped: &Escaped<'_>, start: usize, key: Option<u32>) -> Option<usize> {
        let found = |needle: &Needle| self.end_of_one(needle, escaped, start);
        if let Some(key) = key {
            return self.needles.iter().filter(|needle| needle.key == key).filter_map(found).max();
        }
        let firsts = escaped.firsts(start);
        if !firsts.iter().flatten().any(|first| self.firsts.hold(*first)) {
            return None;
        }
        let may_begin = |needle: &&Needle| firsts.contains(&Some(first_of(needle.key)));
        self.needles.iter().filter(may_begin).filter_map(found).max()
    }

    fn end_of_one(&self, needle: &Needle, escaped: &Escaped<'_>, start: usize) -> Option<usize> {
        let text = self.secrets.get(needle.secret)?.bytes();
        let (letters, end) = escaped.follow(Spelled::new(text, needle.spelling), start);
        (letters >= needle.least).then_some(end)
    }
}

fn owned(bytes: &[u8]) -> Text<'static> {
    Text::Owned(Zeroizing::new(bytes.to_vec()))
}

impl Text<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

impl Filter {
    fn insert(&mut self, key: u32) {
        let (word, bit) = Self::place(key);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    fn may_hold(&self, key: u32) -> bool {
        let (word, bit) = Self::place(key);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    fn place(key: u32) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b1) >> 21;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}

impl Firsts {
    fn insert(&mut self, letter: u8) {
        if let Some(word) = self.0.get_mut(usize::from(letter >> 6)) {
            *word |= 1 << (letter & 63);
        }
    }

    fn hold(&self, letter: u8) -> bool {
        self.0.get(usize::from(letter >> 6)).is_some_and(|word| word & 1 << (letter & 63) != 0)
    }
}

fn first_of(key: u32) -> u8 {
    let [first, ..] = key.to_be_bytes();
    first
}

/// How many letters at the beginning are no secret. An OAuth 1.0a token begins with its account's id and a hyphen,
/// which anyone may see; bearer tokens of all apps begin with twenty times the same letter, as posts may do.
fn dull_beginning(secret: &[u8]) -> usize {
    let digits = secret.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let id = if secret.get(digits) == Some(&b'-') { digits + 1 } else { 0 };
    let run = secret.iter().take_while(|byte| secret.first() == Some(*byte)).count();
    [id, run].into_iter().filter(|length| *length > MAX_DULL_BEGINNING).max().unwrap_or(0)
}

#[cfg(test)]
mod tests;
