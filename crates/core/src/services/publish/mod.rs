//! A post with its media, and threads: what the rooms do, in order.

mod content;
mod thread;
mod tweet;

pub use content::{MediaInput, Poll, Presentation, PublishContent, problems_of};
pub use thread::{PublishedThread, ThreadFailure, publish_thread};
pub use tweet::{PublishOptions, PublishedTweet, create_checked, publish, tweet_url};
