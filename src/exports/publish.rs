//! Posts with media, and threads.

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::credentials::Credentials;
use twitter_native_core::error::Error;
use twitter_native_core::operation::Operation;
use twitter_native_core::protocol::checkpoint::{decode, inspect};
use twitter_native_core::services::media::MediaApi;
use twitter_native_core::services::publish;

use crate::call;
use crate::input::{
    FromJs, IntentOptions, PublishContentInput, PublishOptions, ReconcileOptions, StoredOAuth1,
    read_argument, read_bearer, read_schedule, read_user_credentials,
};
use crate::output::{CheckpointInspection, Failure, PublishedThread, PublishedTweet, ResolvedOutcome};

/// Who posts, and who uploads the media.
pub(super) struct Publishers {
    pub(super) post: Credentials,
    pub(super) media: Credentials,
}

/// OAuth 1.0a credentials sign the media calls and the OAuth 2.0 token creates the post; either does both alone.
pub(super) fn read_publishers(
    oauth2_token: Unknown<'_>,
    oauth1_credentials: Unknown<'_>,
) -> Result<Publishers, Error> {
    let token = read_bearer(oauth2_token, "oauth2Token")?;
    let stored: Option<StoredOAuth1> = read_argument(oauth1_credentials, "oauth1Credentials")?;
    let is_incomplete = matches!(stored, Some(StoredOAuth1(None)));
    let signing = stored.and_then(|stored| stored.0).map(Credentials::OAuth1);
    match (token, signing) {
        (Some(post), Some(media)) => Ok(Publishers { post, media }),
        (Some(both), None) | (None, Some(both)) => Ok(Publishers { post: both.clone(), media: both }),
        (None, None) if is_incomplete => Err(Error::invalid_argument(
            "oauth1Credentials.accessToken",
            "is null, and there is no oauth2Token in its place: connect the account by OAuth 2.0 or OAuth 1.0a first",
        )),
        (None, None) => Err(Error::invalid_argument(
            "oauth2Token",
            "must be an OAuth 2.0 access token, or empty with oauth1Credentials",
        )),
    }
}

pub(super) fn read_options(
    options: Unknown<'_>,
    media: &Credentials,
) -> Result<publish::PublishOptions, Error> {
    let given: PublishOptions = call::read_options(options)?;
    let media_api = given.media_api.unwrap_or_default();
    if media_api == MediaApi::V1_1 && !matches!(media, Credentials::OAuth1(_)) {
        return Err(Error::invalid_argument("options.mediaApi", "'v1.1' needs oauth1Credentials"));
    }
    let mut read = publish::PublishOptions {
        media_api,
        prepare: given.media.and_then(|media| media.prepare),
        dry_run: given.dry_run.unwrap_or(false),
        progress: given.on_progress.map(|listener| listener.0),
        ..publish::PublishOptions::default()
    };
    call::read_options::<IntentOptions>(options)?.apply(&mut read)?;
    Ok(read)
}

/// Uploads a post's media and posts it, at most once: a post that X may have processed is not sent again. If X's
/// answer is lost, the author's timeline is read: a post that is found there is the result, with `reconciled`, and
/// otherwise the call fails with `UNKNOWN_OUTCOME` and a `checkpoint` to continue with.
///
/// With `oauth1Credentials` these sign the media calls and the OAuth 2.0 token creates the post; with an empty
/// `oauth2Token` they do both; without them the token does both.
#[napi(
    catch_unwind,
    ts_args_type = "content: PublishContent, oauth2Token: string | TokenManager | null | undefined, oauth1Credentials?: StoredOAuth1Credentials | null, options?: PublishOptions",
    ts_return_type = "Promise<PublishedTweet>"
)]
pub fn publish_tweet_with_media<'env>(
    env: &'env Env,
    content: Unknown<'env>,
    oauth2_token: Unknown<'env>,
    oauth1_credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, PublishedTweet>> {
    call::start(env, Operation::PublishTweetWithMedia, (options, environment), || {
        let content: PublishContentInput = read_argument(content, "content")?;
        let Publishers { post, media } = read_publishers(oauth2_token, oauth1_credentials)?;
        let options = read_options(options, &media)?;
        let content = Box::new(content.into());
        Ok(|call: Call| async move {
            publish::publish(&call, content, &post, &media, &options).await.map_err(Failure::from)
        })
    })
}

/// Posts a thread: each part answers the one before. All parts are checked before the first one is posted.
///
/// If it breaks off, the error's `published` holds the posts that exist and `failedIndex` the part that failed.
#[napi(
    catch_unwind,
    ts_args_type = "parts: PublishContent[], oauth2Token: string | TokenManager | null | undefined, oauth1Credentials?: StoredOAuth1Credentials | null, options?: PublishOptions",
    ts_return_type = "Promise<PublishedThread>"
)]
pub fn publish_thread<'env>(
    env: &'env Env,
    parts: Unknown<'env>,
    oauth2_token: Unknown<'env>,
    oauth1_credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, PublishedThread>> {
    call::start(env, Operation::PublishThread, (options, environment), || {
        let parts: Vec<PublishContentInput> = read_argument(parts, "parts")?;
        let Publishers { post, media } = read_publishers(oauth2_token, oauth1_credentials)?;
        let options = read_options(options, &media)?;
        let parts = parts.into_iter().map(Into::into).collect();
        Ok(|call: Call| async move {
            publish::publish_thread(&call, parts, &post, &media, &options)
                .await
                .map_err(|failure| Failure::from(*failure))
        })
    })
}

/// Options of [`resolve_outcome`], beside [`CallOptions`](crate::input::CallOptions).
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct ResolveOptions {
    /// When to read the timeline; at once, then as in publishing, until it was read often and long enough.
    pub reconcile: Option<ReconcileOptions>,
}

/// Says what a checkpoint says, without asking X. Nobody else need know its format.
#[napi(catch_unwind, ts_args_type = "checkpoint: string")]
pub fn inspect_checkpoint(env: &Env, checkpoint: Unknown<'_>) -> napi::Result<CheckpointInspection> {
    call::run(env, || {
        let text: String = read_argument(checkpoint, "checkpoint")?;
        let read = decode(&text).map_err(|why| Error::invalid_argument("checkpoint", why))?;
        Ok(inspect(&read).into())
    })
}

/// Finds out what became of a post, by its checkpoint alone: `published` with its id; `not_found`, if every post of
/// the account since then is known to be another one; or `ambiguous` with all that could be it. It sends nothing. A
/// post that was sent a short while ago is looked for until two
/// minutes have passed; what can't be found out is an error.
#[napi(
    catch_unwind,
    ts_args_type = "checkpoint: string, credentials: string | TokenManager | OAuth1Credentials, options?: ResolveOptions",
    ts_return_type = "Promise<ResolvedOutcome>"
)]
pub fn resolve_outcome<'env>(
    env: &'env Env,
    checkpoint: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, ResolvedOutcome>> {
    call::start(env, Operation::ResolveOutcome, (options, environment), || {
        let checkpoint: String = read_argument(checkpoint, "checkpoint")?;
        let credentials = read_user_credentials(credentials, "credentials")?;
        let schedule = read_schedule(call::read_options::<ResolveOptions>(options)?.reconcile)?;
        Ok(|call: Call| async move {
            call.run(publish::resolve_outcome(&call, &checkpoint, &credentials, schedule))
                .await
                .map_err(Failure::from)
        })
    })
}
