//! The rules of a post's media (X's page "Media best practices": up to four photos, or one GIF, or one video).

use std::collections::HashSet;

use url::Url;

use super::{MediaDraft, PostDraft, PostLimits, Problem, ProblemCode};
use crate::protocol::media::category::{MediaCategory, MediaKind};

pub(super) fn check(post: &PostDraft<'_>, limits: &PostLimits, problems: &mut Vec<Problem>) {
    problems.extend(check_counts(&post.media, post.media_ids.len(), limits));
    for medium in &post.media {
        problems.extend(check_category(medium));
        problems.extend(check_url(medium));
        problems.extend(check_alt_text(medium, limits));
        check_subtitles(medium, problems);
    }
}

/// What is wrong with the number and mix of media; each cause is reported once, under its most telling code. Of the
/// `uploaded` media only the number is known.
fn check_counts(media: &[MediaDraft<'_>], uploaded: usize, limits: &PostLimits) -> Vec<Problem> {
    let of_kind = |kind| media.iter().filter(|medium| medium.kind == Some(kind)).collect::<Vec<_>>();
    let (images, gifs, videos) =
        (of_kind(MediaKind::Image), of_kind(MediaKind::Gif), of_kind(MediaKind::Video));
    let mut problems = Vec::new();
    let kinds = [
        (ProblemCode::TooManyImages, &images, limits.max_images, "image(s)"),
        (ProblemCode::TooManyGifs, &gifs, 1, "animated GIF"),
        (ProblemCode::TooManyVideos, &videos, 1, "video"),
    ];
    for (code, found, limit, name) in kinds {
        if found.len() > limit {
            problems.push(too_many(code, common_field(found), found.len(), limit, name));
        }
    }
    let solitary = gifs.len().max(videos.len());
    if solitary > 0 && solitary < media.len() + uploaded {
        let message =
            "A video or an animated GIF has to be the only medium of a post; publish the others separately.";
        let everything: Vec<_> = media.iter().collect();
        problems.push(Problem::new(ProblemCode::MixedMedia, common_field(&everything), message));
    }
    let count = media.len() + uploaded;
    if problems.is_empty() && count > limits.max_media {
        let everything: Vec<_> = media.iter().collect();
        let field = match (media.len(), uploaded) {
            (_, 0) => common_field(&everything),
            (0, _) => "mediaIds".to_owned(),
            _ => "media".to_owned(),
        };
        problems.push(too_many(ProblemCode::TooManyMedia, field, count, limits.max_media, "media"));
    }
    problems
}

fn too_many(code: ProblemCode, field: String, count: usize, limit: usize, name: &str) -> Problem {
    let message = format!("A post holds at most {limit} {name}; this one has {count}.");
    Problem::new(code, field, message).with_figures(limit, count)
}

/// The list that all the media are in, or `media` when they are in several.
fn common_field(media: &[&MediaDraft<'_>]) -> String {
    let list_of = |medium: &&MediaDraft<'_>| medium.field.split('[').next().unwrap_or_default().to_owned();
    let lists: HashSet<String> = media.iter().map(list_of).collect();
    let mut lists = lists.into_iter();
    match (lists.next(), lists.next()) {
        (Some(only), None) => only,
        _ => "media".to_owned(),
    }
}

/// X takes the upload of whatever belongs elsewhere, and refuses the post.
fn check_category(medium: &MediaDraft<'_>) -> Option<Problem> {
    let is_message = |category: &MediaCategory| {
        matches!(category, MediaCategory::DmImage | MediaCategory::DmGif | MediaCategory::DmVideo)
    };
    let message = if medium.kind == Some(MediaKind::Subtitles) {
        "Subtitles belong to a video: give them as one of its `subtitles`."
    } else if medium.category.as_ref().is_some_and(is_message) {
        "Media of direct messages can't be posted; leave the category out."
    } else {
        return None;
    };
    Some(Problem::new(ProblemCode::MediaNotForPosts, medium.field.clone(), message))
}

/// Where the URL may lead is not decided here: that depends on the client's policy and on what its host resolves to.
fn check_url(medium: &MediaDraft<'_>) -> Option<Problem> {
    let is_absolute = Url::parse(medium.url?).is_ok();
    let message = "The address of a medium is an absolute URL, such as https://cdn.example.com/lamp.jpg.";
    (!is_absolute).then(|| Problem::new(ProblemCode::InvalidUrl, medium.field.clone(), message))
}

fn check_alt_text(medium: &MediaDraft<'_>, limits: &PostLimits) -> Option<Problem> {
    let (length, limit) = (medium.alt_text?.chars().count(), limits.max_alt_text);
    let message = format!("The alternative text has {length} characters; shorten it to {limit}.");
    let field = format!("{}.altText", medium.field);
    (length > limit)
        .then(|| Problem::new(ProblemCode::AltTextTooLong, field, message).with_figures(limit, length))
}

fn check_subtitles(medium: &MediaDraft<'_>, problems: &mut Vec<Problem>) {
    let list = format!("{}.subtitles", medium.field);
    if !medium.subtitles.is_empty() && matches!(medium.kind, Some(MediaKind::Image | MediaKind::Gif)) {
        let message = "Only a video can have subtitles.";
        problems.push(Problem::new(ProblemCode::SubtitlesUnsupported, list.clone(), message));
    }
    let mut languages = HashSet::new();
    for (index, subtitles) in medium.subtitles.iter().enumerate() {
        let code = subtitles.language_code;
        let language_field = format!("{list}[{index}].languageCode");
        if code.len() != 2 || !code.bytes().all(|letter| letter.is_ascii_uppercase()) {
            let message = "The language of subtitles is two capital letters, such as EN.";
            problems.push(Problem::new(ProblemCode::SubtitlesInvalidLanguage, language_field, message));
        } else if !languages.insert(code) {
            let message = "A video has one track of subtitles for each language.";
            problems.push(Problem::new(ProblemCode::SubtitlesDuplicateLanguage, language_field, message));
        }
        if subtitles.display_name.is_empty() {
            let field = format!("{list}[{index}].displayName");
            let message = "Subtitles need the name of their language as viewers read it.";
            problems.push(Problem::new(ProblemCode::SubtitlesNameEmpty, field, message));
        }
    }
}
