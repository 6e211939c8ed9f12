//! X's limits for media, in one table, since X moves them (X's pages on media best practices and media upload).

use super::category::{ContentType, MediaCategory, MediaKind};
use super::sniff::MediaFacts;

const MB: u64 = 1_000_000;

/// Still images up to this size go up in one request.
pub const ONE_SHOT_MAX_BYTES: u64 = 5 * MB;
/// Largest segment. The server's own maximum is higher, but clients have seen it refuse more.
pub const MAX_SEGMENT_BYTES: u64 = 5 * MB;
/// Segments are numbered 0 to 999.
pub const MAX_SEGMENTS: u64 = 1000;
/// Largest image.
pub const MAX_IMAGE_BYTES: u64 = 5 * MB;
/// Largest animated GIF.
pub const MAX_GIF_BYTES: u64 = 15 * MB;
/// Largest video of a subscriber; without a subscription it is 8 GB, which X checks by account.
pub const MAX_VIDEO_BYTES: u64 = 16_000 * MB;
/// Largest video of a subscriber in a direct message.
pub const MAX_DM_VIDEO_BYTES: u64 = 1000 * MB;
/// Largest video in a direct message without a subscription.
pub const DEFAULT_DM_VIDEO_BYTES: u64 = 512 * MB;
/// Largest subtitle file taken here; X publishes no limit.
pub const MAX_SUBTITLE_BYTES: u64 = MB;
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
/// Frames of an animated GIF.
pub const MAX_GIF_FRAMES: u32 = 350;
/// Width × height × frames of an animated GIF.
pub const MAX_GIF_PIXELS: u64 = 300_000_000;
/// Width and height of an animated GIF.
pub const MAX_GIF_SIZE: (u32, u32) = (1280, 1080);
/// Width and height of an image, each.
pub const IMAGE_SIDE: (u32, u32) = (4, 8192);
/// Narrowest video, in either direction.
pub const MIN_VIDEO_SIDE: u32 = 32;
/// Longer and shorter side of a video, as X's page states them; it says elsewhere that subscribers' may be larger.
pub const STATED_VIDEO_SIZE: (u32, u32) = (1280, 1024);
/// Widest and tallest aspect of a video.
pub const MAX_VIDEO_ASPECT: u32 = 3;

/// A rule that a medium breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaProblem {
    /// A word for programs, for example `gif_too_many_frames`.
    pub code: &'static str,
    /// A sentence for a person, with the limit and the figure.
    pub message: String,
    /// The limit.
    pub limit: Option<u64>,
    /// The medium's figure.
    pub actual: Option<u64>,
}

impl MediaProblem {
    fn over(code: &'static str, what: &str, actual: u64, limit: u64, unit: &str) -> Self {
        Self {
            code,
            message: format!("{what} is {actual} {unit}; X takes at most {limit}"),
            limit: Some(limit),
            actual: Some(actual),
        }
    }

    fn under(code: &'static str, what: &str, actual: u64, limit: u64, unit: &str) -> Self {
        Self {
            code,
            message: format!("{what} is {actual} {unit}; X takes at least {limit}"),
            limit: Some(limit),
            actual: Some(actual),
        }
    }

    /// The medium is too large in bytes.
    pub fn is_size(&self) -> bool {
        matches!(self.code, "too_large" | "too_many_segments")
    }
}

/// Most bytes that a medium of the category may have.
pub const fn max_bytes(category: MediaCategory) -> u64 {
    match category.kind() {
        MediaKind::Image => MAX_IMAGE_BYTES,
        MediaKind::Gif => MAX_GIF_BYTES,
        MediaKind::Subtitles => MAX_SUBTITLE_BYTES,
        MediaKind::Video if matches!(category, MediaCategory::DmVideo) => MAX_DM_VIDEO_BYTES,
        MediaKind::Video => MAX_VIDEO_BYTES,
    }
}

/// Most bytes of this type that X takes as anything; `None` for what it does not take at all.
pub const fn most_bytes(content_type: ContentType) -> Option<u64> {
    match content_type {
        ContentType::Gif => Some(MAX_GIF_BYTES),
        _ => match content_type.kind(false) {
            Some(MediaKind::Video) => Some(MAX_VIDEO_BYTES),
            Some(MediaKind::Subtitles) => Some(MAX_SUBTITLE_BYTES),
            Some(MediaKind::Image | MediaKind::Gif) => Some(MAX_IMAGE_BYTES),
            None => None,
        },
    }
}

