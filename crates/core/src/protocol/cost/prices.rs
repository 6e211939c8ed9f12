//! X's list of prices.
//!
//! This is the only place that knows them. Source: <https://docs.x.com/x-api/getting-started/pricing>, as it was on
//! [`LISTED_ON`]. X changes prices without a version, so callers can replace each of them.

use std::borrow::Cow;

use super::Usd;

/// The day that the built-in prices are of.
pub const LISTED_ON: &str = "2026-04-20";

/// What X charges, by request for what is written and by resource for what is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    /// A post without a link.
    pub post: Usd,
    /// A post with a link.
    pub post_with_link: Usd,
    /// A reply to somebody who mentioned or quoted the account.
    pub summoned_reply: Usd,
    /// A description of a medium: X's "media metadata".
    pub alt_text: Usd,
    /// A track of subtitles. Not on the list.
    pub subtitles: Usd,
    /// An uploaded medium. Not on the list.
    pub media_upload: Usd,
    /// A post that is read by its id, or on somebody's timeline.
    pub post_read: Usd,
    /// A post that is read on the timeline of the account that owns the app, with this account's own token.
    pub owned_read: Usd,
    /// A user's profile that is read.
    pub user_read: Usd,
    /// A deleted post. The list has two prices that may be meant; this is the higher one.
    pub delete: Usd,
    /// A delivered event of the Activity API.
    pub event: Usd,
    /// The day that the prices are of, as `YYYY-MM-DD`.
    pub as_of: Cow<'static, str>,
}

impl Default for Prices {
    fn default() -> Self {
        Self {
            post: Usd::from_micros(15_000),
            post_with_link: Usd::from_micros(200_000),
            summoned_reply: Usd::from_micros(10_000),
            alt_text: Usd::from_micros(5_000),
            subtitles: Usd::ZERO,
            media_upload: Usd::ZERO,
            post_read: Usd::from_micros(5_000),
            owned_read: Usd::from_micros(1_000),
            user_read: Usd::from_micros(10_000),
            delete: Usd::from_micros(10_000),
            event: Usd::from_micros(5_000),
            as_of: Cow::Borrowed(LISTED_ON),
        }
    }
}
