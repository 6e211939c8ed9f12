//! X's limits for media in one place, since X moves them (X's pages on media best practices and media upload). Those of
//! videos are in [`super::video`].

use super::category::{ContentType, MediaCategory, MediaKind};
use super::problem::MediaProblem;
use super::sniff::MediaFacts;
use super::video;

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
/// Largest subtitle file taken here; X publishes no limit.
pub const MAX_SUBTITLE_BYTES: u64 = MB;
/// Frames of an animated GIF.
pub const MAX_GIF_FRAMES: u32 = 350;
/// Width × height × frames of an animated GIF.
pub const MAX_GIF_PIXELS: u64 = 300_000_000;
/// Width and height of an animated GIF.
pub const MAX_GIF_SIZE: (u32, u32) = (1280, 1080);
/// Width and height of an image, each.
pub const IMAGE_SIDE: (u32, u32) = (4, 8192);

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

/// All rules that a medium breaks, as far as its facts are known; what is not known yet breaks none.
pub fn check(facts: &MediaFacts, bytes: Option<u64>, category: MediaCategory) -> Vec<MediaProblem> {
    let mut problems = Vec::new();
    if let Some(bytes) = bytes {
        if bytes == 0 {
            problems.push(MediaProblem::under("empty", "bytes", "the medium", 0, 1, "bytes"));
        }
        let limit = max_bytes(category);
        if bytes > limit {
            let what = format!("the {}", category.kind().as_str());
            problems.push(MediaProblem::over("too_large", "bytes", &what, bytes, limit, "bytes"));
        } else if bytes > MAX_SEGMENT_BYTES * MAX_SEGMENTS {
            let (what, limit) = (
                format!("the {} in {MAX_SEGMENTS} segments", category.kind().as_str()),
                MAX_SEGMENT_BYTES * MAX_SEGMENTS,
            );
            problems.push(MediaProblem::over("too_many_segments", "bytes", &what, bytes, limit, "bytes"));
        }
    }
    problems.extend(kind_mismatch(facts, category));
    match category.kind() {
        MediaKind::Image => check_image(facts, &mut problems),
        MediaKind::Gif => check_gif(facts, &mut problems),
        MediaKind::Video => video::check(facts, category, &mut problems),
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
    Some(MediaProblem::of(
        "wrong_kind",
        "contentType",
        format!(
            "the bytes are {}{}, which X does not accept as {}",
            if facts.animated == Some(true) { "animated " } else { "" },
            content_type.as_str(),
            category.as_str()
        ),
    ))
}

fn check_image(facts: &MediaFacts, problems: &mut Vec<MediaProblem>) {
    let sides = [("width", "the image's width", facts.width), ("height", "the image's height", facts.height)];
    for (field, what, side) in sides {
        let (least, most) = IMAGE_SIDE;
        match side {
            Some(side) if side < least => {
                problems.push(MediaProblem::under(
                    "image_too_small",
                    field,
                    what,
                    side.into(),
                    least.into(),
                    "pixels",
                ));
            }
            Some(side) if side > most => {
                problems.push(MediaProblem::over(
                    "image_too_wide",
                    field,
                    what,
                    side.into(),
                    most.into(),
                    "pixels",
                ));
            }
            _ => {}
        }
    }
}

fn check_gif(facts: &MediaFacts, problems: &mut Vec<MediaProblem>) {
    let frames = facts.frames.unwrap_or(0);
    if frames > MAX_GIF_FRAMES {
        let (frames, limit) = (frames.into(), MAX_GIF_FRAMES.into());
        problems.push(MediaProblem::over(
            "gif_too_many_frames",
            "frames",
            "the GIF",
            frames,
            limit,
            "frames",
        ));
    }
    let (Some(width), Some(height)) = (facts.width, facts.height) else {
        return;
    };
    let (widest, tallest) = MAX_GIF_SIZE;
    if width > widest {
        let (width, limit) = (width.into(), widest.into());
        problems.push(MediaProblem::over("gif_too_wide", "width", "the GIF's width", width, limit, "pixels"));
    }
    if height > tallest {
        let (height, limit) = (height.into(), tallest.into());
        problems.push(MediaProblem::over(
            "gif_too_tall",
            "height",
            "the GIF's height",
            height,
            limit,
            "pixels",
        ));
    }
    // A PNG that is to be a GIF may announce more than a number holds.
    let pixels = u64::from(width).saturating_mul(height.into()).saturating_mul(frames.into());
    if pixels > MAX_GIF_PIXELS {
        let what = "the GIF's width × height × frames";
        let message = format!("{what} is {pixels} pixels; X accepts at most {MAX_GIF_PIXELS}");
        problems.push(MediaProblem {
            limit: Some(MAX_GIF_PIXELS),
            actual: Some(pixels),
            ..MediaProblem::new("gif_too_many_pixels", message)
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
            advice.extend(moving.map(|content_type| {
                let message = format!("X lists GIF for animations; {} may not move", content_type.as_str());
                MediaProblem::of("animation_may_stand_still", "contentType", message)
            }));
        }
        MediaKind::Video => video::advise(facts, bytes, category, &mut advice),
        MediaKind::Gif | MediaKind::Subtitles => {}
    }
    advice
}

#[cfg(test)]
mod tests;
