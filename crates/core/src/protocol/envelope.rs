//! What X's answers are wrapped in: <https://docs.x.com/x-api/fundamentals/data-dictionary>.

use serde::Deserialize;

use super::post::WireMedia;
use super::problem::{PartialProblem, lenient_errors};

/// An answer with `data`, and problems beside or in place of it.
#[derive(Clone, Deserialize)]
pub struct Answer<T> {
    /// What was asked for.
    pub data: Option<T>,
    /// Expanded objects.
    #[serde(default)]
    pub includes: Includes,
    /// What could not be given.
    #[serde(default, deserialize_with = "lenient_errors")]
    pub errors: Vec<PartialProblem>,
    /// Pages.
    #[serde(default)]
    pub meta: Meta,
}

/// Objects that posts refer to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Includes {
    /// Media.
    pub media: Vec<WireMedia>,
}

/// Where a page is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// To read the next page.
    pub next_token: Option<String>,
    /// To read the page before.
    pub previous_token: Option<String>,
}
