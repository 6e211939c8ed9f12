//! What goes to JavaScript: typed objects, never raw maps.

mod activity_event;
mod cost;
mod events;
mod failure;
mod intent;
mod media;
mod metrics;
mod oauth;
mod text;
mod tweets;
mod webhooks;

pub(crate) use cost::{CostEstimate, EstimatedCost, Usage};
pub(crate) use events::{MediaProgress, RateLimit, RateLimitRow, RequestEvent};
pub(crate) use failure::Failure;
pub(crate) use intent::{CheckpointInspection, IntentStatus};
pub(crate) use media::{MediaProbe, UploadedMediaDetails};
pub(crate) use metrics::{TweetMetrics, TweetMetricsResult};
pub(crate) use oauth::{
    AppBearerToken, AuthorizationRequest, OAuth1AccessToken, OAuth1RequestToken, OAuth2Tokens, RevokedToken,
    SignedRequest, WebhookCrcResponse,
};
pub(crate) use text::{ParsedTweetText, TweetValidation};
pub(crate) use tweets::{
    CreatedTweet, DeletedTweet, PublishedThread, PublishedTweet, ResolvedOutcome, Tweet, UserProfile,
    UserTweets,
};
pub(crate) use webhooks::{
    ActivitySubscription, ActivitySubscriptionPage, Deletion, IsDeleted, IsValid, ValidatedWebhook, Webhook,
    WebhookReplayJob, Webhooks,
};

/// Counters and byte counts are far below 2^53, up to which JavaScript's numbers are exact.
pub(crate) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
