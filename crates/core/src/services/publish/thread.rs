//! A thread: each part answers the one before.

use std::sync::Arc;

use tokio::time::Instant;

use super::content::{PublishContent, check};
use super::cost::{Cost, charges_of};
use super::digest::digest_of;
use super::ending::not_looked_for;
use super::journal::{Keeper, mismatch};
use super::options::PublishOptions;
use super::outline::Outline;
use super::run::Publishers;
use super::thread_log::ThreadLog;
use super::tweet::{PublishedTweet, account_unchecked, publish_checked, tweet_url};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Checkpoint, ThreadCheckpoint, decode};
use crate::protocol::cost::LISTED_ON;
use crate::services::users;
use crate::transport::call::Call;

/// Longest thread that is taken in one call.
const MAX_PARTS: usize = 100;

/// A thread that exists.
#[derive(Clone, Debug)]
pub struct PublishedThread {
    /// Its posts, in order.
    pub tweets: Vec<PublishedTweet>,
    /// Where its first post can be seen.
    pub thread_url: String,
}

impl PublishedThread {
    /// What all of it costs, by estimate.
    pub fn cost(&self) -> Cost {
        let as_of = self.tweets.first().map_or(LISTED_ON.into(), |first| first.cost.as_of.clone());
        Cost { usd: self.tweets.iter().map(|tweet| tweet.cost.usd).sum(), as_of }
    }
}

/// A thread that broke off.
#[derive(Debug)]
pub struct ThreadFailure {
    /// Why.
    pub error: Error,
    /// The posts that exist.
    pub published: Vec<PublishedTweet>,
    /// The part that failed, counted from 0, if it was one of them.
    pub failed_index: Option<u32>,
}

/// Publishes the parts one after the other. All of them are checked before the first one is posted; those that exist
/// by the checkpoint are not posted again.
pub async fn publish_thread(
    call: &Call,
    parts: Vec<PublishContent>,
    credentials: &Credentials,
    media_credentials: &Credentials,
    options: &PublishOptions,
) -> Result<PublishedThread, Box<ThreadFailure>> {
    let failed = |(failed_index, error): (u32, Error), published: Vec<PublishedTweet>| {
        let error = error.during(call.operation());
        Box::new(ThreadFailure { error, published, failed_index: Some(failed_index) })
    };
    check_parts(&parts).map_err(|failure| failed(failure, Vec::new()))?;
    let log = open_log(&parts, options).map_err(|error| failed((0, error), Vec::new()))?;
    let mut published: Vec<PublishedTweet> = log
        .published()
        .into_iter()
        .zip(&parts)
        .map(|(id, part)| {
            let cost = Cost::of(&charges_of(part), &options.prices);
            PublishedTweet::known(id, part.text.clone(), Vec::new(), cost)
        })
        .collect();
    let standing = published.len();
    let goes_on = !options.dry_run && options.checkpoint.is_some();
    if goes_on && let Err(error) = call.run(check_account(call, credentials, &log)).await {
        let is_whole = standing == parts.len();
        if !is_whole || error.code() == ErrorCode::CheckpointMismatch {
            let error = error.with(|fields| fields.checkpoint = log.encode_begun()).during(call.operation());
            let failed_index = u32::try_from(standing).ok().filter(|_| !is_whole);
            return Err(Box::new(ThreadFailure { error, published, failed_index }));
        }
        // What exists is given back, whether or not X can be asked for the account.
        if let Some(last) = published.last_mut() {
            last.warnings.push(account_unchecked(&error));
        }
    }
    let log = Arc::new(log);
    let mut publishers = Publishers { post: credentials, media: media_credentials, parent_since: None };
    for (mut part, failed_index) in parts.into_iter().zip(0..).skip(standing) {
        if let Some(last) = published.last().filter(|last| !last.tweet_id.is_empty()) {
            part.reply_to = Some(last.tweet_id.clone());
        }
        // Each part runs under the deadline by itself, so that an end in the middle still says what exists.
        let keeper = Keeper::Thread(Arc::clone(&log));
        let kept = log.current();
        let outline = Outline::of(&part);
        match publish_checked(call, (Box::new(part), outline), publishers, options, kept, keeper).await {
            Ok(tweet) => {
                published.push(tweet);
                publishers.parent_since = Some(Instant::now());
            }
            Err(error) => {
                let begun = error.fields().checkpoint.clone().or_else(|| log.encode_begun());
                let error = error.with(|fields| fields.checkpoint = begun);
                return Err(Box::new(ThreadFailure { error, published, failed_index: Some(failed_index) }));
            }
        }
    }
    let thread_url = published.first().map(|first| tweet_url(&first.tweet_id)).unwrap_or_default();
    Ok(PublishedThread { tweets: published, thread_url })
}

/// Digest of all parts.
pub(super) fn thread_digest(parts: &[PublishContent]) -> String {
    let mut digests = Vec::new();
    for part in parts {
        let Outline { digest, sources, .. } = Outline::of(part);
        digests.push(digest.as_str().to_owned());
        digests.extend(sources);
    }
    digest_of(digests)
}

fn open_log(parts: &[PublishContent], options: &PublishOptions) -> Result<ThreadLog, Error> {
    let content = thread_digest(parts);
    let thread = match options.checkpoint.as_deref() {
        None => ThreadCheckpoint { content, account: None, published: Vec::new(), current: None },
        Some(text) => {
            match decode(text).map_err(|why| Error::invalid_argument("options.checkpoint", why))? {
                Checkpoint::Thread(thread) if thread.content == content => thread,
                Checkpoint::Thread(_) => {
                    return Err(mismatch("the checkpoint belongs to another thread: a part differs"));
                }
                Checkpoint::Post(_) => return Err(mismatch("the checkpoint belongs to a single post")),
            }
        }
    };
    if thread.published.len() > parts.len() {
        return Err(mismatch("the checkpoint belongs to a longer thread"));
    }
    Ok(ThreadLog::new(thread, options.store.clone()))
}

async fn check_account(call: &Call, credentials: &Credentials, log: &ThreadLog) -> Result<(), Error> {
    let Some(noted) = log.account() else {
        return Ok(());
    };
    let in_doubt = log.current().is_some_and(|part| part.post.in_doubt().is_some());
    if in_doubt {
        call.mark_post_in_doubt();
    }
    let account = users::id_of(call, credentials)
        .await
        .map_err(|error| if in_doubt { not_looked_for(&error) } else { error })?;
    if account == noted { Ok(()) } else { Err(mismatch("the checkpoint belongs to another account")) }
}

pub(super) fn check_parts(parts: &[PublishContent]) -> Result<(), (u32, Error)> {
    if parts.is_empty() || parts.len() > MAX_PARTS {
        let why = format!("must have 1 to {MAX_PARTS} parts");
        return Err((0, Error::invalid_argument("parts", why)));
    }
    for (part, index) in parts.iter().zip(0..) {
        check(part).map_err(|error| {
            let place = |field: Option<String>| field.map(|field| format!("parts[{index}].{field}"));
            (index, error.with(|fields| fields.field = place(fields.field.take())))
        })?;
        if index > 0 && part.reply_to.is_some() {
            let field = format!("parts[{index}].replyTo");
            return Err((index, Error::invalid_argument(field, "is set by the thread itself")));
        }
    }
    Ok(())
}
