//! What a medium is, without uploading it.

use super::MediaSource;
use super::feed::MIN_SKIP;
use crate::error::Error;
use crate::protocol::media::category::{ContentType, MediaCategory};
use crate::protocol::media::fit::unfit;
use crate::protocol::media::limits::{MAX_GIF_FRAMES, MAX_IMAGE_BYTES, advise, check};
use crate::protocol::media::preparation::{PictureForm, Preparation, Prepare, PrepareAction, wanted};
use crate::protocol::media::problem::MediaProblem;
use crate::protocol::media::sniff::{MediaFacts, MediaSniffer};
use crate::protocol::media::strip::{metadata_of, strip};
use crate::transport::call::Call;
use crate::transport::source::SourceReader;

/// What a medium's bytes say.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What it is.
    pub content_type: ContentType,
    /// As what a post would carry it, if it can.
    pub category: Option<MediaCategory>,
    /// Its size, if the source gives it or all of it was read.
    pub bytes: Option<u64>,
    /// Dimensions, duration, frames and codecs.
    pub facts: MediaFacts,
    /// Every rule that it breaks.
    pub problems: Vec<MediaProblem>,
    /// What X may still refuse or change, depending on the account.
    pub warnings: Vec<MediaProblem>,
    /// What would be done with it before it goes up, if it is a picture or a video that says where it was taken.
    pub preparation: Option<Preparation>,
}

/// Reads as much of the medium as its facts need: the head of most, a GIF whole, a video's movie box. A picture that may
/// be prepared is read whole, up to X's limit for pictures.
pub async fn probe(call: &Call, source: MediaSource) -> Result<Probe, Error> {
    let mut source = SourceReader::open(call, source).await?;
    let mut sniffer = MediaSniffer::new().counting_at_most(MAX_GIF_FRAMES);
    let mut position: u64 = 0;
    let mut at_end = false;
    let mut whole = Whole::default();
    while !sniffer.is_done() {
        let wanted = sniffer.next_offset();
        if wanted > position.saturating_add(MIN_SKIP) && source.can_restart() {
            if source.length().is_some_and(|length| wanted >= length) {
                break;
            }
            source.restart_at(call, wanted).await?;
            sniffer.jump();
            position = wanted;
            whole.is_broken = true;
        }
        let Some(chunk) = source.next_chunk(call).await? else {
            at_end = true;
            break;
        };
        position += chunk.len() as u64;
        sniffer.push(&chunk);
        whole.push(&chunk);
    }
    if !sniffer.is_done() {
        sniffer.end();
    }
    let facts = sniffer.facts().clone();
    let length = source.length().or_else(|| at_end.then_some(position));
    let (bytes, preparation) = preparation_of(call, &mut source, &facts, length, whole).await?;
    Ok(Probe { preparation, ..describe(&source, &facts, bytes) })
}

/// A picture as far as it was read, from its first byte on.
#[derive(Default)]
struct Whole {
    bytes: Vec<u8>,
    /// Parts of it were left out, or it is longer than any picture.
    is_broken: bool,
}

impl Whole {
    fn push(&mut self, chunk: &[u8]) {
        self.is_broken |= self.bytes.len() as u64 + chunk.len() as u64 > MAX_IMAGE_BYTES;
        if self.is_broken {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(chunk);
        }
    }
}

/// What would be done with a medium, and its size if all of it was read for that.
async fn preparation_of(
    call: &Call,
    source: &mut SourceReader,
    facts: &MediaFacts,
    length: Option<u64>,
    mut whole: Whole,
) -> Result<(Option<u64>, Option<Preparation>), Error> {
    let content_type = facts.content_type.unwrap_or(ContentType::Unknown);
    if !facts.locations.is_empty() {
        let form = PictureForm::of(facts, length);
        let is_blanked = call.prepare() != Prepare::Off;
        let done = if is_blanked { Preparation::without_location(form) } else { Preparation::none(form) };
        return Ok((length, Some(done)));
    }
    if !is_picture(content_type) {
        return Ok((length, None));
    }
    // Of what does not tell its length, that it is no larger than a picture may be shows when it is read.
    let action = wanted(call.prepare(), facts, length.or(Some(0)), None, None);
    let may_be_whole = length.is_none_or(|length| length <= MAX_IMAGE_BYTES);
    if action != PrepareAction::None && may_be_whole {
        if whole.is_broken && source.can_restart() {
            source.restart_at(call, 0).await?;
            whole = Whole::default();
        }
        while !whole.is_broken
            && let Some(chunk) = source.next_chunk(call).await?
        {
            whole.push(&chunk);
        }
    }
    let is_whole = may_be_whole && !whole.is_broken && action != PrepareAction::None;
    let bytes = length.or_else(|| is_whole.then_some(whole.bytes.len() as u64));
    let from = PictureForm::of(facts, bytes);
    let action = wanted(call.prepare(), facts, bytes.or(Some(MAX_IMAGE_BYTES + 1)), None, None);
    let preparation = match action {
        PrepareAction::Fit if unfit(facts, bytes).is_none() => {
            let removes = if is_whole { metadata_of(content_type, &whole.bytes) } else { Vec::new() };
            Preparation::fit_planned(from, removes)
        }
        PrepareAction::Strip if is_whole => match strip(content_type, &[whole.bytes.into()]) {
            Some(stripped) => {
                let to = PictureForm { bytes: Some(stripped.length()), ..from };
                Preparation { action, removes: stripped.removed, from, to }
            }
            None => Preparation::none(from),
        },
        _ => Preparation::none(from),
    };
    Ok((bytes, Some(preparation)))
}

const fn is_picture(content_type: ContentType) -> bool {
    matches!(
        content_type,
        ContentType::Jpeg
            | ContentType::Png
            | ContentType::Gif
            | ContentType::Webp
            | ContentType::Bmp
            | ContentType::Tiff
            | ContentType::Heic
            | ContentType::Avif
    )
}

fn describe(source: &SourceReader, facts: &MediaFacts, bytes: Option<u64>) -> Probe {
    let content_type = facts.content_type.unwrap_or(ContentType::Unknown);
    let kind = content_type.kind(facts.animated.unwrap_or(false));
    let category = kind.map(MediaCategory::for_post);
    let mut problems = match category {
        Some(category) => check(facts, bytes, category),
        None if bytes == Some(0) => {
            vec![MediaProblem::of("empty", "bytes", "the medium has 0 bytes".to_owned())]
        }
        None => {
            let message = format!("X does not accept {}", content_type.as_str());
            vec![MediaProblem::of("unsupported", "contentType", message)]
        }
    };
    if let Some(defect) = facts.defect {
        problems.push(MediaProblem::new("broken", defect.to_owned()));
    }
    if let Some(claim) = source.declared().filter(|claim| !content_type.agrees_with(claim.content_type)) {
        let message = format!("the source says {}, but its bytes are {}", claim.words, content_type.as_str());
        problems.push(MediaProblem::of("wrong_type", "contentType", message));
    }
    let warnings = category.map(|category| advise(facts, bytes, category)).unwrap_or_default();
    Probe { content_type, category, bytes, facts: facts.clone(), problems, warnings, preparation: None }
}
