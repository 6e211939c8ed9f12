//! X's rules for videos (<https://docs.x.com/x-api/media/quickstart/best-practices>).
//!
//! What the page says that a video must be is a rule, and what breaks it is refused. What it recommends, what depends
//! on the account and what only a guess could tell is advice. The page asks for H.264 and AAC alone, while uploads of
//! `WebM`, which has neither, are taken: in `WebM` the codecs are advice, and so are codecs that are not known here.

use super::category::{ContentType, MediaCategory};
use super::problem::MediaProblem;
use super::sniff::{AudioTrack, Chroma, Codec, MediaFacts, Scan, VideoTrack};

/// Shortest video, in milliseconds.
pub const MIN_VIDEO_MS: u64 = 500;
/// Longest video of a subscriber, in milliseconds; without a subscription it is 20 minutes, which X checks by account.
pub const MAX_VIDEO_MS: u64 = 125 * 60 * 1000;
/// Longest video without a subscription, in milliseconds.
pub const DEFAULT_VIDEO_MS: u64 = 20 * 60 * 1000;
/// Longest video of a subscriber in a direct message, in milliseconds.
pub const MAX_DM_VIDEO_MS: u64 = 10 * 60 * 1000;
/// Longest video in a direct message without a subscription, in milliseconds.
pub const DEFAULT_DM_VIDEO_MS: u64 = 140 * 1000;
/// Largest video in a direct message without a subscription.
pub const DEFAULT_DM_VIDEO_BYTES: u64 = 512_000_000;
/// Narrowest video, in either direction.
pub const MIN_VIDEO_SIDE: u32 = 32;
/// Longer and shorter side of a video, as X's page states them; it says elsewhere that subscribers' may be larger.
pub const STATED_VIDEO_SIZE: (u32, u32) = (1280, 1024);
/// Widest and tallest aspect of a video.
pub const MAX_VIDEO_ASPECT: u32 = 3;
/// Frames a second.
pub const MAX_FRAME_RATE: u64 = 60;
/// Bits of a sample in the profile that X recommends.
pub const ADVISED_BIT_DEPTH: u32 = 8;
/// Channels of a video's sound.
pub const MAX_AUDIO_CHANNELS: u32 = 2;
/// Scaling a picture to whole pixels leaves its pixels a little off square. That is rounding up to one part in so many.
const PIXEL_ASPECT_TOLERANCE: u64 = 100;

/// Longest video of the category, in milliseconds, with and without a subscription.
const fn longest_ms(category: MediaCategory) -> (u64, u64) {
    match category {
        MediaCategory::DmVideo => (MAX_DM_VIDEO_MS, DEFAULT_DM_VIDEO_MS),
        _ => (MAX_VIDEO_MS, DEFAULT_VIDEO_MS),
    }
}

/// The rules that a video breaks. X's page contradicts itself on the largest dimensions, so these are left to X.
pub(super) fn check(facts: &MediaFacts, category: MediaCategory, problems: &mut Vec<MediaProblem>) {
    let (longest, _) = longest_ms(category);
    let field = "durationMs";
    match facts.duration_ms {
        Some(duration) if duration < MIN_VIDEO_MS => {
            let code = "video_too_short";
            problems.push(MediaProblem::under(code, field, "the video", duration, MIN_VIDEO_MS, "ms"));
        }
        Some(duration) if duration > longest => {
            problems.push(MediaProblem::over("video_too_long", field, "the video", duration, longest, "ms"));
        }
        _ => {}
    }
    if let (Some(width), Some(height)) = (facts.width, facts.height) {
        check_size(width, height, problems);
    }
    let is_webm = facts.content_type == Some(ContentType::Webm);
    if let Some(video) = &facts.video {
        if !is_webm && matches!(video.codec, Codec::Known(_)) {
            problems.extend(video_codec(video));
        }
        check_picture(video, problems);
    }
    if let Some(audio) = &facts.audio {
        if !is_webm && matches!(audio.codec, Codec::Known(_)) {
            problems.extend(audio_codec(audio));
        }
        check_sound(audio, problems);
    }
}

fn check_size(width: u32, height: u32, problems: &mut Vec<MediaProblem>) {
    let (short, long) = (width.min(height), width.max(height));
    if short < MIN_VIDEO_SIDE {
        let (side, limit) = (short.into(), MIN_VIDEO_SIDE.into());
        let (field, what) = (shorter_side(width, height), "the video's shorter side");
        problems.push(MediaProblem::under("video_too_small", field, what, side, limit, "pixels"));
    } else if u64::from(long) > u64::from(short) * u64::from(MAX_VIDEO_ASPECT) {
        problems.push(MediaProblem {
            limit: Some(MAX_VIDEO_ASPECT.into()),
            ..MediaProblem::new(
                "video_aspect",
                format!("the video is {width}×{height}; X accepts aspects from 1:3 to 3:1"),
            )
        });
    }
}

fn check_picture(video: &VideoTrack, problems: &mut Vec<MediaProblem>) {
    let mut broken = |code, field, message| problems.push(MediaProblem::of(code, field, message));
    if let Some(chroma) = video.chroma.filter(|chroma| *chroma != Chroma::Yuv420) {
        let message = format!("the video's chroma is {}; X accepts 4:2:0 only", chroma.as_str());
        broken("video_chroma", "video.chroma", message);
    }
    if let Some((width, height)) = video.pixel_aspect.filter(|aspect| !is_square(*aspect)) {
        let message = format!("the video's pixels are {width}:{height}; X accepts square ones only");
        broken("video_pixel_aspect", "video.pixelAspect", message);
    }
    if video.scan == Some(Scan::Interlaced) {
        let message = "the video is interlaced; X accepts progressive scan only".to_owned();
        broken("video_interlaced", "video.interlaced", message);
    }
    // Telephones are a little off the rate that they aim at.
    let frame_rate = video.frame_rate_millis.map_or(0, |rate| rate.saturating_add(500) / 1000);
    if frame_rate > MAX_FRAME_RATE {
        let (code, field, what) = ("video_frame_rate", "video.frameRate", "the video's frame rate");
        let unit = "frames a second";
        problems.push(MediaProblem::over(code, field, what, frame_rate, MAX_FRAME_RATE, unit));
    }
}

