//! One post: checked, its media uploaded, posted.

use std::sync::Arc;

use futures_util::future::try_join_all;

use super::content::{MediaInput, MediumOutline, PublishContent, check, check_kinds, new_tweet};
use super::intent::{Intent, Standing};
use super::journal::{Journal, Keeper, mismatch};
use super::options::PublishOptions;
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::operation::Operation;
use crate::protocol::checkpoint::{Checkpoint, PostCheckpoint, PostState, UploadCheckpoint, decode};
use crate::protocol::media::category::{ContentType, MediaCategory};
use crate::protocol::rate_limit::RateLimit;
use crate::services::media::{
    Lanes, MemoryBudget, Prepared, UploadContext, UploadRequest, UploadedMedia, prepare, upload_all,
};

/// A post that stands.
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
    /// Problems that X told beside the post.
    pub warnings: Vec<String>,
}

/// Where a post can be seen, whoever wrote it.
pub fn tweet_url(tweet_id: &str) -> String {
    format!("https://twitter.com/i/web/status/{tweet_id}")
}

/// Who posts, and who uploads the media.
#[derive(Clone, Copy)]
pub(super) struct Publishers<'a> {
    pub(super) post: &'a Credentials,
    pub(super) media: &'a Credentials,
}

/// Publishes a post with its media, within the call's time. `media_credentials` upload, `credentials` post.
pub async fn publish(
    call: &Call,
    content: PublishContent,
    credentials: &Credentials,
    media_credentials: &Credentials,
    options: &PublishOptions,
) -> Result<PublishedTweet, Error> {
    let named = |error: Error| error.during(call.operation());
    check(&content).map_err(named)?;
    let kept = read_checkpoint(options.checkpoint.as_deref()).map_err(named)?;
    let keeper = Keeper::Post(options.store.clone());
    let publishers = Publishers { post: credentials, media: media_credentials };
    publish_checked(call, content, publishers, options, kept, keeper).await
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
    content: PublishContent,
    publishers: Publishers<'_>,
    options: &PublishOptions,
    kept: Option<PostCheckpoint>,
    keeper: Keeper,
) -> Result<PublishedTweet, Error> {
    let journal = Journal::open(&content, kept, keeper).map_err(|error| error.during(call.operation()))?;
    let journal = Arc::new(journal);
    let intent = Intent { call, credentials: publishers.post, options, journal: Arc::clone(&journal) };
    let (text, labels) = (content.text.clone(), content.labels());
    let outcome = call.run(run(&intent, content, publishers.media)).await;
    let error = match outcome {
        Ok(published) => return Ok(published),
        Err(error) => error,
    };
    // What ends a call behind its post does not undo the post.
    if let PostState::Published { tweet_id, reconciled } = journal.state() {
        let warnings = vec![format!("the post stands, and its last checkpoint may not be kept ({error})")];
        let attempts = u32::from(!reconciled);
        let standing = Standing { id: tweet_id, text, reconciled, attempts, rate_limit: None, warnings };
        return Ok(published(standing, intent.known_media(labels)));
    }
    Err(journal.attach(error, call.has_post_in_doubt()))
}

async fn run(
    intent: &Intent<'_>,
    mut content: PublishContent,
    media_credentials: &Credentials,
) -> Result<PublishedTweet, Error> {
    let (call, options) = (intent.call, intent.options);
    let is_published = matches!(intent.journal.state(), PostState::Published { .. });
    if !is_published && !options.dry_run {
        intent.check_account().await?;
    }
    let earlier = if options.dry_run { Err(None) } else { intent.earlier(&content.text).await? };
    let earlier = match earlier {
        Ok(standing) => return Ok(published(standing, intent.known_media(content.labels()))),
        Err(earlier) => earlier,
    };
    let media = upload_media(call, &mut content, media_credentials, intent).await?;
    if options.dry_run {
        let text = content.text;
        let standing = Standing {
            id: String::new(),
            text,
            reconciled: false,
            attempts: 0,
            rate_limit: None,
            warnings: Vec::new(),
        };
        return Ok(published(standing, media));
    }
    if !media.is_empty() && earlier.is_none() {
        intent.journal.set_state(PostState::MediaReady).await?;
    }
    let ids = media.iter().map(|medium| medium.media_id.clone()).collect();
    let (tweet, sought) = (new_tweet(&content, ids), content.sought());
    let standing = intent.send(&tweet, &sought, earlier).await?;
    Ok(published(standing, media))
}

fn published(standing: Standing, media: Vec<UploadedMedia>) -> PublishedTweet {
    PublishedTweet {
        tweet_id: standing.id,
        text: standing.text,
        media,
        reconciled: standing.reconciled,
        attempts: standing.attempts,
        rate_limit: standing.rate_limit,
        warnings: standing.warnings,
    }
}

impl Intent<'_> {
    /// The media of a post that stands, as far as the journal knows them.
    fn known_media(&self, labels: Vec<String>) -> Vec<UploadedMedia> {
        let uploads = self.own_media().into_iter().zip(labels);
        uploads.filter_map(|(upload, label)| known(upload, label)).collect()
    }
}

/// A medium that an earlier call uploaded, or this one before it was ended.
fn known(upload: UploadCheckpoint, source: String) -> Option<UploadedMedia> {
    Some(UploadedMedia {
        category: MediaCategory::parse(&upload.category)?,
        content_type: ContentType::parse(&upload.content_type)?,
        media_id: upload.id,
        media_key: upload.key,
        source,
        bytes: upload.bytes,
        expires_at_ms: upload.expires_at,
        processed: upload.processed,
    })
}

/// Looks at all media before the first byte of any goes up, so that a mixture is refused while nothing is half done.
async fn upload_media(
    call: &Call,
    content: &mut PublishContent,
    credentials: &Credentials,
    intent: &Intent<'_>,
) -> Result<Vec<UploadedMedia>, Error> {
    if content.media.is_empty() {
        return Ok(Vec::new());
    }
    let options = intent.options;
    let budget = MemoryBudget::new(call.client().config().upload.max_buffered_bytes);
    let inputs = std::mem::take(&mut content.media);
    let outlines: Vec<MediumOutline> = inputs.iter().map(MediaInput::outline).collect();
    let share = budget.bytes() / inputs.len().max(1) as u64;
    let kept = intent.journal.media();
    let prepared: Vec<Prepared> = try_join_all(inputs.into_iter().zip(kept).zip(0..).map(
        async |((input, kept), media_index): (_, u32)| {
            let request = UploadRequest { kept, ..UploadRequest::from(input) };
            prepare(call, request, share).await.map_err(|error| {
                error.with(|fields| fields.media_index = Some(media_index)).during(Operation::UploadMedia)
            })
        },
    ))
    .await?;
    let categories = prepared.iter().map(Prepared::category);
    check_kinds(content, &outlines.into_iter().zip(categories).collect::<Vec<_>>())?;
    if options.dry_run {
        return Ok(Vec::new());
    }
    let uploading = UploadContext {
        api: options.media_api,
        budget,
        lanes: Lanes::new(call.client().config().upload.concurrency),
        progress: options.progress.clone(),
        log: Some(Arc::clone(&intent.journal) as _),
    };
    upload_all(call, credentials, prepared, &uploading).await
}
