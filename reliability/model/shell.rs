//! What runs the machine: it claims the row, keeps each step in the store, sends, reads, and lets go. It decides nothing.

use twitter_native_core::protocol::checkpoint::{LazySought, PostState};
use twitter_native_core::protocol::publish::{
    Again, Command, Decision, Doubt, End, Event, Failure, Machine, Plan, Row,
};

use super::bounds::{Bounds, Mutation};
use super::frozen::Frozen;
use super::world::{
    Breach, Call, FOREIGN, Fate, Purpose, Request, Step, World, checkpoint, is_abandoned, published, wall,
};

/// A new call. `None` where it would end at once.
pub(crate) fn click(world: &World, again: Again, bounds: &Bounds) -> Option<Call> {
    let number = world.spent.clicks;
    let row = world.row.claimed(&number.to_string(), wall(number, world.now, bounds), bounds.lease).ok()?;
    if published(&world.row).is_some() || world.row.is_looked_for_enough() {
        return None;
    }
    let step = Step::Write(Frozen::new(row), Purpose::Claim);
    Some(Call { number, again, machine: None, row: world.row.clone(), is_current: true, step })
}

/// The store has written what call `index` gave it.
pub(crate) fn stored(world: &mut World, index: usize, purpose: Purpose, bounds: &Bounds) {
    let now = world.now;
    let call = &mut world.calls[index];
    match purpose {
        Purpose::Claim => {
            let command = begin(call, now, bounds);
            obey(world, index, command, bounds);
        }
        Purpose::Step
            if matches!(call.machine.as_ref().map(|machine| machine.state()), Some(PostState::Armed(_))) =>
        {
            call.step = Step::ReadBack(call.row.clone());
        }
        Purpose::Step => {
            let event = Event::Stored(call.clock(now, bounds));
            tell(world, index, event, bounds);
        }
        Purpose::Release => drop(world.calls.remove(index)),
    }
}

fn begin(call: &mut Call, now: u64, bounds: &Bounds) -> Command {
    let state = call.row.post().map_or(PostState::New, |post| post.post.clone());
    if call.row.decision == Some(Decision::Retry) {
        call.again = Again::OperatorDecided;
    }
    let plan = Plan {
        has_media: bounds.has_media,
        may_post: true,
        again: call.again,
        schedule_ms: bounds.schedule.to_vec(),
        sought: LazySought::default(),
    };
    let clock = call.clock(now, bounds);
    let mut machine = Machine::new(state, plan, bounds.rules);
    let command = machine.on(Event::Begun(clock));
    call.machine = Some(Frozen::new(machine));
    command
}

/// The store has not written it, and the row is still this call's.
pub(crate) fn failed(world: &mut World, index: usize, purpose: Purpose, bounds: &Bounds) {
    match purpose {
        Purpose::Step => tell(world, index, Event::NotStored, bounds),
        Purpose::Claim | Purpose::Release => drop(world.calls.remove(index)),
    }
}

/// The row has changed: the call ends by what the row says.
pub(crate) fn refused(world: &mut World, index: usize) {
    let mut call = world.calls.remove(index);
    if let Some(machine) = &mut call.machine {
        // Nobody hears what it answers.
        let _unused = machine.change(|machine| machine.on(Event::NotStored));
    }
}

/// Tells the machine what happened, and does what it says.
pub(crate) fn tell(world: &mut World, index: usize, event: Event, bounds: &Bounds) {
    if let Some(machine) = &mut world.calls[index].machine {
        let command = machine.change(|machine| machine.on(event));
        obey(world, index, command, bounds);
    }
}

fn obey(world: &mut World, index: usize, command: Command, bounds: &Bounds) {
    let now = world.now;
    let call = &mut world.calls[index];
    match command {
        Command::UploadMedia => call.step = Step::Upload,
        Command::Store(state) => {
            let row = call.row.with(checkpoint(state));
            call.step = Step::Write(Frozen::new(row), Purpose::Step);
        }
        Command::Send => call.step = Step::ToSend,
        Command::Proceed => leave(world, index, bounds),
        Command::Look { after_ms } => {
            let from = match call.step {
                Step::Reading { from, .. } => from,
                _ => now,
            };
            call.step = Step::Look { from, after: after_ms };
        }
        Command::Finish(end) => finish(world, index, &end, bounds),
    }
}

