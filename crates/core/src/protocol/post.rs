//! A post in both of X's vocabularies, read tolerantly.
//!
//! X answers in the names that it was asked in: `tweet.fields` gives `retweet_count` and `note_tweet`, `post.fields`
//! gives `repost_count` and `note_post`. Both are taken everywhere.

use serde::Deserialize;

use super::json::lenient_count;

/// A post.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WirePost {
    /// Its id.
    pub id: String,
    /// Its text, cut off at 280 characters.
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
    note_tweet: Option<Note>,
    note_post: Option<Note>,
    referenced_tweets: Vec<Reference>,
    referenced_posts: Vec<Reference>,
    edit_history_tweet_ids: Vec<String>,
    edit_history_post_ids: Vec<String>,
    /// Media and polls.
    pub attachments: Attachments,
    /// Links.
    pub entities: Entities,
    /// What anyone may read.
    pub public_metrics: Option<WireMetrics>,
    /// What the author may read.
    pub non_public_metrics: Option<WireMetrics>,
    /// What the author may read, apart from promotion.
    pub organic_metrics: Option<WireMetrics>,
}

impl WirePost {
    /// The whole text.
    pub fn full_text(&self) -> &str {
        self.note().map_or(&self.text, |note| &note.text)
    }

    /// The whole text of a longer post, with its links.
    pub fn note(&self) -> Option<&Note> {
        self.note_tweet.as_ref().or(self.note_post.as_ref())
    }

    /// Posts that it answers or quotes.
    pub fn references(&self) -> &[Reference] {
        if self.referenced_tweets.is_empty() { &self.referenced_posts } else { &self.referenced_tweets }
    }

    /// The post that it answers or quotes: `kind` is X's word, `replied_to` or `quoted`.
    pub fn refers_to(&self, kind: &str) -> Option<&str> {
        self.references().iter().find(|reference| reference.kind == kind).map(|found| found.id.as_str())
    }

    /// The ids of all its versions: an edit gives a post another one. X leaves some out, or gives empty ones.
    pub fn versions(&self) -> impl Iterator<Item = &str> {
        let history = self.edit_history_tweet_ids.iter().chain(&self.edit_history_post_ids);
        let earlier = history.map(String::as_str).filter(|id| !id.is_empty() && *id != self.id);
        std::iter::once(self.id.as_str()).chain(earlier)
    }
}

/// The whole text of a longer post.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Note {
    /// The text.
    pub text: String,
    /// Links, also of the part that is cut off elsewhere.
    pub entities: Entities,
}

/// A post that another refers to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Reference {
    /// `replied_to`, `quoted` or `retweeted`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// What hangs on a post.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Attachments {
    /// Keys into [`Includes::media`].
    pub media_keys: Vec<String>,
}

/// What X found in a text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entities {
    /// Links.
    pub urls: Vec<UrlEntity>,
    /// Names.
    pub mentions: Vec<Mention>,
}

/// A user whom a text names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Mention {
    /// Without the `@`.
    pub username: String,
}

/// A link that X replaced by a t.co address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UrlEntity {
    /// The t.co address.
    pub url: String,
    /// What was written.
    pub expanded_url: Option<String>,
    /// Set where the link is a medium's.
    pub media_key: Option<String>,
}

/// A medium of a post.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WireMedia {
    /// Its key.
    pub media_key: String,
    /// `photo`, `video` or `animated_gif`.
    #[serde(rename = "type")]
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
    #[serde(deserialize_with = "lenient_count")]
    pub duration_ms: Option<u64>,
    /// Description.
    pub alt_text: Option<String>,
    /// Views of a video.
    pub public_metrics: Option<WireMetrics>,
}

macro_rules! metrics {
    ($($name:ident),* $(,)?) => {
        /// Counters of one group. X sends some as text.
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(default)]
        #[allow(missing_docs, reason = "the names are X's own")]
        pub struct WireMetrics {
            $(#[serde(deserialize_with = "lenient_count")] pub $name: Option<u64>,)*
        }
    };
}

metrics!(
    impression_count,
    like_count,
    reply_count,
    retweet_count,
    repost_count,
    quote_count,
    bookmark_count,
    url_link_clicks,
    user_profile_clicks,
    engagements,
    view_count,
);

impl WireMetrics {
    /// Reposts, by either name.
    pub fn reposts(&self) -> Option<u64> {
        self.retweet_count.or(self.repost_count)
    }
}

#[cfg(test)]
mod tests;
