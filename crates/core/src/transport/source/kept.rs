//! A source of which something else was made, or that was read whole.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::memory::MemoryReader;
use super::spool::hold;
use super::{Reader, SourceReader};
use crate::error::Error;
use crate::transport::call::Call;

/// Bytes that are here, under the validator of the source that they came from.
struct Kept {
    reader: Box<dyn Reader>,
    validator: Option<String>,
}

impl SourceReader {
    /// The same source with these bytes in place of its own: in memory up to `memory_limit` bytes, and beyond in an
    /// unlinked temporary file.
    pub(crate) async fn holding(self, bytes: Vec<Bytes>, memory_limit: u64) -> Result<Self, Error> {
        let validator = self.validator().map(str::to_owned);
        let in_memory = MemoryReader::new(bytes);
        let reader: Box<dyn Reader> = if in_memory.length() <= Some(memory_limit) {
            Box::new(in_memory)
        } else {
            hold(&self.label, in_memory.into_chunks()).await?
        };
        Ok(Self::new(Box::new(Kept { reader, validator }), self.label, self.declared))
    }
}

impl Reader for Kept {
    fn length(&self) -> Option<u64> {
        self.reader.length()
    }

    fn validator(&self) -> Option<&str> {
        self.validator.as_deref()
    }

    fn next<'a>(&'a mut self, call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        self.reader.next(call)
    }

    fn can_restart(&self) -> bool {
        self.reader.can_restart()
    }

    fn restart_at<'a>(&'a mut self, call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        self.reader.restart_at(call, offset)
    }
}
