//! The core of twitter-native: signing, uploading, publishing and measuring on X.
//!
//! It knows nothing of Node. The floors, from the ground up: `protocol` holds pure rules, `transport` carries
//! requests, `services` has one room per resource of X.
#![forbid(unsafe_code)]

pub mod config;
pub mod credentials;
pub mod error;
pub mod error_code;
pub mod locks;
mod memory;
pub mod operation;
pub mod protocol;
pub mod secret;
pub mod services;
mod single_flight;
#[cfg(feature = "test-hooks")]
pub mod test_hooks;
mod transport;

pub use services::signing;
pub use transport::{call, client};

#[cfg(test)]
mod tests;
