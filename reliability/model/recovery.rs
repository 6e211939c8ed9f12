//! Whether an end can be reached: from here on nothing fails any more, and somebody calls, or an operator decides.

use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use twitter_native_core::protocol::publish::{Again, Found, Settlement, Status};

use super::bounds::Bounds;
use super::moves::{Move, after};
use super::world::{Fate, Spent, Step, World};
use super::x::{Reply, tick, timeline};

/// More than any call takes.
const MAX_MOVES: usize = 100;
/// Longer than everything.
const LATER: u64 = 100;

thread_local! {
    /// Rows and requests that were followed to their end already.
    static KNOWN: RefCell<HashSet<u64>> = RefCell::new(HashSet::new());
}

/// Every call at work comes to an end, and so does the intent, whether these calls go on or end in a crash.
pub(crate) fn can_be_settled(bounds: &Bounds, world: &World) -> bool {
    if world.breach.is_some() || bounds.mutation.is_some() {
        return true;
    }
    let crashed = World { calls: Vec::new(), spent: Spent::default(), ..world.clone() };
    if !once(&crashed, |world| can_be_settled_after(world.clone(), bounds)) {
        return false;
    }
    let alone = World { spent: Spent::default(), ..world.clone() };
    world.calls.len() != 1 || once(&alone, |world| run_out(world.clone(), bounds).is_some())
}

fn once(world: &World, holds: impl Fn(&World) -> bool) -> bool {
    let mut hasher = DefaultHasher::new();
    world.hash(&mut hasher);
    let hash = hasher.finish();
    if KNOWN.with_borrow(|known| known.contains(&hash)) {
        return true;
    }
    let does = holds(world);
    if does {
        KNOWN.with_borrow_mut(|known| known.insert(hash));
    }
    does
}

fn can_be_settled_after(mut world: World, bounds: &Bounds) -> bool {
    for _ in 0..LATER {
        tick(&mut world);
    }
    if is_settled(&world) {
        return true;
    }
    let Some(world) = call(world, bounds) else { return false };
    if is_settled(&world) {
        return true;
    }
    // The post does not show: an operator has two ways out, and both lead to an end.
    let decided = |settlement| after(&world, Move::Decide(settlement), bounds);
    let abandoned = decided(Settlement::Abandon).is_some_and(|world| is_settled(&world));
    let again = decided(Settlement::Retry).and_then(|world| call(world, bounds));
    abandoned && again.is_some_and(|world| is_settled(&world))
}

fn is_settled(world: &World) -> bool {
    matches!(world.row.status(world.now), Status::Published)
        || world.row.decision == Some(twitter_native_core::protocol::publish::Decision::Abandon)
}

/// A call that nothing comes in the way of.
fn call(mut world: World, bounds: &Bounds) -> Option<World> {
    world.spent = Spent::default();
    let world = after(&world, Move::Click(Again::Never), bounds)?;
    run_out(world, bounds)
}

/// The world when every call has come to its end. `None` if one does not.
fn run_out(mut world: World, bounds: &Bounds) -> Option<World> {
    for _ in 0..MAX_MOVES {
        let Some(next) = next_move(&mut world, bounds) else { return Some(world) };
        world = after(&world, next, bounds)?;
        if world.breach.is_some() {
            return None;
        }
    }
    None
}

fn next_move(world: &mut World, bounds: &Bounds) -> Option<Move> {
    let call = world.calls.first()?;
    let step = call.step.clone();
    if step == Step::ToSend && call.lease_left(world.now, bounds) == Some(0) && call.is_current {
        return Some(Move::Beat(0));
    }
    Some(match step {
        Step::Write(..) => Move::Store(0),
        Step::ReadAgain(..) => Move::ReadAgain(0),
        Step::ReadBack(..) => Move::ReadBack(0),
        Step::Confirmed => Move::GoOn(0),
        Step::Upload => Move::Uploaded(0),
        Step::ToSend => Move::AboutToSend { call: 0, has_lost: false },
        Step::Waiting(request) => match world.requests.get(request)?.fate {
            Fate::Flying { .. } => Move::Commit(request),
            Fate::Standing { .. } => Move::Reply(0, Reply::Created),
            Fate::Dead => Move::Reply(0, Reply::Lost),
        },
        Step::Look { from, after } => {
            while world.now < from + after {
                tick(world);
            }
            let found = timeline(world);
            let ours = found.iter().find(|found| matches!(found, Found::Ours(_))).cloned();
            Move::Ask(0, ours.unwrap_or(Found::Absent))
        }
        Step::Reading { .. } => Move::Look(0),
    })
}
