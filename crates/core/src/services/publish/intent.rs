//! One post from its checkpoint to its id: at most once, and never lost without a word.
//!
//! ```text
//! NEW ─▶ MEDIA_READY ─▶ ARMED ─┬─▶ PUBLISHED
//!                         ▲    ├─▶ REJECTED
//!                         │    └─▶ UNKNOWN ─┬─▶ PUBLISHED      the timeline shows it
//!                         │                 └─▶ NEEDS_HUMAN    it does not, however long it is read
//!                         └──────────────────────┘             where the caller chose to try again
//! ```

use std::sync::Arc;

use super::arm::Arm;
use super::claims;
use super::doubt::{Doubt, Finding};
use super::journal::Journal;
use super::options::{OnUnknown, PublishOptions};
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::operation::Operation;
use crate::protocol::checkpoint::{Arming, MediaPhase, PostState, Sought, UploadCheckpoint};
use crate::protocol::rate_limit::RateLimit;
use crate::protocol::reconcile::{Candidate, Duplicate, after_duplicate};
use crate::services::tweets::{CreatedTweet, NewTweet, create};
use crate::services::users;

/// Epochs that one call begins, where the caller chose to try again.
const MAX_EPOCHS: u32 = 3;

/// What is to be posted, by whom and how.
pub(super) struct Intent<'a> {
    pub(super) call: &'a Call,
    pub(super) credentials: &'a Credentials,
    pub(super) options: &'a PublishOptions,
    pub(super) journal: Arc<Journal>,
}

/// A post that stands.
pub(super) struct Standing {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) reconciled: bool,
    pub(super) attempts: u32,
    pub(super) rate_limit: Option<RateLimit>,
    pub(super) warnings: Vec<String>,
}

impl Standing {
    fn found(id: String, text: String, attempts: u32) -> Self {
        Self { id, text, reconciled: true, attempts, rate_limit: None, warnings: Vec::new() }
    }

    fn created(tweet: CreatedTweet) -> Self {
        Self {
            id: tweet.id,
            text: tweet.text,
            reconciled: false,
            attempts: tweet.attempts,
            rate_limit: tweet.rate_limit,
            warnings: tweet.warnings,
        }
    }
}

