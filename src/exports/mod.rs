//! The functions of the interface, a file per resource.

mod activity;
mod cost;
mod intent;
mod manager;
mod media;
mod metrics;
mod oauth;
mod publish;
mod settings;
mod signing;
#[cfg(feature = "test-hooks")]
pub(crate) mod test_hooks;
mod text;
mod tweets;
mod webhooks;
