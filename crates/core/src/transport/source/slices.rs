//! Media in memory that belongs to somebody else, JavaScript for example.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::{Reader, SliceSource, unreadable};
use crate::error::Error;
use crate::transport::call::Call;

/// A copy holds up the thread that makes it, so slices are small.
pub(super) const SLICE_BYTES: u64 = 256 * 1024;

/// Asks for one slice after another; the same bytes can be asked for again.
pub(super) struct SliceReader {
    slices: Box<dyn SliceSource>,
    label: String,
    position: u64,
}

impl SliceReader {
    pub(super) fn new(slices: Box<dyn SliceSource>, label: String) -> Self {
        Self { slices, label, position: 0 }
    }

    async fn read(&mut self) -> Result<Option<Bytes>, Error> {
        let wanted = SLICE_BYTES.min(self.slices.size().saturating_sub(self.position));
        if wanted == 0 {
            return Ok(None);
        }
        let slice =
            self.slices.copy(self.position, wanted).await.map_err(|failure| failure.of(&self.label))?;
        let length = slice.len() as u64;
        if length != wanted {
            let why = format!("gave {length} bytes at offset {} instead of {wanted}", self.position);
            return Err(unreadable(&self.label, why));
        }
        self.position += length;
        Ok(Some(slice))
    }
}

impl Reader for SliceReader {
    fn length(&self) -> Option<u64> {
        Some(self.slices.size())
    }

    fn next<'a>(&'a mut self, _call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        Box::pin(self.read())
    }

    fn can_restart(&self) -> bool {
        true
    }

    fn restart_at<'a>(&'a mut self, _call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        self.position = offset;
        Box::pin(std::future::ready(Ok(())))
    }
}
