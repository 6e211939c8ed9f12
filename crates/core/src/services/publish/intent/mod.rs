//! An intent in a backend's own row: at most one post, whoever calls, however often, and whatever ends the process.

mod event;
mod store;

use std::sync::Arc;

use tokio::time::Instant;

pub use store::{IntentStore, StoreFailure, StoredRow};

use super::content::{PublishContent, check};
use super::cost::{Cost, charges_known_with, charges_of_rest};
use super::media::media_of;
use super::options::{OnUnknown, PublishOptions};
use super::outline::Outline;
use super::thread::{PublishedThread, ThreadFailure, check_parts, publish_thread, thread_digest};
use super::tweet::{PublishedTweet, publish, tweet_url};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Checkpoint, encode, inspect};
use crate::protocol::cost::{PostCharges, Prices};
use crate::protocol::post::WirePost;
use crate::protocol::publish::{Decision, Denied, Failure, Row, Rules, Settlement, Status, marks_for};
use crate::services::media::OnOtherBytes;
use crate::transport::call::Call;
use crate::transport::clock::epoch_ms;
use crate::transport::random;
use store::{Held, Lease, MAX_TRIES, Written, in_progress, load, marked, update, write};

/// How long others leave an intent alone after its call's last sign of life.
pub const DEFAULT_LEASE_MS: u64 = 60_000;

/// An intent: one post or thread, in one row of a backend's store.
pub struct PublishIntent {
    store: Arc<dyn IntentStore>,
    lease_ms: u64,
}

/// What is to be published.
pub enum Contents {
    /// One post.
    Post(Box<PublishContent>),
    /// A thread.
    Thread(Vec<PublishContent>),
}

/// What exists now.
#[derive(Debug)]
pub enum Published {
    /// One post.
    Post(Box<PublishedTweet>),
    /// A thread.
    Thread(PublishedThread),
}

/// Who posts, and who uploads the media.
pub struct Accounts {
    /// Creates the posts.
    pub post: Credentials,
    /// Uploads the media.
    pub media: Credentials,
}

/// How far an intent is.
#[derive(Clone, Debug)]
pub struct Report {
    /// In a word.
    pub status: Status,
    /// How far the post is, by its checkpoint; of a thread, the part that is under way.
    pub post_state: Option<&'static str>,
    /// A post of it may exist without our knowing.
    pub in_doubt: bool,
    /// The posts of it that exist.
    pub published: Vec<String>,
    /// Why the last call failed.
    pub failure: Option<Failure>,
    /// Until when others leave it alone, in milliseconds since the epoch.
    pub lease_until_ms: Option<u64>,
    /// Posts that may be it, and why.
    pub candidates: Vec<crate::protocol::publish::Candidate>,
}

/// What kept an intent from being published, boxed since it holds all that was published of a thread.
pub type IntentFailure = Box<ThreadFailure>;

impl PublishIntent {
    /// An intent in this store. Nothing is read yet.
    pub fn new(store: Arc<dyn IntentStore>, lease_ms: u64) -> Self {
        Self { store, lease_ms }
    }

