//! X's JSON.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;

/// Reads a text as JSON. As bytes: `serde_json` has other code for texts, and what reads posts, rows and checkpoints would be
/// there twice.
pub fn from_text<'de, T: Deserialize<'de>>(text: &'de str) -> serde_json::Result<T> {
    serde_json::from_slice(text.as_bytes())
}

/// Reads an answer's body. What is wrong with it is reported by its place and kind alone: serde's own words quote what
/// is there, which may be a token.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|cause| {
        let kind = match cause.classify() {
            Category::Eof => "it is cut off",
            Category::Data => "its shape is not the one that X documents",
            Category::Syntax | Category::Io => "it is not JSON",
        };
        format!("{kind} (line {}, column {})", cause.line(), cause.column())
    })
}

/// A counter as a number or as text; anything else counts as missing.
pub fn lenient_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Lenient {
        Number(u64),
        Text(String),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Option::<Lenient>::deserialize(deserializer)? {
        Some(Lenient::Number(number)) => Some(number),
        Some(Lenient::Text(text)) => text.parse().ok(),
        Some(Lenient::Other(_)) | None => None,
    })
}

#[cfg(test)]
mod tests;
