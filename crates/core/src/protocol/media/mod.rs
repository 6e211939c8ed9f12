//! What media are, what X takes, and how they are cut into segments.

pub mod category;
pub mod limits;
pub mod processing;
pub mod segments;
pub mod sniff;
pub mod video;
