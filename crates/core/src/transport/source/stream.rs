//! Media that come as a stream of the caller's, once.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::{ChunkStream, Reader, unreadable};
use crate::error::Error;
use crate::transport::call::Call;

/// Pulls a caller's chunks and holds them against the size that the caller gave.
pub(super) struct StreamReader {
    chunks: Box<dyn ChunkStream>,
    size: Option<u64>,
    label: String,
    read: u64,
}

impl StreamReader {
    pub(super) fn new(chunks: Box<dyn ChunkStream>, size: Option<u64>, label: String) -> Self {
        Self { chunks, size, label, read: 0 }
    }

    async fn pull(&mut self) -> Result<Option<Bytes>, Error> {
        let chunk = self.chunks.next().await.map_err(|failure| failure.of(&self.label))?;
        self.read = self.read.saturating_add(chunk.as_ref().map_or(0, |chunk| chunk.len() as u64));
        match self.size {
            Some(size) if self.read > size => Err(self.of_another_size(size, " or more")),
            Some(size) if self.read < size && chunk.is_none() => Err(self.of_another_size(size, "")),
            _ => Ok(chunk),
        }
    }

    fn of_another_size(&self, size: u64, more: &str) -> Error {
        unreadable(&self.label, format!("gave {}{more} bytes; its size was said to be {size}", self.read))
    }
}

impl Reader for StreamReader {
    fn length(&self) -> Option<u64> {
        self.size
    }

    fn next<'a>(&'a mut self, _call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        Box::pin(self.pull())
    }

    fn can_restart(&self) -> bool {
        false
    }

    fn restart_at<'a>(&'a mut self, _call: &'a Call, _offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(std::future::ready(Err(unreadable(&self.label, "can be read only once"))))
    }
}
