//! The ways in which a server or a gateway may repeat a text: encoded, and after escapes that whoever shows it undoes.

use std::fmt::Write;

use crate::rfc5849;

/// How a text is encoded before anything is escaped.
#[derive(Clone, Copy, Debug)]
pub enum Encoding {
    /// Not at all.
    None,
    /// In capitals.
    Upper,
    /// In small letters.
    Lower,
    /// In hexadecimal digits, small or large ones.
    Hex {
        /// `A` and not `a`.
        large: bool,
    },
    /// In base64 (RFC 4648 §4, or §5 without padding).
    Base64 {
        /// With `-` and `_`.
        of_urls: bool,
    },
}

impl Encoding {
    /// One for each number.
    pub fn of(number: u64) -> Self {
        match number % 7 {
            0 => Self::None,
            1 => Self::Upper,
            2 => Self::Lower,
            3 => Self::Hex { large: false },
            4 => Self::Hex { large: true },
            5 => Self::Base64 { of_urls: false },
            _ => Self::Base64 { of_urls: true },
        }
    }

    /// The text encoded, between others where the encoding does not keep bytes apart; and the part of it that depends
    /// on the text alone.
    pub fn write(self, (before, text, after): (&str, &str, &str)) -> (String, String) {
        let whole = match self {
            Self::None => text.to_owned(),
            Self::Upper => text.to_uppercase(),
            Self::Lower => text.to_lowercase(),
            Self::Hex { large: false } => each(text.bytes(), |hex, byte| write!(hex, "{byte:02x}")),
            Self::Hex { large: true } => each(text.bytes(), |hex, byte| write!(hex, "{byte:02X}")),
            Self::Base64 { of_urls } => {
                let whole = base64([before, text, after].concat().as_bytes(), of_urls);
                let first = (8 * before.len()).div_ceil(6);
                let own = whole[first..8 * (before.len() + text.len()) / 6].to_owned();
                return (whole, own);
            }
        };
        (whole.clone(), whole)
    }

    /// So many letters of it tell twelve of the text.
    pub fn letters_of_twelve(self) -> usize {
        if matches!(self, Self::Hex { .. }) { 24 } else { 12 }
    }
}

fn base64(bytes: &[u8], of_urls: bool) -> String {
    let text = crate::mac::base64(bytes);
    if of_urls { text.trim_end_matches('=').replace('+', "-").replace('/', "_") } else { text }
}

/// How a text is escaped.
#[derive(Clone, Copy, Debug)]
pub enum Escape {
    /// As a part of a URL, with `%2F` or `%2f`.
    Url {
        /// `%2f`.
        small: bool,
    },
    /// As a part of a URL in which everything is encoded.
    UrlAll,
    /// As a text of JSON, with `\/` as PHP writes it.
    Json,
    /// As a text of JSON in which everything is escaped.
    JsonAll,
}

impl Escape {
    /// One for each number.
    pub fn of(number: u64) -> Self {
        match number % 5 {
            0 => Self::Url { small: false },
            1 => Self::Url { small: true },
            2 => Self::UrlAll,
            3 => Self::Json,
            _ => Self::JsonAll,
        }
    }

    /// The text escaped.
    pub fn write(self, text: &str) -> String {
        match self {
            Self::Url { small: false } => rfc5849::encode(text.as_bytes()),
            Self::Url { small: true } => each(text.bytes(), |url, byte| match rfc5849::encode(&[byte]) {
                escape if escape.len() == 1 => write!(url, "{escape}"),
                _ => write!(url, "%{byte:02x}"),
            }),
            Self::UrlAll => each(text.bytes(), |url, byte| write!(url, "%{byte:02x}")),
            Self::Json => {
                let quoted = serde_json::Value::from(text).to_string();
                quoted[1..quoted.len() - 1].replace('/', "\\/")
            }
            Self::JsonAll => each(text.encode_utf16(), |json, unit| write!(json, "\\u{unit:04x}")),
        }
    }
}

fn each<T>(parts: impl Iterator<Item = T>, write: impl Fn(&mut String, T) -> std::fmt::Result) -> String {
    let mut text = String::new();
    for part in parts {
        // A string takes anything.
        let _ = write(&mut text, part);
    }
    text
}