/// Longest video of the category, in milliseconds, with and without a subscription.
const fn video_ms(category: MediaCategory) -> (u64, u64) {
    match category {
        MediaCategory::DmVideo => (MAX_DM_VIDEO_MS, DEFAULT_DM_VIDEO_MS),
        _ => (MAX_VIDEO_MS, DEFAULT_VIDEO_MS),
    }
}

/// All rules that a medium breaks, as far as its facts are known; what is not known yet breaks none.
pub fn check(facts: &MediaFacts, bytes: Option<u64>, category: MediaCategory) -> Vec<MediaProblem> {
    let mut problems = Vec::new();
    if let Some(bytes) = bytes {
        if bytes == 0 {
            problems.push(MediaProblem::under("empty", "the medium", 0, 1, "bytes"));
        }
        let limit = max_bytes(category);
        if bytes > limit {
            let what = format!("the {}", category.kind().as_str());
            problems.push(MediaProblem::over("too_large", &what, bytes, limit, "bytes"));
        } else if bytes > MAX_SEGMENT_BYTES * MAX_SEGMENTS {
            let (what, limit) = (
                format!("the {} in {MAX_SEGMENTS} segments", category.kind().as_str()),
                MAX_SEGMENT_BYTES * MAX_SEGMENTS,
            );
            problems.push(MediaProblem::over("too_many_segments", &what, bytes, limit, "bytes"));
        }
    }
    problems.extend(kind_mismatch(facts, category));
    match category.kind() {
        MediaKind::Image => check_image(facts, &mut problems),
        MediaKind::Gif => check_gif(facts, &mut problems),
        MediaKind::Video => check_video(facts, category, &mut problems),
        MediaKind::Subtitles => {}
    }
    problems
}

fn kind_mismatch(facts: &MediaFacts, category: MediaCategory) -> Option<MediaProblem> {
    let content_type = facts.content_type?;
    let wanted = category.kind();
    let animated = facts.animated.unwrap_or(wanted == MediaKind::Gif);
    let is = content_type.kind(animated);
    // A still GIF may go as an image or, alone in its frame, as a GIF.
    if is == Some(wanted) || (content_type == ContentType::Gif && wanted == MediaKind::Gif) {
        return None;
    }
    Some(MediaProblem {
        code: "wrong_kind",
        message: format!(
            "the bytes are {}{}, which X does not take as {}",
            if facts.animated == Some(true) { "animated " } else { "" },
            content_type.as_str(),
            category.as_str()
        ),
        limit: None,
        actual: None,
    })
}

fn check_image(facts: &MediaFacts, problems: &mut Vec<MediaProblem>) {
    for (what, side) in [("the image's width", facts.width), ("the image's height", facts.height)] {
        let (least, most) = IMAGE_SIDE;
        match side {
            Some(side) if side < least => {
                problems.push(MediaProblem::under(
                    "image_too_small",
                    what,
                    side.into(),
                    least.into(),
                    "pixels",
                ));
            }
            Some(side) if side > most => {
                problems.push(MediaProblem::over("image_too_wide", what, side.into(), most.into(), "pixels"));
            }
            _ => {}
        }
    }
}

fn check_gif(facts: &MediaFacts, problems: &mut Vec<MediaProblem>) {
    let frames = facts.frames.unwrap_or(0);
    if frames > MAX_GIF_FRAMES {
        let (frames, limit) = (frames.into(), MAX_GIF_FRAMES.into());
        problems.push(MediaProblem::over("gif_too_many_frames", "the GIF", frames, limit, "frames"));
    }
    let (Some(width), Some(height)) = (facts.width, facts.height) else {
        return;
    };
    let (widest, tallest) = MAX_GIF_SIZE;
    if width > widest {
        let (width, limit) = (width.into(), widest.into());
        problems.push(MediaProblem::over("gif_too_wide", "the GIF's width", width, limit, "pixels"));
    }
    if height > tallest {
        let (height, limit) = (height.into(), tallest.into());
        problems.push(MediaProblem::over("gif_too_tall", "the GIF's height", height, limit, "pixels"));
    }
    // A PNG that is to be a GIF may announce more than a number holds.
    let pixels = u64::from(width).saturating_mul(height.into()).saturating_mul(frames.into());
    if pixels > MAX_GIF_PIXELS {
        let what = "the GIF's width × height × frames";
        problems.push(MediaProblem::over("gif_too_many_pixels", what, pixels, MAX_GIF_PIXELS, "pixels"));
    }
}

