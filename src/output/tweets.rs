//! Posts, threads, users.

use napi_derive::napi;
use twitter_native_core::protocol::post::Reference;
use twitter_native_core::services::publish::{self, tweet_url};
use twitter_native_core::services::{tweets, users};

use super::{EstimatedCost, MediaPreparation, RateLimit, TweetMetrics, UploadedMediaDetails, number};

/// A post that exists.
#[napi(object, object_from_js = false)]
pub struct PublishedTweet {
    /// Its id; empty after a dry run.
    pub tweet_id: String,
    /// `https://twitter.com/i/web/status/<id>`; empty after a dry run.
    pub tweet_url: String,
    /// Its text as X wrote it, with links replaced.
    pub text: String,
    /// Ids of its media, in the order given.
    pub media_ids: Vec<String>,
    /// Its media, in the order given.
    #[napi(ts_type = "UploadedMedia[]")]
    pub media: Vec<UploadedMediaDetails>,
    /// The post was found after X's answer had been lost.
    pub reconciled: bool,
    /// Attempts that the post itself took.
    pub attempts: u32,
    /// What X's headers said.
    pub rate_limit: Option<RateLimit>,
    /// Problems that X reported beside the post.
    pub warnings: Option<Vec<String>>,
    /// What it costs by X's list of prices, alt texts included. A dry run's is what it would cost.
    pub estimated_cost: EstimatedCost,
    /// After a dry run: what was done with each of its media, in the order given, and would be again.
    pub prepare: Option<Vec<MediaPreparation>>,
}

impl From<publish::PublishedTweet> for PublishedTweet {
    fn from(tweet: publish::PublishedTweet) -> Self {
        let sent = !tweet.tweet_id.is_empty();
        Self {
            tweet_url: if sent { tweet_url(&tweet.tweet_id) } else { String::new() },
            tweet_id: tweet.tweet_id,
            text: tweet.text,
            media_ids: tweet.media.iter().map(|medium| medium.media_id.clone()).collect(),
            media: tweet.media.into_iter().map(UploadedMediaDetails::from).collect(),
            reconciled: tweet.reconciled,
            attempts: tweet.attempts,
            rate_limit: tweet.rate_limit.map(RateLimit::from),
            warnings: (!tweet.warnings.is_empty()).then_some(tweet.warnings),
            estimated_cost: tweet.cost.into(),
            prepare: (!tweet.preparations.is_empty())
                .then(|| tweet.preparations.into_iter().map(MediaPreparation::from).collect()),
        }
    }
}

/// A thread that exists.
#[napi(object, object_from_js = false)]
pub struct PublishedThread {
    /// Its posts, in order.
    pub tweets: Vec<PublishedTweet>,
    /// Where its first post can be seen.
    pub thread_url: String,
    /// What all of them cost by X's list of prices.
    pub estimated_cost: EstimatedCost,
}

impl From<publish::PublishedThread> for PublishedThread {
    fn from(thread: publish::PublishedThread) -> Self {
        Self {
            estimated_cost: thread.cost().into(),
            tweets: thread.tweets.into_iter().map(PublishedTweet::from).collect(),
            thread_url: thread.thread_url,
        }
    }
}

/// A post that was created.
#[napi(object, object_from_js = false)]
pub struct CreatedTweet {
    /// Its id.
    pub id: String,
    /// Its text as X wrote it, with links replaced.
    pub text: String,
    /// What it costs by X's list of prices.
    pub estimated_cost: EstimatedCost,
}

impl From<publish::PublishedTweet> for CreatedTweet {
    fn from(tweet: publish::PublishedTweet) -> Self {
        Self { id: tweet.tweet_id, text: tweet.text, estimated_cost: tweet.cost.into() }
    }
}

/// What became of a post.
#[napi(object, object_from_js = false)]
pub struct ResolvedOutcome {
    /// Whether it exists.
    #[napi(ts_type = "'published' | 'not_found' | 'ambiguous'")]
    pub outcome: &'static str,
    /// Its id, if it exists.
    pub tweet_id: Option<String>,
    /// `https://twitter.com/i/web/status/<id>`, if it exists.
    pub tweet_url: Option<String>,
    /// Ids of all posts that could be it, if it is not clear which one is.
    pub candidates: Option<Vec<String>>,
}

impl From<publish::Resolution> for ResolvedOutcome {
    fn from(resolution: publish::Resolution) -> Self {
        let nothing = Self { outcome: "not_found", tweet_id: None, tweet_url: None, candidates: None };
        match resolution {
            publish::Resolution::NotFound => nothing,
            publish::Resolution::Published(id) => {
                Self { outcome: "published", tweet_url: Some(tweet_url(&id)), tweet_id: Some(id), ..nothing }
            }
            publish::Resolution::Ambiguous(ids) => {
                Self { outcome: "ambiguous", candidates: Some(ids), ..nothing }
            }
        }
    }
}

