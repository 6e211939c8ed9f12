//! Posts: create, delete, read (X's pages on managing and looking up posts).

mod create;
mod new_tweet;
mod read;

pub(crate) use create::create;
pub use create::{CreatedTweet, delete};
pub use new_tweet::{
    NewTweet, NewTweetApp, NewTweetCallToActions, NewTweetEdit, NewTweetLink, NewTweetMedia,
    NewTweetMediaPresentation, NewTweetPlace, NewTweetPoll, NewTweetReply,
};
pub use read::{Timeline, TimelineQuery, Tweet, TweetMedia, TweetUrl, get, user_timeline};
