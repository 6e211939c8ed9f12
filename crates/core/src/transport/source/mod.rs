//! Where media come from: one reader for URLs, files, memory and streams.

mod ahead;
mod connection;
mod download;
mod fetch;
mod file;
mod gather;
mod kept;
mod memory;
mod pace;
mod proof;
mod representation;
mod slices;
mod spool;
mod stream;

use std::path::PathBuf;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use url::Url;

use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::memory::MemoryBudget;
use crate::protocol::media::category::ContentType;
use crate::transport::call::Call;
use download::label_of;
use gather::Gather;

/// A medium to upload or to probe.
pub enum MediaSource {
    /// An https URL (http only where the policy allows it).
    Url(String),
    /// A file.
    Path(PathBuf),
    /// Bytes in memory that nobody else can free or change; they are shared, not copied.
    Data {
        /// The file's bytes.
        bytes: Bytes,
        /// A name, for its extension.
        filename: Option<String>,
    },
    /// Bytes in memory that belongs to somebody else: copied a slice at a time, when they are due.
    Slices {
        /// The bytes.
        slices: Box<dyn SliceSource>,
        /// A name, for its extension.
        filename: Option<String>,
    },
    /// Bytes that come one chunk after another and only once.
    Stream {
        /// The chunks.
        chunks: Box<dyn ChunkStream>,
        /// How many bytes will come, if the caller knows.
        size: Option<u64>,
        /// A name, for its extension.
        filename: Option<String>,
    },
}

impl MediaSource {
    /// What tells this source from others, also in another process. It may hold a secret: only digests of it go
    /// anywhere.
    pub fn identity(&self) -> String {
        match self {
            Self::Url(url) => format!("url {url}"),
            Self::Path(path) => format!("path {}", path.display()),
            Self::Data { bytes, filename } => format!("data {} {filename:?}", bytes.len()),
            Self::Slices { slices, filename } => format!("data {} {filename:?}", slices.size()),
            Self::Stream { size, filename, .. } => format!("stream {size:?} {filename:?}"),
        }
    }

    /// What results and errors may show of the source, without opening it: a URL without its query, or a name.
    pub fn label(&self) -> String {
        match self {
            Self::Url(text) => Url::parse(text).map_or_else(|_| "the URL".to_owned(), |url| label_of(&url)),
            Self::Path(path) => file::label_of(path),
            Self::Data { filename, .. } => filename.clone().unwrap_or_else(|| "buffer".to_owned()),
            Self::Slices { slices, filename } => {
                filename.clone().unwrap_or_else(|| slices.default_label().to_owned())
            }
            Self::Stream { filename, .. } => filename.clone().unwrap_or_else(|| "stream".to_owned()),
        }
    }
}

/// Chunks of bytes, in order.
pub trait ChunkStream: Send {
    /// The next chunk, or `None` at the end.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, SourceFailure>>;
}

/// Bytes in memory that only its owner may read: it copies them a slice at a time, at any offset and as often as asked.
pub trait SliceSource: Send {
    /// Bytes in all.
    fn size(&self) -> u64;
    /// What results and errors call it if it has no name.
    fn default_label(&self) -> &'static str;
    /// A copy of `length` bytes from `offset` on; they lie within the size.
    fn copy(&mut self, offset: u64, length: u64) -> BoxFuture<'_, Result<Bytes, SourceFailure>>;
}

/// Why a caller's source gives no bytes, in words that hold no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFailure {
    /// What it did, for example `failed`.
    pub what: String,
    /// Why, if it said so.
    pub cause: Option<String>,
}

impl SourceFailure {
    fn of(self, label: &str) -> Error {
        let error = unreadable(label, self.what);
        match self.cause {
            Some(cause) => error.with_cause(cause),
            None => error,
        }
    }
}

/// What a source says of itself, to be held against its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    /// The type that it claims.
    pub(crate) content_type: ContentType,
    /// How it claims it, for example `Content-Type: image/png`.
    pub(crate) words: String,
}

/// Reads a source once from its beginning, or again from an offset where the source allows it.
///
/// Nothing is read ahead but into memory that was lent for it, and nothing runs on after a reader that is dropped.
pub(crate) struct SourceReader {
    reader: Box<dyn Reader>,
    label: String,
    declared: Option<Declared>,
    gather: Gather,
    position: u64,
}

/// What each kind of source can do.
pub(crate) trait Reader: Send {
    /// Bytes of the whole medium, if known.
    fn length(&self) -> Option<u64>;
    /// What proves that the medium is still the same, if the source has such a thing.
    fn validator(&self) -> Option<&str> {
        None
    }
    /// The next bytes, or `None` at the end.
    fn next<'a>(&'a mut self, call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>>;
    /// Whether a chunk keeps more memory than its bytes.
    fn has_large_buffers(&self) -> bool {
        false
    }
    /// Whether [`Self::restart_at`] can work.
    fn can_restart(&self) -> bool;
    /// Gives up what is open for reading, to be opened again by the next read.
    fn pause(&mut self) {}
    /// Memory that the reader may read ahead into.
    fn lend(&mut self, _budget: &MemoryBudget) {}
    /// Goes on at an offset, with the same content as before.
    fn restart_at<'a>(&'a mut self, call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>>;
}

