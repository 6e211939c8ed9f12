//! One post from its first step to its end, as a pure state machine: what happened goes in, what to do next comes out.
//!
//! ```text
//! NEW ─▶ MEDIA_READY ─▶ ARMED ─┬─▶ PUBLISHED
//!                         ▲    ├─▶ REJECTED
//!                         │    └─▶ UNKNOWN ─┬─▶ PUBLISHED      the timeline, an event of X's or an operator says so
//!                         │                 └─▶ NEEDS_HUMAN    the post is absent, however long it is looked for
//!                         └──────────────────────┘             where the caller or an operator chose to send it again
//! ```
//!
//! Nothing else decides whether a post may be sent. The machine knows no clock, no network and no store: whoever runs it
//! tells it the time and how each step ended. `reliability/model` runs the same code in every order of events.

mod found;
mod machine;
mod marks;
mod row;
mod row_text;
mod rules;
mod types;

pub use machine::Machine;
pub use marks::{OtherIntents, marks_for, marks_of, marks_to_ask, rival_of};
pub use row::{Decision, Denied, Failure, Lease, MAX_LOOKS, Row, Settlement, Status};
pub use row_text::{MAX_ROW_BYTES, RowError, decode_row, encode_row};
pub use rules::Rules;
pub use types::{Again, Answer, Candidate, Clock, Command, Doubt, End, Event, Found, Plan, Refusal};

#[cfg(test)]
mod tests;
