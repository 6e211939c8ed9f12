//! What is kept of a post's text, to know it again.

use super::normal::{Normal, digest, pieces};
use super::shown::Shown;
use super::sketch::{Groups, Sketch};
use crate::protocol::checkpoint::Sought;
use crate::protocol::post::WirePost;

/// The digests of all texts that a post may have been sent with, as [`Sought::text`] has them.
pub fn readings_of(post: &WirePost) -> Vec<String> {
    Shown::of(post).readings.iter().map(|reading| digest(&reading.body)).collect()
}

impl Sought {
    /// How to know a post again by its text and by what it refers to.
    pub fn by_text(text: &str, reply_to: Option<&str>, quotes: Option<&str>) -> Self {
        let Normal { body, quotes } = Normal::of_pieces(pieces(text), quotes);
        Self {
            text: digest(&body),
            sketch: Some(Sketch::of(&Groups::of(&body)).write()),
            reply_to: reply_to.map(str::to_owned),
            quotes,
            ..Self::default()
        }
    }

    /// Whether a post of one could be taken for a post of the other.
    pub fn is_alike(&self, other: &Self) -> bool {
        self.text == other.text && self.quotes == other.quotes && self.is_of_kind(other)
    }

    /// Whether both answer the same, with as many media.
    pub fn is_of_kind(&self, other: &Self) -> bool {
        self.reply_to == other.reply_to && self.media_ids.len() == other.media_ids.len()
    }
}

/// How a shown text compares to the one that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Nothing lies between them but what X does. What the post quotes is compared apart.
    Equal { same_quote: bool },
    /// X may have done something to it that is not known here.
    Near,
    /// X makes no such text of the other.
    Far,
    /// Too little is known of one of them.
    Unknown,
}

impl Likeness {
    /// `whole` is the text that is looked for, where it is at hand.
    pub(super) fn of(shown: &Shown, sought: &Sought, whole: Option<&str>) -> Self {
        let equal = |reading: &&Normal| digest(&reading.body) == sought.text;
        let mut equals = shown.readings.iter().filter(equal).peekable();
        if equals.peek().is_some() {
            return Self::Equal { same_quote: equals.any(|reading| reading.quotes == sought.quotes) };
        }
        if shown.is_cut || shown.is_missing {
            return Self::Unknown;
        }
        if digest(&shown.words) == sought.text {
            return Self::Near;
        }
        let mut groups = shown.extremes().map(Groups::of);
        let near = if let Some(text) = whole {
            let own = Groups::of(&Normal::sent(text, sought.quotes.as_deref()).body);
            groups.any(|groups| own.is_like(&groups))
        } else {
            let Some(sketch) = sought.sketch.as_deref().and_then(Sketch::read) else {
                return Self::Unknown;
            };
            groups.any(|groups| sketch.is_like(&groups))
        };
        if near { Self::Near } else { Self::Far }
    }
}
