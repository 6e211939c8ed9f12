//! Texts.

use napi::Env;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;
use twitter_native_core::protocol::text;
use twitter_native_core::services::publish::{PublishContent, forbidden_sources, problems_of};

use crate::call;
use crate::input::{CountedText, FromJs, MediaPolicyOptions, PublishContentInput, read_argument};
use crate::output::{ParsedTweetText, TweetValidation};

/// Counts a text as X does (twitter-text, version 3): links count 23, emoji 2, most scripts outside of Latin 2.
#[napi(catch_unwind, ts_args_type = "text: string", ts_return_type = "ParsedTweetText")]
pub fn parse_tweet_text(env: &Env, text: Unknown<'_>) -> napi::Result<ParsedTweetText> {
    call::run(env, || {
        let CountedText(text) = read_argument(text, "text")?;
        Ok(text::parse_tweet_text(&text).into())
    })
}

/// Bounds of a post.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct TweetLimits {
    /// Weighted characters that the account may write; subscribers have up to 25,000.
    /// @default 280
    pub max_weighted_length: Option<u32>,
    /// Cashtags (`$TWTR`) in the text; X allows one with self-serve access to its API. Not counted unless given.
    pub max_cashtags: Option<u32>,
    /// Where media may come from, as `client.mediaPolicy` of the call that will publish; by default as `configure()` and the
    /// environment have it.
    pub media_policy: Option<MediaPolicyOptions>,
}

/// Lists every rule that a post breaks, as far as it can be known without looking at its media: X's rules, and where media
/// may come from. Nothing is read and nothing is sent.
#[napi(
    catch_unwind,
    ts_args_type = "content: PublishContent, limits?: TweetLimits",
    ts_return_type = "TweetValidation"
)]
pub fn validate_tweet(
    env: &Env,
    content: Unknown<'_>,
    limits: Unknown<'_>,
    environment: Unknown<'_>,
) -> napi::Result<TweetValidation> {
    call::run(env, || {
        let content: PublishContentInput = read_argument(content, "content")?;
        let limits: Option<TweetLimits> = read_argument(limits, "limits")?;
        let mut content = PublishContent::from(content);
        let mut media_policy = None;
        if let Some(limits) = limits {
            media_policy = limits.media_policy;
            let length = limits.max_weighted_length.unwrap_or(content.limits.max_weighted_length);
            content.limits.max_weighted_length = length;
            content.limits.max_cashtags = limits.max_cashtags.and_then(|limit| usize::try_from(limit).ok());
        }
        let policy = call::media_policy(media_policy, environment)?;
        let mut problems = problems_of(&content);
        problems.extend(forbidden_sources(&content, &policy.addresses));
        Ok(problems.into())
    })
}
