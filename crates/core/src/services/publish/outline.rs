//! What follows from a post's content, worked out once.

use std::sync::{Arc, LazyLock};

use super::content::{MediaInput, PublishContent};
use super::cost::charges_of;
use super::digest::digest_of;
use crate::protocol::checkpoint::{LazySought, Sought};
use crate::protocol::cost::PostCharges;
use crate::services::media::UploadedMedia;
use crate::services::tweets::{
    NewTweet, NewTweetEdit, NewTweetMedia, NewTweetMediaPresentation, NewTweetPlace, NewTweetPoll,
    NewTweetReply,
};

/// A digest of what is to be posted, worked out when somebody first asks: only checkpoints that leave the call need it.
#[derive(Clone)]
pub(super) struct ContentDigest(Arc<LazyLock<String, Box<dyn FnOnce() -> String + Send>>>);

impl ContentDigest {
    fn of(body: &Arc<NewTweet>) -> Self {
        let body = Arc::clone(body);
        // Texts, numbers and lists of them can always be written as JSON. A body that could not be would not be sent, either.
        let work = move || digest_of([serde_json::to_vec(&*body).unwrap_or_default()]);
        Self(Arc::new(LazyLock::new(Box::new(work))))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What follows from a post's content, worked out once.
pub(super) struct Outline {
    /// The request for the post, without the media that are still to be uploaded.
    pub(super) body: Arc<NewTweet>,
    /// A digest of what is to be posted, but for the media.
    pub(super) digest: ContentDigest,
    /// A digest of where each medium comes from.
    pub(super) sources: Vec<String>,
    /// How to know the post again on a timeline.
    pub(super) sought: LazySought,
    /// What each medium is called in messages and results.
    pub(super) labels: Vec<String>,
    /// What X bills for the post.
    pub(super) charges: PostCharges,
}

impl Outline {
    pub(super) fn of(content: &PublishContent) -> Self {
        let body = Arc::new(new_tweet(content));
        Self {
            charges: charges_of(content),
            digest: ContentDigest::of(&body),
            body,
            sources: content.media.iter().map(MediaInput::digest).collect(),
            sought: sought(content),
            labels: content.media.iter().map(|medium| medium.source.label()).collect(),
        }
    }

    /// The request for the post, with its media.
    pub(super) fn body_with(&self, uploaded: &[UploadedMedia]) -> Arc<NewTweet> {
        let mut body = Arc::clone(&self.body);
        if !uploaded.is_empty()
            && let Some(media) = &mut Arc::make_mut(&mut body).media
        {
            media.media_ids.extend(uploaded.iter().map(|medium| medium.media_id.clone()));
        }
        body
    }
}

/// How to know the post again, from its content as it is now.
fn sought(content: &PublishContent) -> LazySought {
    let (text, media_ids) = (content.text.clone(), content.media_ids.clone());
    let (reply_to, quotes) = (content.reply_to.clone(), content.quote_tweet_id.clone());
    let hidden = content.nullcast == Some(true);
    LazySought::new(move || Sought {
        media_ids,
        hidden,
        ..Sought::by_text(&text, reply_to.as_deref(), quotes.as_deref())
    })
}

/// The request for the post itself. Ids of media that are uploaded later come after those that are given.
fn new_tweet(content: &PublishContent) -> NewTweet {
    let media_ids = content.media_ids.clone();
    let has_media = !media_ids.is_empty() || !content.media.is_empty();
    let tagged_user_ids = content.tagged_user_ids.clone();
    let presentation = content.presentation.as_ref().map(NewTweetMediaPresentation::from).unwrap_or_default();
    let exclude_reply_user_ids = content.exclude_reply_user_ids.clone();
    NewTweet {
        text: content.text.clone(),
        media: has_media.then_some(NewTweetMedia { media_ids, tagged_user_ids, presentation }),
        reply: content
            .reply_to
            .clone()
            .map(|in_reply_to_tweet_id| NewTweetReply { in_reply_to_tweet_id, exclude_reply_user_ids }),
        poll: content.poll.as_ref().map(|poll| NewTweetPoll {
            options: poll.options.clone(),
            duration_minutes: poll.duration_minutes,
        }),
        quote_tweet_id: content.quote_tweet_id.clone(),
        reply_settings: content.reply_settings.clone().filter(|settings| settings != "everyone"),
        geo: content.place_id.clone().map(|place_id| NewTweetPlace { place_id }),
        community_id: content.community_id.clone(),
        share_with_followers: content.share_with_followers,
        for_super_followers_only: content.for_super_followers_only,
        nullcast: content.nullcast,
        card_uri: content.card_uri.clone(),
        direct_message_deep_link: content.direct_message_deep_link.clone(),
        made_with_ai: content.made_with_ai,
        paid_partnership: content.paid_partnership,
        edit_options: content
            .previous_post_id
            .clone()
            .map(|previous_post_id| NewTweetEdit { previous_post_id }),
    }
}
