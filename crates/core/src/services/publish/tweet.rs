//! One post: checked, its media uploaded, posted.

use futures_util::future::try_join_all;

use super::content::{PublishContent, check, check_kinds, new_tweet};
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::operation::Operation;
use crate::protocol::rate_limit::RateLimit;
use crate::services::media::{
    MediaApi, MemoryBudget, Prepared, ProgressListener, UploadContext, UploadRequest, UploadedMedia, prepare,
    upload_all,
};
use crate::services::tweets::{CreatedTweet, create};

/// How to publish.
#[derive(Clone, Default)]
pub struct PublishOptions {
    /// Through which API media go.
    pub media_api: MediaApi,
    /// Only check and probe.
    pub dry_run: bool,
    /// Is told how far each medium is.
    pub progress: Option<ProgressListener>,
}

/// A post that stands.
#[derive(Clone, Debug)]
pub struct PublishedTweet {
    /// Its id; empty after a dry run.
    pub tweet_id: String,
    /// Its text as X wrote it.
    pub text: String,
    /// Its media, in the order given.
    pub media: Vec<UploadedMedia>,
    /// Attempts that the post itself took.
    pub attempts: u32,
    /// What X's headers said.
    pub rate_limit: Option<RateLimit>,
    /// Problems that X told beside the post.
    pub warnings: Vec<String>,
}

/// Where a post can be seen, whoever wrote it.
pub fn tweet_url(tweet_id: &str) -> String {
    format!("https://twitter.com/i/web/status/{tweet_id}")
}

/// Publishes a post with its media. `media_credentials` upload, `credentials` post.
pub async fn publish(
    call: &Call,
    content: PublishContent,
    credentials: &Credentials,
    media_credentials: &Credentials,
    options: &PublishOptions,
) -> Result<PublishedTweet, Error> {
    check(&content)?;
    publish_checked(call, content, credentials, media_credentials, options).await
}

/// Creates a post out of a text and media that were uploaded already.
pub async fn create_checked(
    call: &Call,
    content: PublishContent,
    credentials: &Credentials,
) -> Result<CreatedTweet, Error> {
    check(&content)?;
    create(call, credentials, &new_tweet(content, Vec::new())).await
}

pub(super) async fn publish_checked(
    call: &Call,
    mut content: PublishContent,
    credentials: &Credentials,
    media_credentials: &Credentials,
    options: &PublishOptions,
) -> Result<PublishedTweet, Error> {
    let media = upload_media(call, &mut content, media_credentials, options).await?;
    let ids = media.iter().map(|medium| medium.media_id.clone()).collect();
    if options.dry_run {
        let text = content.text;
        return Ok(PublishedTweet {
            tweet_id: String::new(),
            text,
            media,
            attempts: 0,
            rate_limit: None,
            warnings: Vec::new(),
        });
    }
    let created = create(call, credentials, &new_tweet(content, ids)).await?;
    Ok(PublishedTweet {
        tweet_id: created.id,
        text: created.text,
        media,
        attempts: created.attempts,
        rate_limit: created.rate_limit,
        warnings: created.warnings,
    })
}

/// Looks at all media before the first byte of any goes up, so that a mixture is refused while nothing is half done.
async fn upload_media(
    call: &Call,
    content: &mut PublishContent,
    credentials: &Credentials,
    options: &PublishOptions,
) -> Result<Vec<UploadedMedia>, Error> {
    if content.media.is_empty() {
        return Ok(Vec::new());
    }
    let budget = MemoryBudget::new(call.client().config().upload.max_buffered_bytes);
    let inputs = std::mem::take(&mut content.media);
    let fields: Vec<String> = inputs.iter().map(|input| input.field.clone()).collect();
    let share = budget.bytes() / inputs.len().max(1) as u64;
    let prepared: Vec<Prepared> =
        try_join_all(inputs.into_iter().zip(0..).map(async |(input, media_index): (_, u32)| {
            prepare(call, UploadRequest::from(input), share).await.map_err(|error| {
                error.with(|fields| fields.media_index = Some(media_index)).during(Operation::UploadMedia)
            })
        }))
        .await?;
    check_kinds(content, fields.into_iter().zip(prepared.iter().map(Prepared::kind)).collect())?;
    if options.dry_run {
        return Ok(Vec::new());
    }
    let uploading = UploadContext { api: options.media_api, budget, progress: options.progress.clone() };
    upload_all(call, credentials, prepared, &uploading).await
}
