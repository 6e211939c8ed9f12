//! Media that are in memory.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::Reader;
use crate::error::Error;
use crate::memory::Kept;
use crate::transport::call::Call;

/// Runs of bytes, handed out as they are.
pub(super) struct MemoryReader {
    chunks: Vec<Bytes>,
    next: usize,
    /// Bytes of the next chunk that come before the offset that was asked for.
    skip: usize,
    /// Held for as long as the chunks are.
    _space: Option<Kept>,
}

impl MemoryReader {
    pub(super) fn new(chunks: Vec<Bytes>) -> Self {
        Self::keeping(chunks, None)
    }

    /// The same, of chunks that take space.
    pub(super) fn keeping(chunks: Vec<Bytes>, space: Option<Kept>) -> Self {
        Self { chunks, next: 0, skip: 0, _space: space }
    }

    pub(super) fn into_chunks(self) -> Vec<Bytes> {
        self.chunks
    }

    fn seek(&mut self, offset: u64) {
        let mut left = usize::try_from(offset).unwrap_or(usize::MAX);
        self.next = 0;
        while let Some(chunk) = self.chunks.get(self.next).filter(|chunk| chunk.len() <= left) {
            left -= chunk.len();
            self.next += 1;
        }
        self.skip = left;
    }
}

impl Reader for MemoryReader {
    fn length(&self) -> Option<u64> {
        Some(self.chunks.iter().map(|chunk| chunk.len() as u64).sum())
    }

    fn next<'a>(&'a mut self, _call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        let chunk = self.chunks.get(self.next).map(|chunk| chunk.slice(self.skip.min(chunk.len())..));
        self.next += 1;
        self.skip = 0;
        Box::pin(std::future::ready(Ok(chunk)))
    }

    fn can_restart(&self) -> bool {
        true
    }

    fn restart_at<'a>(&'a mut self, _call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        self.seek(offset);
        Box::pin(std::future::ready(Ok(())))
    }
}
