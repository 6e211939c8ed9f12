//! Everything that X would refuse about a post and that can be known before it is sent (X's pages on creating posts
//! and counting characters).

use super::media::category::MediaKind;
use super::snowflake;
use super::text::{has_invalid_character, parse_tweet_text};

/// Bounds of a post. Subscribers may write more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostLimits {
    /// Weighted characters.
    pub max_weighted_length: u32,
}

impl Default for PostLimits {
    fn default() -> Self {
        Self { max_weighted_length: super::text::MAX_WEIGHTED_LENGTH }
    }
}

/// Pictures of one post.
pub const MAX_IMAGES: usize = 4;
/// Characters of an alternative text.
pub const MAX_ALT_TEXT: usize = 1000;
/// People tagged in the media.
pub const MAX_TAGGED_USERS: usize = 10;
const POLL_OPTIONS: std::ops::RangeInclusive<usize> = 2..=4;
const MAX_POLL_OPTION: usize = 25;
const POLL_MINUTES: std::ops::RangeInclusive<u64> = 5..=10_080;
const REPLY_SETTINGS: [&str; 4] = ["following", "mentionedUsers", "subscribers", "verified"];

/// A post as far as its rules are concerned.
#[derive(Clone, Debug, Default)]
pub struct PostDraft<'a> {
    /// The text.
    pub text: &'a str,
    /// Media to upload.
    pub media: Vec<MediaDraft<'a>>,
    /// Media that were uploaded already.
    pub media_ids: &'a [String],
    /// Options and minutes of a poll.
    pub poll: Option<(&'a [String], u64)>,
    /// The post that is quoted.
    pub quote_tweet_id: Option<&'a str>,
    /// Who may reply.
    pub reply_settings: Option<&'a str>,
    /// People tagged in the media.
    pub tagged_user_ids: &'a [String],
    /// Fields that hold one id, with their names.
    pub ids: Vec<(&'static str, &'a str)>,
}

/// A medium as far as a post's rules are concerned.
#[derive(Clone, Debug)]
pub struct MediaDraft<'a> {
    /// Where it stands in the post, for example `imageUrls[1]`.
    pub field: String,
    /// What it is, if that is known by now.
    pub kind: Option<MediaKind>,
    /// Its description.
    pub alt_text: Option<&'a str>,
    /// How many subtitle tracks it has.
    pub subtitles: usize,
}

/// A rule that a post breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostProblem {
    /// A word for programs, for example `text_too_long`.
    pub code: &'static str,
    /// Where, for example `media[2].altText`.
    pub field: String,
    /// A sentence for a person.
    pub message: String,
    /// The limit.
    pub limit: Option<u64>,
    /// The post's figure.
    pub actual: Option<u64>,
}

/// All problems of a post; none if X should take it.
pub fn validate_post(post: &PostDraft<'_>, limits: &PostLimits) -> Vec<PostProblem> {
    let mut problems = Problems(Vec::new());
    check_text(post, limits, &mut problems);
    check_media(post, &mut problems);
    check_poll(post, &mut problems);
    check_references(post, &mut problems);
    problems.0
}

struct Problems(Vec<PostProblem>);

impl Problems {
    fn add(&mut self, code: &'static str, field: impl Into<String>, message: impl Into<String>) {
        let (field, message) = (field.into(), message.into());
        self.0.push(PostProblem { code, field, message, limit: None, actual: None });
    }

    fn over(
        &mut self,
        code: &'static str,
        field: impl Into<String>,
        what: &str,
        limit: usize,
        actual: usize,
    ) {
        self.0.push(PostProblem {
            code,
            field: field.into(),
            message: format!("{what}: {actual}, and at most {limit} are allowed"),
            limit: Some(limit as u64),
            actual: Some(actual as u64),
        });
    }
}

fn check_text(post: &PostDraft<'_>, limits: &PostLimits, problems: &mut Problems) {
    let has_media = !post.media.is_empty() || !post.media_ids.is_empty();
    if post.text.is_empty() && !has_media {
        problems.add("text_empty", "text", "a post needs a text or media");
    }
    if has_invalid_character(post.text) {
        let message = "the text holds a character that X refuses (U+FFFE, U+FEFF or U+FFFF)";
        problems.add("text_invalid_character", "text", message);
    }
    let length = parse_tweet_text(post.text).weighted_length as usize;
    let limit = limits.max_weighted_length as usize;
    if length > limit {
        problems.over("text_too_long", "text", "weighted characters", limit, length);
    }
}