/// X's page contradicts itself on a video's largest dimensions, so these are left to X.
fn check_video(facts: &MediaFacts, category: MediaCategory, problems: &mut Vec<MediaProblem>) {
    let (longest, _) = video_ms(category);
    match facts.duration_ms {
        Some(duration) if duration < MIN_VIDEO_MS => {
            problems.push(MediaProblem::under("video_too_short", "the video", duration, MIN_VIDEO_MS, "ms"));
        }
        Some(duration) if duration > longest => {
            problems.push(MediaProblem::over("video_too_long", "the video", duration, longest, "ms"));
        }
        _ => {}
    }
    let (Some(width), Some(height)) = (facts.width, facts.height) else {
        return;
    };
    let (short, long) = (width.min(height), width.max(height));
    if short < MIN_VIDEO_SIDE {
        let (side, limit) = (short.into(), MIN_VIDEO_SIDE.into());
        problems.push(MediaProblem::under(
            "video_too_small",
            "the video's shorter side",
            side,
            limit,
            "pixels",
        ));
    } else if u64::from(long) > u64::from(short) * u64::from(MAX_VIDEO_ASPECT) {
        problems.push(MediaProblem {
            code: "video_aspect",
            message: format!("the video is {width}×{height}; X takes aspects from 1:3 to 3:1"),
            limit: Some(MAX_VIDEO_ASPECT.into()),
            actual: None,
        });
    }
}

/// What X may still refuse or change, by the account that posts or by a rule on which X's pages disagree. It is no
/// reason to hold a medium back.
pub fn advise(facts: &MediaFacts, bytes: Option<u64>, category: MediaCategory) -> Vec<MediaProblem> {
    let mut advice = Vec::new();
    match category.kind() {
        MediaKind::Image => {
            let moving = facts.content_type.filter(|_| facts.animated == Some(true));
            advice.extend(moving.map(|content_type| MediaProblem {
                code: "animation_may_stand_still",
                message: format!("X lists GIF for animations; {} may not move", content_type.as_str()),
                limit: None,
                actual: None,
            }));
        }
        MediaKind::Video => advise_video(facts, bytes, category, &mut advice),
        MediaKind::Gif | MediaKind::Subtitles => {}
    }
    advice
}

