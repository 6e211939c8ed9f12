//! What media are, what X takes, and how they are cut into segments.

pub mod category;
pub mod fit;
pub mod limits;
pub mod preparation;
pub mod problem;
pub mod processing;
pub mod segments;
pub mod sniff;
pub mod strip;
pub mod video;
