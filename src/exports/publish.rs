//! Posts with media, and threads.

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::credentials::Credentials;
use twitter_native_core::error::Error;
use twitter_native_core::operation::Operation;
use twitter_native_core::secret::Secret;
use twitter_native_core::services::media::MediaApi;
use twitter_native_core::services::publish;

use crate::call::{self, Surroundings};
use crate::input::{PublishContentInput, PublishOptions, read_argument};
use crate::output::{Failure, PublishedThread, PublishedTweet};

/// Who posts, and who uploads the media.
struct Publishers {
    post: Credentials,
    media: Credentials,
}

/// OAuth 1.0a credentials sign the media calls and the OAuth 2.0 token creates the post; either does both alone.
fn read_publishers(oauth2_token: Unknown<'_>, oauth1_credentials: Unknown<'_>) -> Result<Publishers, Error> {
    let token: Option<Secret> = read_argument(oauth2_token, "oauth2Token")?;
    let token = token.filter(|token| !token.is_empty()).map(Credentials::OAuth2);
    let signing =
        read_argument::<Option<_>>(oauth1_credentials, "oauth1Credentials")?.map(Credentials::OAuth1);
    match (token, signing) {
        (Some(post), Some(media)) => Ok(Publishers { post, media }),
        (Some(both), None) | (None, Some(both)) => Ok(Publishers { post: both.clone(), media: both }),
        (None, None) => Err(Error::invalid_argument(
            "oauth2Token",
            "must be an OAuth 2.0 access token, or empty with oauth1Credentials",
        )),
    }
}

fn read_options(options: Unknown<'_>, media: &Credentials) -> Result<publish::PublishOptions, Error> {
    let options: PublishOptions = call::read_options(options)?;
    let media_api = options.media_api.unwrap_or_default();
    if media_api == MediaApi::V1_1 && matches!(media, Credentials::OAuth2(_)) {
        return Err(Error::invalid_argument("options.mediaApi", "'v1.1' needs oauth1Credentials"));
    }
    Ok(publish::PublishOptions {
        media_api,
        dry_run: options.dry_run.unwrap_or(false),
        progress: options.on_progress.map(|listener| listener.0),
    })
}

/// Uploads a post's media and posts it, at most once: a post that X may have processed is never sent again, and
/// fails with `UNKNOWN_OUTCOME`.
///
/// With `oauth1Credentials` these sign the media calls and the OAuth 2.0 token creates the post; with an empty
/// `oauth2Token` they do both; without them the token does both.
#[napi(
    ts_args_type = "content: PublishContent, oauth2Token: string | null | undefined, oauth1Credentials?: OAuth1Credentials | null, options?: PublishOptions",
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
    let surroundings = Surroundings::read(options, environment);
    call::start(env, Operation::PublishTweetWithMedia, surroundings, || {
        let content: PublishContentInput = read_argument(content, "content")?;
        let Publishers { post, media } = read_publishers(oauth2_token, oauth1_credentials)?;
        let options = read_options(options, &media)?;
        Ok(|call: twitter_native_core::call::Call| async move {
            call.run(publish::publish(&call, content.into(), &post, &media, &options))
                .await
                .map_err(Failure::from)
        })
    })
}

/// Posts a thread: each part answers the one before. All parts are checked before the first one is posted.
///
/// If it breaks off, the error's `published` holds the posts that stand and `failedIndex` the part that failed.
#[napi(
    ts_args_type = "parts: PublishContent[], oauth2Token: string | null | undefined, oauth1Credentials?: OAuth1Credentials | null, options?: PublishOptions",
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
    let surroundings = Surroundings::read(options, environment);
    call::start(env, Operation::PublishThread, surroundings, || {
        let parts: Vec<PublishContentInput> = read_argument(parts, "parts")?;
        let Publishers { post, media } = read_publishers(oauth2_token, oauth1_credentials)?;
        let options = read_options(options, &media)?;
        let parts = parts.into_iter().map(Into::into).collect();
        Ok(|call: twitter_native_core::call::Call| async move {
            publish::publish_thread(&call, parts, &post, &media, &options)
                .await
                .map_err(|failure| Failure::from(*failure))
        })
    })
}
