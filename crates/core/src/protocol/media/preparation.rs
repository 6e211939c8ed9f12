//! What is done with a medium before it goes up, and what of that is known beforehand.

use super::category::{ContentType, MediaCategory, MediaKind};
use super::fit::{MAX_FIT_BYTES, fitted_size, needs_fit};
use super::limits::{self, MAX_IMAGE_BYTES};
use super::sniff::MediaFacts;
use super::strip::Metadata;

/// What may be done with a picture before it goes up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Prepare {
    /// What X would refuse is made into what it takes, and what identifies is removed.
    Fit,
    /// What identifies is removed.
    #[default]
    Strip,
    /// Nothing.
    Off,
}

/// What is done with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrepareAction {
    /// It goes up as it is.
    None,
    /// What identifies is removed from it.
    Strip,
    /// It is made smaller or another format, and what identifies is removed.
    Fit,
}

impl PrepareAction {
    /// The word that JavaScript sees.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Strip => "strip",
            Self::Fit => "fit",
        }
    }
}

/// A picture's form, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PictureForm {
    /// What its bytes are.
    pub content_type: Option<ContentType>,
    /// Its size.
    pub bytes: Option<u64>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
}

impl PictureForm {
    /// By what its bytes say.
    pub fn of(facts: &MediaFacts, bytes: Option<u64>) -> Self {
        Self { content_type: facts.content_type, bytes, width: facts.width, height: facts.height }
    }
}

/// What is done with one picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparation {
    /// What is done.
    pub action: PrepareAction,
    /// What identifies and is removed, each kind once.
    pub removes: Vec<Metadata>,
    /// The picture as it comes.
    pub from: PictureForm,
    /// The picture as it goes up.
    pub to: PictureForm,
}

impl Preparation {
    /// Nothing is done.
    pub fn none(form: PictureForm) -> Self {
        Self { action: PrepareAction::None, removes: Vec::new(), from: form, to: form }
    }

    /// A video whose locations are blanked, in as many bytes.
    pub fn without_location(form: PictureForm) -> Self {
        Self { action: PrepareAction::Strip, removes: vec![Metadata::Gps], from: form, to: form }
    }

    /// What is known of fitting before anything is decoded.
    pub fn fit_planned(from: PictureForm, removes: Vec<Metadata>) -> Self {
        let size = from.width.zip(from.height).map(|(width, height)| fitted_size(width, height));
        let to = PictureForm {
            // Whether the others have transparent parts shows when they are decoded.
            content_type: from.content_type.filter(|is| *is == ContentType::Jpeg),
            bytes: None,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
        };
        Self { action: PrepareAction::Fit, removes, from, to }
    }
}

/// What is to be tried with a medium, by its kind and size.
pub fn wanted(
    how: Prepare,
    facts: &MediaFacts,
    bytes: Option<u64>,
    category: Option<MediaCategory>,
    expected: Option<MediaKind>,
) -> PrepareAction {
    let is_picture = |kind| matches!(kind, MediaKind::Image | MediaKind::Gif);
    let kinds = category.map(MediaCategory::kind).into_iter().chain(expected);
    if how == Prepare::Off || !kinds.into_iter().all(is_picture) {
        return PrepareAction::None;
    }
    if how == Prepare::Fit && needs_fit(facts, bytes) {
        return PrepareAction::Fit;
    }
    match facts.content_type {
        Some(ContentType::Jpeg | ContentType::Png | ContentType::Webp | ContentType::Gif)
            if bytes.is_some_and(|bytes| bytes <= MAX_IMAGE_BYTES) =>
        {
            PrepareAction::Strip
        }
        _ => PrepareAction::None,
    }
}

/// A file of this type may say where a video was taken, in a way that is known here.
pub const fn may_have_location(content_type: ContentType) -> bool {
    matches!(content_type, ContentType::Mp4 | ContentType::QuickTime)
}

/// Most bytes of this type that are taken as anything; `None` for what is not taken at all.
pub const fn most_bytes(content_type: ContentType, how: Prepare) -> Option<u64> {
    match (how, content_type) {
        (
            Prepare::Fit,
            ContentType::Jpeg | ContentType::Png | ContentType::Webp | ContentType::Bmp | ContentType::Tiff,
        ) => Some(MAX_FIT_BYTES),
        _ => limits::most_bytes(content_type),
    }
}
