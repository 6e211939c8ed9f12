//! Reads a text through its escapes: JSON's, and percent-encoding, one inside the other.

use super::spelling::{Spelled, fold};

/// Layers of escapes that are undone: JSON's, and percent-encoding twice of what a signed header has encoded already.
const LAYERS: usize = 4;
/// How many ways there are to read what is at a place.
pub(super) const READINGS: usize = LAYERS + 1;
/// How often a secret with `%` or `\` in it is read in more than one way.
const MAX_FORKS: u32 = 16;

/// A text that may be escaped.
pub(super) struct Escaped<'t> {
    text: &'t [u8],
    /// It is JSON: quotes bound its texts, and a backslash is always an escape.
    json: bool,
}

/// What one letter or one escape means: a letter's UTF-8, or one byte.
#[derive(Clone, Copy)]
struct Unit {
    bytes: [u8; 4],
    length: usize,
    end: usize,
}

impl<'t> Escaped<'t> {
    /// Any text: what looks like an escape may be one.
    pub(super) fn text(text: &'t [u8]) -> Self {
        Self { text, json: false }
    }

    /// What is known to be JSON.
    pub(super) fn json(text: &'t [u8]) -> Self {
        Self { text, json: true }
    }

    pub(super) fn bytes(&self) -> &'t [u8] {
        self.text
    }

    pub(super) fn letters(&self) -> Letters<'t> {
        Letters { text: self.text, json: self.json, at: 0, inside: false }
    }

    /// What may be the first letter at a place, folded.
    pub(super) fn firsts(&self, at: usize) -> [Option<u8>; READINGS] {
        let mut firsts = [None; READINGS];
        for (first, unit) in firsts.iter_mut().zip(self.readings(at)) {
            *first = unit.bytes().first().copied().map(fold);
        }
        firsts
    }

    /// How many letters of a spelling there are from here on, and where they end.
    pub(super) fn follow(&self, spelled: Spelled<'_>, start: usize) -> (usize, usize) {
        let (letters, mut end) = self.follow_from(spelled, (0, start), &mut { MAX_FORKS });
        // The first bytes of a character may be those of another one.
        while end > start && self.text.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
            end -= 1;
        }
        (letters, end)
    }

    fn follow_from(
        &self,
        spelled: Spelled<'_>,
        (mut index, mut at): (usize, usize),
        forks: &mut u32,
    ) -> (usize, usize) {
        let mut best = (0, at);
        loop {
            let mut next: Option<Unit> = None;
            for unit in self.readings(at) {
                if !spelled.fits(index, unit.bytes()) || next.is_some_and(|next| next.end == unit.end) {
                    continue;
                }
                if next.is_none() {
                    next = Some(unit);
                } else if *forks > 0 {
                    *forks -= 1;
                    best = best.max(self.follow_from(spelled, (index + unit.length, unit.end), forks));
                }
            }
            let Some(unit) = next else { return best.max((index, at)) };
            (index, at) = (index + unit.length, unit.end);
        }
    }

    /// What is at a place, with fewer and with more layers of escapes undone.
    fn readings(&self, at: usize) -> impl Iterator<Item = Unit> {
        let lowest = usize::from(self.json);
        let mut next = Some(lowest);
        std::iter::from_fn(move || {
            let layers = next?;
            let unit = self.undo(at, layers)?;
            let may_be_escape = matches!(unit.byte(), Some(b'%' | b'\\'));
            next = (may_be_escape && layers < LAYERS).then_some(layers + 1);
            Some(unit)
        })
    }

    /// What is at a place when so many layers are undone.
    fn undo(&self, at: usize, layers: usize) -> Option<Unit> {
        let Some(below) = layers.checked_sub(1) else {
            return self.text.get(at).map(|byte| Unit::of_byte(*byte, at + 1));
        };
        let is_json = self.json && layers == 1;
        let first = self.undo(at, below)?;
        match first.byte() {
            Some(b'\\') if is_json => self.backslash(first.end, below),
            Some(b'\\') => self.backslash(first.end, below).or(Some(first)),
            Some(b'"') if is_json => None,
            Some(b'%') if !is_json => self.hex_byte(first.end, below).or(Some(first)),
            _ => Some(first),
        }
    }

    /// What comes after a backslash: in JSON, or as Rust prints bytes.
    fn backslash(&self, at: usize, layers: usize) -> Option<Unit> {
        let letter = self.undo(at, layers)?;
        let byte = match letter.byte()? {
            byte @ (b'"' | b'\\' | b'/') => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => return self.utf16(letter.end, layers),
            b'x' if !(self.json && layers == 0) => return self.hex_byte(letter.end, layers),
            _ => return None,
        };
        Some(Unit::of_byte(byte, letter.end))
    }

    /// Four digits of a character, or of the first half of one that is followed by its second.
    fn utf16(&self, at: usize, layers: usize) -> Option<Unit> {
        let (first, end) = self.hex(at, 4, layers)?;
        if let Some(letter) = char::from_u32(first) {
            return Some(Unit::of_char(letter, end));
        }
        let backslash = self.undo(end, layers).filter(|unit| unit.byte() == Some(b'\\'))?;
        let letter = self.undo(backslash.end, layers).filter(|unit| unit.byte() == Some(b'u'))?;
        let (second, end) = self.hex(letter.end, 4, layers)?;
        let halves = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
        let letter = char::decode_utf16(halves).next()?.ok()?;
        Some(Unit::of_char(letter, end))
    }

    fn hex_byte(&self, at: usize, layers: usize) -> Option<Unit> {
        let (byte, end) = self.hex(at, 2, layers)?;
        Some(Unit::of_byte(u8::try_from(byte).ok()?, end))
    }

    fn hex(&self, mut at: usize, digits: u32, layers: usize) -> Option<(u32, usize)> {
        let mut number = 0;
        for _ in 0..digits {
            let digit = self.undo(at, layers)?;
            number = 16 * number + char::from(digit.byte()?).to_digit(16)?;
            at = digit.end;
        }
        Some((number, at))
    }
}

impl Unit {
    fn of_byte(byte: u8, end: usize) -> Self {
        Self { bytes: [byte, 0, 0, 0], length: 1, end }
    }

    fn of_char(letter: char, end: usize) -> Self {
        let mut bytes = [0; 4];
        let length = letter.encode_utf8(&mut bytes).len();
        Self { bytes, length, end }
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        let [byte, ..] = self.bytes;
        (self.length == 1).then_some(byte)
    }
}

/// Finds where letters of a JSON text's strings begin: a secret that is cut out elsewhere would leave no JSON. In
/// other texts they begin everywhere.
pub(super) struct Letters<'t> {
    text: &'t [u8],
    json: bool,
    at: usize,
    inside: bool,
}

impl Letters<'_> {
    /// Is asked of places in their order.
    pub(super) fn begin_at(&mut self, place: usize) -> bool {
        if !self.json {
            return true;
        }
        while self.at < place {
            self.at += match self.text.get(self.at) {
                Some(b'"') => {
                    self.inside = !self.inside;
                    1
                }
                Some(b'\\') if self.text.get(self.at + 1) == Some(&b'u') => 6,
                Some(b'\\') => 2,
                _ => 1,
            };
        }
        self.at == place && self.inside
    }
}
