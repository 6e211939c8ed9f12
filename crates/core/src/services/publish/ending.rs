//! What the end of a post is for its caller: a post that exists, or an error that says what is known.

use super::doubt::{Seen, Unread};
use super::facts::Facts;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::operation::Operation;
use crate::protocol::publish::{Candidate, Doubt, End};
use crate::protocol::rate_limit::RateLimit;

/// Posts that a message names, if more than that may be the one.
const MAX_NAMED: usize = 5;

/// A post that exists.
pub(super) struct Published {
    pub(super) id: String,
    /// As X shows it, if this call saw that.
    pub(super) text: Option<String>,
    pub(super) reconciled: bool,
    pub(super) rate_limit: Option<RateLimit>,
    pub(super) warnings: Vec<String>,
}

/// What the caller gets.
pub(super) fn outcome(end: End, facts: &mut Facts, seen: &mut Seen) -> Result<Published, Error> {
    match end {
        End::Published { tweet_id, reconciled, stored } => {
            Ok(published(tweet_id, reconciled, stored, facts, seen))
        }
        End::NotPosted => Err(facts.error.take().unwrap_or_else(|| {
            Error::new(ErrorCode::Internal, "the post was not sent, for an unknown reason")
        })),
        End::NotStored => Err(facts.not_stored.take().unwrap_or_else(|| {
            Error::new(ErrorCode::Internal, "a step was not stored, for an unknown reason")
        })),
        End::StoreTooSlow => Err(store_too_slow()),
        End::LeaseLost => Err(lease_lost()),
        End::InDoubt(doubt) => {
            let error = unknown(facts.lost.take().unwrap_or_else(left_in_doubt), &in_words(&doubt, seen));
            Err(error.with(|fields| {
                if let Doubt::Ambiguous(candidates) = doubt {
                    fields.candidates = candidates;
                }
            }))
        }
    }
}

fn published(id: String, reconciled: bool, stored: bool, facts: &mut Facts, seen: &mut Seen) -> Published {
    let created = facts.created.take().filter(|created| created.id == id);
    let mut published =
        Published { id, text: seen.text.take(), reconciled, rate_limit: None, warnings: Vec::new() };
    if let Some(created) = created {
        published.text = Some(created.text);
        published.rate_limit = created.rate_limit;
        published.warnings = created.warnings;
    }
    if !stored {
        published.warnings.push("the post exists, and its last checkpoint could not be saved".to_owned());
    }
    published
}

fn store_too_slow() -> Error {
    let message = "saving the checkpoint took longer than 5 seconds, so the post was not sent";
    Error::new(ErrorCode::Timeout, message)
        .during(Operation::CreateTweet)
        .with(|fields| fields.retryable = true)
}

fn lease_lost() -> Error {
    let message = "the lease on the post ran out before it was sent, so it was not sent";
    Error::new(ErrorCode::InProgress, message)
        .during(Operation::CreateTweet)
        .with(|fields| fields.retryable = true)
}

/// What an earlier call left.
fn left_in_doubt() -> Error {
    let message = "the post was about to be sent when an earlier call ended; it may have been published";
    Error::new(ErrorCode::UnknownOutcome, message).during(Operation::CreateTweet)
}

/// An earlier call left the post in doubt, and it could not even be looked for: what kept this call from it says
/// nothing of the post.
pub(super) fn not_looked_for(error: &Error) -> Error {
    unknown(left_in_doubt(), &no_account(error))
}

fn no_account(error: &Error) -> String {
    format!("it is not known whose timeline to read ({error})")
}

/// What reading the timeline showed, in words.
pub(super) fn in_words(doubt: &Doubt, seen: &Seen) -> String {
    match doubt {
        Doubt::Ambiguous(candidates) => ambiguous(candidates),
        Doubt::Hidden => "posts of this kind are not on the timeline".to_owned(),
        Doubt::TooEarly => "the last attempt may still be under way; try again in two minutes".to_owned(),
        Doubt::Absent => reads(seen),
        Doubt::Undecided => match &seen.unread {
            Some(Unread::Account(error)) => no_account(error),
            Some(Unread::Timeline(error)) => format!("{} ({error})", reads(seen)),
            Some(Unread::Rows(error)) => {
                format!(
                    "a post exists that may be it, and whether it belongs to another intent is not known ({error})"
                )
            }
            None if seen.clean_reads == 0 => "the timeline was not read".to_owned(),
            None => reads(seen),
        },
    }
}

fn reads(seen: &Seen) -> String {
    let age = seen.age_ms / 1000;
    match seen.clean_reads {
        0 => "the timeline could not be read".to_owned(),
        1 => format!("one read of the timeline, {age} s after it was sent, did not show it"),
        clean => {
            format!("{clean} reads of the timeline, the last one {age} s after it was sent, did not show it")
        }
    }
}

fn ambiguous(candidates: &[Candidate]) -> String {
    let named: Vec<String> = candidates
        .iter()
        .take(MAX_NAMED)
        .map(|candidate| format!("{} ({})", candidate.id, candidate.why))
        .collect();
    let which = if candidates.len() == 1 { "this post may be it" } else { "these posts may be it" };
    let more = candidates.len() - named.len();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{which}: {}{more}", named.join(", "))
}

/// What is not known, what was seen, and what to do.
fn unknown(lost: Error, seen: &str) -> Error {
    let fields = lost.fields();
    let evidence = if fields.code == ErrorCode::DuplicateTweet {
        "; X refuses it as a duplicate, so it was probably published"
    } else {
        ""
    };
    let message = format!(
        "{}; {seen}{evidence}. Do not post it again: look at the account, or call again with the checkpoint",
        fields.message
    );
    lost.with(|fields| {
        fields.code = ErrorCode::UnknownOutcome;
        fields.retryable = false;
        fields.message = message;
    })
}

#[cfg(test)]
mod tests;
