//! Where media comes from.

use std::path::PathBuf;

use bytes::Bytes;
use futures_util::future::BoxFuture;

/// A medium to upload or to probe.
pub enum MediaSource {
    /// An https URL (http only where the policy allows it).
    Url(String),
    /// A file.
    Path(PathBuf),
    /// Bytes that are in memory already; they are shared, not copied.
    Data {
        /// The file's bytes.
        bytes: Bytes,
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

/// Chunks of bytes, in order.
pub trait ChunkStream: Send {
    /// The next chunk, or `None` at the end. An error is told in words that hold no secret.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, String>>;
}
