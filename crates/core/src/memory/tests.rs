#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt;
use futures_util::future::join_all;
use proptest::prelude::*;

use super::*;

const MIB: u64 = 1024 * 1024;

/// A process of its own.
fn process(limit: u64) -> Share {
    Share { pool: Arc::default(), limit }
}

fn publish(process: &Share, bytes: u64) -> MemoryBudget {
    MemoryBudget::within(process.clone(), bytes)
}

fn in_use(share: &Share) -> u64 {
    let state = share.pool.lock();
    state.taken + state.kept
}

fn is_idle(share: &Share) -> bool {
    let state = share.pool.lock();
    (state.taken, state.kept, state.waiting.len()) == (0, 0, 0)
}

#[tokio::test]
async fn first_come_first_served() {
    let process = process(10);
    let first = publish(&process, 10);
    let held = first.take(6).await;
    let (large, small) = (publish(&process, 10), publish(&process, 10));
    let mut large = Box::pin(large.take(8));
    assert!((&mut large).now_or_never().is_none());
    let mut small = Box::pin(small.take(1));
    assert!((&mut small).now_or_never().is_none(), "it would fit, but another one came before");
    drop(held);
    let large = large.now_or_never().unwrap();
    assert_eq!(in_use(&process), 9);
    drop((large, small.now_or_never().unwrap()));
    assert!(is_idle(&process));
}

#[tokio::test]
async fn a_publish_waits_in_one_place_however_many_media_it_has() {
    let process = process(4);
    let held = publish(&process, 4).take(4).await;
    let (many, single) = (publish(&process, 4), publish(&process, 4));
    let mut media: Vec<_> = (0..4).map(|_| Box::pin(many.take(2))).collect();
    for medium in &mut media {
        assert!(medium.now_or_never().is_none());
    }
    let mut single = Box::pin(single.take(2));
    assert!((&mut single).now_or_never().is_none());
    drop(held);
    let mut served = media.iter_mut().filter_map(FutureExt::now_or_never);
    let first = served.next().unwrap();
    let other = single.now_or_never().unwrap();
    assert!(served.next().is_none());
    drop((first, other));
    assert!(media.iter_mut().skip(1).any(|medium| medium.now_or_never().is_some()));
}

#[tokio::test]
async fn whoever_gives_up_lets_the_next_one_in() {
    let process = process(4);
    let held = publish(&process, 4).take(3).await;
    let (large, small) = (publish(&process, 4), publish(&process, 4));
    let mut large = Box::pin(large.take(4));
    assert!((&mut large).now_or_never().is_none());
    let mut small = Box::pin(small.take(1));
    assert!((&mut small).now_or_never().is_none());
    drop(large);
    drop((held, small.now_or_never().unwrap()));
    assert!(is_idle(&process));
}

#[tokio::test]
async fn what_was_granted_to_one_who_gave_up_is_given_back() {
    let process = process(4);
    let held = publish(&process, 4).take(4).await;
    let waiting = publish(&process, 4);
    let mut waiting = Box::pin(waiting.take(4));
    assert!((&mut waiting).now_or_never().is_none());
    drop(held);
    assert_eq!(in_use(&process), 4, "it is his before he looks");
    drop(waiting);
    assert!(is_idle(&process));
}

