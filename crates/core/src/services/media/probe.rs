//! What a medium is, without uploading it.

use super::MediaSource;
use crate::call::Call;
use crate::error::Error;
use crate::protocol::media::category::{ContentType, MediaCategory};
use crate::protocol::media::limits::{MAX_GIF_FRAMES, MediaProblem, advise, check};
use crate::protocol::media::sniff::{MediaFacts, MediaSniffer};
use crate::transport::source::SourceReader;

/// What a medium's bytes say.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What it is.
    pub content_type: ContentType,
    /// As what a post would carry it, if it can.
    pub category: Option<MediaCategory>,
    /// Its size, if the source tells it or all of it was read.
    pub bytes: Option<u64>,
    /// Dimensions, duration, frames and codecs.
    pub facts: MediaFacts,
    /// Every rule that it breaks.
    pub problems: Vec<MediaProblem>,
    /// What X may still refuse or change, depending on the account.
    pub warnings: Vec<MediaProblem>,
}

/// Skipping fewer bytes than this is slower than reading them.
const LEAST_SKIP: u64 = 256 * 1024;

/// Reads as much of the medium as its facts need: the head of most, a GIF whole, a video's movie box.
pub async fn probe(call: &Call, source: MediaSource) -> Result<Probe, Error> {
    let mut source = SourceReader::open(call, source).await?;
    let mut sniffer = MediaSniffer::new().counting_at_most(MAX_GIF_FRAMES);
    let mut position: u64 = 0;
    let mut at_end = false;
    while !sniffer.is_done() {
        let wanted = sniffer.next_offset();
        if wanted > position.saturating_add(LEAST_SKIP) && source.can_restart() {
            if source.length().is_some_and(|length| wanted >= length) {
                break;
            }
            source.restart_at(call, wanted).await?;
            sniffer.jump();
            position = wanted;
        }
        let Some(chunk) = source.next_chunk(call).await? else {
            at_end = true;
            break;
        };
        position += chunk.len() as u64;
        sniffer.push(&chunk);
    }
    if !sniffer.is_done() {
        sniffer.end();
    }
    let bytes = source.length().or_else(|| at_end.then_some(position));
    Ok(describe(&source, sniffer.facts(), bytes))
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
            let message = format!("X does not take {}", content_type.as_str());
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
    Probe { content_type, category, bytes, facts: facts.clone(), problems, warnings }
}
