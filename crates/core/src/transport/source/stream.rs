//! Media that come as a stream of the caller's, once.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::{ChunkStream, Reader, unreadable};
use crate::call::Call;
use crate::error::Error;

pub(super) struct StreamReader {
    chunks: Box<dyn ChunkStream>,
    size: Option<u64>,
    read: u64,
}

impl StreamReader {
    pub(super) fn new(chunks: Box<dyn ChunkStream>, size: Option<u64>) -> Self {
        Self { chunks, size, read: 0 }
    }

    async fn pull(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            let chunk =
                self.chunks.next().await.map_err(|why| unreadable("the stream", "failed").with_cause(why))?;
            let Some(chunk) = chunk else {
                return self.check_size(false).map(|()| None);
            };
            self.read += chunk.len() as u64;
            self.check_size(true)?;
            if !chunk.is_empty() {
                return Ok(Some(chunk));
            }
        }
    }

    fn check_size(&self, more_may_come: bool) -> Result<(), Error> {
        match self.size {
            Some(size) if self.read > size || (self.read < size && !more_may_come) => {
                let more = if self.read > size { " or more" } else { "" };
                Err(unreadable(
                    "the stream",
                    format!("gave {}{more} bytes; its size was said to be {size}", self.read),
                ))
            }
            _ => Ok(()),
        }
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
        Box::pin(std::future::ready(Err(unreadable("the stream", "can be read only once"))))
    }
}
