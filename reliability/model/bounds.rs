//! How far one run of the checker goes, and what it takes for granted.

use twitter_native_core::protocol::publish::{Again, Rules};

/// The limits of one run. Time is counted in ticks.
#[allow(clippy::struct_excessive_bools, reason = "each is a limit of its own")]
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    pub(crate) rules: Rules,
    /// Ticks after which X does not commit a request any more that has left.
    pub(crate) flight: u64,
    /// Ticks after which the timeline shows a post that exists.
    pub(crate) lag: u64,
    /// Ticks that a lease lasts without a beat.
    pub(crate) lease: u64,
    /// Ticks that are looked at.
    pub(crate) ticks: u64,
    /// Calls that are under way at once, each in a process of its own.
    pub(crate) processes: usize,
    /// Calls in all.
    pub(crate) clicks: u8,
    /// Calls that end without a word, or are aborted.
    pub(crate) crashes: u8,
    /// Decisions of operators.
    pub(crate) decisions: u8,
    /// Failures of the store.
    pub(crate) store_faults: u8,
    /// Attempts that surely failed and are repeated within their call.
    pub(crate) repeats: u8,
    /// What callers choose.
    pub(crate) kinds: &'static [Again],
    /// When a call reads the timeline.
    pub(crate) schedule: &'static [u64],
    /// The posts have media.
    pub(crate) has_media: bool,
    /// X delivers events of the posts that exist.
    pub(crate) has_events: bool,
    /// X's clock is known.
    pub(crate) knows_x_clock: bool,
    /// Ticks by which every second call's wall clock is ahead.
    pub(crate) ahead: u64,
    /// What a call tells its caller is checked.
    pub(crate) has_more: bool,
    pub(crate) mutation: Option<Mutation>,
}

/// Defects on purpose, to see that the checker notices them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// A lost answer is taken for "not sent".
    ResendAfterReset,
    /// Neither the age of the mark nor the lease is looked at before a request leaves.
    NoDeadline,
    /// The timeline counts as read when the answer is taken in, not when it was asked for.
    ClockAfterRead,
    /// A post counts as absent a tick before it has to be seen.
    ShortQuarantine,
}

impl Bounds {
    fn of(fresh: u64, flight: u64, lag: u64) -> Self {
        let rules = Rules {
            fresh_ms: fresh,
            quarantine_ms: fresh + flight + lag,
            clean_reads: 1,
            marks: 2,
            epochs: 2,
        };
        Self {
            rules,
            flight,
            lag,
            lease: 2,
            ticks: 3,
            processes: 2,
            clicks: 2,
            crashes: 0,
            decisions: 0,
            store_faults: 0,
            repeats: 0,
            kinds: &[Again::WhenAbsent],
            schedule: &[0, 3],
            has_media: false,
            has_events: true,
            knows_x_clock: true,
            ahead: 0,
            has_more: true,
            mutation: None,
        }
    }

    /// What `cargo test` runs.
    pub(crate) fn small() -> Self {
        Self { lease: 1, ticks: 2, decisions: 1, has_events: false, ..Self::of(0, 0, 1) }
    }

    /// One call, in which nothing but a lost answer goes wrong.
    pub(crate) fn lone() -> Self {
        Self { clicks: 1, has_events: false, ..Self::of(1, 0, 1) }
    }

    /// Two calls, one of which takes over from the other when its lease has run out.
    pub(crate) fn pair() -> Self {
        Self { has_events: false, schedule: &[0], ..Self::of(1, 0, 1) }
    }

    /// What `npm run test:model` runs.
    pub(crate) fn full() -> Vec<(&'static str, Self)> {
        let base = || Self::of(1, 0, 1);
        vec![
            ("crashes and operators", Self { crashes: 1, decisions: 1, repeats: 1, ..base() }),
            ("a failing store", Self { store_faults: 1, repeats: 1, ..base() }),
            (
                "everything at once",
                Self {
                    lease: 1,
                    ticks: 2,
                    crashes: 1,
                    decisions: 1,
                    store_faults: 1,
                    repeats: 1,
                    ..Self::of(0, 0, 1)
                },
            ),
            ("slow requests", Self { ticks: 4, ..Self::of(1, 1, 1) }),
            ("clocks apart", Self { ahead: 1, knows_x_clock: false, crashes: 1, decisions: 1, ..base() }),
            (
                "both kinds of callers, with media",
                Self { kinds: &[Again::Never, Again::WhenAbsent], has_media: true, ..base() },
            ),
            ("three calls", Self { clicks: 3, lease: 1, ticks: 2, ..Self::of(0, 0, 1) }),
        ]
    }

    /// The bounds in words.
    pub(crate) fn words(&self) -> String {
        format!(
            "{} ticks (fresh for {}, flight {}, lag {}, lease {}), {} processes, {} calls, {} crashes or aborts, \
             {} failures of the store, {} decisions, {} repeated attempts",
            self.ticks,
            self.rules.fresh_ms,
            self.flight,
            self.lag,
            self.lease,
            self.processes,
            self.clicks,
            self.crashes,
            self.store_faults,
            self.decisions,
            self.repeats,
        )
    }

    pub(crate) fn mutated(self, mutation: Mutation) -> Self {
        let mut rules = self.rules;
        match mutation {
            Mutation::NoDeadline => rules.fresh_ms = u64::MAX,
            Mutation::ShortQuarantine => rules.quarantine_ms -= 1,
            Mutation::ResendAfterReset | Mutation::ClockAfterRead => {}
        }
        Self { rules, mutation: Some(mutation), ..self }
    }
}