impl Intent<'_> {
    /// Sees to it that a checkpoint is used for the account that it belongs to. Whoever keeps checkpoints wants that
    /// to be known; otherwise it is not worth a request.
    pub(super) async fn check_account(&self) -> Result<(), Error> {
        let noted = self.journal.account();
        if noted.is_none() && !self.journal.is_kept() {
            return Ok(());
        }
        let in_doubt = self.journal.state().in_doubt().is_some();
        if in_doubt {
            self.call.post_is_in_doubt();
        }
        let account = users::id_of(self.call, self.credentials)
            .await
            .map_err(|error| if in_doubt { not_looked_for(&error) } else { error })?;
        if noted.is_some_and(|noted| noted != account) {
            return Err(super::journal::mismatch("the checkpoint belongs to another account"));
        }
        self.journal.set_account(&account);
        Ok(())
    }

    /// What became of the post in earlier processes: it stands already, or nothing of it was sent, or, where it was
    /// in doubt, the timeline decides. `None` means that it is to be sent, after the given epoch if there was one.
    pub(super) async fn earlier(&self, text: &str) -> Result<Result<Standing, Option<Arming>>, Error> {
        let state = self.journal.state();
        if let PostState::Published { tweet_id, reconciled } = state {
            let standing = Standing::found(tweet_id, text.to_owned(), 0);
            return Ok(Ok(Standing { reconciled, ..standing }));
        }
        let Some(arming) = state.in_doubt().cloned() else {
            return Ok(Err(None));
        };
        // From here on an abort leaves the post in doubt.
        self.call.post_is_in_doubt();
        let schedule: Vec<u64> = std::iter::once(0).chain(self.options.schedule_ms.iter().copied()).collect();
        let schedule = if self.options.schedule_ms.is_empty() { Vec::new() } else { schedule };
        match self.settle(&arming, &schedule, left_in_doubt()).await? {
            Some(standing) => Ok(Ok(standing)),
            None => Ok(Err(Some(arming))),
        }
    }

    /// Sends the post. `earlier` is the mark of an epoch that was given up.
    pub(super) async fn send(
        &self,
        tweet: &NewTweet,
        sought: &Sought,
        mut earlier: Option<Arming>,
    ) -> Result<Standing, Error> {
        let mut attempts = 0;
        for _ in 0..MAX_EPOCHS {
            let arm = Arm::new(self.call, &self.journal, sought.clone(), earlier.as_ref());
            let outcome = create(self.call, self.credentials, tweet, &arm).await;
            attempts += arm.attempts();
            let lost = match outcome {
                Ok(created) => {
                    let mut standing = Standing { attempts, ..Standing::created(created) };
                    self.keep_published(&mut standing).await;
                    return Ok(standing);
                }
                Err(error) if is_in_doubt(&error, earlier.as_ref()) => error,
                Err(error) if error.code() == ErrorCode::DuplicateTweet => {
                    return self.settle_duplicate(&arm.arming(), error, attempts).await;
                }
                Err(error) => {
                    self.keep_refusal(&error).await;
                    return Err(error);
                }
            };
            self.call.post_is_in_doubt();
            let arming = arm.arming();
            // What is kept says ARMED, which means the same to whoever goes on from there.
            let _unkept = self.journal.set_state(PostState::Unknown(arming.clone())).await;
            if let Some(mut standing) = self.settle(&arming, &self.options.schedule_ms, lost).await? {
                standing.attempts = attempts;
                return Ok(standing);
            }
            earlier = Some(arming);
        }
        Err(Error::new(
            ErrorCode::UnknownOutcome,
            format!("X's answer to the post was lost {MAX_EPOCHS} times; it may have been published"),
        )
        .during(Operation::CreateTweet))
    }

    /// Looks for a post in doubt. `None` if it does not stand and is to be sent again; otherwise what is not known
    /// comes back as `lost`, with what was seen.
    async fn settle(
        &self,
        arming: &Arming,
        schedule_ms: &[u64],
        lost: Error,
    ) -> Result<Option<Standing>, Error> {
        let finding = self.look(arming, schedule_ms).await;
        let duplicate = lost.code() == ErrorCode::DuplicateTweet;
        match finding {
            Finding::Stands { id, text } => {
                let mut standing = Standing::found(id, text, 1);
                self.keep_published(&mut standing).await;
                Ok(Some(standing))
            }
            Finding::Ambiguous(candidates) => Err(unknown(lost, &named(&candidates))),
            Finding::NotThere(seen) => {
                let _unkept = self.journal.set_state(PostState::NeedsHuman(arming.clone())).await;
                if self.options.on_unknown == OnUnknown::Retry && !duplicate {
                    self.call.doubt_is_over();
                    return Ok(None);
                }
                Err(unknown(lost, &seen))
            }
            Finding::Undecided(seen) => Err(unknown(lost, &seen)),
        }
    }

    async fn look(&self, arming: &Arming, schedule_ms: &[u64]) -> Finding {
        if schedule_ms.is_empty() {
            return Finding::Undecided("the timeline was not read".to_owned());
        }
        match users::id_of(self.call, self.credentials).await {
            Ok(account) => self.doubt(&self.journal.intent(), &account, arming, schedule_ms).settle().await,
            Err(error) => Finding::Undecided(no_timeline(&error)),
        }
    }

    fn doubt<'a>(
        &'a self,
        intent: &'a str,
        account: &'a str,
        arming: &'a Arming,
        schedule_ms: &'a [u64],
    ) -> Doubt<'a> {
        let (call, credentials) = (self.call, self.credentials);
        Doubt { intent, call, credentials, account, arming, own_media: self.own_media(), schedule_ms }
    }

    /// X calls the first attempt a duplicate: that stands, unless the timeline shows otherwise.
    async fn settle_duplicate(
        &self,
        arming: &Arming,
        refusal: Error,
        attempts: u32,
    ) -> Result<Standing, Error> {
        self.call.post_is_in_doubt();
        let (means, text) =
            self.look_at_duplicate(arming).await.unwrap_or((Duplicate::Refused, String::new()));
        match means {
            Duplicate::Published { id } => {
                let mut standing = Standing::found(id, text, attempts);
                self.keep_published(&mut standing).await;
                Ok(standing)
            }
            Duplicate::Refused => {
                self.call.doubt_is_over();
                self.keep_refusal(&refusal).await;
                Err(refusal)
            }
            Duplicate::Unknown(candidates) => {
                let _unkept = self.journal.set_state(PostState::Unknown(arming.clone())).await;
                Err(unknown(refusal, &named(&candidates)))
            }
        }
    }

    async fn look_at_duplicate(&self, arming: &Arming) -> Option<(Duplicate, String)> {
        if self.options.schedule_ms.is_empty() || arming.seek.hidden {
            return None;
        }
        let account = users::id_of(self.call, self.credentials).await.ok()?;
        let (verdict, text) = self.doubt(&self.journal.intent(), &account, arming, &[]).read().await.ok()?;
        Some((after_duplicate(&verdict, true), text))
    }

    /// What was uploaded for this post alone.
    pub(super) fn own_media(&self) -> Vec<UploadCheckpoint> {
        let ready =
            |(phase, upload): (MediaPhase, UploadCheckpoint)| (phase == MediaPhase::Ready).then_some(upload);
        self.journal.media().into_iter().flatten().filter_map(ready).collect()
    }

    /// The post stands, whether that can be kept or not.
    async fn keep_published(&self, standing: &mut Standing) {
        let state = PostState::Published { tweet_id: standing.id.clone(), reconciled: standing.reconciled };
        self.journal.know(state.clone());
        claims::published(claims::server(self.call), &self.journal.intent(), &standing.id);
        self.call.doubt_is_over();
        if self.journal.set_state(state).await.is_err() {
            standing.warnings.push("the post stands, and its last checkpoint could not be kept".to_owned());
        }
    }

    /// X refused the post, or it surely was not sent.
    async fn keep_refusal(&self, error: &Error) {
        claims::absent(&self.journal.intent());
        if error.fields().status.is_none() {
            self.journal.disarm().await;
        } else if matches!(self.journal.state(), PostState::Armed(_)) {
            let code = error.code().as_str().to_owned();
            let _unkept = self.journal.set_state(PostState::Rejected { code }).await;
        }
    }
}

