//! What to publish, as JavaScript gives it.

use napi::bindgen_prelude::Unknown;
use napi_derive::napi;
use twitter_native_core::error::Error;
use twitter_native_core::protocol::media::category::{MediaCategory, MediaKind};
use twitter_native_core::protocol::validation::PostLimits;
use twitter_native_core::services::media::{MediaSource, SubtitleTrack};
use twitter_native_core::services::publish::{MediaInput, Poll, Presentation, PublishContent};
use twitter_native_core::services::tweets::NewTweetApp;
use twitter_native_derive::FromJs;

use super::properties::{OwnProperties, name};
use super::reader::{FromJs, Path};
use super::source::source_of;

/// A poll.
#[napi(object, js_name = "Poll", object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct PollInput {
    /// 2 to 4 options of 1 to 25 characters.
    pub options: Vec<String>,
    /// How long it lasts: 5 to 10080 minutes.
    pub duration_minutes: u32,
}

/// The app that a button installs: at least one of its ids.
#[napi(object, js_name = "AppStoreIds", object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
#[allow(clippy::struct_field_names, reason = "the names of the interface")]
pub struct AppStoreIdsInput {
    /// In Apple's store, for iPhones.
    pub app_store_id: Option<String>,
    /// In Apple's store, for iPads.
    pub ipad_app_store_id: Option<String>,
    /// In Google's store.
    pub play_store_id: Option<String>,
}

/// The button below a post's media: one of its members.
#[napi(object, js_name = "CallToAction", object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct CallToActionInput {
    /// "Visit site": an https URL.
    pub visit_site: Option<String>,
    /// "Watch now": an https URL.
    pub watch_now: Option<String>,
    /// "Install app".
    #[napi(ts_type = "AppStoreIds")]
    pub install_app: Option<AppStoreIdsInput>,
}

/// How a post's media are shown.
#[napi(object, js_name = "MediaPresentation", object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct MediaPresentationInput {
    /// A title on a video's card.
    pub title: Option<String>,
    /// A description on a video's card.
    pub description: Option<String>,
    /// Other sites may play the media.
    pub embeddable: Option<bool>,
    /// The uploaded image that is shown for a video.
    pub preview_media_id: Option<String>,
    /// A button below.
    #[napi(ts_type = "CallToAction")]
    pub call_to_action: Option<CallToActionInput>,
}

impl From<MediaPresentationInput> for Presentation {
    fn from(input: MediaPresentationInput) -> Self {
        let call = input.call_to_action;
        let (visit_site, watch_now, app) =
            call.map_or((None, None, None), |call| (call.visit_site, call.watch_now, call.install_app));
        Self {
            title: input.title,
            description: input.description,
            embeddable: input.embeddable,
            preview_media_id: input.preview_media_id,
            visit_site,
            watch_now,
            install_app: app.map(|app| NewTweetApp {
                app_store_id: app.app_store_id,
                ipad_app_store_id: app.ipad_app_store_id,
                play_store_id: app.play_store_id,
            }),
        }
    }
}

/// Subtitles of a video in one language: an SRT or VTT file.
#[napi(object, js_name = "SubtitleTrack", object_from_js = false, object_to_js = false)]
#[allow(dead_code, reason = "declares the type that JavaScript sees; the source is read beside it")]
pub struct SubtitleInput {
    /// Two letters, for example `EN`.
    pub language_code: String,
    /// The language's name, as viewers see it.
    pub display_name: String,
}

impl FromJs for SubtitleTrack {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let properties = OwnProperties::of(value, path)?;
        let language_code: String = properties.read(name!(language_code))?;
        if language_code.len() != 2 || !language_code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(properties.refuse(name!(language_code), "must be two capital letters"));
        }
        let display_name = properties.read(name!(display_name))?;
        Ok(Self { source: source_of(&properties)?, language_code, display_name })
    }
}

/// What goes with a medium's source.
#[napi(object, object_from_js = false, object_to_js = false)]
#[allow(dead_code, reason = "declares the type that JavaScript sees; the source is read beside it")]
pub struct MediaDetails {
    /// A description for people who can't see it, at most 1000 characters.
    pub alt_text: Option<String>,
    /// As what X should take it; without it, what its bytes say.
    #[napi(ts_type = "MediaCategory")]
    pub category: Option<String>,
    /// Subtitles of a video.
    #[napi(ts_type = "Array<MediaObject & SubtitleTrack>")]
    pub subtitles: Option<Vec<String>>,
}

impl FromJs for MediaCategory {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let text = String::from_js(value, path)?;
        Self::parse(&text)
            .ok_or_else(|| path.refuse("must be one of X's media categories, such as tweet_image"))
    }
}

/// A medium of `media`, without its place.
pub struct MediaEntry(MediaInput);

impl FromJs for MediaEntry {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if super::reader::type_of(&value, path)? == napi::ValueType::String {
            return MediaSource::from_js(value, path)
                .map(|source| Self(plain(source, path.to_string(), None)));
        }
        let properties = OwnProperties::of(value, path)?;
        Ok(Self(MediaInput {
            field: path.to_string(),
            source: source_of(&properties)?,
            expected: None,
            category: properties.read(name!(category))?,
            alt_text: properties.read(name!(alt_text))?,
            subtitles: properties.read::<Option<Vec<SubtitleTrack>>>(name!(subtitles))?.unwrap_or_default(),
        }))
    }
}

