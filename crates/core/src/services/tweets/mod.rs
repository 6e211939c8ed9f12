//! Posts: create, delete, read (X's pages on managing and looking up posts).

mod create;
mod new_tweet;
mod read;

pub use create::{CreatedTweet, create, delete};
pub use new_tweet::{
    NewTweet, NewTweetApp, NewTweetCallToActions, NewTweetEdit, NewTweetLink, NewTweetMedia,
    NewTweetMediaPresentation, NewTweetPlace, NewTweetPoll, NewTweetReply,
};
pub use read::{Timeline, TimelineQuery, Tweet, TweetMedia, TweetUrl, get, user_timeline};
