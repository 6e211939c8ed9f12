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

fn published(id: &str) -> PostState {
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
    assert_eq!(marks_of(&row(post("a", None, published("7")))), ["7"]);
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
    others.add_rows(&[row(post("theirs", Some("2"), published("7")))], "ours", Some("1"), &ours);
    assert_eq!((others.claimed.len(), others.rivals.len()), (1, 0));
}

#[test]
fn a_time_that_was_noted_by_another_clock_counts_for_less() {
    let known = rival_of(&arming("Yes", None, true));
    assert_eq!((NOON - known.from_ms, known.until_ms - NOON), (2_000, 72_000));
    let noted = rival_of(&arming("Yes", None, false));
    assert_eq!((NOON - noted.from_ms, noted.until_ms - NOON), (3_600_000, 3_670_000));
}