    /// Publishes it, or gives what an earlier call published. With `only_resume`, nothing is begun that was not begun
    /// before; then the answer is `None`.
    pub async fn publish(
        &self,
        call: &Call,
        contents: Contents,
        accounts: &Accounts,
        options: PublishOptions,
        only_resume: bool,
    ) -> Result<Option<Published>, IntentFailure> {
        check_contents(&contents).map_err(|mut failed| {
            failed.error = failed.error.during(call.operation());
            failed
        })?;
        let identity = Identity::of(&contents);
        let claimed = match call.run(self.claim(&identity, only_resume)).await.map_err(failure)? {
            Claimed::Nothing => return Ok(None),
            // What exists is in its checkpoint, which needs no lease.
            Claimed::Over(row) => {
                let options = PublishOptions { checkpoint: row.checkpoint.as_ref().map(encode), ..options };
                return go(call, contents, accounts, &options).await.map(Some);
            }
            Claimed::Ours(held, since) => (held, since),
        };
        let (held, since) = claimed;
        let given = Given::of(&contents, &options.prices);
        let options = PublishOptions {
            checkpoint: held.row.checkpoint.as_ref().map(encode),
            on_unknown: match held.row.decision {
                Some(Decision::Retry) => OnUnknown::OperatorDecided,
                _ => options.on_unknown,
            },
            // As with other content: it begins anew where nothing of the earlier one exists or may exist.
            on_other_bytes: if held.row.is_untouched() { OnOtherBytes::Upload } else { OnOtherBytes::Refuse },
            ..options
        };
        let lease = Arc::new(Lease::new(Arc::clone(&self.store), self.lease_ms, held, since));
        let gate = Arc::clone(&lease);
        let options = PublishOptions {
            store: Some(Arc::clone(&lease) as _),
            lease_left_ms: Some(Arc::new(move || gate.left_ms())),
            other_rows: self.store.tells_others().then(|| Arc::clone(&lease) as _),
            ..options
        };
        let outcome = {
            let _beating = lease.beat();
            go(call, contents, accounts, &options).await
        };
        self.release(call, &lease, &given, outcome).await.map(Some)
    }

    /// Takes the row, so that nobody else works on it.
    async fn claim(&self, identity: &Identity, only_resume: bool) -> Result<Claimed, Error> {
        let owner = random::alphanumeric(16)?;
        let mut held = load(&*self.store).await?;
        for _ in 0..MAX_TRIES {
            let row = fitting(&held.row, identity)?;
            if only_resume && row.checkpoint.is_none() {
                return Ok(Claimed::Nothing);
            }
            if row.status(epoch_ms()) == Status::Published {
                return Ok(Claimed::Over(row));
            }
            if row.is_looked_for_enough() {
                return Err(looked_for_enough(&row));
            }
            let since = Instant::now();
            let next = row.claimed(&owner, epoch_ms(), self.lease_ms).map_err(denied)?;
            match write(&*self.store, &held, &next).await? {
                Written::Yes(held) => return Ok(Claimed::Ours(held, since)),
                Written::No(other) => held = other,
            }
        }
        Err(in_progress(None))
    }

    /// Lets others work on the row again, and says how the call ended by what the row says if it is not ours any more.
    async fn release(
        &self,
        call: &Call,
        lease: &Lease,
        given: &Given,
        outcome: Result<Published, IntentFailure>,
    ) -> Result<Published, IntentFailure> {
        let failure = outcome.as_ref().err().map(|failed| {
            let fields = failed.error.fields();
            Failure { code: fields.code.as_str().to_owned(), message: fields.message.clone() }
        });
        let candidates =
            outcome.as_ref().err().map(|failed| failed.error.fields().candidates.clone()).unwrap_or_default();
        // Should that fail, the lease runs out by itself.
        let _kept = lease.change(move |row| row.released(failure, candidates)).await;
        let Err(mut failed) = outcome else {
            return outcome;
        };
        if lease.is_lost() {
            // An event of X's, an operator or another call has changed the row: what it says now is what is known.
            if let Some(published) = load(&*self.store).await.ok().and_then(|held| given.published(&held.row))
            {
                return Ok(published);
            }
            if failed.error.code() == ErrorCode::Aborted {
                failed.error = in_progress(None).during(call.operation());
            }
        } else if let (ErrorCode::Aborted, Some(why)) = (failed.error.code(), lease.failure()) {
            failed.error = why.during(call.operation());
        }
        Err(failed)
    }

    /// Takes an event of X's webhook or stream. Says whether it has settled a doubt.
    pub async fn observe(&self, call: &Call, event: &str) -> Result<bool, Error> {
        let Some(post) = event::created_post(event)? else {
            return Ok(false);
        };
        let others = self.others_with(&post).await?;
        let settled = |row: &Row| event::settled_by(call, row, &post, &others).ok_or(());
        Ok(update(&*self.store, settled).await?.is_ok())
    }

