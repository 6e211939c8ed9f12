//! Events of X's, as a second witness of a post whose answer was lost.

use super::verdict::{Candidate, Others, Proof, Wanted, Weight, weigh};
use crate::protocol::post::WirePost;

/// What one post that X reports says about the one that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventVerdict {
    /// It is ours, so it exists.
    Ours {
        /// Its id.
        id: String,
        /// How it is known.
        proof: Proof,
    },
    /// It may be ours.
    Candidate(Candidate),
    /// It is another post, which says nothing of ours.
    Another,
}

/// Judges the post of a `post.create` event by the rules that hold for a timeline.
///
/// Events come within a second (<https://docs.x.com/x-api/activity/introduction>), and may come twice. Their posts have
/// the older names of fields, which are read as well as the newer ones. That no event has come says nothing: they may
/// be lost, and there are none of protected accounts.
pub fn judge_event(wanted: &Wanted<'_>, post: &WirePost, others: &Others<'_>) -> EventVerdict {
    let id = post.id.clone();
    match weigh(wanted, post, others) {
        Weight::Ours(proof) => EventVerdict::Ours { id, proof },
        Weight::Candidate(why) => EventVerdict::Candidate(Candidate { id, why }),
        Weight::Explained => EventVerdict::Another,
    }
}
