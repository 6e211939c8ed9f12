//! Posts and users.

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::credentials::Credentials;
use twitter_native_core::error::Error;
use twitter_native_core::operation::Operation;
use twitter_native_core::services::{publish, tweets, users};

use crate::call;
use crate::input::{
    IntentOptions, PublishContentInput, TimelineOptions, read_argument, read_bearer, read_user_credentials,
};
use crate::output::{CreatedTweet, DeletedTweet, Failure, Tweet, UserProfile, UserTweets};

/// Creates a post out of a text and media that were uploaded already, at most once, as `publishTweetWithMedia` does.
#[napi(
    catch_unwind,
    ts_args_type = "content: TweetContent, credentials: string | TokenManager | OAuth1Credentials, options?: IntentOptions",
    ts_return_type = "Promise<CreatedTweet>"
)]
pub fn create_tweet<'env>(
    env: &'env Env,
    content: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, CreatedTweet>> {
    call::start(env, Operation::CreateTweet, (options, environment), || {
        let content: PublishContentInput = read_argument(content, "content")?;
        if let Some(field) = content.media_field() {
            let why = "is not taken here: upload it first, or use publishTweetWithMedia";
            return Err(Error::invalid_argument(format!("content.{field}"), why));
        }
        let credentials = read_user_credentials(credentials, "credentials")?;
        let mut intent = publish::PublishOptions::default();
        call::read_options::<IntentOptions>(options)?.apply(&mut intent)?;
        let content = Box::new(content.into());
        Ok(|call: Call| async move {
            publish::publish(&call, content, &credentials, &credentials, &intent).await.map_err(Failure::from)
        })
    })
}

/// Deletes a post. One that is gone already counts as deleted.
#[napi(
    catch_unwind,
    ts_args_type = "tweetId: string, credentials: string | TokenManager | OAuth1Credentials, options?: CallOptions",
    ts_return_type = "Promise<DeletedTweet>"
)]
pub fn delete_tweet<'env>(
    env: &'env Env,
    tweet_id: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, DeletedTweet>> {
    call::start(env, Operation::DeleteTweet, (options, environment), || {
        let tweet_id: String = read_argument(tweet_id, "tweetId")?;
        let credentials = read_user_credentials(credentials, "credentials")?;
        Ok(|call: Call| async move {
            call.run(tweets::delete(&call, &credentials, &tweet_id)).await.map_err(Failure::from)
        })
    })
}

impl From<bool> for DeletedTweet {
    fn from(deleted: bool) -> Self {
        Self { deleted }
    }
}

/// Reads a post with its metrics, links and media. An app's bearer token will do.
#[napi(
    catch_unwind,
    ts_args_type = "tweetId: string, credentials: string | TokenManager | OAuth1Credentials, options?: CallOptions",
    ts_return_type = "Promise<Tweet>"
)]
pub fn get_tweet<'env>(
    env: &'env Env,
    tweet_id: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, Tweet>> {
    call::start(env, Operation::GetTweet, (options, environment), || {
        let tweet_id: String = read_argument(tweet_id, "tweetId")?;
        let credentials = read_user_credentials(credentials, "credentials")?;
        Ok(|call: Call| async move {
            call.run(tweets::get(&call, &credentials, &tweet_id)).await.map_err(Failure::from)
        })
    })
}

/// Reads a page of a user's posts, newest first.
#[napi(
    catch_unwind,
    ts_args_type = "userId: string, credentials: string | TokenManager | OAuth1Credentials, options?: TimelineOptions",
    ts_return_type = "Promise<UserTweets>"
)]
pub fn get_user_tweets<'env>(
    env: &'env Env,
    user_id: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, UserTweets>> {
    call::start(env, Operation::GetUserTweets, (options, environment), || {
        let user_id: String = read_argument(user_id, "userId")?;
        let credentials: Credentials = read_user_credentials(credentials, "credentials")?;
        let query: tweets::TimelineQuery = call::read_options::<TimelineOptions>(options)?.into();
        Ok(|call: Call| async move {
            call.run(tweets::user_timeline(&call, &credentials, &user_id, &query))
                .await
                .map_err(Failure::from)
        })
    })
}

/// Reads the profile of the user that an OAuth 2.0 access token belongs to.
#[napi(
    catch_unwind,
    ts_args_type = "accessToken: string | TokenManager, options?: CallOptions",
    ts_return_type = "Promise<UserProfile>"
)]
pub fn get_user_profile<'env>(
    env: &'env Env,
    access_token: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, UserProfile>> {
    call::start(env, Operation::GetUserProfile, (options, environment), || {
        let credentials = read_bearer(access_token, "accessToken")?
            .ok_or_else(|| Error::invalid_argument("accessToken", "is missing or empty"))?;
        Ok(|call: Call| async move { call.run(users::me(&call, &credentials)).await.map_err(Failure::from) })
    })
}