#[tokio::test]
async fn everybody_gets_a_segment_where_there_is_space_for_one() {
    let process = process(MIB);
    let most = AtomicU64::new(0);
    join_all((0..60).map(|_| async {
        let budget = publish(&process, 16 * MIB);
        for _ in 0..5 {
            let _space = budget.take(2 * MIB).await;
            most.fetch_max(in_use(&process), Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    }))
    .await;
    assert_eq!(most.into_inner(), MIB);
    assert!(is_idle(&process));
}

#[tokio::test]
async fn a_publish_that_comes_late_waits_for_no_more_than_those_before_it() {
    let process = process(8);
    let greedy = publish(&process, 16);
    let mut held: VecDeque<Space> = VecDeque::new();
    for _ in 0..8 {
        held.push_back(greedy.take(1).await);
    }
    let mut next = Box::pin(greedy.take(1));
    let late = publish(&process, 8);
    let mut late = Box::pin(late.take(1));
    assert!((&mut next).now_or_never().is_none());
    assert!((&mut late).now_or_never().is_none());
    held.pop_front();
    held.push_back(next.now_or_never().unwrap());
    held.pop_front();
    assert!(late.now_or_never().is_some());
}

#[test]
fn what_is_kept_leaves_space_for_segments() {
    let process = process(64 * MIB);
    let (one, other) = (publish(&process, 16 * MIB), publish(&process, 64 * MIB));
    let kept: Vec<Kept> = std::iter::from_fn(|| one.keep(MIB)).collect();
    assert_eq!(kept.len(), 8, "half of its own");
    let more: Vec<Kept> = std::iter::from_fn(|| other.keep(MIB)).collect();
    assert_eq!(more.len(), 24, "half of the process's");
    let taken: Vec<Space> = std::iter::from_fn(|| other.take(MIB).now_or_never()).collect();
    assert_eq!(taken.len(), 32);
    assert_eq!(in_use(&process), 64 * MIB);
    drop((kept, more, taken));
    assert!(is_idle(&process));
    assert!(publish(&process, 5 * MIB).keep(MIB).is_none(), "beside the largest segment nothing would fit");
}

#[tokio::test]
async fn nobody_reads_ahead_while_others_wait() {
    let process = process(20 * MIB);
    let busy = publish(&process, 20 * MIB);
    let _held = [busy.take(9 * MIB).await, busy.take(9 * MIB).await];
    let waiting = publish(&process, 20 * MIB);
    let mut waiting = Box::pin(waiting.take(8 * MIB));
    assert!(publish(&process, 20 * MIB).keep(MIB).is_some());
    assert!((&mut waiting).now_or_never().is_none());
    assert!(publish(&process, 20 * MIB).keep(MIB).is_none());
}

#[tokio::test]
async fn a_smaller_limit_is_let_in_beside_what_a_larger_one_keeps() {
    let large = process(64 * MIB);
    let small = Share { limit: 8 * MIB, ..large.clone() };
    let _kept = publish(&large, 64 * MIB).keep(32 * MIB).unwrap();
    let budget = publish(&small, 16 * MIB);
    assert_eq!(budget.bytes(), 8 * MIB);
    let held = budget.take(5_000_000).now_or_never().unwrap();
    assert!(publish(&small, 16 * MIB).take(MIB).now_or_never().is_none());
    drop(held);
}

#[test]
fn space_is_split_and_joined_to_the_byte() {
    let process = process(10);
    let budget = publish(&process, 10);
    let mut space = budget.take(5).now_or_never().unwrap();
    let part = space.split(3).unwrap();
    assert!(space.split(3).is_none());
    space.join(part);
    drop(space.split(5).unwrap());
    assert_eq!(in_use(&process), 0);
}

proptest! {
    #[test]
    fn it_is_never_more_than_the_limit(
        wants in prop::collection::vec((1_u64..3 * MIB, any::<bool>(), any::<bool>()), 1..80),
        limit in MIB..64 * MIB,
        own in MIB..32 * MIB,
    ) {
        let process = process(limit);
        let publishes: Vec<MemoryBudget> = (0..7).map(|_| publish(&process, own)).collect();
        let mut waiting = VecDeque::new();
        let (mut taken, mut kept) = (VecDeque::new(), VecDeque::new());
        for ((bytes, keeps, gives_back), budget) in wants.into_iter().zip(publishes.iter().cycle()) {
            if keeps {
                kept.extend(budget.keep(bytes));
            } else {
                waiting.push_back(Box::pin(budget.take(bytes)));
            }
            if gives_back {
                taken.pop_front();
                kept.pop_front();
            }
            waiting.retain_mut(|future| match future.now_or_never() {
                Some(space) => { taken.push_back(space); false }
                None => true,
            });
            prop_assert!(in_use(&process) <= limit);
        }
        // All who wait get theirs, while what is kept stays kept.
        while !waiting.is_empty() {
            prop_assert!(taken.pop_front().is_some(), "nobody holds what they wait for");
            waiting.retain_mut(|future| match future.now_or_never() {
                Some(space) => { taken.push_back(space); false }
                None => true,
            });
            prop_assert!(in_use(&process) <= limit);
        }
        drop((taken, kept));
        prop_assert!(is_idle(&process));
    }
}
