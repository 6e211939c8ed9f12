//! Into what segments a medium is cut.

use std::fmt;

use super::limits::{MAX_SEGMENT_BYTES, MAX_SEGMENTS};

const MIB: u64 = 1024 * 1024;
/// Below this round trips cost more than parallel segments win.
const MIN_CHOSEN_SEGMENT: u64 = MIB;
/// Segments that the memory budget should hold at once: some on the line, one being read.
const SEGMENTS_IN_BUDGET: u64 = 8;
/// Halving a segment that X refuses as too large ends here.
const MIN_SEGMENT: u64 = 64 * 1024;

/// How a medium is cut. Segments have the same size but for the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentPlan {
    /// Bytes of the whole medium.
    pub total_bytes: u64,
    /// Bytes of each segment but the last.
    pub segment_bytes: u64,
}

/// The medium does not fit into the segments that X counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManySegments {
    /// Bytes of the medium.
    pub total_bytes: u64,
    /// Bytes of a segment.
    pub segment_bytes: u64,
}

impl fmt::Display for TooManySegments {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} bytes do not fit into {MAX_SEGMENTS} segments of {} bytes",
            self.total_bytes, self.segment_bytes
        )
    }
}

impl std::error::Error for TooManySegments {}

impl SegmentPlan {
    /// Chooses the segment size: the caller's, else one of which several fit into the memory budget, made larger
    /// where 1000 of them would not hold the medium.
    pub fn choose(
        total_bytes: u64,
        requested: Option<u64>,
        max_buffered_bytes: u64,
    ) -> Result<Self, TooManySegments> {
        let least_for_index = total_bytes.div_ceil(MAX_SEGMENTS);
        let segment_bytes = requested.unwrap_or_else(|| {
            let fitting = (max_buffered_bytes / SEGMENTS_IN_BUDGET).max(MIN_CHOSEN_SEGMENT);
            fitting.max(least_for_index).min(MAX_SEGMENT_BYTES)
        });
        let segment_bytes = segment_bytes.clamp(1, MAX_SEGMENT_BYTES).min(max_buffered_bytes.max(1));
        if segment_bytes < least_for_index {
            return Err(TooManySegments { total_bytes, segment_bytes });
        }
        Ok(Self { total_bytes, segment_bytes })
    }

    /// The same medium in segments of half the size, from `offset` on with the indices from `next_index` on. `None`
    /// when they would be too small, or too many for the indices that are left.
    pub fn halved(&self, offset: u64, next_index: u32) -> Option<Self> {
        let segment_bytes = self.segment_bytes / 2;
        let left = self.total_bytes.saturating_sub(offset).div_ceil(segment_bytes.max(1));
        let fits = u64::from(next_index) + left <= MAX_SEGMENTS;
        (segment_bytes >= MIN_SEGMENT && fits).then_some(Self { segment_bytes, ..*self })
    }

    /// How many segments there are when all have this size.
    pub fn count(&self) -> u64 {
        self.total_bytes.div_ceil(self.segment_bytes)
    }

    /// Bytes of the segment that begins at `offset`.
    pub fn length_at(&self, offset: u64) -> u64 {
        self.segment_bytes.min(self.total_bytes.saturating_sub(offset))
    }
}

#[cfg(test)]
mod tests;
