//! What can be wrong with a post.

use std::fmt;

/// One thing that X would refuse, or that the call cannot mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which rule is broken.
    pub code: ProblemCode,
    /// The path of the offending field in the content as JavaScript gave it: `text`, `imageUrls`, `media[2].altText`,
    /// `poll.options[1]`.
    pub field: String,
    /// What to change, with the limit and the figure that breaks it. Never holds what the field holds.
    pub message: String,
    /// The limit that is broken, for rules that have one.
    pub limit: Option<u64>,
    /// The figure that breaks the limit.
    pub actual: Option<u64>,
}

impl Problem {
    /// A problem without a figure.
    pub(crate) fn new(code: ProblemCode, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, field: field.into(), message: message.into(), limit: None, actual: None }
    }

    /// Adds the limit and the figure that breaks it.
    pub(super) fn with_figures(mut self, limit: usize, actual: usize) -> Self {
        self.limit = u64::try_from(limit).ok();
        self.actual = u64::try_from(actual).ok();
        self
    }
}

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)+) => {
        /// The closed list of rules that a post can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ProblemCode {
            $($(#[$doc])* $variant,)+
        }

        impl ProblemCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code as JavaScript sees it, in snake case.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

problem_codes! {
    /// There is neither text nor media, or a poll has no text.
    TextEmpty => "text_empty",
    /// The text weighs more than the limit.
    TextTooLong => "text_too_long",
    /// The text holds a character that X refuses anywhere.
    TextInvalidCharacter => "text_invalid_character",
    /// There are more cashtags than the limits allow.
    TooManyCashtags => "too_many_cashtags",
    /// There are more media than a post holds, of kinds that are not known yet.
    TooManyMedia => "too_many_media",
    /// There are more images than a post holds.
    TooManyImages => "too_many_images",
    /// There is more than one video.
    TooManyVideos => "too_many_videos",
    /// There is more than one animated GIF.
    TooManyGifs => "too_many_gifs",
    /// A video or an animated GIF is combined with other media.
    MixedMedia => "mixed_media",
    /// The address of a medium is no absolute URL.
    InvalidUrl => "invalid_url",
    /// The address of a medium leads where media may not come from.
    ForbiddenUrl => "forbidden_url",
    /// An alternative text is longer than the limit.
    AltTextTooLong => "alt_text_too_long",
    /// Subtitles are given for something that is no video.
    SubtitlesUnsupported => "subtitles_unsupported",
    /// A medium is of a kind or category that no post carries.
    MediaNotForPosts => "media_not_for_posts",
    /// The language of subtitles is not two capital letters.
    SubtitlesInvalidLanguage => "subtitles_invalid_language",
    /// Two subtitles of one video have the same language.
    SubtitlesDuplicateLanguage => "subtitles_duplicate_language",
    /// Subtitles have no name to show.
    SubtitlesNameEmpty => "subtitles_name_empty",
    /// A poll is combined with media.
    PollWithMedia => "poll_with_media",
    /// A poll has too few or too many options.
    PollOptionsCount => "poll_options_count",
    /// An option of a poll is empty or too long.
    PollOptionLength => "poll_option_length",
    /// A poll is open for too short or too long a time.
    PollDuration => "poll_duration",
    /// A quoted post is combined with media.
    QuoteWithMedia => "quote_with_media",
    /// A quoted post is combined with a poll.
    QuoteWithPoll => "quote_with_poll",
    /// A card is combined with media.
    CardWithMedia => "card_with_media",
    /// A card is combined with a poll.
    CardWithPoll => "card_with_poll",
    /// A card is combined with a quoted post.
    CardWithQuote => "card_with_quote",
    /// A card is combined with a link to direct messages.
    CardWithDirectMessageLink => "card_with_direct_message_link",
    /// A presentation is given, but there is no media to present.
    PresentationWithoutMedia => "presentation_without_media",
    /// There is more than one call to action.
    TooManyCallsToAction => "too_many_calls_to_action",
    /// A call to action leads to no https URL.
    CallToActionUrl => "call_to_action_url",
    /// An id is not 1 to 19 digits.
    InvalidId => "invalid_id",
    /// The reply settings are not a word that X knows.
    InvalidReplySettings => "invalid_reply_settings",
    /// There are more tagged users than the limit.
    TooManyTaggedUsers => "too_many_tagged_users",
    /// Users are tagged, but there is no media to tag them in.
    TaggedUsersWithoutMedia => "tagged_users_without_media",
    /// Users are left out of a reply, but the post is none.
    ExcludedUsersWithoutReply => "excluded_users_without_reply",
    /// The post is to be shared with followers, but goes to no community.
    ShareWithoutCommunity => "share_without_community",
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.field, self.message)
    }
}
