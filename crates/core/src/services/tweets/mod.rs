//! Posts: create, delete, read (X's pages on managing and looking up posts).

mod create;
mod read;

pub use create::{
    CreatedTweet, NewTweet, NewTweetEdit, NewTweetMedia, NewTweetPlace, NewTweetPoll, NewTweetReply, create,
    delete,
};
pub use read::{Timeline, TimelineQuery, Tweet, TweetMedia, TweetUrl, get, user_timeline};
