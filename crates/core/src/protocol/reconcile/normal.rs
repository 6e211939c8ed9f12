//! The normal form of a text: what X is known, or likely, to change about a text is the same in it before and after.
//!
//! A post that exists must not be taken for another one because X shows it otherwise, so the form forgets rather too
//! much than too little: invisible characters, the kind and number of spaces, how a link is spelt.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::link::Link;
use crate::protocol::text::{TextPart, split_links};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    Link(Link),
}

impl Piece {
    pub(super) fn is_link(&self) -> bool {
        matches!(self, Self::Link(_))
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Words(words) if words.chars().all(|letter| is_space(letter) || is_invisible(letter)))
    }
}

/// A text in its normal form, apart from a quote's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Normal {
    pub(super) body: String,
    /// The post that it quotes. X turns a closing link to a post into a quote, so that it counts as one either way.
    pub(super) quotes: Option<String>,
}

impl Normal {
    /// Of a text as its author wrote it.
    pub(super) fn sent(text: &str, quotes: Option<&str>) -> Self {
        Self::of_pieces(pieces(text), quotes)
    }

    /// The same of a text that was taken apart.
    pub(super) fn of_pieces(mut pieces: Vec<Piece>, quotes: Option<&str>) -> Self {
        let closing = closing_link(&pieces).and_then(|link| link.post.clone());
        if closing.is_some() && (quotes.is_none() || quotes == closing.as_deref()) {
            drop_closing_link(&mut pieces);
        }
        Self { body: flat(&pieces), quotes: quotes.map(str::to_owned).or(closing) }
    }
}

/// 16 bytes of a digest in base64url, plus two bits: enough to tell texts apart that nobody chooses against each other.
pub(super) fn digest(body: &str) -> String {
    let hash: [u8; 32] = Sha256::digest(body).into();
    let mut text = URL_SAFE_NO_PAD.encode(hash);
    text.truncate(22);
    text
}

/// A text taken apart at its links.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    // As X does before it looks for links.
    for part in split_links(&text.nfc().collect::<String>()) {
        match part {
            TextPart::Words(words) => push_words(&words, &mut found),
            TextPart::Link(link) => found.push(Piece::Link(Link::read(&link))),
        }
    }
    found
}

/// Whether a text has a link, or what X may take for one.
pub fn has_link(text: &str) -> bool {
    // Taking a text apart is a sixth of the work of a post.
    SCHEMES.iter().any(|scheme| text.contains(scheme))
        || may_have_link(text) && pieces(text).iter().any(Piece::is_link)
}

/// Neither a domain nor a scheme can be written without a dot before another letter, or `://`.
fn may_have_link(text: &str) -> bool {
    let begins_with_letter =
        |rest: &str| rest.starts_with(|first| !is_space(first) && !first.is_ascii_punctuation());
    text.contains("://") || text.split('.').skip(1).any(begins_with_letter)
}

/// Whatever begins so is read as a link.
const SCHEMES: [&str; 2] = ["http://", "https://"];

/// X may take for a link what is none by the rules known here, so whatever has a scheme is read as one, too.
fn push_words(words: &str, found: &mut Vec<Piece>) {
    for word in words.split_inclusive(is_space) {
        let start = SCHEMES.iter().filter_map(|scheme| word.find(scheme)).min();
        let (before, rest) = word.split_at_checked(start.unwrap_or(word.len())).unwrap_or((word, ""));
        let link = rest.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '/');
        found.push(Piece::Words(before.to_owned()));
        if !link.is_empty() {
            found.push(Piece::Link(Link::read(link)));
            found.push(Piece::Words(rest.get(link.len()..).unwrap_or_default().to_owned()));
        }
    }
}

/// The link that a text ends with.
pub(super) fn closing_link(pieces: &[Piece]) -> Option<&Link> {
    match pieces.iter().rev().find(|piece| !piece.is_blank()) {
        Some(Piece::Link(link)) => Some(link),
        Some(Piece::Words(_)) | None => None,
    }
}

pub(super) fn drop_closing_link(pieces: &mut Vec<Piece>) {
    while let Some(piece) = pieces.pop() {
        if matches!(piece, Piece::Link(_)) {
            return;
        }
    }
}

/// One text out of the pieces.
pub(super) fn flat(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Link(link) => text.push_str(&link.canonical),
        }
    }
    let visible: String = text.chars().filter(|letter| !is_invisible(*letter)).nfc().collect();
    let mut flat = String::with_capacity(visible.len());
    for word in visible.split(is_space).filter(|word| !word.is_empty()) {
        if !flat.is_empty() {
            flat.push(' ');
        }
        flat.push_str(word);
    }
    flat
}

fn is_space(letter: char) -> bool {
    letter.is_whitespace()
}

/// Variation selectors, joiners, marks of direction and other characters without a glyph, which X adds and strips.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0100}'..='\u{e01ef}'
    ) || (letter.is_control() && !letter.is_whitespace())
}
