//! What to publish, and its rules.

use url::Url;

use super::digest::digest_of;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::addresses::{AddressPolicy, check_url};
use crate::protocol::media::category::{MediaCategory, MediaKind};
use crate::protocol::validation::{
    MediaDraft, PollDraft, PostDraft, PostLimits, PresentationDraft, Problem, ProblemCode, SubtitleDraft,
    validate_post,
};
use crate::services::media::{MediaSource, OnOtherBytes, SubtitleTrack, UploadRequest};
use crate::services::tweets::{NewTweetApp, NewTweetCallToActions, NewTweetLink, NewTweetMediaPresentation};

/// A post with its media.
#[derive(Default)]
#[allow(missing_docs, reason = "the names are those of the JavaScript interface, which documents them")]
pub struct PublishContent {
    pub text: String,
    pub media: Vec<MediaInput>,
    pub media_ids: Vec<String>,
    pub poll: Option<Poll>,
    pub reply_to: Option<String>,
    pub exclude_reply_user_ids: Vec<String>,
    pub quote_tweet_id: Option<String>,
    pub reply_settings: Option<String>,
    pub community_id: Option<String>,
    pub share_with_followers: Option<bool>,
    pub tagged_user_ids: Vec<String>,
    pub presentation: Option<Presentation>,
    pub place_id: Option<String>,
    pub for_super_followers_only: Option<bool>,
    pub nullcast: Option<bool>,
    pub card_uri: Option<String>,
    pub direct_message_deep_link: Option<String>,
    pub made_with_ai: Option<bool>,
    pub paid_partnership: Option<bool>,
    pub previous_post_id: Option<String>,
    /// Weighted characters that the account may write.
    pub limits: PostLimits,
}

/// A poll.
pub struct Poll {
    /// 2 to 4 options of 1 to 25 characters.
    pub options: Vec<String>,
    /// 5 to 10080.
    pub duration_minutes: u32,
}

/// How a post's media are shown.
#[derive(Default)]
pub struct Presentation {
    /// On the card of a video.
    pub title: Option<String>,
    /// On the card of a video.
    pub description: Option<String>,
    /// Others may play the media.
    pub embeddable: Option<bool>,
    /// The image that is shown for a video.
    pub preview_media_id: Option<String>,
    /// A button that leads to this page.
    pub visit_site: Option<String>,
    /// A button that plays what this page shows.
    pub watch_now: Option<String>,
    /// A button that installs an app.
    pub install_app: Option<NewTweetApp>,
}

impl Presentation {
    fn draft(&self) -> PresentationDraft<'_> {
        let calls = [
            ("visitSite", self.visit_site.is_some(), self.visit_site.as_deref()),
            ("watchNow", self.watch_now.is_some(), self.watch_now.as_deref()),
            ("installApp", self.install_app.is_some(), None),
        ];
        PresentationDraft {
            preview_media_id: self.preview_media_id.as_deref(),
            calls_to_action: calls
                .into_iter()
                .filter(|(_, given, _)| *given)
                .map(|(name, _, url)| (name, url))
                .collect(),
        }
    }
}

impl From<&Presentation> for NewTweetMediaPresentation {
    fn from(presentation: &Presentation) -> Self {
        let link = |url: &Option<String>| url.clone().map(|url| NewTweetLink { url });
        let calls = NewTweetCallToActions {
            visit_site: link(&presentation.visit_site),
            watch_now: link(&presentation.watch_now),
            app_install: presentation.install_app.clone(),
        };
        let called = calls.visit_site.is_some() || calls.watch_now.is_some() || calls.app_install.is_some();
        Self {
            title: presentation.title.clone(),
            description: presentation.description.clone(),
            embeddable: presentation.embeddable,
            preview_media_id: presentation.preview_media_id.clone(),
            call_to_actions: called.then_some(calls),
        }
    }
}

/// A medium of a post.
pub struct MediaInput {
    /// Where it is in the arguments, for example `imageUrls[1]`.
    pub field: String,
    /// Where it comes from.
    pub source: MediaSource,
    /// What the field says that it is.
    pub expected: Option<MediaKind>,
    /// The category, if the caller names one.
    pub category: Option<MediaCategory>,
    /// A description.
    pub alt_text: Option<String>,
    /// Subtitles of a video.
    pub subtitles: Vec<SubtitleTrack>,
}

impl From<MediaInput> for UploadRequest {
    fn from(input: MediaInput) -> Self {
        Self {
            source: input.source,
            category: input.category,
            expected: input.expected,
            alt_text: input.alt_text,
            subtitles: input.subtitles,
            kept: None,
            on_other_bytes: OnOtherBytes::Refuse,
        }
    }
}

