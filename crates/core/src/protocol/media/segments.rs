//! Into what segments a medium is cut.

use std::fmt;

use super::limits::{MAX_SEGMENT_BYTES, MAX_SEGMENTS};

const MIB: u64 = 1024 * 1024;
/// Below this round trips cost more than parallel segments win.
const LEAST_CHOSEN_SEGMENT: u64 = MIB;
/// Segments that the memory budget should hold at once: some on the line, one being read.
const SEGMENTS_IN_BUDGET: u64 = 6;
/// Halving a segment that X refuses as too large ends here.
const LEAST_SEGMENT: u64 = 64 * 1024;

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
            let fitting = (max_buffered_bytes / SEGMENTS_IN_BUDGET).max(LEAST_CHOSEN_SEGMENT);
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
        (segment_bytes >= LEAST_SEGMENT && fits).then_some(Self { segment_bytes, ..*self })
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
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_large_medium_gets_larger_segments() {
        let plan = |total| SegmentPlan::choose(total, None, 16 * MIB).unwrap().segment_bytes;
        assert_eq!(plan(512 * MIB), 16 * MIB / 6);
        assert_eq!(plan(4_000_000_000), 4_000_000);
        assert_eq!(plan(5_000_000_000), 5_000_000);
    }

    #[test]
    fn what_1000_segments_do_not_hold_is_refused() {
        let error = SegmentPlan::choose(5_000_000_001, None, 16 * MIB).unwrap_err();
        assert_eq!(error.to_string(), "5000000001 bytes do not fit into 1000 segments of 5000000 bytes");
        assert!(SegmentPlan::choose(10_000_000, Some(1000), 16 * MIB).is_err());
    }

    #[test]
    fn halving_ends() {
        let mut plan = SegmentPlan::choose(10 * MIB, Some(1_000_000), 16 * MIB).unwrap();
        let mut steps = 0;
        while let Some(half) = plan.halved(0, 0) {
            plan = half;
            steps += 1;
        }
        assert_eq!(steps, 3);
        assert!(plan.halved(0, 990).is_none());
    }

    /// Offset, index and length of each segment from there on.
    fn cut(plan: &SegmentPlan, offset: u64, index: u64) -> Vec<(u64, u64, u64)> {
        std::iter::successors(Some((offset, index, plan.length_at(offset))), |(offset, index, length)| {
            let offset = offset + length;
            Some((offset, index + 1, plan.length_at(offset)))
        })
        .take_while(|(_, _, length)| *length > 0)
        .collect()
    }

    proptest! {
        #[test]
        fn smaller_segments_go_on_where_larger_ones_stopped(total in 1_u64..1_000_000_000, budget in MIB..64 * MIB, stop in any::<prop::sample::Index>()) {
            let plan = SegmentPlan::choose(total, None, budget).unwrap();
            let whole = cut(&plan, 0, 0);
            let (offset, index, _) = whole[stop.index(whole.len())];
            if let Some(half) = plan.halved(offset, u32::try_from(index).unwrap()) {
                let rest = cut(&half, offset, index);
                prop_assert_eq!(rest.iter().map(|(_, _, length)| length).sum::<u64>(), total - offset);
                prop_assert!(rest.iter().all(|(_, index, length)| *index < MAX_SEGMENTS && *length <= half.segment_bytes));
            }
        }

        #[test]
        fn several_segments_fit_into_the_budget(total in 1_u64..1_000_000_000, budget in 4 * MIB..64 * MIB) {
            let plan = SegmentPlan::choose(total, None, budget).unwrap();
            prop_assert!(budget / plan.segment_bytes >= 4);
        }

        #[test]
        fn segments_cover_the_medium(total in 1_u64..20_000_000_000, budget in MIB..64 * MIB, requested in prop::option::of(1_u64..6_000_000)) {
            if let Ok(plan) = SegmentPlan::choose(total, requested, budget) {
                prop_assert!(plan.count() <= MAX_SEGMENTS && plan.segment_bytes <= MAX_SEGMENT_BYTES);
                prop_assert!(plan.segment_bytes <= budget);
                let (mut offset, mut count) = (0, 0);
                while offset < total {
                    let length = plan.length_at(offset);
                    prop_assert!(length > 0);
                    offset += length;
                    count += 1;
                }
                prop_assert_eq!((offset, count), (total, plan.count()));
            }
        }
    }
}
