#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod properties;
mod texts;
mod verdicts;

use serde_json::{Value, json};

use super::*;
use crate::protocol::checkpoint::Sought;
use crate::protocol::post::WirePost;
use crate::protocol::snowflake::least_id_at;

/// When the posts of these tests were armed.
const ARMED: u64 = 1_790_000_000_000;
const ACCOUNT: &str = "42";

fn post(value: Value) -> WirePost {
    serde_json::from_value(value).unwrap()
}

/// An id of a post that was created so long after arming.
fn id_after(ms: i64) -> String {
    least_id_at(ARMED.saturating_add_signed(ms)).to_string()
}

/// A post as X shows it, created a moment after arming, with whatever else is to be shown.
fn shown(text: &str, more: &Value) -> WirePost {
    let mut all = json!({"id": id_after(300), "text": text, "author_id": ACCOUNT});
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    post(all)
}

fn replies_to(id: &str) -> Value {
    json!({"referenced_tweets": [{"type": "replied_to", "id": id}]})
}

/// Links given as pairs of the t.co address and what was written.
fn links(links: &[(&str, &str)]) -> Value {
    let urls = links.iter().map(|(url, expanded)| json!({"url": url, "expanded_url": expanded}));
    json!({"entities": {"urls": urls.collect::<Vec<_>>()}})
}

fn plain(text: &str) -> Sought {
    Sought::by_text(text, None, None)
}

fn wanted(seek: &Sought) -> Wanted<'_> {
    Wanted {
        account: Some(ACCOUNT),
        seek,
        text: None,
        own_media: Vec::new(),
        armed: Moment { at_ms: ARMED, margin_ms: 2_000 },
    }
}

fn judged(seek: &Sought, posts: &[WirePost]) -> Verdict {
    judge(&wanted(seek), posts, &Others::default())
}

fn ours(id: &str) -> Verdict {
    Verdict::Ours { id: id.to_owned(), proof: Proof::Text }
}

fn candidate(post: &WirePost, why: Why) -> Verdict {
    Verdict::Ambiguous(vec![Candidate { id: post.id.clone(), why }])
}
