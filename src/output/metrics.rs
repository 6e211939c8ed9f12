//! Metrics.

use napi_derive::napi;
use twitter_native_core::error::Error;
use twitter_native_core::protocol::post::WireMetrics;
use twitter_native_core::services::metrics;

use super::{Failure, number};

/// How a post does.
#[napi(object, object_from_js = false)]
pub struct TweetMetrics {
    /// How often it was seen.
    pub impressions: Option<i64>,
    /// Likes.
    pub likes: i64,
    /// Reposts.
    pub retweets: i64,
    /// Replies.
    pub replies: i64,
    /// Quotes.
    pub quotes: i64,
    /// Bookmarks.
    pub bookmarks: Option<i64>,
    /// Clicks on links; for the author only.
    pub url_link_clicks: Option<i64>,
    /// Clicks on the profile; for the author only.
    pub user_profile_clicks: Option<i64>,
    /// All interactions; for the author only.
    pub engagements: Option<i64>,
    /// Impressions apart from promotion; for the author only.
    pub organic_impressions: Option<i64>,
    /// Groups that were asked for and refused, with the scope `owner`.
    pub unavailable: Option<Vec<String>>,
}

impl From<metrics::TweetMetrics> for TweetMetrics {
    fn from(metrics: metrics::TweetMetrics) -> Self {
        let owner = metrics.non_public.unwrap_or_default();
        let organic = metrics.organic.unwrap_or_default();
        let impressions = metrics.public.impression_count.or(owner.impression_count);
        Self {
            url_link_clicks: owner.url_link_clicks.or(organic.url_link_clicks).map(number),
            user_profile_clicks: owner.user_profile_clicks.or(organic.user_profile_clicks).map(number),
            engagements: owner.engagements.map(number),
            organic_impressions: organic.impression_count.map(number),
            unavailable: (!metrics.unavailable.is_empty()).then_some(metrics.unavailable),
            impressions: impressions.map(number),
            ..Self::from(metrics.public)
        }
    }
}

impl From<WireMetrics> for TweetMetrics {
    fn from(public: WireMetrics) -> Self {
        Self {
            impressions: public.impression_count.map(number),
            likes: number(public.like_count.unwrap_or(0)),
            retweets: number(public.reposts().unwrap_or(0)),
            replies: number(public.reply_count.unwrap_or(0)),
            quotes: number(public.quote_count.unwrap_or(0)),
            bookmarks: public.bookmark_count.map(number),
            url_link_clicks: None,
            user_profile_clicks: None,
            engagements: None,
            organic_impressions: None,
            unavailable: None,
        }
    }
}

/// The metrics of one post of many, or why there are none.
#[napi(object, object_from_js = false)]
pub struct TweetMetricsResult {
    /// The post.
    pub tweet_id: String,
    /// Its metrics.
    pub metrics: Option<TweetMetrics>,
    /// Why there are none.
    #[napi(ts_type = "TwitterError")]
    pub error: Option<Failure>,
}

impl TweetMetricsResult {
    pub(crate) fn new(tweet_id: String, result: Result<metrics::TweetMetrics, Error>) -> Self {
        match result {
            Ok(metrics) => Self { tweet_id, metrics: Some(metrics.into()), error: None },
            Err(error) => Self { tweet_id, metrics: None, error: Some(error.into()) },
        }
    }
}
