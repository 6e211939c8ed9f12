//! What the rows of one store tell each other: which posts are theirs, and which may be.
//!
//! Nothing that X shows distinguishes two posts of one text. So a row carries *marks*: the ids of its posts that exist,
//! and, while a post of it may exist, the digest of that post's text. Before a row takes a post of equal text for its own, it
//! asks for all rows that have a mark of that post.
//!
//! That is enough, without a second look after the row was written. A row has its mark before its request leaves, and keeps it
//! until it has the id of its post in its place. The post was seen before the question was asked. So each row whose post it
//! may be has a mark at that moment: of two that ask, each finds the other.

use super::row::Row;
use crate::protocol::checkpoint::{Arming, PostCheckpoint, Sought};
use crate::protocol::post::WirePost;
use crate::protocol::reconcile::{
    CLOCK_ERROR_MS, KNOWN_CLOCK_MARGIN_MS, Others, Rival, Verdict, readings_of,
};

/// How long after it was armed a post may still be created: 5 s until it is sent, 30 s on its way, and as long again.
const MAX_ON_ITS_WAY_MS: u64 = 70_000;
/// Posts that are asked about at once. With more than that near it, a post stays in doubt.
const MAX_ASKED: usize = 50;

/// A row's marks: what other rows find it by.
pub fn marks_of(row: &Row) -> Vec<String> {
    let mut marks = row.published();
    marks.extend(row.post().and_then(|post| post.post.in_doubt()).map(|arming| arming.seek.text.clone()));
    marks
}

/// The marks of rows that have to do with a post: its ids, and the digests of all texts that it may have been sent with.
pub fn marks_for(post: &WirePost) -> Vec<String> {
    let mut marks: Vec<String> = post.versions().map(str::to_owned).collect();
    marks.extend(readings_of(post));
    marks
}

/// The marks to ask for before a verdict counts. `None` where other rows have no say in it: nothing is near the post, its
/// media prove it, or so much is near it that it stays in doubt anyway.
pub fn marks_to_ask(verdict: &Verdict, posts: &[WirePost]) -> Option<Vec<String>> {
    let asked = verdict.in_question();
    if asked.is_empty() || asked.len() > MAX_ASKED {
        return None;
    }
    let posts = posts.iter().filter(|post| asked.contains(&post.id.as_str()));
    let mut marks: Vec<String> = posts.flat_map(marks_for).collect();
    marks.sort_unstable();
    marks.dedup();
    Some(marks)
}

/// When another intent's post may have been created.
pub fn rival_of(arming: &Arming) -> Rival {
    let margin_ms = if arming.by_server_clock { KNOWN_CLOCK_MARGIN_MS } else { CLOCK_ERROR_MS };
    Rival {
        from_ms: arming.since.saturating_sub(margin_ms),
        until_ms: arming.armed_at.saturating_add(MAX_ON_ITS_WAY_MS).saturating_add(margin_ms),
    }
}

/// What other intents account for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OtherIntents {
    /// Ids of posts that are theirs.
    pub claimed: Vec<String>,
    /// When their posts in doubt may have been created.
    pub rivals: Vec<Rival>,
}

impl OtherIntents {
    /// Adds what rows of a store account for. The row of the intent itself may be among them; it is no rival.
    pub fn add_rows(&mut self, rows: &[Row], intent: &str, account: Option<&str>, seek: &Sought) {
        for row in rows {
            self.claimed.extend(row.published());
            // One with media of its own is known by these.
            let could_be = |post: &&PostCheckpoint| {
                post.intent != intent && post.media.is_empty() && is_by(post, account)
            };
            let post = row.post().filter(could_be);
            let arming = post.and_then(|post| post.post.in_doubt());
            self.rivals.extend(arming.filter(|arming| arming.seek.is_of_kind(seek)).map(rival_of));
        }
    }

    /// As a verdict takes them.
    pub fn others(&self) -> Others<'_> {
        Others { claimed: &self.claimed, rivals: &self.rivals }
    }
}

/// Nothing speaks against it that this account posts it.
fn is_by(post: &PostCheckpoint, account: Option<&str>) -> bool {
    match (post.account.as_deref(), account) {
        (Some(theirs), Some(ours)) => theirs == ours,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
