//! The functions of the interface, a file per resource.

mod manager;
mod media;
mod metrics;
mod oauth;
#[cfg(feature = "panic-hooks")]
mod panics;
mod publish;
mod settings;
mod signing;
mod text;
mod tweets;
