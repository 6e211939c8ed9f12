//! What to publish, and its rules.

use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use url::Url;

use super::cost::charges_of;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::addresses::{AddressPolicy, check_url};
use crate::protocol::checkpoint::{LazySought, Sought};
use crate::protocol::cost::PostCharges;
use crate::protocol::media::category::{MediaCategory, MediaKind};
use crate::protocol::validation::{
    MediaDraft, PollDraft, PostDraft, PostLimits, PresentationDraft, Problem, ProblemCode, SubtitleDraft,
    validate_post,
};
use crate::services::media::{MediaSource, OnOtherBytes, SubtitleTrack, UploadRequest};
use crate::services::tweets::{
    NewTweet, NewTweetApp, NewTweetCallToActions, NewTweetEdit, NewTweetLink, NewTweetMedia,
    NewTweetMediaPresentation, NewTweetPlace, NewTweetPoll, NewTweetReply,
};

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
    /// The image that stands for a video.
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
    /// Where it stands in the arguments, for example `imageUrls[1]`.
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

/// 16 bytes of a digest in base64url: enough to tell things apart that nobody chooses against each other.
pub(super) fn digest_of(parts: impl IntoIterator<Item = impl AsRef<[u8]>>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        let part = part.as_ref();
        // With its length before it, no part can run into the next.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut text = URL_SAFE_NO_PAD.encode(hash.finalize());
    text.truncate(22);
    text
}

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
    pub(super) fn body_with(&self, uploaded: impl Iterator<Item = String>) -> NewTweet {
        let mut body = NewTweet::clone(&self.body);
        if let Some(media) = &mut body.media {
            media.media_ids.extend(uploaded);
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

/// The request for the post itself. Ids of media that are uploaded later come behind those that are given.
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
