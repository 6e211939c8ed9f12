//! What an estimate of costs is about, and prices in place of X's.

use napi::bindgen_prelude::{JsObjectValue, JsValue, Unknown};
use napi_derive::napi;
use twitter_native_core::error::Error;
use twitter_native_core::protocol::cost::{MAX_CALLS, PlannedCalls, Prices, Usd};
use twitter_native_core::services::publish::PublishContent;
use twitter_native_derive::FromJs;

use super::content::PublishContentInput;
use super::properties::{OwnProperties, name};
use super::reader::{FromJs, Path, readable};

impl FromJs for Usd {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        Self::from_price(f64::from_js(value, path)?).map_err(|why| path.refuse(why))
    }
}

/// Prices in place of those of X's list, in dollars, each with at most 6 decimal places. What is left out stays X's.
#[napi(object, js_name = "Prices", object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
#[from_js(exact)]
pub struct PriceOverrides {
    /// A post without a link.
    /// @default 0.015
    #[napi(ts_type = "number")]
    pub post: Option<Usd>,
    /// A post with a link.
    /// @default 0.2
    #[napi(ts_type = "number")]
    pub post_with_link: Option<Usd>,
    /// A reply to somebody who mentioned or quoted the account.
    /// @default 0.01
    #[napi(ts_type = "number")]
    pub summoned_reply: Option<Usd>,
    /// A description of a medium.
    /// @default 0.005
    #[napi(ts_type = "number")]
    pub alt_text: Option<Usd>,
    /// A track of subtitles: X's list has no price.
    /// @default 0
    #[napi(ts_type = "number")]
    pub subtitles: Option<Usd>,
    /// An uploaded medium: X's list has no price.
    /// @default 0
    #[napi(ts_type = "number")]
    pub media_upload: Option<Usd>,
    /// A post that is read by its id or on somebody's timeline.
    /// @default 0.005
    #[napi(ts_type = "number")]
    pub post_read: Option<Usd>,
    /// A post that is read on the timeline of the account that owns the app, with this account's own token.
    /// @default 0.001
    #[napi(ts_type = "number")]
    pub owned_read: Option<Usd>,
    /// A user's profile that is read.
    /// @default 0.01
    #[napi(ts_type = "number")]
    pub user_read: Option<Usd>,
    /// A deleted post. X's list has $0.005 and $0.010 without saying which it is.
    /// @default 0.01
    #[napi(ts_type = "number")]
    pub delete: Option<Usd>,
    /// A delivered event of the Activity API.
    /// @default 0.005
    #[napi(ts_type = "number")]
    pub event: Option<Usd>,
    /// The day that the prices are of, as `YYYY-MM-DD`.
    pub as_of: Option<String>,
}

impl PriceOverrides {
    /// X's prices with these in their places.
    pub(crate) fn over_list(self, path: &Path<'_>) -> Result<Prices, Error> {
        let given = self;
        let list = Prices::default();
        if given.as_of.as_deref().is_some_and(|day| !is_day(day)) {
            return Err(Path::Property(path, "asOf").refuse("must be a day as YYYY-MM-DD"));
        }
        Ok(Prices {
            post: given.post.unwrap_or(list.post),
            post_with_link: given.post_with_link.unwrap_or(list.post_with_link),
            summoned_reply: given.summoned_reply.unwrap_or(list.summoned_reply),
            alt_text: given.alt_text.unwrap_or(list.alt_text),
            subtitles: given.subtitles.unwrap_or(list.subtitles),
            media_upload: given.media_upload.unwrap_or(list.media_upload),
            post_read: given.post_read.unwrap_or(list.post_read),
            owned_read: given.owned_read.unwrap_or(list.owned_read),
            user_read: given.user_read.unwrap_or(list.user_read),
            delete: given.delete.unwrap_or(list.delete),
            event: given.event.unwrap_or(list.event),
            as_of: given.as_of.map_or(list.as_of, Into::into),
        })
    }
}

/// `2026-04-20`, with a month and a day that there may be.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |part: &str, length: usize| {
        let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
}

/// Calls that are planned, apart from posts.
#[napi(object, js_name = "PlannedCalls", object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
#[from_js(exact)]
pub struct CallCounts {
    /// Posts read by their ids, as `getTweet` and `getTweetsMetrics` do, or on somebody's timeline.
    #[napi(ts_type = "number")]
    pub post_reads: Option<u64>,
    /// Posts read by `getUserTweets` with the token of the account whose posts they are, if it owns the app.
    #[napi(ts_type = "number")]
    pub owned_reads: Option<u64>,
    /// Profiles read by `getUserProfile`.
    #[napi(ts_type = "number")]
    pub user_reads: Option<u64>,
    /// Replies to people who mentioned or quoted the account.
    #[napi(ts_type = "number")]
    pub summoned_replies: Option<u64>,
    /// Posts deleted.
    #[napi(ts_type = "number")]
    pub deletes: Option<u64>,
    /// Events that X delivers to a webhook.
    #[napi(ts_type = "number")]
    pub events: Option<u64>,
}

/// What is estimated.
pub(crate) enum CostSubject {
    Post(Box<PublishContent>),
    Thread(Vec<PublishContent>),
    Calls(PlannedCalls),
}

/// A thread of more parts than X takes is no thread.
const MAX_PARTS: usize = 100;

impl FromJs for CostSubject {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if readable(value.is_array(), path)? {
            let parts: Vec<PublishContentInput> = Vec::from_js(value, path)?;
            if parts.is_empty() || parts.len() > MAX_PARTS {
                return Err(path.refuse(format!("must have 1 to {MAX_PARTS} parts")));
            }
            return Ok(Self::Thread(parts.into_iter().map(Into::into).collect()));
        }
        let properties = OwnProperties::of(value, path)?;
        if !readable(properties.object().has_own_property("calls"), path)? {
            return PublishContentInput::from_js(value, path)
                .map(|content| Self::Post(Box::new(content.into())));
        }
        properties.refuse_others(&[name!(calls)])?;
        let given: CallCounts = properties.read(name!(calls))?;
        let path = Path::Property(path, "calls");
        let count = |count: Option<u64>, name| {
            let count = count.unwrap_or(0);
            if count > MAX_CALLS {
                return Err(Path::Property(&path, name).refuse(format!("must be at most {MAX_CALLS}")));
            }
            Ok(count)
        };
        Ok(Self::Calls(PlannedCalls {
            post_reads: count(given.post_reads, "postReads")?,
            owned_reads: count(given.owned_reads, "ownedReads")?,
            user_reads: count(given.user_reads, "userReads")?,
            summoned_replies: count(given.summoned_replies, "summonedReplies")?,
            deletes: count(given.deletes, "deletes")?,
            events: count(given.events, "events")?,
        }))
    }
}