/// What became of a deletion.
#[napi(object, object_from_js = false)]
pub struct DeletedTweet {
    /// The post is gone.
    pub deleted: bool,
}

/// A link of a post.
#[napi(object, object_from_js = false)]
pub struct TweetUrl {
    /// The t.co address in the text.
    pub url: String,
    /// Where it leads.
    pub expanded_url: String,
}

/// A medium of a post.
#[napi(object, object_from_js = false)]
pub struct TweetMedia {
    /// Its key.
    pub media_key: String,
    /// What it is.
    #[napi(js_name = "type", ts_type = "'photo' | 'video' | 'animated_gif'")]
    pub kind: String,
    /// Address of a photo.
    pub url: Option<String>,
    /// Address of a video's still.
    pub preview_image_url: Option<String>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// Milliseconds.
    pub duration_ms: Option<i64>,
    /// Description.
    pub alt_text: Option<String>,
    /// Views of a video.
    pub views: Option<i64>,
}

/// A post that is referred to.
#[napi(object, object_from_js = false)]
pub struct TweetReference {
    /// How.
    #[napi(js_name = "type", ts_type = "'replied_to' | 'quoted' | 'retweeted'")]
    pub kind: String,
    /// Its id.
    pub id: String,
}

impl From<&Reference> for TweetReference {
    fn from(reference: &Reference) -> Self {
        Self { kind: reference.kind.clone(), id: reference.id.clone() }
    }
}

/// A post as it is on X.
#[napi(object, object_from_js = false)]
pub struct Tweet {
    /// Its id.
    pub id: String,
    /// Its whole text.
    pub text: String,
    /// ISO 8601.
    pub created_at: Option<String>,
    /// The author's id.
    pub author_id: Option<String>,
    /// The id of the thread's first post.
    pub conversation_id: Option<String>,
    /// Whom it answers.
    pub in_reply_to_user_id: Option<String>,
    /// Two letters.
    pub lang: Option<String>,
    /// Its links.
    pub urls: Vec<TweetUrl>,
    /// Its media.
    pub media: Vec<TweetMedia>,
    /// Posts that it answers, quotes or repeats.
    pub references: Vec<TweetReference>,
    /// How it does.
    pub metrics: Option<TweetMetrics>,
}

impl From<tweets::Tweet> for Tweet {
    fn from(tweet: tweets::Tweet) -> Self {
        let media = tweet.media.into_iter().map(|medium| TweetMedia {
            media_key: medium.media_key,
            kind: medium.kind,
            url: medium.url,
            preview_image_url: medium.preview_image_url,
            width: medium.width,
            height: medium.height,
            duration_ms: medium.duration_ms.map(number),
            alt_text: medium.alt_text,
            views: medium.metrics.and_then(|metrics| metrics.view_count).map(number),
        });
        let urls =
            tweet.urls.into_iter().map(|link| TweetUrl { url: link.url, expanded_url: link.expanded_url });
        let post = tweet.post;
        let references = post.references().iter().map(TweetReference::from).collect();
        Self {
            text: post.full_text().to_owned(),
            id: post.id,
            created_at: post.created_at,
            author_id: post.author_id,
            conversation_id: post.conversation_id,
            in_reply_to_user_id: post.in_reply_to_user_id,
            lang: post.lang,
            urls: urls.collect(),
            media: media.collect(),
            references,
            metrics: post.public_metrics.map(TweetMetrics::from),
        }
    }
}

/// A page of a user's posts, newest first.
#[napi(object, namespace = "internal", object_from_js = false)]
pub struct UserTweets {
    /// The posts.
    pub tweets: Vec<Tweet>,
    /// To read the next page: `options.paginationToken`.
    pub next_token: Option<String>,
    /// To read the page before.
    pub previous_token: Option<String>,
}

impl From<tweets::Timeline> for UserTweets {
    fn from(timeline: tweets::Timeline) -> Self {
        Self {
            tweets: timeline.tweets.into_iter().map(Tweet::from).collect(),
            next_token: timeline.next_token,
            previous_token: timeline.previous_token,
        }
    }
}

/// A user.
#[napi(object, object_from_js = false)]
pub struct UserProfile {
    /// Their id.
    pub id: String,
    /// The name they show.
    pub name: String,
    /// The name after the `@`.
    pub username: String,
    /// Their picture.
    #[napi(js_name = "profile_image_url")]
    pub profile_image_url: Option<String>,
    /// What they say of themselves.
    pub description: Option<String>,
    /// X has verified them.
    pub verified: Option<bool>,
}

impl From<users::UserProfile> for UserProfile {
    fn from(user: users::UserProfile) -> Self {
        Self {
            id: user.id,
            name: user.name,
            username: user.username,
            profile_image_url: user.profile_image_url,
            description: user.description,
            verified: user.verified,
        }
    }
}
