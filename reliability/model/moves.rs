//! Everything that may happen next.

use twitter_native_core::protocol::publish::{Again, Event, Found, Row, Settlement};

use super::bounds::{Bounds, Mutation};
use super::frozen::Frozen;
use super::shell::{abort, about_to_send, beaten, click, failed, refused, stored, tell};
use super::world::{BEGINNING, FOREIGN, Fate, Step, World};
use super::x::{self, Reply, answer, replies, timeline};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    Tick,
    Click(Again),
    /// The store does what it is asked for, or refuses it because the row has changed.
    Store(usize),
    /// The store does it and fails to say so.
    StoreSilently(usize),
    /// The store fails, and does it later where `late`.
    StoreFails {
        call: usize,
        late: bool,
    },
    StoreLate,
    ReadAgain(usize),
    ReadBack(usize),
    GoOn(usize),
    Beat(usize),
    Uploaded(usize),
    AboutToSend {
        call: usize,
        has_lost: bool,
    },
    Commit(usize),
    Reply(usize, Reply),
    Ask(usize, Found),
    Look(usize),
    Crash(usize),
    Abort(usize),
    /// X's event of a post reaches the row.
    Event(usize),
    /// X's event of a post reaches a call.
    EventAt {
        call: usize,
        request: usize,
    },
    Decide(Settlement),
}

pub(crate) fn moves(world: &World, bounds: &Bounds, all: &mut Vec<Move>) {
    if world.now < BEGINNING + bounds.ticks {
        all.push(Move::Tick);
    }
    if world.late.is_some() {
        all.push(Move::StoreLate);
    }
    if world.spent.clicks < bounds.clicks && world.calls.len() < bounds.processes {
        all.extend(bounds.kinds.iter().map(|again| Move::Click(*again)));
    }
    for call in 0..world.calls.len() {
        moves_of_call(world, call, bounds, all);
    }
    for (index, request) in world.requests.iter().enumerate() {
        match request.fate {
            Fate::Flying { .. } => all.push(Move::Commit(index)),
            Fate::Standing { .. } if bounds.has_events => all.push(Move::Event(index)),
            Fate::Standing { .. } | Fate::Dead => {}
        }
    }
    if world.spent.decisions < bounds.decisions {
        decisions(world, all);
    }
}

/// An operator sees the account: one who wants the post sent again sees that it is not there.
fn decisions(world: &World, all: &mut Vec<Move>) {
    all.push(Move::Decide(Settlement::Abandon));
    all.push(Move::Decide(Settlement::Published(FOREIGN.to_owned())));
    if world.row.looks > 0 {
        all.push(Move::Decide(Settlement::Check));
    }
    let standing: Vec<usize> =
        (0..world.requests.len()).filter(|index| world.exists(&index.to_string())).collect();
    if standing.is_empty() {
        all.push(Move::Decide(Settlement::Retry));
    }
    all.extend(standing.iter().map(|id| Move::Decide(Settlement::Published(id.to_string()))));
}

fn moves_of_call(world: &World, index: usize, bounds: &Bounds, all: &mut Vec<Move>) {
    let call = &world.calls[index];
    let has_fault = world.spent.store_faults < bounds.store_faults;
    match &call.step {
        Step::Write(..) => {
            all.push(Move::Store(index));
            if has_fault {
                if call.is_current {
                    all.push(Move::StoreSilently(index));
                    all.push(Move::StoreFails { call: index, late: true });
                }
                all.push(Move::StoreFails { call: index, late: false });
            }
        }
        Step::ReadAgain(..) => all.push(Move::ReadAgain(index)),
        Step::ReadBack(..) => all.push(Move::ReadBack(index)),
        Step::Confirmed => all.push(Move::GoOn(index)),
        Step::Upload => all.push(Move::Uploaded(index)),
        Step::ToSend => {
            all.push(Move::AboutToSend { call: index, has_lost: false });
            if !call.is_current {
                all.push(Move::AboutToSend { call: index, has_lost: true });
            }
        }
        Step::Waiting(request) => {
            let fate = world.requests[*request].fate;
            let may_repeat = world.spent.repeats < bounds.repeats;
            let replies = replies(fate).iter().filter(|reply| may_repeat || **reply != Reply::Repeat);
            all.extend(replies.map(|reply| Move::Reply(index, *reply)));
        }
        Step::Look { from, after } => {
            if world.now >= from + after {
                all.extend(timeline(world).into_iter().map(|found| Move::Ask(index, found)));
            }
        }
        Step::Reading { .. } => all.push(Move::Look(index)),
    }
    let is_storing =
        matches!(call.step, Step::Write(..) | Step::ReadAgain(..) | Step::ReadBack(..) | Step::Confirmed);
    if !is_storing {
        if beaten(world, call, bounds).is_some() {
            all.push(Move::Beat(index));
        }
        let standing = (0..world.requests.len())
            .filter(|request| bounds.has_events && world.exists(&request.to_string()));
        all.extend(standing.map(|request| Move::EventAt { call: index, request }));
    }
    if world.spent.crashes < bounds.crashes {
        all.push(Move::Crash(index));
        if !is_storing {
            all.push(Move::Abort(index));
        }
    }
}