fn advise_video(
    facts: &MediaFacts,
    bytes: Option<u64>,
    category: MediaCategory,
    advice: &mut Vec<MediaProblem>,
) {
    let mut over = |code, what: &str, actual: u64, limit: u64, unit: &str, source: &str| {
        if actual > limit {
            let message = format!("{what} is {actual} {unit}; {source} {limit}");
            advice.push(MediaProblem { code, message, limit: Some(limit), actual: Some(actual) });
        }
    };
    let account = "without a subscription X takes at most";
    if category == MediaCategory::DmVideo {
        let bytes = bytes.unwrap_or(0);
        over("large_without_subscription", "the video", bytes, DEFAULT_DM_VIDEO_BYTES, "bytes", account);
    }
    let (_, longest) = video_ms(category);
    let duration = facts.duration_ms.unwrap_or(0);
    over("long_without_subscription", "the video", duration, longest, "ms", account);
    let (Some(width), Some(height)) = (facts.width, facts.height) else {
        return;
    };
    let page = "X's page states at most";
    let (long, short) = STATED_VIDEO_SIZE;
    let (longer, shorter) = (width.max(height), width.min(height));
    over("larger_than_stated", "the video's longer side", longer.into(), long.into(), "pixels", page);
    over("larger_than_stated", "the video's shorter side", shorter.into(), short.into(), "pixels", page);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(content_type: ContentType) -> MediaFacts {
        MediaFacts { content_type: Some(content_type), ..MediaFacts::default() }
    }

    fn codes(facts: &MediaFacts, bytes: u64, category: MediaCategory) -> Vec<&'static str> {
        check(facts, Some(bytes), category).into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn each_kind_has_its_size() {
        for (content_type, category, limit) in [
            (ContentType::Jpeg, MediaCategory::TweetImage, 5_000_000),
            (ContentType::Gif, MediaCategory::TweetGif, 15_000_000),
            (ContentType::Mp4, MediaCategory::DmVideo, 1_000_000_000),
        ] {
            assert!(codes(&facts(content_type), limit, category).is_empty());
            assert_eq!(codes(&facts(content_type), limit + 1, category), ["too_large"]);
        }
    }

    #[test]
    fn a_video_has_to_fit_into_its_segments_too() {
        let video = |bytes| codes(&facts(ContentType::Mp4), bytes, MediaCategory::TweetVideo);
        assert!(video(5_000_000_000).is_empty());
        assert_eq!(video(5_000_000_001), ["too_many_segments"]);
        assert_eq!(video(16_000_000_000), ["too_many_segments"]);
        assert_eq!(video(16_000_000_001), ["too_large"]);
    }

    #[test]
    fn figures_that_no_number_holds_are_too_many() {
        let most = Some(u32::MAX);
        let announced = MediaFacts { width: most, height: most, frames: most, ..facts(ContentType::Png) };
        assert!(codes(&announced, 1, MediaCategory::TweetGif).contains(&"gif_too_many_pixels"));
        let product =
            MediaFacts { width: Some(1 << 16), height: Some(1 << 16), frames: Some(1 << 31), ..announced };
        assert!(codes(&product, 1, MediaCategory::TweetGif).contains(&"gif_too_many_pixels"));
        let wrapped = MediaFacts { width: Some(1 << 31), height: Some(1 << 31), frames: Some(4), ..product };
        assert!(codes(&wrapped, 1, MediaCategory::TweetGif).contains(&"gif_too_many_pixels"));
    }

    #[test]
    fn a_direct_message_takes_shorter_videos() {
        let video = MediaFacts { duration_ms: Some(600_001), ..facts(ContentType::Mp4) };
        assert!(codes(&video, 1, MediaCategory::TweetVideo).is_empty());
        assert_eq!(codes(&video, 1, MediaCategory::DmVideo), ["video_too_long"]);
    }

    #[test]
    fn what_the_account_decides_is_advice_and_no_problem() {
        let video = MediaFacts {
            width: Some(1080),
            height: Some(1920),
            duration_ms: Some(20 * 60_000 + 1),
            ..facts(ContentType::Mp4)
        };
        assert!(codes(&video, 1, MediaCategory::TweetVideo).is_empty());
        let advice = |facts: &MediaFacts, bytes, category| -> Vec<&str> {
            advise(facts, Some(bytes), category).into_iter().map(|problem| problem.code).collect()
        };
        assert_eq!(
            advice(&video, 1, MediaCategory::TweetVideo),
            ["long_without_subscription", "larger_than_stated", "larger_than_stated"]
        );
        let short = MediaFacts { duration_ms: Some(140_000), ..facts(ContentType::Mp4) };
        assert!(advice(&short, 512_000_000, MediaCategory::DmVideo).is_empty());
        assert_eq!(advice(&short, 512_000_001, MediaCategory::DmVideo), ["large_without_subscription"]);
        let moving = MediaFacts { animated: Some(true), ..facts(ContentType::Webp) };
        assert!(codes(&moving, 1, MediaCategory::TweetImage).is_empty());
        assert_eq!(advice(&moving, 1, MediaCategory::TweetImage), ["animation_may_stand_still"]);
    }

    #[test]
    fn a_wrong_kind_says_both() {
        let problems = check(&facts(ContentType::Html), Some(10), MediaCategory::TweetImage);
        assert_eq!(problems.len(), 1);
        assert!(problems.iter().all(|problem| problem.message.contains("text/html")));
        assert!(problems.iter().all(|problem| problem.message.contains("tweet_image")));

        let moving = MediaFacts { animated: Some(true), ..facts(ContentType::Gif) };
        let messages: Vec<String> = check(&moving, None, MediaCategory::TweetImage)
            .into_iter()
            .map(|problem| problem.message)
            .collect();
        assert_eq!(messages, ["the bytes are animated image/gif, which X does not take as tweet_image"]);
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let gif = MediaFacts {
            animated: Some(true),
            width: Some(1300),
            height: Some(1100),
            frames: Some(400),
            ..facts(ContentType::Gif)
        };
        let expected =
            ["too_large", "gif_too_many_frames", "gif_too_wide", "gif_too_tall", "gif_too_many_pixels"];
        assert_eq!(codes(&gif, 16_000_000, MediaCategory::TweetGif), expected);

        let video = MediaFacts {
            width: Some(1000),
            height: Some(100),
            duration_ms: Some(100),
            ..facts(ContentType::Mp4)
        };
        assert_eq!(codes(&video, 1, MediaCategory::TweetVideo), ["video_too_short", "video_aspect"]);
    }
}
