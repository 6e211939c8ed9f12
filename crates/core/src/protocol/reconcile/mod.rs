//! Whether a post whose answer was lost stands on its author's timeline, and how long to look for it.
//!
//! A freshly uploaded medium's key marks the post that carries it as ours. Without one a text is compared in a normal
//! form, which forgets what X changes about texts. Where nothing is ours, each post that is near ours has to be
//! explained before ours is called absent.
//!
//! - [`judge`] judges a timeline, [`judge_event`] the post of an event of X's.
//! - [`next_read`] says when to read the timeline again, and when it was read enough.
//! - [`after_duplicate`] says what it means that X refuses a post as a duplicate.

mod duplicate;
mod event;
mod link;
mod mark;
mod normal;
mod plan;
mod shown;
mod sketch;
mod verdict;

pub use duplicate::{Duplicate, after_duplicate};
pub use event::{EventVerdict, judge_event};
pub use plan::{NextRead, Reads, next_read};
pub use verdict::{Candidate, MediaMark, Moment, Others, Proof, Rival, Verdict, Wanted, Why, judge};

#[cfg(test)]
mod tests;
