//! Whether a post whose answer was lost stands on its author's timeline, and how long to look for it.
//!
//! A freshly uploaded medium's key marks the post that carries it as ours. A text alone is compared after everything
//! that X does to it is undone: links shortened, HTML's entities, a link to the media behind it.

mod plan;
mod text;

pub use plan::{NextRead, Reads, next_read};

use super::post::WirePost;
use text::shown_digest;
pub use text::text_digest;

/// The post that is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// The [`text_digest`] of its text.
    pub text: &'a str,
    /// The post that it answers.
    pub reply_to: Option<&'a str>,
    /// The post that it quotes.
    pub quotes: Option<&'a str>,
    /// Media that were uploaded for it alone.
    pub own_media: Vec<MediaMark<'a>>,
    /// Media that other posts may carry, too.
    pub shared_media: Vec<MediaMark<'a>>,
    /// Nothing with a smaller id can be it.
    pub least_id: u64,
}

/// What a post shows of a medium.
#[derive(Clone, Copy, Debug)]
pub struct MediaMark<'a> {
    /// The id that it was posted with.
    pub id: &'a str,
    /// Its key, if X told it.
    pub key: Option<&'a str>,
}

impl MediaMark<'_> {
    /// A key ends with the medium's id, as far as has been seen; the part before tells its kind.
    fn is(&self, key: &str) -> bool {
        self.key == Some(key) || key.rsplit_once('_').is_some_and(|(_, id)| id == self.id)
    }
}

/// Whether this is the post that is looked for.
pub fn is_wanted(post: &WirePost, wanted: &Wanted<'_>) -> bool {
    let keys = &post.attachments.media_keys;
    let carries = |mark: &MediaMark<'_>| keys.iter().any(|key| mark.is(key));
    if !wanted.own_media.is_empty() {
        return wanted.own_media.iter().any(carries);
    }
    let is_new = post.id.parse::<u64>().is_ok_and(|id| id >= wanted.least_id);
    is_new
        && post.refers_to("replied_to") == wanted.reply_to
        && post.refers_to("quoted") == wanted.quotes
        && keys.len() == wanted.shared_media.len()
        && wanted.shared_media.iter().all(carries)
        && shown_digest(post) == wanted.text
}

#[cfg(test)]
mod tests;
