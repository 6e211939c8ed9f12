//! Pieces of memory of one size that media lie in on their way to X, used again and again.
//!
//! What a connection brings lies in buffers of the HTTP client's: a chunk keeps all of its buffer, up to 400 KB, and
//! each buffer has another size. Kept as they come, the bytes of a segment take twice what they are counted with, and leave
//! holes that the allocator can't use. So they are copied once, which costs less than the pages that are not asked for anew.

use std::sync::{Mutex, MutexGuard};

use bytes::Bytes;

use crate::locks::locked;

/// A segment has a few of them, and the last one is seldom full.
pub(crate) const PIECE_BYTES: usize = 64 * 1024;

/// Copies chunks into pieces.
#[derive(Default)]
pub(crate) struct Pieces {
    last: Option<Piece>,
}

impl Pieces {
    /// Copies a chunk after what was copied before. Gives the pieces that are full
    /// now, all of which have to be taken.
    pub(crate) fn push<'a>(&'a mut self, mut chunk: &'a [u8]) -> impl Iterator<Item = Bytes> + 'a {
        std::iter::from_fn(move || {
            while !chunk.is_empty() {
                let piece = self.last.get_or_insert_with(Piece::new);
                let (fits, rest) = chunk.split_at(piece.space().min(chunk.len()));
                piece.0.extend_from_slice(fits);
                chunk = rest;
                if piece.space() == 0 {
                    return self.rest();
                }
            }
            None
        })
    }

    /// What is in the piece that is not full yet.
    pub(crate) fn rest(&mut self) -> Option<Bytes> {
        self.last.take().map(Bytes::from_owner)
    }
}

/// A piece that is in use.
struct Piece(Vec<u8>);

impl Piece {
    fn new() -> Self {
        let mut pool = pool();
        pool.in_use += 1;
        Self(pool.free.pop().unwrap_or_else(|| Vec::with_capacity(PIECE_BYTES)))
    }

    fn space(&self) -> usize {
        PIECE_BYTES - self.0.len()
    }
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        let mut memory = std::mem::take(&mut self.0);
        memory.clear();
        let mut pool = pool();
        pool.in_use -= 1;
        if pool.in_use > 0 {
            pool.free.push(memory);
        } else {
            // No medium is under way any more.
            pool.free = Vec::new();
        }
    }
}

/// Pieces to be used again, and how many are in use. There are never more than were needed at once.
struct Pool {
    free: Vec<Vec<u8>>,
    in_use: usize,
}

fn pool() -> MutexGuard<'static, Pool> {
    static POOL: Mutex<Pool> = Mutex::new(Pool { free: Vec::new(), in_use: 0 });
    locked(&POOL)
}

#[cfg(test)]
mod tests;
