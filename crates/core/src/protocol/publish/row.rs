//! One intent as it lies in a backend's store: who works on it, how far it is, and what an operator decided.
//!
//! Every change is a compare-and-set on the row, so of two callers one alone takes a step. The lease only keeps the
//! others from doing the same work meanwhile: should it run out too early, the row's version still stops its holder
//! before a post is armed, and [`Machine`](super::Machine) before an armed one is sent late.

use serde::{Deserialize, Serialize};

use super::rules::Rules;
use super::types::Candidate;
use crate::protocol::checkpoint::{Checkpoint, PostCheckpoint, PostState};

/// Calls that look for a post in doubt before an operator has to say that it is worth looking again.
pub const MAX_LOOKS: u32 = 20;
/// Candidates that are kept.
const MAX_CANDIDATES: usize = 10;
/// Characters of an error's message that are kept.
const MAX_MESSAGE: usize = 500;

/// An intent's row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Row {
    /// Who works on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<Lease>,
    /// How far it is; nothing was begun without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<Checkpoint>,
    /// How many parts its thread has; 0 for a single post.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub parts: u32,
    /// Calls that have looked for the post since it is in doubt.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub looks: u32,
    /// Posts that may be it, as the last look saw them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// Why the last call failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// What an operator decided about a post in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

/// Says who works on an intent, and until when others leave it alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lease {
    /// A random name of the call.
    pub owner: String,
    /// Milliseconds since the epoch, by the clock of whoever holds it.
    pub until: u64,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Failure {
    /// The error's code.
    pub code: String,
    /// Its message.
    pub message: String,
}

/// What an operator decided about a post in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// It is to be sent again.
    Retry,
    /// It is left as it is: nothing of it is ever sent again.
    Abandon,
}

/// What an operator wants done about a post in doubt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Settlement {
    /// Look for it again.
    Check,
    /// Send it again.
    Retry,
    /// Leave it.
    Abandon,
    /// It is this post.
    Published(String),
}

/// Why a row does not allow what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Denied {
    /// Somebody works on it until then.
    Busy {
        /// Milliseconds since the epoch.
        until: u64,
    },
    /// Its post is not in doubt.
    NotInDoubt,
    /// An attempt may still be under way until then.
    TooEarly {
        /// Milliseconds since the epoch.
        until: u64,
    },
    /// An operator abandoned it.
    Abandoned,
}

/// How far an intent is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Nothing was begun.
    New,
    /// Somebody works on it, or did when its process ended.
    Publishing,
    /// It exists.
    Published,
    /// It does not exist, or was abandoned.
    Failed,
    /// It may exist.
    Unknown,
}

impl Row {
    /// The post that is under way or in doubt: in a thread the part after those that exist.
    pub fn post(&self) -> Option<&PostCheckpoint> {
        match self.checkpoint.as_ref()? {
            Checkpoint::Post(post) => Some(post),
            Checkpoint::Thread(thread) => thread.current.as_ref(),
        }
    }

    fn post_mut(&mut self) -> Option<&mut PostCheckpoint> {
        match self.checkpoint.as_mut()? {
            Checkpoint::Post(post) => Some(post),
            Checkpoint::Thread(thread) => thread.current.as_mut(),
        }
    }

    /// A post of it may exist without our knowing.
    pub fn is_in_doubt(&self) -> bool {
        self.post().is_some_and(|post| post.post.in_doubt().is_some())
    }

    /// How far it is.
    pub fn status(&self, now_ms: u64) -> Status {
        if self.decision == Some(Decision::Abandon) {
            return Status::Failed;
        }
        // Whoever holds the lease has nothing left to do.
        if self.is_whole() {
            return Status::Published;
        }
        if self.lease_of_another("", now_ms).is_some() {
            return Status::Publishing;
        }
        match self.post().map(|post| &post.post) {
            Some(state) if state.in_doubt().is_some() => Status::Unknown,
            Some(PostState::Rejected { .. }) => Status::Failed,
            _ if self.failure.is_some() => Status::Failed,
            _ if self.checkpoint.is_some() || self.lease.is_some() => Status::Publishing,
            _ => Status::New,
        }
    }

    /// All of it exists.
    fn is_whole(&self) -> bool {
        match &self.checkpoint {
            Some(Checkpoint::Post(post)) => matches!(post.post, PostState::Published { .. }),
            Some(Checkpoint::Thread(thread)) => u32::try_from(thread.published.len())
                .is_ok_and(|published| published > 0 && published == self.parts),
            None => false,
        }
    }

    /// Ids of its posts that exist.
    pub fn published(&self) -> Vec<String> {
        match &self.checkpoint {
            Some(Checkpoint::Thread(thread)) => thread.published.clone(),
            Some(Checkpoint::Post(PostCheckpoint {
                post: PostState::Published { tweet_id, .. }, ..
            })) => {
                vec![tweet_id.clone()]
            }
            _ => Vec::new(),
        }
    }

    /// Nothing of it exists, may exist, or is being done by another call: other content may take its place.
    pub fn is_untouched(&self) -> bool {
        self.published().is_empty() && !self.is_in_doubt() && self.decision.is_none()
    }

