//! The core of twitter-native: signing, uploading, publishing and measuring on X.
//!
//! It knows nothing of Node. The floors, from the ground up: [`protocol`] holds pure rules.
#![forbid(unsafe_code)]

pub mod protocol;
