//! One room per resource of X. Rooms do not know each other; `publish` stands on top of them.

pub mod media;
