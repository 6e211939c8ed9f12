//! Types of X's events, for those who receive them. X's JSON reaches a backend by itself, so nothing of this is ever made:
//! the names are X's (<https://docs.x.com/x-api/activity/event-payloads>).
#![allow(dead_code, reason = "declares types that JavaScript sees")]

use napi_derive::napi;

macro_rules! event_types {
    ($($variant:ident => $name:tt, $audience:ident, $filter:ident;)*) => {
        /// What X can tell of (<https://docs.x.com/x-api/activity/introduction>).
        #[napi(string_enum, object_from_js = false, object_to_js = false)]
        pub enum ActivityEventType {
            $(#[napi(value = $name)] $variant,)*
        }
    };
}

twitter_native_core::with_event_types!(event_types);

/// The filter that an event came by.
#[napi(object, object_from_js = false, object_to_js = false)]
pub struct ActivityEventFilter {
    /// The user whose event it is.
    #[napi(js_name = "user_id")]
    pub user_id: Option<String>,
    /// A word in news.
    pub keyword: Option<String>,
    /// `inbound` or `outbound`.
    #[napi(ts_type = "'inbound' | 'outbound'")]
    pub direction: Option<String>,
}

/// A post that an event's post refers to.
#[napi(object, object_from_js = false, object_to_js = false)]
pub struct ActivityPostReference {
    /// How.
    #[napi(js_name = "type", ts_type = "'replied_to' | 'quoted' | 'retweeted'")]
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// What hangs on an event's post.
#[napi(object, object_from_js = false, object_to_js = false)]
pub struct ActivityPostAttachments {
    /// Keys of its media.
    #[napi(js_name = "media_keys")]
    pub media_keys: Option<Vec<String>>,
}

/// The payload of `post.create` and of what others do with a post (`post.mention.create`, `post.reply.create`,
/// `post.quote.create`, `post.repost.create`): a post in X's older names. X leaves out what a post does not have.
#[napi(object, object_from_js = false, object_to_js = false)]
pub struct ActivityPost {
    /// Its id.
    pub id: String,
    /// Its text as X shows it.
    pub text: String,
    /// The author's id.
    #[napi(js_name = "author_id")]
    pub author_id: Option<String>,
    /// ISO 8601.
    #[napi(js_name = "created_at")]
    pub created_at: Option<String>,
    /// The id of the thread's first post.
    #[napi(js_name = "conversation_id")]
    pub conversation_id: Option<String>,
    /// The post that it answers.
    #[napi(js_name = "in_reply_to_tweet_id")]
    pub in_reply_to_tweet_id: Option<String>,
    /// Whom it answers.
    #[napi(js_name = "in_reply_to_user_id")]
    pub in_reply_to_user_id: Option<String>,
    /// Posts that it answers, quotes or repeats.
    #[napi(js_name = "referenced_tweets")]
    pub referenced_tweets: Option<Vec<ActivityPostReference>>,
    /// Ids of all its versions.
    #[napi(js_name = "edit_history_tweet_ids")]
    pub edit_history_tweet_ids: Option<Vec<String>>,
    /// Its media.
    pub attachments: Option<ActivityPostAttachments>,
    /// Two letters.
    pub lang: Option<String>,
}

/// The payload of `post.delete`.
#[napi(object, object_from_js = false, object_to_js = false)]
pub struct ActivityDeletedPost {
    /// The post that is gone.
    pub id: String,
    /// Its author.
    #[napi(js_name = "author_id")]
    pub author_id: String,
}

/// The payload of `like.create`.
#[napi(object, object_from_js = false, object_to_js = false)]
pub struct ActivityLike {
    /// The like's own id, a hash. It is not the post's.
    pub id: String,
    /// The post that is liked.
    #[napi(js_name = "liked_tweet_id")]
    pub liked_tweet_id: String,
    /// Its author.
    #[napi(js_name = "liked_tweet_author_id")]
    pub liked_tweet_author_id: String,
    /// ISO 8601.
    #[napi(js_name = "created_at")]
    pub created_at: String,
    /// Milliseconds since the epoch, in digits.
    #[napi(js_name = "timestamp_ms")]
    pub timestamp_ms: String,
}

/// The payload of `oauth.revoke`: a user has ended the app's access, so their tokens are of no use any more.
#[napi(object, object_from_js = false, object_to_js = false)]
pub struct ActivityRevocation {
    /// ISO 8601.
    #[napi(js_name = "date_time")]
    pub date_time: String,
    /// The user.
    #[napi(js_name = "user_id")]
    pub user_id: String,
    /// The app, by X's number for it.
    #[napi(js_name = "app_id")]
    pub app_id: String,
}
