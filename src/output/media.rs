//! Media.

use std::time::Duration;

use napi_derive::napi;
use twitter_native_core::protocol::media::category::{ContentType, MediaCategory};
use twitter_native_core::protocol::media::preparation::{PictureForm as Form, Preparation};
use twitter_native_core::protocol::media::problem::MediaProblem as Problem;
use twitter_native_core::protocol::media::sniff;
use twitter_native_core::protocol::media::strip::Metadata;
use twitter_native_core::services::media::{Probe, UploadedMedia};

use super::number;

/// A medium that a post can carry.
#[napi(object, js_name = "UploadedMedia", object_from_js = false)]
pub struct UploadedMediaDetails {
    /// The id to post with.
    pub media_id: String,
    /// The key under which reads name it.
    pub media_key: Option<String>,
    /// What the source was: a URL without its query, or a name.
    pub source: String,
    /// As what X took it.
    #[napi(ts_type = "MediaCategory")]
    pub category: &'static str,
    /// What its bytes are.
    pub content_type: &'static str,
    /// Its size.
    pub bytes: i64,
    /// Until when a post can carry it, in milliseconds since the epoch.
    pub expires_at: i64,
    /// `succeeded` if X processed it after the upload.
    #[napi(ts_type = "'succeeded'")]
    pub processing: Option<&'static str>,
    /// What was done with it before, if other bytes than its source's went up.
    #[napi(ts_type = "'strip' | 'fit'")]
    pub prepared: Option<String>,
}

impl From<UploadedMedia> for UploadedMediaDetails {
    fn from(media: UploadedMedia) -> Self {
        Self {
            media_id: media.media_id,
            media_key: media.media_key,
            source: media.source,
            category: media.category.as_str(),
            content_type: media.content_type.as_str(),
            bytes: number(media.bytes),
            expires_at: number(media.expires_at_ms),
            processing: media.processed.then_some("succeeded"),
            prepared: media.prepared,
        }
    }
}

/// A rule that a medium breaks.
#[napi(object, object_from_js = false)]
pub struct MediaProblem {
    /// A word for programs, for example `gif_too_many_frames`.
    pub code: &'static str,
    /// A sentence for a person.
    pub message: String,
    /// The member of [`MediaProbe`] that breaks the rule, for example `durationMs` or `video.frameRate`.
    pub field: Option<&'static str>,
    /// The limit.
    pub limit: Option<i64>,
    /// The medium's figure.
    pub actual: Option<i64>,
}

/// What a medium is, from its bytes.
#[napi(object, object_from_js = false)]
pub struct MediaProbe {
    /// What its bytes are.
    pub content_type: &'static str,
    /// As what a post would carry it, if X takes it at all.
    #[napi(ts_type = "MediaCategory")]
    pub category: Option<&'static str>,
    /// Its size, if the source gives it or all of it was read.
    pub bytes: Option<i64>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// Milliseconds.
    pub duration_ms: Option<i64>,
    /// Frames of a GIF.
    pub frames: Option<u32>,
    /// How a video's picture is coded, if its container says so.
    pub video: Option<MediaVideo>,
    /// How a video's sound is coded, if it has one and its container says so.
    pub audio: Option<MediaAudio>,
    /// Every rule of X's that it breaks; empty if X should take it. An upload is refused for them.
    pub problems: Vec<MediaProblem>,
    /// What X may still refuse or change: what depends on the account, what it only recommends, and what the headers do
    /// not tell for sure. No upload is refused for it.
    pub warnings: Vec<MediaProblem>,
    /// What an upload would do with it first, if it is a picture or a video that says where it was taken. Where that is
    /// `fit`, an upload is not refused for the problems that fitting mends.
    pub prepare: Option<MediaPreparation>,
}

/// What is done with a picture or video before it goes up.
#[napi(object, object_from_js = false)]
pub struct MediaPreparation {
    /// `none`: it goes up as it is. `strip`: what identifies is removed. `fit`: it is also made smaller or another format.
    #[napi(ts_type = "'none' | 'strip' | 'fit'")]
    pub action: &'static str,
    /// What identifies and is removed: what the camera wrote down, where it was taken, Adobe's and agencies' notes,
    /// comments and other texts, the time of the last change, and what follows the picture's end. Before a picture of more
    /// than 5 MB is fitted it is not known.
    #[napi(ts_type = "Array<'EXIF' | 'GPS' | 'XMP' | 'IPTC' | 'text' | 'time' | 'trailer'>")]
    pub removes: Vec<&'static str>,
    /// The picture as it comes, as far as it is known.
    pub from: PictureForm,
    /// The picture as it goes up, as far as it is known: its size, and for some formats its type, only after it was fitted.
    pub to: PictureForm,
}

