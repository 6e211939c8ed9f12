//! A thread: each part answers the one before.

use super::content::{PublishContent, check};
use super::tweet::{PublishOptions, PublishedTweet, publish_checked, tweet_url};
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;

/// Longest thread that is taken in one call.
const MAX_PARTS: usize = 100;

/// A thread that stands.
#[derive(Clone, Debug)]
pub struct PublishedThread {
    /// Its posts, in order.
    pub tweets: Vec<PublishedTweet>,
    /// Where its first post can be seen.
    pub thread_url: String,
}

/// A thread that broke off.
#[derive(Debug)]
pub struct ThreadFailure {
    /// Why.
    pub error: Error,
    /// The posts that stand.
    pub published: Vec<PublishedTweet>,
    /// The part that failed, counted from 0.
    pub failed_index: u32,
}

/// Publishes the parts one after the other. All of them are checked before the first one is posted.
pub async fn publish_thread(
    call: &Call,
    parts: Vec<PublishContent>,
    credentials: &Credentials,
    media_credentials: &Credentials,
    options: &PublishOptions,
) -> Result<PublishedThread, Box<ThreadFailure>> {
    let mut published: Vec<PublishedTweet> = Vec::new();
    if let Err((failed_index, error)) = check_parts(&parts) {
        let error = error.during(call.operation());
        return Err(Box::new(ThreadFailure { error, published, failed_index }));
    }
    for (mut part, failed_index) in parts.into_iter().zip(0..) {
        if let Some(last) = published.last().filter(|last| !last.tweet_id.is_empty()) {
            part.reply_to = Some(last.tweet_id.clone());
        }
        // Each part runs under the deadline by itself, so that an end in the middle still tells what stands.
        match call.run(publish_checked(call, part, credentials, media_credentials, options)).await {
            Ok(tweet) => published.push(tweet),
            Err(error) => return Err(Box::new(ThreadFailure { error, published, failed_index })),
        }
    }
    let thread_url = published.first().map(|first| tweet_url(&first.tweet_id)).unwrap_or_default();
    Ok(PublishedThread { tweets: published, thread_url })
}

fn check_parts(parts: &[PublishContent]) -> Result<(), (u32, Error)> {
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
