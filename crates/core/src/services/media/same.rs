//! Whether a source still holds what X has all bytes of.

use std::collections::VecDeque;

use bytes::Bytes;

use super::OnOtherBytes;
use super::locations::BlankedLocations;
use super::record::is_complete;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Acknowledged, MediaPhase, SegmentHash, UploadCheckpoint};
use crate::protocol::media::category::ContentType;
use crate::protocol::media::preparation::may_have_location;
use crate::protocol::media::sniff::MediaSniffer;
use crate::transport::call::Call;
use crate::transport::source::SourceReader;

/// What a source is beside an upload that an earlier call brought to its end.
pub(super) enum Sameness {
    /// It holds the same bytes. It can be read again if X has lost the upload.
    Same(SourceReader),
    /// It holds others, or nothing is kept that could show it: its bytes go up, from the first one on.
    Unproven(SourceReader),
}

/// Compares a source with an upload: by the validator of its URL where that is the same, else by reading all of it.
/// Other bytes are a `CHECKPOINT_MISMATCH`, unless they may be uploaded.
pub(super) async fn compare(
    call: &Call,
    mut source: SourceReader,
    (phase, upload): (MediaPhase, &UploadCheckpoint),
    on_other_bytes: OnOtherBytes,
    memory_limit: u64,
) -> Result<Sameness, Error> {
    if source.length().is_some_and(|length| length != upload.bytes) {
        return other(source, on_other_bytes);
    }
    if upload.etag.is_some() && source.validator() == upload.etag.as_deref() {
        source.pause();
        return Ok(Sameness::Same(source));
    }
    if !is_complete(upload) {
        return Ok(Sameness::Unproven(source));
    }
    if phase < MediaPhase::Ready || on_other_bytes == OnOtherBytes::Upload {
        // It may have to be read a second time, to be sent: if X has lost the upload, or if it differs.
        source = source.repeatable(call, memory_limit).await?;
    }
    let is_same =
        read(call, &mut source, upload).await?.is_some_and(|read| read.is_same(&upload.acknowledged));
    source.pause();
    if source.can_restart() {
        source.restart_at(call, 0).await?;
    }
    if is_same { Ok(Sameness::Same(source)) } else { other(source, on_other_bytes) }
}

fn other(source: SourceReader, on_other_bytes: OnOtherBytes) -> Result<Sameness, Error> {
    match on_other_bytes {
        OnOtherBytes::Refuse => Err(differs(&source)),
        OnOtherBytes::Upload => Ok(Sameness::Unproven(source)),
    }
}

/// The digests of the source's segments; `None` if it is shorter or longer than what was uploaded.
async fn read(
    call: &Call,
    source: &mut SourceReader,
    upload: &UploadCheckpoint,
) -> Result<Option<Acknowledged>, Error> {
    let mut read = Acknowledged::default();
    let mut source = Passing::new(source, upload);
    let mut held = Bytes::new();
    for (index, length) in upload.cut() {
        let mut hash = SegmentHash::new(index);
        let mut left = length;
        while left > 0 {
            if held.is_empty() {
                match source.next(call).await? {
                    Some(chunk) => held = chunk,
                    None => return Ok(None),
                }
            }
            let piece = held.split_to(usize::try_from(left).unwrap_or(usize::MAX).min(PIECE).min(held.len()));
            left -= piece.len() as u64;
            hash = hashed(hash, piece).await?;
        }
        read.add(index, &hash.finish());
    }
    let is_longer = !held.is_empty() || source.next(call).await?.is_some();
    Ok((!is_longer).then_some(read))
}

/// A source's bytes as an earlier call sent them: a video's without its locations, if it had any and that call blanked them.
struct Passing<'a> {
    source: &'a mut SourceReader,
    sniffer: MediaSniffer,
    locations: BlankedLocations,
    ready: VecDeque<Bytes>,
}

impl<'a> Passing<'a> {
    fn new(source: &'a mut SourceReader, upload: &UploadCheckpoint) -> Self {
        let is_video = ContentType::parse(&upload.content_type).is_some_and(may_have_location);
        let locations = BlankedLocations::new(is_video && upload.prepared.is_some());
        Self { source, sniffer: MediaSniffer::new(), locations, ready: VecDeque::new() }
    }

    async fn next(&mut self, call: &Call) -> Result<Option<Bytes>, Error> {
        while self.ready.is_empty() {
            let Some(chunk) = self.source.next_chunk(call).await? else {
                self.ready.extend(self.locations.rest());
                break;
            };
            self.ready.extend(self.locations.pass(&mut self.sniffer, chunk));
        }
        Ok(self.ready.pop_front())
    }
}

/// What is hashed in one go: bounded work for a thread that others wait for.
const PIECE: usize = 1024 * 1024;

async fn hashed(mut hash: SegmentHash, piece: Bytes) -> Result<SegmentHash, Error> {
    let work = move || {
        hash.update(&piece);
        hash
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::new(ErrorCode::Internal, "a source could not be hashed").with_cause(error))
}

fn differs(source: &SourceReader) -> Error {
    let message = format!(
        "the checkpoint belongs to a post with another medium: {} holds other bytes than were uploaded",
        source.label()
    );
    Error::new(ErrorCode::CheckpointMismatch, message)
        .with(|fields| fields.field = Some("options.checkpoint".to_owned()))
}
