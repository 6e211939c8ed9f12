//! What goes into the machine and what comes out.

use serde::{Deserialize, Serialize};

use crate::protocol::checkpoint::{LazySought, PostState};

/// The time, by each clock that matters, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    /// Since some moment of this process. It may stop while the machine sleeps.
    pub monotonic_ms: u64,
    /// Since the epoch, by this machine.
    pub wall_ms: u64,
    /// Since the epoch, by X, as far as that is known.
    pub x_ms: Option<u64>,
}

impl Clock {
    /// By X's clock if that is known, else by this machine's.
    pub(super) fn epoch_ms(self) -> u64 {
        self.x_ms.unwrap_or(self.wall_ms)
    }
}

/// When a post that is absent may be sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Again {
    /// Not by this call.
    #[default]
    Never,
    /// When it counts as absent.
    WhenAbsent,
    /// When it does not show at once: an operator looked at the account and wants it sent.
    OperatorDecided,
}

/// What one call sets out to do. By default it only finds out what became of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Plan {
    /// The post has media to upload first.
    pub has_media: bool,
    /// The call may post. Without it the call only finds out what became of the post.
    pub may_post: bool,
    /// Whether a post that is absent may be sent again.
    pub again: Again,
    /// When to read the timeline, in milliseconds after the outcome became unknown. Empty: never.
    pub schedule_ms: Vec<u64>,
    /// How to know the post again.
    pub sought: LazySought,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The call begins. The machine was made with the state that an earlier call left.
    Begun(Clock),
    /// Every medium is at X and can be posted.
    MediaReady,
    /// A medium could not be uploaded.
    MediaFailed,
    /// The store has confirmed what it was given.
    Stored(Clock),
    /// The store refused it, failed, or left it open whether it has it.
    NotStored,
    /// The next attempt is about to be written to the network.
    AboutToSend {
        /// Now.
        now: Clock,
        /// How long the lease on the post still lasts, where there is one.
        lease_left_ms: Option<u64>,
    },
    /// How the request to post ended, after all of its attempts.
    Answered(Answer),
    /// The timeline was read, or could not be.
    Looked {
        /// What it shows.
        found: Found,
        /// When it was asked for. What it does not show was not to be seen then; of later it says nothing, however
        /// long the answer took.
        now: Clock,
    },
    /// X delivered an event of a post that is surely this one.
    Seen(String),
}

/// How the request to post ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// X created the post.
    Created(String),
    /// X refused it for good: one of its known refusals.
    Refused(Refusal),
    /// It surely never reached X.
    Unsent,
    /// Anything else: X may have created the post.
    Lost,
}

/// How X refused a post.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// As a duplicate of another one, which may be this very post.
    Duplicate,
    /// For another reason; the error's code.
    Other(String),
}

/// What the timeline shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    /// The post itself, known by its media.
    Ours(String),
    /// A post that agrees in everything, was created after ours was armed, and is no other intent's.
    Equal(String),
    /// More than one post that is exactly it. Reading on would not tell them apart.
    Twins(Vec<Candidate>),
    /// Posts that may be it. The next read may show it.
    Near(Vec<Candidate>),
    /// Posts that may be it. Reading on would not tell.
    NearForGood(Vec<Candidate>),
    /// It is not there: every post since it was armed is explained otherwise.
    Absent,
    /// The timeline could not be read to its end. The next read may succeed.
    Unreadable,
    /// It can't be read at all: it is not known whose timeline to read, or X does not allow it.
    OutOfReach,
}

/// A post that may be the one that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// Why it may be it, in words.
    pub why: String,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Upload what is not at X yet, then say [`Event::MediaReady`] or [`Event::MediaFailed`].
    UploadMedia,
    /// Keep this state, then say [`Event::Stored`] or [`Event::NotStored`].
    Store(PostState),
    /// Ask X to create the post, saying [`Event::AboutToSend`] before each attempt, and [`Event::Answered`] at the end.
    Send,
    /// The attempt may be written to the network, now.
    Proceed,
    /// Read the timeline this long after the outcome became unknown, then say [`Event::Looked`].
    Look {
        /// Milliseconds after the outcome became unknown.
        after_ms: u64,
    },
    /// There is nothing more to do.
    Finish(End),
}

/// How a call ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The post exists.
    Published {
        /// Its id.
        tweet_id: String,
        /// It was found after X's answer had been lost.
        reconciled: bool,
        /// The store has it, too.
        stored: bool,
    },
    /// X refused it, or nothing of it was sent: it does not exist.
    NotPosted,
    /// The store did not confirm a step, so the step was not taken: it does not exist.
    NotStored,
    /// The store took too long to confirm that the post was armed, so it was not sent.
    StoreTooSlow,
    /// The lease on the post ran out before it was sent.
    LeaseLost,
    /// It may exist.
    InDoubt(Doubt),
}

/// What is known of a post that may exist.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// It counts as absent, and this call may not send it again.
    Absent,
    /// Other posts may be it.
    Ambiguous(Vec<Candidate>),
    /// The timeline was read too seldom or not long enough to say.
    Undecided,
    /// An operator wants it sent again, but the last attempt may still be under way.
    TooEarly,
    /// Posts of its kind are not on a timeline.
    Hidden,
}
