//! Everything that there is at one moment: the row in the store, the calls at work on it, and what X has.

use twitter_native_core::protocol::checkpoint::{Checkpoint, PostCheckpoint, PostState};
use twitter_native_core::protocol::publish::{Again, Clock, Found, Machine, Row};

use super::bounds::Bounds;
use super::frozen::Frozen;

/// Before this moment there is nothing.
pub(crate) const BEGINNING: u64 = 1_000;
/// A post that is not ours.
pub(crate) const FOREIGN: &str = "F";

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) now: u64,
    pub(crate) row: Frozen<Row>,
    /// A write that the store lost, or has yet to make. It comes too late once anything else was written.
    pub(crate) late: Option<Frozen<Row>>,
    pub(crate) calls: Vec<Call>,
    /// Requests to post that have left, in their order.
    pub(crate) requests: Vec<Request>,
    pub(crate) spent: Spent,
    /// The first rule that was broken.
    pub(crate) breach: Option<Breach>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Spent {
    pub(crate) clicks: u8,
    pub(crate) crashes: u8,
    pub(crate) decisions: u8,
    pub(crate) store_faults: u8,
    pub(crate) repeats: u8,
}

/// A call under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Call {
    pub(crate) number: u8,
    pub(crate) again: Again,
    /// Made once the row is claimed.
    pub(crate) machine: Option<Frozen<Machine>>,
    /// The row as this call knows it.
    pub(crate) row: Frozen<Row>,
    /// The row is still at the version that this call knows.
    pub(crate) is_current: bool,
    pub(crate) step: Step,
}

/// What a call does next, or waits for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// The store is asked for a compare-and-set.
    Write(Frozen<Row>, Purpose),
    /// The store has failed to say whether it wrote this: the row is read again.
    ReadAgain(Frozen<Row>, Purpose),
    /// The row was armed, and is read before anything is sent.
    ReadBack(Frozen<Row>),
    /// The store has it; the call has not continued yet.
    Confirmed,
    Upload,
    ToSend,
    Waiting(usize),
    Look {
        from: u64,
        after: u64,
    },
    /// The timeline was asked for at this time, and shows this.
    Reading {
        from: u64,
        asked: u64,
        found: Found,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    Claim,
    Step,
    Release,
}

/// A request to post that has left.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Request {
    pub(crate) call: u8,
    pub(crate) epoch: u32,
    pub(crate) fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fate {
    /// X may commit it up to this time.
    Flying { until: u64 },
    /// It exists, and the timeline shows it from this time on at the latest.
    Standing { shown: u64 },
    /// It never will.
    Dead,
}

/// What may never happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Breach {
    /// A second request left while an earlier one existed or could still be committed.
    TwoAlive,
    /// The same within one epoch.
    TwoInOneEpoch,
    /// A second epoch left, and neither the caller nor an operator had chosen that.
    NotChosen,
    /// A request left although the row said that the post exists.
    SentAfterPublished,
    /// A request left although an operator had abandoned the post.
    SentAfterAbandoned,
    /// A post was said to exist that does not.
    FalsePublished,
    /// A post was said not to exist that does, or that may yet.
    FalseNotPosted,
    /// A row that was published or abandoned became something else.
    TakenBack,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            now: BEGINNING,
            row: Frozen::new(Row::default()),
            late: None,
            calls: Vec::new(),
            requests: Vec::new(),
            spent: Spent::default(),
            breach: None,
        }
    }

    pub(crate) fn break_rule(&mut self, breach: Breach) {
        self.breach.get_or_insert(breach);
    }

    /// Requests whose posts exist or may yet.
    pub(crate) fn alive(&self) -> impl Iterator<Item = &Request> {
        self.requests.iter().filter(|request| request.fate != Fate::Dead)
    }

    /// Whether this is the id of a post of ours that exists.
    pub(crate) fn exists(&self, id: &str) -> bool {
        let index = id.parse::<usize>().ok();
        let request = index.and_then(|index| self.requests.get(index));
        request.is_some_and(|request| matches!(request.fate, Fate::Standing { .. }))
    }

    /// The store takes a write. Whoever knew the row before does not know it any more.
    pub(crate) fn write(&mut self, row: Frozen<Row>) {
        let (before, after) = (published(&self.row), published(&row));
        let was_abandoned = is_abandoned(&self.row);
        if before.is_some() && before != after || was_abandoned && !is_abandoned(&row) && after.is_none() {
            self.break_rule(Breach::TakenBack);
        }
        self.row = row;
        self.late = None;
        for call in &mut self.calls {
            call.is_current = false;
        }
    }
}

impl Call {
    pub(crate) fn clock(&self, now: u64, bounds: &Bounds) -> Clock {
        let wall_ms = wall(self.number, now, bounds);
        Clock { monotonic_ms: now, wall_ms, x_ms: bounds.knows_x_clock.then_some(now) }
    }

    pub(crate) fn is_in_doubt(&self) -> bool {
        self.machine.as_ref().is_some_and(|machine| machine.arming().is_some())
    }

    pub(crate) fn lease_left(&self, now: u64, bounds: &Bounds) -> Option<u64> {
        let lease = self.row.lease.as_ref()?;
        Some(lease.until.saturating_sub(wall(self.number, now, bounds)))
    }
}

/// The time by the clock of a call's machine.
pub(crate) fn wall(number: u8, now: u64, bounds: &Bounds) -> u64 {
    if number.is_multiple_of(2) { now + bounds.ahead } else { now }
}

/// The id of the post, if the row says that it exists.
pub(crate) fn published(row: &Row) -> Option<&str> {
    match &row.post()?.post {
        PostState::Published { tweet_id, .. } => Some(tweet_id),
        _ => None,
    }
}

pub(crate) fn is_abandoned(row: &Row) -> bool {
    row.decision == Some(twitter_native_core::protocol::publish::Decision::Abandon)
}

pub(crate) fn checkpoint(post: PostState) -> Checkpoint {
    Checkpoint::Post(PostCheckpoint {
        intent: String::new(),
        account: None,
        content: String::new(),
        media: Vec::new(),
        post,
    })
}