fn check_media(post: &PostDraft<'_>, problems: &mut Problems) {
    let count = |kind| post.media.iter().filter(|medium| medium.kind == Some(kind)).count();
    let (images, gifs, videos) = (count(MediaKind::Image), count(MediaKind::Gif), count(MediaKind::Video));
    let all = post.media.len() + post.media_ids.len();
    if images > MAX_IMAGES || all > MAX_IMAGES {
        problems.over("too_many_images", "media", "images", MAX_IMAGES, images.max(all));
    }
    if gifs > 1 {
        problems.over("too_many_gifs", "media", "GIFs", 1, gifs);
    }
    if videos > 1 {
        problems.over("too_many_videos", "media", "videos", 1, videos);
    }
    let mixed = (gifs > 0 && all > gifs) || (videos > 0 && all > videos);
    if mixed {
        let message = "a post carries up to 4 images, or 1 GIF, or 1 video, and no mixture";
        problems.add("mixed_media", "media", message);
    }
    for medium in &post.media {
        check_medium(medium, problems);
    }
    for (index, id) in post.media_ids.iter().enumerate() {
        check_id(format!("mediaIds[{index}]"), id, problems);
    }
    if post.tagged_user_ids.len() > MAX_TAGGED_USERS {
        let actual = post.tagged_user_ids.len();
        problems.over("too_many_tagged_users", "taggedUserIds", "tagged users", MAX_TAGGED_USERS, actual);
    }
    if !post.tagged_user_ids.is_empty() && all == 0 {
        problems.add(
            "tagged_users_without_media",
            "taggedUserIds",
            "users are tagged in media, and there are none",
        );
    }
    for (index, id) in post.tagged_user_ids.iter().enumerate() {
        check_id(format!("taggedUserIds[{index}]"), id, problems);
    }
}

fn check_medium(medium: &MediaDraft<'_>, problems: &mut Problems) {
    let length = medium.alt_text.map_or(0, |text| text.chars().count());
    if length > MAX_ALT_TEXT {
        let field = format!("{}.altText", medium.field);
        problems.over("alt_text_too_long", field, "characters of alt text", MAX_ALT_TEXT, length);
    }
    if medium.subtitles > 0 && medium.kind.is_some_and(|kind| kind != MediaKind::Video) {
        let field = format!("{}.subtitles", medium.field);
        problems.add("subtitles_without_video", field, "only a video can have subtitles");
    }
}

fn check_poll(post: &PostDraft<'_>, problems: &mut Problems) {
    let Some((options, minutes)) = post.poll else {
        return;
    };
    if !post.media.is_empty() || !post.media_ids.is_empty() {
        problems.add("poll_with_media", "poll", "a post has a poll or media, not both");
    }
    if !POLL_OPTIONS.contains(&options.len()) {
        let (limit, actual) = (*POLL_OPTIONS.end(), options.len());
        problems.0.push(PostProblem {
            code: "poll_options_count",
            field: "poll.options".to_owned(),
            message: format!("a poll has 2 to 4 options, not {actual}"),
            limit: Some(limit as u64),
            actual: Some(actual as u64),
        });
    }
    for (index, option) in options.iter().enumerate() {
        let (field, length) = (format!("poll.options[{index}]"), option.chars().count());
        if length > MAX_POLL_OPTION {
            problems.over(
                "poll_option_length",
                field,
                "characters of a poll option",
                MAX_POLL_OPTION,
                length,
            );
        } else if length == 0 {
            problems.add("poll_option_length", field, "a poll option must not be empty");
        }
    }
    if !POLL_MINUTES.contains(&minutes) {
        problems.0.push(PostProblem {
            code: "poll_duration",
            field: "poll.durationMinutes".to_owned(),
            message: format!("a poll lasts 5 to 10080 minutes, not {minutes}"),
            limit: Some(*POLL_MINUTES.end()),
            actual: Some(minutes),
        });
    }
}

