//! What the mock of X and the bare relay share: the media that are published, signatures, and how a run is described.
#![forbid(unsafe_code)]

pub mod clock;
pub mod content;
pub mod job;
pub mod oauth1;
pub mod usage;