    /// The rows that have to do with a post, where the store gives them and this row's post is in doubt.
    async fn others_with(&self, post: &WirePost) -> Result<Vec<Row>, Error> {
        if self.store.tells_others() && load(&*self.store).await?.row.is_in_doubt() {
            return marked(&*self.store, marks_for(post)).await;
        }
        Ok(Vec::new())
    }

    /// Takes an operator's decision about a post in doubt.
    pub async fn settle(&self, settlement: &Settlement) -> Result<(), Error> {
        let rules = Rules::default();
        let changed = update(&*self.store, |row| row.settled(settlement, epoch_ms(), &rules)).await?;
        changed.map(|_| ()).map_err(denied)
    }

    /// How far it is.
    pub async fn status(&self) -> Result<Report, Error> {
        let Held { row, .. } = load(&*self.store).await?;
        let now_ms = epoch_ms();
        Ok(Report {
            status: row.status(now_ms),
            post_state: row.checkpoint.as_ref().map(|checkpoint| inspect(checkpoint).state),
            in_doubt: row.is_in_doubt(),
            published: row.published(),
            failure: row.failure.clone(),
            lease_until_ms: row.lease.as_ref().map(|lease| lease.until),
            candidates: row.candidates.clone(),
        })
    }
}

/// What a call may do with an intent.
enum Claimed {
    /// Nothing was begun, and this call may not begin.
    Nothing,
    /// It exists already.
    Over(Row),
    /// It is this call's, since then.
    Ours(Held, Instant),
}

async fn go(
    call: &Call,
    contents: Contents,
    accounts: &Accounts,
    options: &PublishOptions,
) -> Result<Published, IntentFailure> {
    let (post, media) = (&accounts.post, &accounts.media);
    match contents {
        Contents::Post(content) => publish(call, content, post, media, options)
            .await
            .map(|tweet| Published::Post(Box::new(tweet)))
            .map_err(failure),
        Contents::Thread(parts) => {
            publish_thread(call, parts, post, media, options).await.map(Published::Thread)
        }
    }
}

#[allow(clippy::unnecessary_box_returns, reason = "large, and boxed wherever it goes")]
fn failure(error: Error) -> IntentFailure {
    Box::new(ThreadFailure { error, published: Vec::new(), failed_index: None })
}

/// Content that breaks a rule is refused before the row is touched.
fn check_contents(contents: &Contents) -> Result<(), IntentFailure> {
    match contents {
        Contents::Post(content) => check(content).map_err(failure),
        Contents::Thread(parts) => check_parts(parts).map_err(|(index, error)| {
            Box::new(ThreadFailure { error, published: Vec::new(), failed_index: Some(index) })
        }),
    }
}

/// What of the content a result repeats.
struct Given {
    parts: Vec<GivenPart>,
    is_thread: bool,
    prices: Arc<Prices>,
}

struct GivenPart {
    text: String,
    /// What its media are called.
    labels: Vec<String>,
    /// What X bills for it, but for a link in its text, which is looked for only when it is needed.
    charges: PostCharges,
}

impl Given {
    fn of(contents: &Contents, prices: &Arc<Prices>) -> Self {
        let of_part = |content: &PublishContent| GivenPart {
            text: content.text.clone(),
            labels: content.media.iter().map(|medium| medium.source.label()).collect(),
            charges: charges_of_rest(content),
        };
        let (parts, is_thread) = match contents {
            Contents::Post(content) => (vec![of_part(content)], false),
            Contents::Thread(parts) => (parts.iter().map(of_part).collect(), true),
        };
        Self { parts, is_thread, prices: Arc::clone(prices) }
    }

