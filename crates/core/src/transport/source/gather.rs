//! Makes larger chunks out of tiny ones.

use bytes::{Bytes, BytesMut};

/// A chunk of this size goes on as it is. One of a single byte takes dozens of bytes to keep track of: a source that
/// sends nothing else would need a multiple of the memory that its bytes are counted with.
const LARGE_BYTES: usize = 4 * 1024;

/// Small chunks on their way into a larger one, and the large one that came behind them.
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
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_large_chunk_is_not_copied() {
        let chunk = Bytes::from(vec![7; LARGE_BYTES]);
        let mut gather = Gather::default();
        gather.push(chunk.clone());
        assert_eq!(gather.next().unwrap().as_ptr(), chunk.as_ptr());
        assert_eq!(gather.next(), None);
    }

    #[test]
    fn small_chunks_become_a_large_one_and_keep_their_place() {
        let mut gather = Gather::default();
        gather.push(Bytes::from_static(b"first"));
        assert_eq!(gather.next(), None);
        gather.push(Bytes::from(vec![7; LARGE_BYTES]));
        assert_eq!(gather.next().unwrap(), "first");
        assert_eq!(gather.next().unwrap().len(), LARGE_BYTES);
        for _ in 0..LARGE_BYTES - 1 {
            gather.push(Bytes::from_static(b"x"));
            assert_eq!(gather.next(), None);
        }
        gather.push(Bytes::from_static(b"y"));
        let whole = gather.next().unwrap();
        assert_eq!((whole.len(), whole.last()), (LARGE_BYTES, Some(&b'y')));
        gather.push(Bytes::from_static(b"end"));
        assert_eq!(gather.rest().unwrap(), "end");
        assert_eq!(gather.rest(), None);
    }
}