impl SourceReader {
    /// Opens a source: connects to a URL, opens a file.
    ///
    /// `MEDIA_SOURCE` when it can't be read, `MEDIA_FORBIDDEN_HOST` when the policy refuses the URL or one that it
    /// redirects to, `MEDIA_TOO_LARGE` when it is too large by its own word.
    pub(crate) async fn open(call: &Call, source: MediaSource) -> Result<Self, Error> {
        let label = source.label();
        let opened = match source {
            MediaSource::Url(url) => download::open(call, &url).await?,
            MediaSource::Path(path) => file::open(path, label).await?,
            MediaSource::Data { bytes, filename } => {
                let reader = memory::MemoryReader::new(vec![bytes]);
                let declared = filename.as_deref().and_then(declared_by_name);
                Self::new(Box::new(reader), label, declared)
            }
            MediaSource::Slices { slices, filename } => {
                let declared = filename.as_deref().and_then(declared_by_name);
                let reader = slices::SliceReader::new(slices, label.clone());
                Self::new(Box::new(reader), label, declared)
            }
            MediaSource::Stream { chunks, size, filename } => {
                let declared = filename.as_deref().and_then(declared_by_name);
                let reader = stream::StreamReader::new(chunks, size, label.clone());
                Self::new(Box::new(reader), label, declared)
            }
        };
        match opened.length() {
            Some(length) => opened.check_size(call, length).map(|()| opened),
            None => Ok(opened),
        }
    }

    fn new(reader: Box<dyn Reader>, label: String, declared: Option<Declared>) -> Self {
        Self { reader, label, declared, gather: Gather::default(), position: 0 }
    }

    fn check_size(&self, call: &Call, bytes: u64) -> Result<(), Error> {
        let limit = call.client().config().media_policy.max_bytes;
        if bytes <= limit {
            return Ok(());
        }
        let label = &self.label;
        Err(Error::new(
            ErrorCode::MediaTooLarge,
            format!("{label} has {bytes} bytes or more; mediaPolicy.maxBytes allows {limit}"),
        ))
    }

    /// Bytes of the whole medium, if they are known before the end.
    pub(crate) fn length(&self) -> Option<u64> {
        self.reader.length()
    }

    /// What proves, in another process too, that the medium is still the same.
    pub(crate) fn validator(&self) -> Option<&str> {
        self.reader.validator()
    }

    /// What results and errors may show of the source.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// What the source claims to be.
    pub(crate) fn declared(&self) -> Option<&Declared> {
        self.declared.as_ref()
    }

    /// The next bytes, or `None` at the end.
    ///
    /// `MEDIA_SOURCE` when the source fails or changed, `MEDIA_TOO_LARGE` when more comes than the policy allows.
    pub(crate) async fn next_chunk(&mut self, call: &Call) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(chunk) = self.gather.next() {
                return Ok(Some(chunk));
            }
            let Some(chunk) = self.reader.next(call).await? else {
                return Ok(self.gather.rest());
            };
            self.position = self.position.saturating_add(chunk.len() as u64);
            self.check_size(call, self.position)?;
            self.gather.push(chunk);
        }
    }

    /// Whether chunks keep buffers that are larger than they are.
    pub(crate) fn has_large_buffers(&self) -> bool {
        self.reader.has_large_buffers()
    }

    /// Whether the source can be read again.
    pub(crate) fn can_restart(&self) -> bool {
        self.reader.can_restart()
    }

    /// Keeps nothing open, for a while in which nothing is read.
    pub(crate) fn pause(&mut self) {
        self.reader.pause();
    }

    /// Lets the reader read ahead where it is too slow, into memory of this budget.
    pub(crate) fn lend(&mut self, budget: &MemoryBudget) {
        self.reader.lend(budget);
    }

    /// Goes on at an offset, with the same content as before; a source that changed fails with `MEDIA_SOURCE`, here
    /// or while it is read.
    pub(crate) async fn restart_at(&mut self, call: &Call, offset: u64) -> Result<(), Error> {
        self.gather = Gather::default();
        self.position = offset;
        self.reader.restart_at(call, offset).await
    }

    /// A reader of known length: what comes without one is kept in memory up to `memory_limit` bytes, and beyond in
    /// an unlinked temporary file.
    pub(crate) async fn measured(self, call: &Call, memory_limit: u64) -> Result<Self, Error> {
        if self.length().is_some() {
            return Ok(self);
        }
        self.spooled(call, memory_limit).await
    }

    /// A reader that can be read again; what comes only once is kept as [`Self::measured`] keeps it.
    pub(crate) async fn repeatable(self, call: &Call, memory_limit: u64) -> Result<Self, Error> {
        if self.can_restart() {
            return Ok(self);
        }
        self.spooled(call, memory_limit).await
    }

    async fn spooled(mut self, call: &Call, memory_limit: u64) -> Result<Self, Error> {
        let reader = spool::spool(call, &mut self, memory_limit).await?;
        Ok(Self::new(reader, self.label, self.declared))
    }
}

fn declared_by_name(name: &str) -> Option<Declared> {
    let (_, extension) = name.rsplit_once('.')?;
    let content_type = ContentType::declared(extension)?;
    Some(Declared { content_type, words: format!("the extension .{}", extension.to_ascii_lowercase()) })
}

fn unreadable(label: &str, why: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::MediaSource, format!("{label} {why}"))
}

fn changed(label: &str) -> Error {
    unreadable(label, "changed while it was read")
}

#[cfg(test)]
mod tests;