fn check_sound(audio: &AudioTrack, problems: &mut Vec<MediaProblem>) {
    if let Some(profile) = audio.profile.filter(|profile| audio.codec == Codec::AAC && *profile != "LC") {
        let message = format!("the sound's AAC profile is {profile}; X accepts LC only");
        problems.push(MediaProblem::of("audio_profile", "audio.profile", message));
    }
    if let Some(channels) = audio.channels.filter(|channels| *channels > MAX_AUDIO_CHANNELS) {
        problems.push(MediaProblem {
            limit: Some(MAX_AUDIO_CHANNELS.into()),
            actual: Some(channels.into()),
            ..MediaProblem::of(
                "audio_channels",
                "audio.channels",
                format!("the sound has {channels} channels; X accepts at most {MAX_AUDIO_CHANNELS}"),
            )
        });
    }
}

fn video_codec(video: &VideoTrack) -> Option<MediaProblem> {
    let message = || format!("the video's codec is {}; X asks for h264", video.codec.as_str());
    (video.codec != Codec::H264).then(|| MediaProblem::of("video_codec", "video.codec", message()))
}

fn audio_codec(audio: &AudioTrack) -> Option<MediaProblem> {
    let message = || format!("the sound's codec is {}; X asks for aac", audio.codec.as_str());
    (audio.codec != Codec::AAC).then(|| MediaProblem::of("audio_codec", "audio.codec", message()))
}

fn is_square((width, height): (u32, u32)) -> bool {
    let (width, height) = (u64::from(width), u64::from(height));
    width.abs_diff(height) * PIXEL_ASPECT_TOLERANCE <= width.max(height)
}

const fn shorter_side(width: u32, height: u32) -> &'static str {
    if width <= height { "width" } else { "height" }
}

const fn longer_side(width: u32, height: u32) -> &'static str {
    if width > height { "width" } else { "height" }
}

/// What X may still refuse or change of a video.
pub(super) fn advise(
    facts: &MediaFacts,
    bytes: Option<u64>,
    category: MediaCategory,
    advice: &mut Vec<MediaProblem>,
) {
    let account = "without a subscription X accepts at most";
    if category == MediaCategory::DmVideo {
        let (code, limit) = ("large_without_subscription", DEFAULT_DM_VIDEO_BYTES);
        advice.extend(above(code, "bytes", ("the video", "bytes", account), bytes, limit));
    }
    let (_, longest) = longest_ms(category);
    let words = ("the video", "ms", account);
    advice.extend(above("long_without_subscription", "durationMs", words, facts.duration_ms, longest));
    if let (Some(width), Some(height)) = (facts.width, facts.height) {
        let page = "X's page states at most";
        let (code, (long, short)) = ("larger_than_stated", STATED_VIDEO_SIZE);
        let (longer, shorter) = (width.max(height).into(), width.min(height).into());
        let words = ("the video's longer side", "pixels", page);
        advice.extend(above(code, longer_side(width, height), words, Some(longer), long.into()));
        let words = ("the video's shorter side", "pixels", page);
        advice.extend(above(code, shorter_side(width, height), words, Some(shorter), short.into()));
    }
    let is_webm = facts.content_type == Some(ContentType::Webm);
    let may_pass = |codec: &Codec| is_webm || matches!(codec, Codec::Other(_));
    if let Some(video) = &facts.video {
        advice.extend(video_codec(video).filter(|_| may_pass(&video.codec)));
        advise_picture(video, advice);
    }
    if let Some(audio) = facts.audio.as_ref().filter(|audio| may_pass(&audio.codec)) {
        advice.extend(audio_codec(audio));
    }
}

fn above(
    code: &'static str,
    field: &'static str,
    (what, unit, source): (&str, &str, &str),
    actual: Option<u64>,
    limit: u64,
) -> Option<MediaProblem> {
    let actual = actual.filter(|actual| *actual > limit)?;
    let message = format!("{what} is {actual} {unit}; {source} {limit}");
    Some(MediaProblem { limit: Some(limit), actual: Some(actual), ..MediaProblem::of(code, field, message) })
}

fn advise_picture(video: &VideoTrack, advice: &mut Vec<MediaProblem>) {
    if let Some(profile) = video.profile.filter(|profile| *profile != "High") {
        let message = format!("the video's H.264 profile is {profile}; X recommends High");
        advice.push(MediaProblem::of("video_profile", "video.profile", message));
    }
    let words = ("the video's bit depth", "bits", "the profile that X recommends has at most");
    let depth = video.bit_depth.map(u64::from);
    advice.extend(above("video_bit_depth", "video.bitDepth", words, depth, ADVISED_BIT_DEPTH.into()));
    if video.scan == Some(Scan::MaybeInterlaced) {
        let message = "the video may be interlaced; X accepts progressive scan only".to_owned();
        advice.push(MediaProblem::of("video_may_be_interlaced", "video.interlaced", message));
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests;