/// A picture's form.
#[napi(object, object_from_js = false)]
pub struct PictureForm {
    /// What its bytes are.
    pub content_type: Option<&'static str>,
    /// Its size.
    pub bytes: Option<i64>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
}

impl From<Preparation> for MediaPreparation {
    fn from(preparation: Preparation) -> Self {
        Self {
            action: preparation.action.as_str(),
            removes: preparation.removes.into_iter().map(Metadata::as_str).collect(),
            from: preparation.from.into(),
            to: preparation.to.into(),
        }
    }
}

impl From<Form> for PictureForm {
    fn from(form: Form) -> Self {
        Self {
            content_type: form.content_type.map(ContentType::as_str),
            bytes: form.bytes.map(number),
            width: form.width,
            height: form.height,
        }
    }
}

/// How a video's picture is coded.
#[napi(object, object_from_js = false)]
pub struct MediaVideo {
    /// `h264`, which X asks for, `hevc`, `av1`, `vp9` and so on, or the name that the container gives it.
    pub codec: String,
    /// The profile of H.264, for example `High`.
    pub profile: Option<&'static str>,
    /// Frames a second, on average.
    pub frame_rate: Option<f64>,
    /// How colours are sampled.
    #[napi(ts_type = "'4:0:0' | '4:2:0' | '4:2:2' | '4:4:4'")]
    pub chroma: Option<&'static str>,
    /// Bits of a sample.
    pub bit_depth: Option<u32>,
    /// Width and height of a pixel, for example `1:1`.
    pub pixel_aspect: Option<String>,
    /// Frames are coded as two fields. Left out if the headers do not say.
    pub interlaced: Option<bool>,
}

/// How a video's sound is coded.
#[napi(object, object_from_js = false)]
pub struct MediaAudio {
    /// `aac`, which X asks for, `mp3`, `opus`, `pcm` and so on, or the name that the container gives it.
    pub codec: String,
    /// The profile of AAC, for example `LC` or `HE-AAC`.
    pub profile: Option<&'static str>,
    /// Channels.
    pub channels: Option<u32>,
}

impl From<sniff::VideoTrack> for MediaVideo {
    fn from(track: sniff::VideoTrack) -> Self {
        let pixel_aspect = track.pixel_aspect.map(|(width, height)| format!("{width}:{height}"));
        let seconds = |millis| Duration::from_millis(millis).as_secs_f64();
        Self {
            codec: track.codec.as_str().to_owned(),
            profile: track.profile,
            frame_rate: track.frame_rate_millis.map(seconds),
            chroma: track.chroma.map(sniff::Chroma::as_str),
            bit_depth: track.bit_depth,
            pixel_aspect,
            interlaced: track.scan.and_then(sniff::Scan::is_interlaced),
        }
    }
}

impl From<sniff::AudioTrack> for MediaAudio {
    fn from(track: sniff::AudioTrack) -> Self {
        Self { codec: track.codec.as_str().to_owned(), profile: track.profile, channels: track.channels }
    }
}

impl From<Problem> for MediaProblem {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code,
            message: problem.message,
            field: problem.field,
            limit: problem.limit.map(number),
            actual: problem.actual.map(number),
        }
    }
}

impl From<Probe> for MediaProbe {
    fn from(probe: Probe) -> Self {
        let all = |problems: Vec<Problem>| problems.into_iter().map(MediaProblem::from).collect();
        Self {
            content_type: probe.content_type.as_str(),
            category: probe.category.map(MediaCategory::as_str),
            bytes: probe.bytes.map(number),
            width: probe.facts.width,
            height: probe.facts.height,
            duration_ms: probe.facts.duration_ms.map(number),
            frames: probe.facts.frames,
            video: probe.facts.video.map(MediaVideo::from),
            audio: probe.facts.audio.map(MediaAudio::from),
            problems: all(probe.problems),
            warnings: all(probe.warnings),
            prepare: probe.preparation.map(MediaPreparation::from),
        }
    }
}