    /// Until when somebody else works on it.
    fn lease_of_another(&self, owner: &str, now_ms: u64) -> Option<u64> {
        self.lease
            .as_ref()
            .filter(|lease| lease.owner != owner && lease.until > now_ms)
            .map(|lease| lease.until)
    }

    /// The row once `owner` works on it.
    pub fn claimed(&self, owner: &str, now_ms: u64, lease_ms: u64) -> Result<Self, Denied> {
        if self.decision == Some(Decision::Abandon) {
            return Err(Denied::Abandoned);
        }
        if let Some(until) = self.lease_of_another(owner, now_ms) {
            return Err(Denied::Busy { until });
        }
        let lease = Lease { owner: owner.to_owned(), until: now_ms.saturating_add(lease_ms) };
        let looks = if self.is_in_doubt() { self.looks.saturating_add(1) } else { 0 };
        Ok(Self { lease: Some(lease), looks, failure: None, ..self.clone() })
    }

    /// The same row with its lease extended.
    #[must_use]
    pub fn extended(&self, now_ms: u64, lease_ms: u64) -> Self {
        let mut row = self.clone();
        if let Some(lease) = &mut row.lease {
            lease.until = now_ms.saturating_add(lease_ms);
        }
        row
    }

    /// The row after a step.
    #[must_use]
    pub fn with(&self, checkpoint: Checkpoint) -> Self {
        let mut row = Self { checkpoint: Some(checkpoint), ..self.clone() };
        if !row.is_in_doubt() {
            row.looks = 0;
            row.candidates = Vec::new();
        }
        // What an operator decided is about the doubt that there was, not about a later one.
        if row.decision == Some(Decision::Retry) && row.epoch() != self.epoch() {
            row.decision = None;
        }
        row
    }

    fn epoch(&self) -> Option<u32> {
        self.post().and_then(|post| post.post.in_doubt()).map(|arming| arming.epoch)
    }

    /// The row once nobody works on it any more.
    #[must_use]
    pub fn released(&self, failure: Option<Failure>, candidates: Vec<Candidate>) -> Self {
        let failure = failure.map(|failure| Failure {
            message: failure.message.chars().take(MAX_MESSAGE).collect(),
            code: failure.code,
        });
        let candidates = candidates.into_iter().take(MAX_CANDIDATES).collect();
        Self { lease: None, failure, candidates, ..self.clone() }
    }

    /// The post in doubt was looked for so often that an operator has to decide.
    pub fn is_looked_for_enough(&self) -> bool {
        self.is_in_doubt() && self.looks > MAX_LOOKS && self.decision.is_none()
    }

    /// The row after an operator's decision.
    pub fn settled(&self, settlement: &Settlement, now_ms: u64, rules: &Rules) -> Result<Self, Denied> {
        if let Some(until) = self.lease_of_another("", now_ms) {
            return Err(Denied::Busy { until });
        }
        let Some(state) = self.post().map(|post| &post.post) else {
            return Err(Denied::NotInDoubt);
        };
        let Some(arming) = state.in_doubt() else {
            return Err(Denied::NotInDoubt);
        };
        let is_abandoned = self.decision == Some(Decision::Abandon);
        if is_abandoned && matches!(settlement, Settlement::Check | Settlement::Retry) {
            return Err(Denied::Abandoned);
        }
        // Whoever armed it may have lost the lease and be about to send it: that can't be called back.
        let may_be_sent = matches!(state, PostState::Armed(_)) && *settlement != Settlement::Check;
        let quiet = arming.armed_at.saturating_add(rules.quarantine_ms);
        if now_ms < quiet && (may_be_sent || *settlement == Settlement::Retry) {
            return Err(Denied::TooEarly { until: quiet });
        }
        let mut row = Self { lease: None, ..self.clone() };
        match settlement {
            Settlement::Check => row.looks = 0,
            Settlement::Retry => row.decision = Some(Decision::Retry),
            Settlement::Abandon => row.decision = Some(Decision::Abandon),
            Settlement::Published(id) => row.publish(id),
        }
        Ok(row)
    }

    /// The row once X has reported, by an event or otherwise, that the post in doubt exists. `None` if none is in doubt.
    pub fn seen(&self, tweet_id: &str) -> Option<Self> {
        let mut row = self.clone();
        if !row.is_in_doubt() {
            return None;
        }
        row.publish(tweet_id);
        Some(row)
    }

    fn publish(&mut self, tweet_id: &str) {
        if let Some(post) = self.post_mut() {
            post.post = PostState::Published { tweet_id: tweet_id.to_owned(), reconciled: true };
        }
        if let Some(Checkpoint::Thread(thread)) = &mut self.checkpoint {
            thread.published.push(tweet_id.to_owned());
            thread.current = None;
        }
        self.looks = 0;
        self.candidates = Vec::new();
        self.failure = None;
        self.decision = None;
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands in references")]
fn is_zero(value: &u32) -> bool {
    *value == 0
}