    /// The result, if the row says that everything exists.
    fn published(&self, row: &Row) -> Option<Published> {
        if row.status(epoch_ms()) != Status::Published {
            return None;
        }
        let parts = row.published().into_iter().zip(&self.parts);
        let media = |labels: &Vec<String>| match &row.checkpoint {
            Some(Checkpoint::Post(post)) => media_of(post, labels),
            _ => Vec::new(),
        };
        let known = |(id, part): (String, &GivenPart)| {
            let cost = Cost::of(&charges_known_with(part.charges, &part.text), &self.prices);
            PublishedTweet::known(id, part.text.clone(), media(&part.labels), cost)
        };
        let mut tweets: Vec<PublishedTweet> = parts.map(known).collect();
        if self.is_thread {
            let thread_url = tweets.first().map(|first| tweet_url(&first.tweet_id)).unwrap_or_default();
            return Some(Published::Thread(PublishedThread { tweets, thread_url }));
        }
        tweets.pop().map(|tweet| Published::Post(Box::new(tweet)))
    }
}

/// What distinguishes one intent's content from another's.
enum Identity {
    Post { content: String, sources: Vec<String> },
    Thread { content: String, parts: u32 },
}

impl Identity {
    fn of(contents: &Contents) -> Self {
        match contents {
            Contents::Post(content) => {
                let Outline { digest, sources, .. } = Outline::of(content);
                Self::Post { content: digest.as_str().to_owned(), sources }
            }
            Contents::Thread(parts) => Self::Thread {
                content: thread_digest(parts),
                parts: u32::try_from(parts.len()).unwrap_or(u32::MAX),
            },
        }
    }

    fn is_of(&self, checkpoint: &Checkpoint) -> bool {
        match (self, checkpoint) {
            (Self::Post { content, sources }, Checkpoint::Post(kept)) => {
                kept.content == *content && kept.media.iter().map(|medium| &medium.source).eq(sources)
            }
            (Self::Thread { content, .. }, Checkpoint::Thread(kept)) => kept.content == *content,
            _ => false,
        }
    }
}

/// The row as far as it belongs to what is to be published. Other content begins anew where nothing of the earlier one
/// exists or may exist.
fn fitting(row: &Row, identity: &Identity) -> Result<Row, Error> {
    let parts = match identity {
        Identity::Post { .. } => 0,
        Identity::Thread { parts, .. } => *parts,
    };
    let belongs = row.checkpoint.as_ref().is_none_or(|checkpoint| identity.is_of(checkpoint));
    if belongs {
        return Ok(Row { parts, ..row.clone() });
    }
    if row.is_untouched() {
        return Ok(Row { lease: row.lease.clone(), parts, ..Row::default() });
    }
    Err(Error::new(
        ErrorCode::CheckpointMismatch,
        "the intent's row belongs to other content, which was published or may have been; publish other content \
         under another row",
    )
    .with(|fields| fields.field = Some("content".to_owned())))
}

fn denied(denied: Denied) -> Error {
    match denied {
        Denied::Busy { until } => in_progress(Some(until)),
        Denied::NotInDoubt => {
            Error::invalid_argument("settlement", "is about a post in doubt, and this intent has none")
        }
        Denied::TooEarly { until } => Error::new(
            ErrorCode::InProgress,
            "the last attempt to post may still be under way, so it can't be sent again yet",
        )
        .with(|fields| {
            fields.retryable = true;
            fields.retry_at_ms = Some(until);
        }),
        Denied::Abandoned => Error::new(
            ErrorCode::UnknownOutcome,
            "the post may have been published when an operator abandoned it; it is never sent again",
        ),
    }
}

fn looked_for_enough(row: &Row) -> Error {
    let looks = row.looks;
    Error::new(
        ErrorCode::UnknownOutcome,
        format!(
            "the post may have been published, and {looks} calls have looked for it; look at the account, then \
             settle the intent with 'check', 'retry', 'abandon' or the post's id"
        ),
    )
    .with(|fields| fields.candidates.clone_from(&row.candidates))
}
