//! X: what becomes of a request, what is answered, and what the timeline shows.

use twitter_native_core::protocol::publish::{Answer, Candidate, Found, Refusal};

use super::bounds::{Bounds, Mutation};
use super::world::{FOREIGN, Fate, World};

/// How a request ends for the call that waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reply {
    Created,
    Refused,
    Duplicate,
    Unsent,
    /// Surely not acted upon, and repeated within the call: 429, 425, a connection that was never made.
    Repeat,
    /// A reset, a 5xx, a time-out: before X has acted or after.
    Lost,
}

/// What X may answer now. It refuses only what it has not committed and never will.
pub(crate) fn replies(fate: Fate) -> &'static [Reply] {
    match fate {
        Fate::Standing { .. } => &[Reply::Created, Reply::Lost],
        Fate::Flying { .. } | Fate::Dead => {
            &[Reply::Refused, Reply::Duplicate, Reply::Unsent, Reply::Repeat, Reply::Lost]
        }
    }
}

/// The reply takes effect at X, and this is what the machine hears. `None` for a repetition.
pub(crate) fn answer(world: &mut World, request: usize, reply: Reply, bounds: &Bounds) -> Option<Answer> {
    if !matches!(reply, Reply::Created | Reply::Lost) {
        world.requests[request].fate = Fate::Dead;
    }
    match reply {
        Reply::Created => Some(Answer::Created(request.to_string())),
        Reply::Refused => Some(Answer::Refused(Refusal::Other(String::new()))),
        Reply::Duplicate => Some(Answer::Refused(Refusal::Duplicate)),
        Reply::Unsent => Some(Answer::Unsent),
        Reply::Lost if bounds.mutation == Some(Mutation::ResendAfterReset) => Some(Answer::Unsent),
        Reply::Lost => Some(Answer::Lost),
        Reply::Repeat => None,
    }
}

/// Time passes: what X has not committed by now it never will.
pub(crate) fn tick(world: &mut World) {
    world.now += 1;
    let now = world.now;
    for request in &mut world.requests {
        if matches!(request.fate, Fate::Flying { until } if until < now) {
            request.fate = Fate::Dead;
        }
    }
}

pub(crate) fn commit(world: &mut World, request: usize, bounds: &Bounds) {
    world.requests[request].fate = Fate::Standing { shown: world.now + bounds.lag };
}

/// All that the timeline may show now: with a lag, changed beyond recognition, beside others like it.
pub(crate) fn timeline(world: &World) -> Vec<Found> {
    let standing = world.requests.iter().enumerate().filter_map(|(id, request)| match request.fate {
        Fate::Standing { shown } => Some((id.to_string(), shown <= world.now)),
        Fate::Flying { .. } | Fate::Dead => None,
    });
    let standing: Vec<(String, bool)> = standing.collect();
    let mut all = vec![Found::Unreadable];
    if standing.iter().all(|(_, must_show)| !must_show) {
        all.push(Found::Absent);
    }
    // Ours, changed, or one like ours: which of them decides nothing.
    all.push(Found::Near(vec![like_it()]));
    for (id, _) in standing {
        all.push(Found::Twins(vec![like_it()]));
        all.push(Found::Ours(id));
    }
    all
}

fn like_it() -> Candidate {
    Candidate { id: FOREIGN.to_owned(), why: String::new() }
}
