//! What goes to JavaScript: typed objects, never raw maps.

mod activity_event;
mod cost;
mod events;
mod failure;
mod intent;
mod media;
mod metrics;
mod oauth;
mod text;
mod tweets;
mod webhooks;

pub(crate) use cost::*;
pub(crate) use events::*;
pub(crate) use failure::*;
pub(crate) use intent::*;
pub(crate) use media::*;
pub(crate) use metrics::*;
pub(crate) use oauth::*;
pub(crate) use text::*;
pub(crate) use tweets::*;
pub(crate) use webhooks::*;

/// Counters and byte counts are far below 2^53, up to which JavaScript's numbers are exact.
pub(crate) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
