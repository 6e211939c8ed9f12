//! One post: checked, its media uploaded, posted.

use std::sync::Arc;

use super::content::{PublishContent, check};
use super::cost::Cost;
use super::ending::{Published, outcome};
use super::journal::{Journal, Keeper, mismatch};
use super::media::media_of;
use super::options::PublishOptions;
use super::outline::Outline;
use super::run::{Publishers, Run};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Checkpoint, PostCheckpoint, PostState, decode};
use crate::protocol::media::preparation::Preparation;
use crate::protocol::rate_limit::RateLimit;
use crate::services::media::UploadedMedia;
use crate::transport::call::Call;

/// A post that exists.
#[derive(Clone, Debug)]
pub struct PublishedTweet {
    /// Its id; empty after a dry run.
    pub tweet_id: String,
    /// Its text as X wrote it; as it was given where that is not known any more.
    pub text: String,
    /// Its media, in the order given.
    pub media: Vec<UploadedMedia>,
    /// It was found on the timeline, after X's answer had been lost.
    pub reconciled: bool,
    /// Attempts that the post itself took.
    pub attempts: u32,
    /// What X's headers said.
    pub rate_limit: Option<RateLimit>,
    /// Problems that X reported beside the post.
    pub warnings: Vec<String>,
    /// What it costs, by estimate.
    pub cost: Cost,
    /// What would be done with each medium, after a dry run.
    pub preparations: Vec<Preparation>,
}

impl PublishedTweet {
    /// One that another call published.
    pub(super) fn known(tweet_id: String, text: String, media: Vec<UploadedMedia>, cost: Cost) -> Self {
        Self {
            tweet_id,
            text,
            media,
            reconciled: false,
            attempts: 0,
            rate_limit: None,
            warnings: Vec::new(),
            cost,
            preparations: Vec::new(),
        }
    }
}

/// Where a post can be seen, whoever wrote it.
pub fn tweet_url(tweet_id: &str) -> String {
    format!("https://twitter.com/i/web/status/{tweet_id}")
}

/// Publishes a post with its media, within the call's time. `media_credentials` upload, `credentials` post. The content is
/// boxed, since each layer of futures down to the request would copy it.
pub async fn publish(
    call: &Call,
    content: Box<PublishContent>,
    credentials: &Credentials,
    media_credentials: &Credentials,
    options: &PublishOptions,
) -> Result<PublishedTweet, Error> {
    let named = |error: Error| error.during(call.operation());
    check(&content).map_err(named)?;
    let outline = Outline::of(&content);
    let kept = read_checkpoint(options.checkpoint.as_deref()).map_err(named)?;
    let keeper = Keeper::Post(options.store.clone());
    let publishers = Publishers { post: credentials, media: media_credentials, parent_since: None };
    publish_checked(call, (content, outline), publishers, options, kept, keeper).await
}

/// The checkpoint that the caller handed in.
fn read_checkpoint(text: Option<&str>) -> Result<Option<PostCheckpoint>, Error> {
    let Some(text) = text else {
        return Ok(None);
    };
    match decode(text).map_err(|why| Error::invalid_argument("options.checkpoint", why))? {
        Checkpoint::Post(post) => Ok(Some(post)),
        Checkpoint::Thread(_) => Err(mismatch("the checkpoint belongs to a thread")),
    }
}

pub(super) async fn publish_checked(
    call: &Call,
    (content, outline): (Box<PublishContent>, Outline),
    publishers: Publishers<'_>,
    options: &PublishOptions,
    kept: Option<PostCheckpoint>,
    keeper: Keeper,
) -> Result<PublishedTweet, Error> {
    let journal = Journal::open(&outline, kept, keeper).map_err(|error| error.during(call.operation()))?;
    let text = content.text.clone();
    let cost = Cost::of(&outline.charges, &options.prices);
    let run = Run::new(call, publishers, options, Arc::new(journal), content, outline);
    let outcome = call.run(go(&run)).await;
    let error = match outcome {
        Ok(published) => {
            let media = std::mem::take(&mut run.facts().media);
            let is_known = media.is_empty() && !run.outline.labels.is_empty();
            let media = if is_known { media_of(&run.journal.post(), &run.outline.labels) } else { media };
            let preparations = std::mem::take(&mut run.facts().preparations);
            return Ok(PublishedTweet {
                preparations,
                ..tweet_of(published, text, media, run.attempts(), cost)
            });
        }
        Err(error) => error,
    };
    let state = run.state_at_end();
    // What ends a call after its post was created does not undo the post; but it has to be this account's.
    let is_ours = error.code() != ErrorCode::CheckpointMismatch;
    if let (PostState::Published { tweet_id, reconciled }, true) = (&state, is_ours) {
        let (tweet_id, reconciled) = (tweet_id.clone(), *reconciled);
        let warnings = vec![if run.is_account_checked() {
            format!("the post exists, and its last checkpoint may not be saved ({error})")
        } else {
            account_unchecked(&error)
        }];
        let published = Published { id: tweet_id, text: None, reconciled, rate_limit: None, warnings };
        return Ok(tweet_of(
            published,
            text,
            media_of(&run.journal.post(), &run.outline.labels),
            u32::from(!reconciled),
            cost,
        ));
    }
    Err(run.journal.attach(error, state))
}

/// A post is given back though X could not be asked whose it is.
pub(super) fn account_unchecked(error: &Error) -> String {
    format!("the post exists, and that it is this account's could not be checked ({error})")
}

async fn go(run: &Run<'_>) -> Result<Published, Error> {
    if run.options.dry_run {
        // It is by far the largest of these futures, and seldom one of them.
        Box::pin(run.upload_media()).await?;
        let (id, text) = (String::new(), None);
        return Ok(Published { id, text, reconciled: false, rate_limit: None, warnings: Vec::new() });
    }
    run.check_account().await?;
    let end = run.to_its_end().await;
    outcome(end, &mut run.facts(), &mut run.lookout.seen())
}

fn tweet_of(
    published: Published,
    text: String,
    media: Vec<UploadedMedia>,
    attempts: u32,
    cost: Cost,
) -> PublishedTweet {
    PublishedTweet {
        tweet_id: published.id,
        text: published.text.unwrap_or(text),
        media,
        reconciled: published.reconciled,
        attempts,
        rate_limit: published.rate_limit,
        warnings: published.warnings,
        cost,
        preparations: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
