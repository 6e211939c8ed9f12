//! An intent's row as the text that a backend keeps.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::marks::marks_of;
use super::row::Row;
use crate::protocol::checkpoint::{is_sealed, is_sound, sealed};
use crate::protocol::json::from_text;

/// The format that is written. Older ones stay readable.
const VERSION: u32 = 1;
/// A thread of 100 parts whose current part has 4 media, with candidates and a failure, stays below it.
pub const MAX_ROW_BYTES: usize = 16 * 1024;

/// Why a text is not an intent's row that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowError {
    /// It is something else, is cut off, or was changed.
    Unreadable,
    /// A later version of this package wrote it.
    FromTheFuture(u32),
}

impl fmt::Display for RowError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => {
                formatter.write_str("is not the state of an intent, or is cut off or damaged")
            }
            Self::FromTheFuture(version) => {
                write!(formatter, "has version {version}, and this package reads up to {VERSION}")
            }
        }
    }
}

impl std::error::Error for RowError {}

#[derive(Serialize)]
struct Writing<'a> {
    version: u32,
    kind: &'static str,
    /// What other rows find it by. A query of the backend's reads them, so they have a place of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    marks: Option<&'a [String]>,
    intent: &'a Row,
}

#[derive(Deserialize)]
struct Version {
    version: u32,
    kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    #[serde(rename = "version")]
    _version: u32,
    #[serde(rename = "kind")]
    _kind: String,
    checksum: String,
    /// Rows that were written before there were any have none.
    #[serde(default)]
    marks: Option<Vec<String>>,
    intent: Row,
}

/// Writes a row. It holds no secret, no URL and nothing of the post's text.
pub fn encode_row(row: &Row) -> String {
    let marks = marks_of(row);
    sealed(&Writing { version: VERSION, kind: "intent", marks: Some(&marks), intent: row })
}

/// Reads a row of this version or an older one, and checks that it is as it was written.
pub fn decode_row(text: &str) -> Result<Row, RowError> {
    if text.len() > MAX_ROW_BYTES {
        return Err(RowError::Unreadable);
    }
    let Version { version, kind } = from_text(text).map_err(|_| RowError::Unreadable)?;
    if kind != "intent" || version == 0 {
        return Err(RowError::Unreadable);
    }
    if version > VERSION {
        return Err(RowError::FromTheFuture(version));
    }
    let Reading { intent, marks, checksum, .. } = from_text(text).map_err(|_| RowError::Unreadable)?;
    let writing = Writing { version, kind: "intent", marks: marks.as_deref(), intent: &intent };
    let is_whole = is_sealed(&writing, &checksum);
    let is_marked = marks.as_ref().is_none_or(|marks| *marks == marks_of(&intent));
    if is_whole && is_marked && intent.checkpoint.as_ref().is_none_or(is_sound) {
        Ok(intent)
    } else {
        Err(RowError::Unreadable)
    }
}
