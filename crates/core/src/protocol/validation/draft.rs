//! A post as it is checked: what the caller gave, without its media bytes.

use crate::protocol::media::category::{MediaCategory, MediaKind};

/// A post before it is sent. Empty lists and `None` stand for what the caller left out.
#[derive(Debug, Clone, Default)]
pub struct PostDraft<'a> {
    /// The text; empty for a post of media alone.
    pub text: &'a str,
    /// The media, in the order in which they are to appear.
    pub media: Vec<MediaDraft<'a>>,
    /// The ids of media that were uploaded already; they come before the others.
    pub media_ids: Vec<&'a str>,
    /// The poll.
    pub poll: Option<PollDraft<'a>>,
    /// The id of the post that this one replies to.
    pub reply_to: Option<&'a str>,
    /// The users that a reply does not mention.
    pub exclude_reply_user_ids: Vec<&'a str>,
    /// The id of the post that this one quotes.
    pub quote_tweet_id: Option<&'a str>,
    /// Who may reply.
    pub reply_settings: Option<&'a str>,
    /// The community that the post goes to.
    pub community_id: Option<&'a str>,
    /// Whether a post to a community is shown to followers too.
    pub share_with_followers: bool,
    /// The users tagged in the media.
    pub tagged_user_ids: Vec<&'a str>,
    /// How the media are shown, if the caller says so.
    pub presentation: Option<PresentationDraft<'a>>,
    /// The id of the post that this one replaces.
    pub previous_post_id: Option<&'a str>,
    /// Whether the post has a card of X's advertising tools.
    pub has_card: bool,
    /// Whether the post has a link that opens direct messages.
    pub has_direct_message_link: bool,
}

impl PostDraft<'_> {
    /// Whether the post has any media.
    pub(super) fn has_media(&self) -> bool {
        !self.media.is_empty() || !self.media_ids.is_empty()
    }
}

/// One medium of a post.
#[derive(Debug, Clone, Default)]
pub struct MediaDraft<'a> {
    /// The path of the medium in the content: `imageUrls[1]`, `videoUrl`, `media[0]`.
    pub field: String,
    /// What the field or the category says it is; `None` until its bytes are seen.
    pub kind: Option<MediaKind>,
    /// The category that it is uploaded as, as far as that is known.
    pub category: Option<MediaCategory>,
    /// The address that it is to be read from, if it is to be read from one.
    pub url: Option<&'a str>,
    /// The description for those who cannot see it.
    pub alt_text: Option<&'a str>,
    /// The subtitles of a video.
    pub subtitles: Vec<SubtitleDraft<'a>>,
}

/// How media are shown.
#[derive(Debug, Clone, Default)]
pub struct PresentationDraft<'a> {
    /// The id of the image that is shown for a video.
    pub preview_media_id: Option<&'a str>,
    /// The buttons below, each with the place that it leads to. `None` for an app, whose ids only its store can check.
    pub calls_to_action: Vec<(&'static str, Option<&'a str>)>,
}

/// One track of subtitles.
#[derive(Debug, Clone, Default)]
pub struct SubtitleDraft<'a> {
    /// Two capital letters, such as `EN`.
    pub language_code: &'a str,
    /// The name that viewers choose by.
    pub display_name: &'a str,
}

/// A poll.
#[derive(Debug, Clone, Default)]
pub struct PollDraft<'a> {
    /// What can be voted for.
    pub options: Vec<&'a str>,
    /// How long it is open, in minutes.
    pub duration_minutes: u32,
}