/// The post may stand: its answer was lost, or X calls it a duplicate after one was lost.
fn is_in_doubt(error: &Error, earlier: Option<&Arming>) -> bool {
    error.code() == ErrorCode::UnknownOutcome
        || (error.code() == ErrorCode::DuplicateTweet && earlier.is_some())
}

/// What an earlier call left.
fn left_in_doubt() -> Error {
    Error::new(
        ErrorCode::UnknownOutcome,
        "the post was about to be sent when an earlier call ended; it may have been published",
    )
    .during(Operation::CreateTweet)
}

/// The posts that may be it, and why each of them may.
fn named(candidates: &[Candidate]) -> String {
    let named: Vec<String> =
        candidates.iter().map(|candidate| format!("{} ({})", candidate.id, candidate.why.words())).collect();
    let which = if named.len() == 1 { "this post may be it" } else { "these posts may be it" };
    format!("{which}: {}", named.join(", "))
}

fn no_timeline(error: &Error) -> String {
    format!("it is not known whose timeline to read ({error})")
}

/// An earlier call left the post in doubt, and it could not even be looked for: what kept this call from it says
/// nothing of the post.
pub(super) fn not_looked_for(error: &Error) -> Error {
    unknown(left_in_doubt(), &no_timeline(error))
}

/// What is not known, what was seen, and what to do.
fn unknown(lost: Error, seen: &str) -> Error {
    let fields = lost.fields();
    let evidence = if fields.code == ErrorCode::DuplicateTweet {
        "; X refuses it as a duplicate, so it probably stands"
    } else {
        ""
    };
    let message = format!(
        "{}; {seen}{evidence}. Do not post it anew: look at the account, or call again with the checkpoint",
        fields.message
    );
    lost.with(|fields| {
        fields.code = ErrorCode::UnknownOutcome;
        fields.retryable = false;
        fields.message = message;
    })
}
