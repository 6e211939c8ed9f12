#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;

#[test]
fn a_large_medium_gets_larger_segments() {
    let plan = |total| SegmentPlan::choose(total, None, 16 * MIB).unwrap().segment_bytes;
    assert_eq!(plan(512 * MIB), 2 * MIB);
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