fn check_references(post: &PostDraft<'_>, problems: &mut Problems) {
    for (field, id) in &post.ids {
        check_id(*field, id, problems);
    }
    if post.quote_tweet_id.is_some() {
        if !post.media.is_empty() || !post.media_ids.is_empty() {
            problems.add(
                "quote_with_media",
                "quoteTweetId",
                "a post quotes another or carries media, not both",
            );
        }
        if post.poll.is_some() {
            problems.add("quote_with_poll", "quoteTweetId", "a post quotes another or has a poll, not both");
        }
    }
    if post.reply_settings.is_some_and(|settings| !is_reply_setting(settings)) {
        let message = "replySettings is everyone, following, mentionedUsers, subscribers or verified";
        problems.add("invalid_reply_settings", "replySettings", message);
    }
}

/// `everyone` is X's default and is not sent.
fn is_reply_setting(text: &str) -> bool {
    text == "everyone" || REPLY_SETTINGS.contains(&text)
}

fn check_id(field: impl Into<String>, id: &str, problems: &mut Problems) {
    if !snowflake::is_id(id) {
        problems.add("invalid_id", field, "an id has 1 to 19 digits");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(post: &PostDraft<'_>) -> Vec<&'static str> {
        validate_post(post, &PostLimits::default()).into_iter().map(|problem| problem.code).collect()
    }

    fn media(kinds: &[MediaKind]) -> Vec<MediaDraft<'static>> {
        let draft = |(index, kind): (usize, &MediaKind)| MediaDraft {
            field: format!("media[{index}]"),
            kind: Some(*kind),
            alt_text: None,
            subtitles: 0,
        };
        kinds.iter().enumerate().map(draft).collect()
    }

    #[test]
    fn a_plain_post_is_fine() {
        assert!(codes(&PostDraft { text: "Hello", ..PostDraft::default() }).is_empty());
        assert!(
            codes(&PostDraft { media: media(&[MediaKind::Image; 4]), ..PostDraft::default() }).is_empty()
        );
    }

    #[test]
    fn the_text_is_counted_by_weight() {
        let (fits, over) = ("é".repeat(280), "日".repeat(141));
        assert!(codes(&PostDraft { text: &fits, ..PostDraft::default() }).is_empty());
        assert_eq!(codes(&PostDraft { text: &over, ..PostDraft::default() }), ["text_too_long"]);
        assert_eq!(codes(&PostDraft::default()), ["text_empty"]);
        assert_eq!(
            codes(&PostDraft { text: "\u{feff}", ..PostDraft::default() }),
            ["text_invalid_character"]
        );
        let limits = PostLimits { max_weighted_length: 25_000 };
        assert!(validate_post(&PostDraft { text: &over, ..PostDraft::default() }, &limits).is_empty());
    }

    #[test]
    fn media_are_counted_and_not_mixed() {
        use MediaKind::{Gif, Image, Video};
        for (kinds, expected) in [
            (&[Image; 5][..], &["too_many_images"][..]),
            (&[Gif, Gif], &["too_many_gifs"]),
            (&[Video, Video], &["too_many_videos"]),
            (&[Image, Video], &["mixed_media"]),
            (&[Gif, Image], &["mixed_media"]),
        ] {
            assert_eq!(
                codes(&PostDraft { media: media(kinds), ..PostDraft::default() }),
                expected,
                "{kinds:?}"
            );
        }
    }

    #[test]
    fn every_problem_is_told() {
        let long = "x".repeat(1001);
        let options = vec![String::new(), "o".repeat(26), "a".into(), "b".into(), "c".into()];
        let mut pictures = media(&[MediaKind::Image]);
        pictures.iter_mut().for_each(|medium| {
            medium.alt_text = Some(&long);
            medium.subtitles = 1;
        });
        let post = PostDraft {
            text: "hi",
            media: pictures,
            poll: Some((&options, 3)),
            quote_tweet_id: Some("12"),
            reply_settings: Some("nobody"),
            ids: vec![("replyTo", "12a"), ("quoteTweetId", "12")],
            ..PostDraft::default()
        };
        let expected = [
            "alt_text_too_long",
            "subtitles_without_video",
            "poll_with_media",
            "poll_options_count",
            "poll_option_length",
            "poll_option_length",
            "poll_duration",
            "invalid_id",
            "quote_with_media",
            "quote_with_poll",
            "invalid_reply_settings",
        ];
        assert_eq!(codes(&post), expected);
    }
}
