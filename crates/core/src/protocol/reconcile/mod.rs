//! Whether a post whose answer was lost is on its author's timeline. When to look, and what follows from it, is for
//! [`publish`](super::publish) to say.
//!
//! A freshly uploaded medium's key marks the post that carries it as ours. Without one a text is compared in a normal
//! form, which forgets what X changes about texts. Where nothing is ours, each post that is near ours has to be
//! explained before ours is called absent.
//!
//! - [`judge`] judges a timeline, [`judge_event`] the post of an event of X's.

mod event;
mod link;
mod mark;
mod normal;
mod shown;
mod sketch;
mod verdict;

pub use event::{EventVerdict, judge_event};
pub use mark::readings_of;
pub use normal::has_link;
pub use verdict::{
    CLOCK_ERROR_MS, CLOCK_MARGIN_MS, Candidate, KNOWN_CLOCK_MARGIN_MS, MediaMark, Moment, Others, Proof,
    Rival, Verdict, Wanted, Why, judge,
};

#[cfg(test)]
mod tests;