fn plain(source: MediaSource, field: String, expected: Option<MediaKind>) -> MediaInput {
    MediaInput { field, source, expected, category: None, alt_text: None, subtitles: Vec::new() }
}

/// A post with its media. Media keep the order `imageUrls`, `gifUrl`, `videoUrl`, `media`.
#[napi(object, js_name = "PublishContent", object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct PublishContentInput {
    /// The text: up to 280 weighted characters, as `parseTweetText` counts them. May be empty with media.
    pub text: Option<String>,
    /// Up to 4 pictures.
    pub image_urls: Option<Vec<String>>,
    /// One video.
    pub video_url: Option<String>,
    /// One animated GIF.
    pub gif_url: Option<String>,
    /// Media of any kind and source, with what goes with them.
    #[napi(ts_type = "MediaInput[]")]
    pub media: Option<Vec<MediaEntry>>,
    /// Media that were uploaded already.
    pub media_ids: Option<Vec<String>>,
    /// A poll; it excludes media.
    #[napi(ts_type = "Poll")]
    pub poll: Option<PollInput>,
    /// The post that this one answers.
    pub reply_to: Option<String>,
    /// People who are left out of the reply's mentions.
    pub exclude_reply_user_ids: Option<Vec<String>>,
    /// The post that this one quotes; it excludes media and polls.
    pub quote_tweet_id: Option<String>,
    /// Who may reply.
    /// @default 'everyone'
    #[napi(ts_type = "'everyone' | 'following' | 'mentionedUsers' | 'subscribers' | 'verified'")]
    pub reply_settings: Option<String>,
    /// The community to post in.
    pub community_id: Option<String>,
    /// A community's post also goes to the author's followers.
    pub share_with_followers: Option<bool>,
    /// Up to 10 people who are tagged in the media.
    pub tagged_user_ids: Option<Vec<String>>,
    /// How the media are shown.
    #[napi(ts_type = "MediaPresentation")]
    pub presentation: Option<MediaPresentationInput>,
    /// A place.
    pub place_id: Option<String>,
    /// Only for subscribers of the author.
    pub for_super_followers_only: Option<bool>,
    /// An ad that is not in the timeline.
    pub nullcast: Option<bool>,
    /// An ad's card.
    pub card_uri: Option<String>,
    /// A link that opens a direct message.
    pub direct_message_deep_link: Option<String>,
    /// The media were made with AI.
    pub made_with_ai: Option<bool>,
    /// The post is a paid partnership.
    pub paid_partnership: Option<bool>,
    /// The post that this one replaces (subscribers only).
    pub previous_post_id: Option<String>,
    /// Weighted characters that the account may write; subscribers have up to 25,000.
    /// @default 280
    pub max_weighted_length: Option<u32>,
}

impl PublishContentInput {
    /// The name of the first field that brings media to upload.
    pub(crate) fn media_field(&self) -> Option<&'static str> {
        let given = [
            ("imageUrls", self.image_urls.as_ref().is_some_and(|urls| !urls.is_empty())),
            ("gifUrl", self.gif_url.is_some()),
            ("videoUrl", self.video_url.is_some()),
            ("media", self.media.as_ref().is_some_and(|media| !media.is_empty())),
        ];
        given.into_iter().find(|(_, given)| *given).map(|(name, _)| name)
    }
}

impl From<PublishContentInput> for PublishContent {
    fn from(input: PublishContentInput) -> Self {
        let url = |url: String, field: String, kind| plain(MediaSource::Url(url), field, Some(kind));
        let images = input.image_urls.unwrap_or_default().into_iter().enumerate();
        let images = images.map(|(index, image)| url(image, format!("imageUrls[{index}]"), MediaKind::Image));
        let gif = input.gif_url.map(|gif| url(gif, "gifUrl".to_owned(), MediaKind::Gif));
        let video = input.video_url.map(|video| url(video, "videoUrl".to_owned(), MediaKind::Video));
        let others = input.media.unwrap_or_default().into_iter().map(|entry| entry.0);
        let mut limits = PostLimits::default();
        limits.max_weighted_length = input.max_weighted_length.unwrap_or(limits.max_weighted_length);
        Self {
            text: input.text.unwrap_or_default(),
            media: images.chain(gif).chain(video).chain(others).collect(),
            media_ids: input.media_ids.unwrap_or_default(),
            poll: input
                .poll
                .map(|poll| Poll { options: poll.options, duration_minutes: poll.duration_minutes }),
            reply_to: input.reply_to,
            exclude_reply_user_ids: input.exclude_reply_user_ids.unwrap_or_default(),
            quote_tweet_id: input.quote_tweet_id,
            reply_settings: input.reply_settings,
            community_id: input.community_id,
            share_with_followers: input.share_with_followers,
            tagged_user_ids: input.tagged_user_ids.unwrap_or_default(),
            presentation: input.presentation.map(Into::into),
            place_id: input.place_id,
            for_super_followers_only: input.for_super_followers_only,
            nullcast: input.nullcast,
            card_uri: input.card_uri,
            direct_message_deep_link: input.direct_message_deep_link,
            made_with_ai: input.made_with_ai,
            paid_partnership: input.paid_partnership,
            previous_post_id: input.previous_post_id,
            limits,
        }
    }
}
