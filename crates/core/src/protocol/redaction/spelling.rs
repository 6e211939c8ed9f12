//! The ways in which a secret may be spelled, letter by letter, without writing them down.

/// Fewer letters may be there by chance.
pub const MIN_BEGINNING: usize = 12;

/// How a secret is spelled.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spelling {
    /// As it is, in these very letters.
    Exact,
    /// As it is, in letters of either case.
    Plain,
    /// In base64 with this many other bytes before it, modulo 3.
    Base64(usize),
    /// In hexadecimal digits.
    Hex,
}

pub(super) const ALL: [Spelling; 5] =
    [Spelling::Plain, Spelling::Base64(0), Spelling::Base64(1), Spelling::Base64(2), Spelling::Hex];
pub(super) const ENCODINGS: [Spelling; 4] =
    [Spelling::Base64(0), Spelling::Base64(1), Spelling::Base64(2), Spelling::Hex];

impl Spelling {
    /// The fewest letters that are taken for a secret's beginning.
    pub(super) fn shortest_beginning(self) -> usize {
        if matches!(self, Self::Hex) { 2 * MIN_BEGINNING } else { MIN_BEGINNING }
    }
}

/// A secret in one spelling.
#[derive(Clone, Copy)]
pub(super) struct Spelled<'a> {
    secret: &'a [u8],
    spelling: Spelling,
}

impl<'a> Spelled<'a> {
    pub(super) fn new(secret: &'a [u8], spelling: Spelling) -> Self {
        Self { secret, spelling }
    }

    /// Letters that it has, without those that it shares with its neighbours.
    pub(super) fn len(self) -> usize {
        match self.spelling {
            Spelling::Exact | Spelling::Plain => self.secret.len(),
            Spelling::Base64(before) => (8 * self.secret.len()).saturating_sub(skipped_bits(before)) / 6,
            Spelling::Hex => 2 * self.secret.len(),
        }
    }

    /// Its letter at a place.
    pub(super) fn letter(self, index: usize) -> Option<u8> {
        match self.spelling {
            Spelling::Exact | Spelling::Plain => self.secret.get(index).copied(),
            Spelling::Base64(before) => self.base64_letter(skipped_bits(before) + 6 * index),
            Spelling::Hex => {
                let byte = self.secret.get(index / 2)?;
                let digit = if index.is_multiple_of(2) { byte >> 4 } else { byte & 15 };
                b"0123456789abcdef".get(usize::from(digit)).copied()
            }
        }
    }

    fn base64_letter(self, bit: usize) -> Option<u8> {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let (byte, bit) = (bit / 8, bit % 8);
        let high = self.secret.get(byte)?;
        let low = if bit > 2 { self.secret.get(byte + 1)? } else { &0 };
        let pair = u16::from_be_bytes([*high, *low]);
        ALPHABET.get(usize::from(pair >> (10 - bit) & 63)).copied()
    }

    /// Whether these bytes may stand for its letters from a place on.
    pub(super) fn fits(self, index: usize, bytes: &[u8]) -> bool {
        bytes.iter().zip(index..).all(|(byte, index)| match self.letter(index) {
            Some(letter) if matches!(self.spelling, Spelling::Exact) => letter == *byte,
            Some(letter) => fold(letter) == fold(*byte),
            None => false,
        })
    }
}

/// Its first letter in base64 is shared with the bytes before it; so many bits of the secret are in that.
fn skipped_bits(before: usize) -> usize {
    match before {
        0 => 0,
        1 => 4,
        _ => 2,
    }
}

/// One letter for those that are taken for the same: either case, and base64's two alphabets.
pub(super) fn fold(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        _ => byte.to_ascii_lowercase(),
    }
}
