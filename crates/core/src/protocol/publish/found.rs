//! What the verdict on a timeline is for the machine.

use super::types::{Candidate, Found};
use crate::protocol::reconcile::{Proof, Verdict, Why};

impl From<Verdict> for Found {
    fn from(verdict: Verdict) -> Self {
        let may_change = verdict.may_change();
        match verdict {
            Verdict::Ours { id, proof: Proof::Media } => Self::Ours(id),
            Verdict::Ours { id, proof: Proof::Text } => Self::Equal(id),
            Verdict::Absent => Self::Absent,
            Verdict::Ambiguous(candidates) => {
                let has_twins = candidates.iter().any(|candidate| candidate.why == Why::Twin);
                let candidates = candidates
                    .into_iter()
                    .map(|candidate| Candidate { id: candidate.id, why: candidate.why.words().to_owned() })
                    .collect();
                match (has_twins, may_change) {
                    (true, _) => Self::Twins(candidates),
                    (false, true) => Self::Near(candidates),
                    (false, false) => Self::NearForGood(candidates),
                }
            }
        }
    }
}
