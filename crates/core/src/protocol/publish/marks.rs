//! What the rows of one store tell each other: which posts are theirs, and which may be.
//!
//! Two posts of one text are told apart by nothing that X shows. So a row carries *marks*: the ids of its posts that exist,
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
const LONGEST_ON_ITS_WAY_MS: u64 = 70_000;
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
        until_ms: arming.armed_at.saturating_add(LONGEST_ON_ITS_WAY_MS).saturating_add(margin_ms),
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
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use crate::protocol::checkpoint::{Checkpoint, PostState, ThreadCheckpoint};
    use crate::protocol::reconcile::{Candidate, Proof, Why};

    const NOON: u64 = 1_800_000_000_000;

    fn post(intent: &str, account: Option<&str>, state: PostState) -> PostCheckpoint {
        let (intent, account) = (intent.to_owned(), account.map(str::to_owned));
        PostCheckpoint { intent, account, content: String::new(), media: Vec::new(), post: state }
    }

    fn arming(text: &str, reply_to: Option<&str>, by_server_clock: bool) -> Arming {
        let seek = Sought::by_text(text, reply_to, None).into();
        let (epoch, refused_as_duplicate) = (1, false);
        Arming { epoch, since: NOON, armed_at: NOON, by_server_clock, refused_as_duplicate, seek }
    }

    fn row(post: PostCheckpoint) -> Row {
        Row { checkpoint: Some(Checkpoint::Post(post)), ..Row::default() }
    }

    fn stands(id: &str) -> PostState {
        PostState::Published { tweet_id: id.to_owned(), reconciled: false }
    }

    fn shown(id: &str, text: &str) -> WirePost {
        serde_json::from_value(serde_json::json!({ "id": id, "text": text })).unwrap()
    }

    #[test]
    fn a_row_is_found_by_its_posts_and_by_the_text_that_may_exist() {
        let sought = arming("Yes", None, true);
        let digest = sought.seek.text.clone();
        for state in [PostState::New, PostState::MediaReady, PostState::Rejected { code: "X".into() }] {
            assert_eq!(marks_of(&row(post("a", None, state))), Vec::<String>::new());
        }
        for state in [
            PostState::Armed(sought.clone()),
            PostState::Unknown(sought.clone()),
            PostState::NeedsHuman(sought.clone()),
        ] {
            assert_eq!(marks_of(&row(post("a", None, state))), std::slice::from_ref(&digest));
        }
        assert_eq!(marks_of(&row(post("a", None, stands("7")))), ["7"]);
        let current = Some(post("b", None, PostState::Armed(sought)));
        let thread = ThreadCheckpoint {
            content: String::new(),
            account: None,
            published: vec!["7".into(), "8".into()],
            current,
        };
        let thread = Row { checkpoint: Some(Checkpoint::Thread(thread)), ..Row::default() };
        assert_eq!(marks_of(&thread), ["7".to_owned(), "8".to_owned(), digest.clone()]);
        assert!(marks_for(&shown("9", "Yes")).contains(&digest));
    }

    #[test]
    fn only_what_is_in_question_is_asked_about() {
        let posts = [shown("7", "Yes"), shown("8", "No")];
        let candidate = |id: &str| Candidate { id: id.to_owned(), why: Why::EqualText };
        let ours = |proof| Verdict::Ours { id: "7".into(), proof };
        assert_eq!(marks_to_ask(&Verdict::Absent, &posts), None);
        assert_eq!(marks_to_ask(&ours(Proof::Media), &posts), None);
        let mut marks = marks_for(&posts[0]);
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks_to_ask(&ours(Proof::Text), &posts), Some(marks));
        let many = (0..=MAX_ASKED).map(|id| candidate(&id.to_string())).collect();
        assert_eq!(marks_to_ask(&Verdict::Ambiguous(many), &posts), None);
    }

    fn rivals(of: Row, account: Option<&str>, seek: &Sought) -> usize {
        let mut others = OtherIntents::default();
        others.add_rows(&[of], "ours", account, seek);
        others.rivals.len()
    }

    #[test]
    fn a_rival_may_have_posted_the_same_for_the_same_account() {
        let ours = Sought::by_text("Yes", None, None);
        let doubt = || PostState::Armed(arming("Yes", None, true));
        assert_eq!(rivals(row(post("theirs", Some("1"), doubt())), Some("1"), &ours), 1);
        assert_eq!(rivals(row(post("theirs", None, doubt())), Some("1"), &ours), 1);
        assert_eq!(rivals(row(post("theirs", Some("2"), doubt())), Some("1"), &ours), 0);
        assert_eq!(rivals(row(post("ours", Some("1"), doubt())), Some("1"), &ours), 0);
        let reply = PostState::Armed(arming("Yes", Some("7"), true));
        assert_eq!(rivals(row(post("theirs", Some("1"), reply)), Some("1"), &ours), 0);
        let mut others = OtherIntents::default();
        others.add_rows(&[row(post("theirs", Some("2"), stands("7")))], "ours", Some("1"), &ours);
        assert_eq!((others.claimed.len(), others.rivals.len()), (1, 0));
    }

    #[test]
    fn a_time_that_was_noted_by_another_clock_counts_for_less() {
        let known = rival_of(&arming("Yes", None, true));
        assert_eq!((NOON - known.from_ms, known.until_ms - NOON), (2_000, 72_000));
        let noted = rival_of(&arming("Yes", None, false));
        assert_eq!((NOON - noted.from_ms, noted.until_ms - NOON), (3_600_000, 3_670_000));
    }
}
