//! Digests of segments.

use bytes::Bytes;

use crate::protocol::checkpoint::segment_digest;

/// A segment's digest, made where it may take its time.
pub(super) async fn digest_of(index: u32, chunks: Vec<Bytes>) -> [u8; 32] {
    let hash = move || segment_digest(index, chunks.iter().map(AsRef::as_ref));
    // It is not aborted; if it were, a digest that fits to nothing lets the segment be sent again.
    tokio::task::spawn_blocking(hash).await.unwrap_or_default()
}
