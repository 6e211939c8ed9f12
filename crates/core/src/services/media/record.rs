//! How far one medium is, written down at each step.

use std::sync::Mutex;

use super::UploadLog;
use super::wire::MediaFields;
use crate::error::Error;
use crate::locks::locked;
use crate::protocol::checkpoint::{Acknowledged, MediaPhase, PreparedUpload, UploadCheckpoint};
use crate::protocol::media::category::{ContentType, MediaCategory};
use crate::protocol::media::preparation::PrepareAction;
use crate::transport::clock::epoch_ms;

/// X's answers usually say how long a medium is kept; a day is what its page says.
const DEFAULT_LIFE_SECS: u64 = 24 * 3600;
/// A validator that is longer is not worth its place.
const MAX_VALIDATOR_BYTES: usize = 128;
/// An upload that X forgets sooner is not resumed.
const MIN_LIFE_LEFT_MS: u64 = 10 * 60 * 1000;

/// One medium's part of a checkpoint.
pub(super) struct Record<'a> {
    log: Option<&'a dyn UploadLog>,
    media_index: u32,
    upload: Mutex<UploadCheckpoint>,
    original: Option<Original>,
}

/// The source of a picture of which something else was made.
#[derive(Clone, Debug)]
pub(super) struct Original {
    /// Its size.
    pub(super) bytes: u64,
    /// The digest of all of it, as one segment.
    pub(super) digest: [u8; 32],
    /// What went up in its place.
    pub(super) prepared: PreparedUpload,
}

impl<'a> Record<'a> {
    /// A medium that X knows nothing of, or what is known of it.
    pub(super) fn new(
        log: Option<&'a dyn UploadLog>,
        media_index: u32,
        (category, content_type, bytes): (MediaCategory, ContentType, u64),
        kept: Option<UploadCheckpoint>,
    ) -> Self {
        let upload = kept.unwrap_or_else(|| UploadCheckpoint {
            id: String::new(),
            key: None,
            expires_at: 0,
            category: category.as_str().to_owned(),
            content_type: content_type.as_str().to_owned(),
            bytes,
            etag: None,
            segments: Vec::new(),
            acknowledged: Acknowledged::default(),
            alt_text: false,
            subtitles: 0,
            processed: false,
            prepared: None,
        });
        Self { log, media_index, upload: Mutex::new(upload), original: None }
    }

    /// Once X has all of it, what is written down is how to know the source again, not what was made of it.
    pub(super) fn of(self, original: Option<Original>) -> Self {
        Self { original, ..self }
    }

    /// What is known of the medium.
    pub(super) fn upload(&self) -> UploadCheckpoint {
        locked(&self.upload).clone()
    }

    /// Each segment is worth a note.
    pub(super) fn is_durable(&self) -> bool {
        self.log.is_some_and(UploadLog::is_durable)
    }

    /// Writes down a step that was taken.
    pub(super) async fn note(
        &self,
        phase: MediaPhase,
        change: impl FnOnce(&mut UploadCheckpoint) + Send,
    ) -> Result<(), Error> {
        let upload = {
            let mut upload = locked(&self.upload);
            change(&mut upload);
            if let Some(original) = self.original.as_ref().filter(|_| phase >= MediaPhase::Finalize) {
                original.write_down(&mut upload);
            }
            upload.clone()
        };
        match self.log {
            Some(log) => log.note(self.media_index, phase, upload).await,
            None => Ok(()),
        }
    }

    /// Writes down that X gave the medium an id and takes its segments.
    pub(super) async fn opened(
        &self,
        fields: &MediaFields,
        validator: Option<&str>,
        segment_bytes: u64,
    ) -> Result<(), Error> {
        self.note(MediaPhase::Append, |upload| {
            identify(upload, fields);
            upload.etag = worth_keeping(validator);
            upload.segments = vec![(0, segment_bytes)];
            upload.acknowledged = Acknowledged::default();
        })
        .await
    }

    /// Somebody keeps what is noted, if only for an error to hand out.
    pub(super) fn is_kept(&self) -> bool {
        self.log.is_some()
    }

    /// What a medium held that went up in one request: it is written down with X's answer.
    pub(super) fn went_up_whole(&self, validator: Option<&str>, digest: &[u8; 32]) {
        let mut upload = locked(&self.upload);
        upload.etag = worth_keeping(validator);
        upload.segments = vec![(0, upload.bytes)];
        upload.acknowledged = Acknowledged::default();
        upload.acknowledged.add(0, digest);
    }

    /// Writes down that all bytes were sent, and whether they are the source's but for its location.
    pub(super) async fn all_sent(&self, without_location: bool) -> Result<(), Error> {
        self.note(MediaPhase::Finalize, |upload| {
            let action = PrepareAction::Strip.as_str().to_owned();
            upload.prepared = without_location.then_some(PreparedUpload { action, bytes: upload.bytes });
        })
        .await
    }

    /// Writes down that X has all bytes.
    pub(super) async fn has_all(&self, phase: MediaPhase, fields: &MediaFields) -> Result<(), Error> {
        self.note(phase, |upload| {
            identify(upload, fields);
            upload.processed |= fields.processing().is_some();
            if !is_complete(upload) {
                // Some of it shows nothing of the whole.
                upload.segments = Vec::new();
                upload.acknowledged = Acknowledged::default();
            }
        })
        .await
    }
}

impl Original {
    fn write_down(&self, upload: &mut UploadCheckpoint) {
        upload.bytes = self.bytes;
        upload.segments = vec![(0, self.bytes)];
        upload.acknowledged = Acknowledged::default();
        upload.acknowledged.add(0, &self.digest);
        upload.prepared = Some(self.prepared.clone());
    }
}

fn worth_keeping(validator: Option<&str>) -> Option<String> {
    validator.filter(|text| text.len() <= MAX_VALIDATOR_BYTES).map(str::to_owned)
}

/// Whether it is kept what all of the medium's segments held.
pub(super) fn is_complete(upload: &UploadCheckpoint) -> bool {
    upload.bytes > 0
        && upload.cut().map(|(_, length)| length).sum::<u64>() == upload.bytes
        && upload.cut().all(|(index, _)| upload.acknowledged.has(index))
}

fn identify(upload: &mut UploadCheckpoint, fields: &MediaFields) {
    if upload.id != fields.id() {
        // What was attached belongs to another upload.
        (upload.key, upload.alt_text, upload.subtitles) = (None, false, 0);
    }
    fields.id().clone_into(&mut upload.id);
    upload.key = fields.media_key.clone().or(upload.key.take());
    let life = fields.expires_after_secs.unwrap_or(DEFAULT_LIFE_SECS);
    upload.expires_at = epoch_ms().saturating_add(life.saturating_mul(1000));
}

/// Seconds for which X keeps the upload.
pub(super) fn life_left_secs(upload: &UploadCheckpoint) -> u64 {
    upload.expires_at.saturating_sub(epoch_ms()) / 1000
}

/// Whether X still has the upload for long enough.
pub(super) fn is_fresh(upload: &UploadCheckpoint) -> bool {
    upload.expires_at > epoch_ms().saturating_add(MIN_LIFE_LEFT_MS)
}
