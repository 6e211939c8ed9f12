//! What it means that X refuses a post as a duplicate.

use super::verdict::{Candidate, Proof, Verdict, Why};

/// What a refusal as a duplicate comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Duplicate {
    /// Our post stands, from an earlier attempt or from a copy of this one.
    Published {
        /// Its id.
        id: String,
    },
    /// X refused ours for somebody else's: nothing of ours was published.
    Refused,
    /// Ours may stand.
    Unknown(Vec<Candidate>),
}

/// Judges a refusal as a duplicate by what the timeline shows.
///
/// X compares the text with those of the account's recent posts, and does not say with which one it is equal
/// (<https://docs.x.com/x-api/posts/manage-tweets/introduction>).
///
/// Where an earlier attempt of the same intent is in doubt, the refusal is evidence that this one was published: it is
/// never taken for a failure, and stays unknown as long as the timeline does not show the post.
///
/// On the very first attempt the refusal is X's answer to it, and final, with one exception: something between us and X
/// may have sent the request twice, and have handed on the answer to the second. So the timeline is looked at once.
///
/// - Media of our own prove that ours stands.
/// - An equal text that was created after arming, and that no other intent is known for, is either that copy or the
///   post of somebody else who was a moment faster. This can't be told, so the outcome is unknown.
/// - Anything else, above all an equal text from before, leaves the refusal as it is. So does a timeline that could not
///   be read.
pub fn after_duplicate(verdict: &Verdict, is_first_attempt: bool) -> Duplicate {
    match verdict {
        Verdict::Ours { id, proof } if !is_first_attempt || *proof == Proof::Media => {
            Duplicate::Published { id: id.clone() }
        }
        Verdict::Ours { id, .. } => {
            Duplicate::Unknown(vec![Candidate { id: id.clone(), why: Why::EqualText }])
        }
        Verdict::Ambiguous(candidates) if !is_first_attempt => Duplicate::Unknown(candidates.clone()),
        Verdict::Absent if !is_first_attempt => Duplicate::Unknown(Vec::new()),
        Verdict::Ambiguous(candidates) => {
            let twins: Vec<Candidate> =
                candidates.iter().filter(|candidate| candidate.why == Why::Twin).cloned().collect();
            if twins.is_empty() { Duplicate::Refused } else { Duplicate::Unknown(twins) }
        }
        Verdict::Absent => Duplicate::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(proof: Proof) -> Verdict {
        Verdict::Ours { id: "7".into(), proof }
    }

    fn candidate(why: Why) -> Candidate {
        Candidate { id: "7".into(), why }
    }

    #[test]
    fn after_an_earlier_attempt_it_is_never_a_failure() {
        let published = Duplicate::Published { id: "7".into() };
        assert_eq!(after_duplicate(&ours(Proof::Text), false), published);
        assert_eq!(after_duplicate(&ours(Proof::Media), false), published);
        assert_eq!(after_duplicate(&Verdict::Absent, false), Duplicate::Unknown(Vec::new()));
        let near = vec![candidate(Why::SimilarText)];
        assert_eq!(after_duplicate(&Verdict::Ambiguous(near.clone()), false), Duplicate::Unknown(near));
    }

    #[test]
    fn on_the_first_attempt_it_is_one_unless_the_timeline_shows_otherwise() {
        assert_eq!(after_duplicate(&Verdict::Absent, true), Duplicate::Refused);
        for why in [Why::Time, Why::Rival, Why::SimilarText, Why::ReplyParent] {
            assert_eq!(after_duplicate(&Verdict::Ambiguous(vec![candidate(why)]), true), Duplicate::Refused);
        }
        assert_eq!(after_duplicate(&ours(Proof::Media), true), Duplicate::Published { id: "7".into() });
        assert_eq!(
            after_duplicate(&ours(Proof::Text), true),
            Duplicate::Unknown(vec![candidate(Why::EqualText)])
        );
        let twins = Verdict::Ambiguous(vec![candidate(Why::Twin), candidate(Why::SimilarText)]);
        assert_eq!(after_duplicate(&twins, true), Duplicate::Unknown(vec![candidate(Why::Twin)]));
    }
}
