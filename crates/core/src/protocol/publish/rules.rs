//! How long things may take. Together these keep a second attempt away from a first one that is still under way.

/// The limits that the machine works with. Only the model checker uses others than [`Rules::default`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    /// A post may begin to be sent this long after it was armed, in milliseconds. Later it has to be armed again.
    pub fresh_ms: u64,
    /// How long after it was armed the last read has to be that does not show a post, by X's clock, before the post
    /// counts as absent. It covers `fresh_ms`, the attempt itself (30 s) and the time until X shows a post.
    pub quarantine_ms: u64,
    /// Reads in full that have to miss a post before it counts as absent.
    pub clean_reads: u32,
    /// Times that one attempt is armed, if the store takes longer than `fresh_ms`.
    pub marks: u32,
    /// Epochs that one call sends at the most.
    pub epochs: u32,
}

impl Rules {
    /// The limits that are in force.
    pub const fn new() -> Self {
        Self { fresh_ms: 5_000, quarantine_ms: 120_000, clean_reads: 3, marks: 2, epochs: 3 }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}
