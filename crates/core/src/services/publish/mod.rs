//! A post with its media, and threads: what the rooms do, in order, at most once.

mod checkpoint_store;
mod claims;
mod content;
mod cost;
mod digest;
mod doubt;
mod ending;
mod facts;
pub mod intent;
mod journal;
mod media;
mod options;
mod outline;
mod resolve;
mod run;
mod thread;
mod thread_log;
mod tweet;

pub use checkpoint_store::{CheckpointStore, NotKept};
pub use content::{MediaInput, Poll, Presentation, PublishContent, forbidden_sources, problems_of};
pub use cost::{Cost, charges_of};
pub use options::{DEFAULT_SCHEDULE_MS, LeaseLeft, OnUnknown, OtherRows, PublishOptions};
pub use resolve::{Resolution, resolve_outcome};
pub use thread::{PublishedThread, ThreadFailure, publish_thread};
pub use tweet::{PublishedTweet, publish, tweet_url};