/// The request leaves: nothing comes between the machine's word and that.
fn leave(world: &mut World, index: usize, bounds: &Bounds) {
    let call = &world.calls[index];
    let epoch = call.machine.as_ref().and_then(|machine| machine.arming()).map_or(0, |arming| arming.epoch);
    let (number, again) = (call.number, call.again);
    if world.alive().any(|request| request.epoch == epoch) {
        world.break_rule(Breach::TwoInOneEpoch);
    }
    if world.alive().next().is_some() {
        world.break_rule(Breach::TwoAlive);
    }
    if epoch != 1 && again == Again::Never {
        world.break_rule(Breach::NotChosen);
    }
    if published(&world.row).is_some() {
        world.break_rule(Breach::SentAfterPublished);
    }
    if is_abandoned(&world.row) {
        world.break_rule(Breach::SentAfterAbandoned);
    }
    let fate = Fate::Flying { until: world.now + bounds.flight };
    world.requests.push(Request { call: number, epoch, fate });
    world.calls[index].step = Step::Waiting(world.requests.len() - 1);
}

/// What the call's caller gets, and the last write.
fn finish(world: &mut World, index: usize, end: &End, bounds: &Bounds) {
    let call = &world.calls[index];
    let (failure, candidates) = match end {
        End::Published { tweet_id, .. } => {
            if !world.exists(tweet_id) && tweet_id != FOREIGN {
                world.break_rule(Breach::FalsePublished);
            }
            (None, Vec::new())
        }
        End::InDoubt(Doubt::Ambiguous(candidates)) => (None, candidates.clone()),
        End::InDoubt(_) => (None, Vec::new()),
        End::NotPosted | End::NotStored | End::StoreTooSlow | End::LeaseLost => {
            if bounds.has_more && world.alive().any(|request| request.call == call.number) {
                world.break_rule(Breach::FalseNotPosted);
            }
            (Some(Failure { code: String::new(), message: String::new() }), Vec::new())
        }
    };
    let call = &mut world.calls[index];
    let row = call.row.released(failure, candidates);
    call.step = Step::Write(Frozen::new(row), Purpose::Release);
}

/// The caller aborts the call: what the machine knows is kept, and the row let go.
pub(crate) fn abort(world: &mut World, index: usize) {
    let call = &world.calls[index];
    let may_be_out = matches!(call.step, Step::Waiting(_));
    let Some(state) = call.machine.as_ref().map(|machine| machine.state_at_end(may_be_out).clone()) else {
        return;
    };
    if state.in_doubt().is_none() && world.alive().any(|request| request.call == call.number) {
        world.break_rule(Breach::FalseNotPosted);
    }
    let call = &mut world.calls[index];
    let row = call.row.with(checkpoint(state)).released(None, Vec::new());
    call.step = Step::Write(Frozen::new(row), Purpose::Release);
}

/// The lease is extended, if this call's row is still the one in the store.
pub(crate) fn beaten(world: &World, call: &Call, bounds: &Bounds) -> Option<Row> {
    let row = call.row.extended(wall(call.number, world.now, bounds), bounds.lease);
    (call.is_current && row != *call.row).then_some(row)
}

/// What is said before a request leaves.
pub(crate) fn about_to_send(call: &Call, now: u64, has_lost: bool, bounds: &Bounds) -> Event {
    let lease_left_ms = match bounds.mutation {
        Some(Mutation::NoDeadline) => None,
        _ if has_lost => Some(0),
        _ => call.lease_left(now, bounds),
    };
    Event::AboutToSend { now: call.clock(now, bounds), lease_left_ms }
}