/// What of a medium its rules are about, once its source has been opened.
pub(super) struct MediumOutline {
    field: String,
    /// Language and name of each track.
    subtitles: Vec<(String, String)>,
}

impl MediaInput {
    /// What its rules are about besides its bytes.
    pub(super) fn outline(&self) -> MediumOutline {
        let track = |track: &SubtitleTrack| (track.language_code.clone(), track.display_name.clone());
        MediumOutline { field: self.field.clone(), subtitles: self.subtitles.iter().map(track).collect() }
    }

    /// A digest of where it comes from and of what belongs to it.
    pub(super) fn digest(&self) -> String {
        let mut parts = vec![
            self.source.identity(),
            format!("{:?} {:?} {:?}", self.category, self.expected, self.alt_text),
        ];
        for track in &self.subtitles {
            parts.push(format!("{} {} {}", track.language_code, track.display_name, track.source.identity()));
        }
        digest_of(parts)
    }
}

/// Every rule that a post breaks, as far as it can be known before its media are looked at.
pub fn problems_of(content: &PublishContent) -> Vec<Problem> {
    validate_post(&draft_of(content), &content.limits)
}

/// The media whose addresses the policy refuses, with what would allow each. Names are not looked up, and redirects not
/// followed: those are judged when a medium is read.
pub fn forbidden_sources(content: &PublishContent, policy: &AddressPolicy) -> Vec<Problem> {
    let judge = |medium: &MediaInput| {
        let MediaSource::Url(text) = &medium.source else { return None };
        let refusal = check_url(&Url::parse(text).ok()?, policy).err()?;
        Some(Problem::new(ProblemCode::ForbiddenUrl, medium.field.clone(), format!("is refused: {refusal}")))
    };
    content.media.iter().filter_map(judge).collect()
}

fn draft_of(content: &PublishContent) -> PostDraft<'_> {
    PostDraft {
        text: &content.text,
        media: content.media.iter().map(media_draft).collect(),
        media_ids: borrowed(&content.media_ids),
        poll: content.poll.as_ref().map(|poll| PollDraft {
            options: borrowed(&poll.options),
            duration_minutes: poll.duration_minutes,
        }),
        reply_to: content.reply_to.as_deref(),
        exclude_reply_user_ids: borrowed(&content.exclude_reply_user_ids),
        quote_tweet_id: content.quote_tweet_id.as_deref(),
        reply_settings: content.reply_settings.as_deref(),
        community_id: content.community_id.as_deref(),
        share_with_followers: content.share_with_followers == Some(true),
        tagged_user_ids: borrowed(&content.tagged_user_ids),
        presentation: content.presentation.as_ref().map(Presentation::draft),
        previous_post_id: content.previous_post_id.as_deref(),
        has_card: content.card_uri.is_some(),
        has_direct_message_link: content.direct_message_deep_link.is_some(),
    }
}

fn media_draft(medium: &MediaInput) -> MediaDraft<'_> {
    let subtitles = medium.subtitles.iter().map(|track| SubtitleDraft {
        language_code: &track.language_code,
        display_name: &track.display_name,
    });
    MediaDraft {
        field: medium.field.clone(),
        kind: medium.category.map(MediaCategory::kind).or(medium.expected),
        category: medium.category,
        url: match &medium.source {
            MediaSource::Url(url) => Some(url),
            _ => None,
        },
        alt_text: medium.alt_text.as_deref(),
        subtitles: subtitles.collect(),
    }
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// Refuses a post that breaks a rule, telling them all.
pub(super) fn check(content: &PublishContent) -> Result<(), Error> {
    refuse(problems_of(content))
}

/// The same once it is known what the media are.
pub(super) fn check_kinds(
    content: &PublishContent,
    media: &[(MediumOutline, MediaCategory)],
) -> Result<(), Error> {
    let media = media.iter().map(|(outline, category)| MediaDraft {
        field: outline.field.clone(),
        kind: Some(category.kind()),
        category: Some(*category),
        subtitles: outline
            .subtitles
            .iter()
            .map(|(language_code, display_name)| SubtitleDraft { language_code, display_name })
            .collect(),
        ..MediaDraft::default()
    });
    let draft = PostDraft { media: media.collect(), ..draft_of(content) };
    refuse(validate_post(&draft, &content.limits))
}

fn refuse(problems: Vec<Problem>) -> Result<(), Error> {
    let Some(first) = problems.first() else {
        return Ok(());
    };
    let field = first.field.clone();
    let messages: Vec<String> =
        problems.into_iter().map(|problem| format!("{}: {}", problem.field, problem.message)).collect();
    let message = format!("the post breaks X's rules: {}", messages.join("; "));
    Err(Error::new(ErrorCode::InvalidTweet, message).with(|fields| fields.field = Some(field)))
}
