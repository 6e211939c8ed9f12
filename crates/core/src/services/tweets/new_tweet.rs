//! The body of a new post, with X's own names (X's reference of "Create Post").

use serde::Serialize;

/// A post to create, with X's own names. X refuses members that it does not know and ones that are null, so what is
/// not set is not sent; the text always is.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweet {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<NewTweetMedia>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<NewTweetReply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poll: Option<NewTweetPoll>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote_tweet_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_settings: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<NewTweetPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub community_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_with_followers: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub for_super_followers_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nullcast: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_message_deep_link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_with_ai: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_partnership: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit_options: Option<NewTweetEdit>,
}

/// Media of a post.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetMedia {
    pub media_ids: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tagged_user_ids: Vec<String>,
    #[serde(flatten)]
    pub presentation: NewTweetMediaPresentation,
}

/// How media are shown.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetMediaPresentation {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embeddable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preview_media_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_to_actions: Option<NewTweetCallToActions>,
}

/// The button below media: exactly one of its members.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetCallToActions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit_site: Option<NewTweetLink>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watch_now: Option<NewTweetLink>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_install: Option<NewTweetApp>,
}

/// Where a button leads.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetLink {
    pub url: String,
}

/// The app that a button installs.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetApp {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_store_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipad_app_store_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub play_store_id: Option<String>,
}

/// What a post answers.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetReply {
    pub in_reply_to_tweet_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude_reply_user_ids: Vec<String>,
}

/// A poll.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetPoll {
    pub options: Vec<String>,
    pub duration_minutes: u32,
}

/// A place.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetPlace {
    pub place_id: String,
}

/// The post that this one replaces.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct NewTweetEdit {
    pub previous_post_id: String,
}
