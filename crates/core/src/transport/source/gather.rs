//! Makes larger chunks out of tiny ones.

use bytes::{Bytes, BytesMut};

/// A chunk of this size is passed on as it is. One of a single byte takes dozens of bytes to keep track of: a source that
/// sends nothing else would need a multiple of the memory that its bytes are counted with.
const LARGE_BYTES: usize = 4 * 1024;

/// Small chunks on their way into a larger one, and the large one that came after them.
#[derive(Default)]
pub(super) struct Gather {
    small: BytesMut,
    large: Option<Bytes>,
}

impl Gather {
    /// Takes the chunk that comes next. What [`Self::next`] gives has to be taken before.
    pub(super) fn push(&mut self, chunk: Bytes) {
        if chunk.len() >= LARGE_BYTES {
            self.large = Some(chunk);
        } else {
            self.small.extend_from_slice(&chunk);
        }
    }

    /// The next chunk, if one is large enough.
    pub(super) fn next(&mut self) -> Option<Bytes> {
        if self.large.is_some() || self.small.len() >= LARGE_BYTES {
            return self.rest();
        }
        None
    }

    /// The next chunk, however small.
    pub(super) fn rest(&mut self) -> Option<Bytes> {
        if self.small.is_empty() {
            return self.large.take();
        }
        Some(std::mem::take(&mut self.small).freeze())
    }
}

#[cfg(test)]
mod tests;