/// The world after a move. `None` if it changes nothing.
pub(crate) fn after(world: &World, next: Move, bounds: &Bounds) -> Option<World> {
    let mut world = world.clone();
    match next {
        Move::Tick => x::tick(&mut world),
        Move::Click(again) => {
            let call = click(&world, again, bounds)?;
            world.spent.clicks += 1;
            world.calls.push(call);
        }
        Move::Store(call) => store(&mut world, call, bounds),
        Move::StoreSilently(call) => {
            world.spent.store_faults += 1;
            let step = world.calls[call].step.clone();
            if let Step::Write(row, purpose) = step {
                world.write(row.clone());
                world.calls[call].step = Step::ReadAgain(row, purpose);
            }
        }
        Move::StoreFails { call, late } => {
            world.spent.store_faults += 1;
            let step = world.calls[call].step.clone();
            if let Step::Write(row, purpose) = step {
                world.late = if late { Some(row.clone()) } else { world.late };
                world.calls[call].step = Step::ReadAgain(row, purpose);
            }
        }
        Move::StoreLate => {
            let row = world.late.take()?;
            world.write(row);
        }
        Move::ReadAgain(call) => read_again(&mut world, call, bounds),
        Move::ReadBack(call) => read_back(&mut world, call),
        Move::GoOn(call) => {
            let event = Event::Stored(world.calls[call].clock(world.now, bounds));
            tell(&mut world, call, event, bounds);
        }
        Move::Beat(call) => {
            let row = Frozen::new(beaten(&world, &world.calls[call], bounds)?);
            keep(&mut world, call, row);
        }
        Move::Uploaded(call) => tell(&mut world, call, Event::MediaReady, bounds),
        Move::AboutToSend { call, has_lost } => {
            let event = about_to_send(&world.calls[call], world.now, has_lost, bounds);
            tell(&mut world, call, event, bounds);
        }
        Move::Commit(request) => x::commit(&mut world, request, bounds),
        Move::Reply(call, reply) => replied(&mut world, call, reply, bounds),
        Move::Ask(call, found) => {
            let asked = world.now;
            if let Step::Look { from, .. } = world.calls[call].step {
                world.calls[call].step = Step::Reading { from, asked, found };
            }
        }
        Move::Look(call) => looked(&mut world, call, bounds),
        Move::Crash(call) => {
            world.spent.crashes += 1;
            world.calls.remove(call);
        }
        Move::Abort(call) => {
            world.spent.crashes += 1;
            abort(&mut world, call);
        }
        Move::Event(request) => {
            let row = world.row.seen(&request.to_string())?;
            world.write(Frozen::new(row));
        }
        Move::EventAt { call, request } => {
            if !world.calls[call].is_in_doubt() {
                return None;
            }
            tell(&mut world, call, Event::Seen(request.to_string()), bounds);
        }
        Move::Decide(settlement) => {
            let row = world.row.settled(&settlement, world.now, &bounds.rules).ok()?;
            world.spent.decisions += 1;
            world.write(Frozen::new(row));
        }
    }
    Some(world)
}

/// A compare-and-set succeeds only while nobody else has written.
fn store(world: &mut World, call: usize, bounds: &Bounds) {
    let Step::Write(row, purpose) = world.calls[call].step.clone() else { return };
    if !world.calls[call].is_current {
        refused(world, call);
        return;
    }
    keep(world, call, row);
    stored(world, call, purpose, bounds);
}

fn keep(world: &mut World, call: usize, row: Frozen<Row>) {
    world.write(row.clone());
    world.calls[call].row = row;
    world.calls[call].is_current = true;
}

fn read_again(world: &mut World, index: usize, bounds: &Bounds) {
    let Step::ReadAgain(written, purpose) = world.calls[index].step.clone() else { return };
    let row = world.row.clone();
    let call = &mut world.calls[index];
    if row == written {
        call.row = row;
        call.is_current = true;
        stored(world, index, purpose, bounds);
    } else if call.row == row {
        call.is_current = true;
        failed(world, index, purpose, bounds);
    } else {
        refused(world, index);
    }
}

fn read_back(world: &mut World, index: usize) {
    let Step::ReadBack(written) = world.calls[index].step.clone() else { return };
    if world.row == written {
        world.calls[index].step = Step::Confirmed;
    } else {
        refused(world, index);
    }
}

fn replied(world: &mut World, call: usize, reply: Reply, bounds: &Bounds) {
    let Step::Waiting(request) = world.calls[call].step else { return };
    if let Some(answer) = answer(world, request, reply, bounds) {
        tell(world, call, Event::Answered(answer), bounds);
    } else {
        world.spent.repeats += 1;
        world.calls[call].step = Step::ToSend;
    }
}

fn looked(world: &mut World, call: usize, bounds: &Bounds) {
    let Step::Reading { asked, ref found, .. } = world.calls[call].step else { return };
    let found = found.clone();
    let at = if bounds.mutation == Some(Mutation::ClockAfterRead) { world.now } else { asked };
    let now = world.calls[call].clock(at, bounds);
    tell(world, call, Event::Looked { found, now }, bounds);
}
