//! What calls cost by X's list of prices.
//!
//! An estimate: X's page leaves open what counts as a link and which of its prices a few calls have. Where it does, the
//! estimate takes the higher price and says so. Failed requests are not billed; the same resource is billed once a UTC
//! day, which is not counted here.

mod prices;
mod usd;

pub use prices::{LISTED_ON, Prices};
pub use usd::{MAX_PRICE, Usd};

/// Where X may find a link in a post. X's page does not say what counts as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkIn {
    /// In the text.
    Text,
    /// Below the media, as a button.
    Button,
    /// A link that opens a direct message.
    DirectMessage,
}

/// What X bills for one post, without its prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PostCharges {
    /// A link, if it has one.
    pub link: Option<LinkIn>,
    /// It answers another post.
    pub is_reply: bool,
    /// Media that are uploaded.
    pub uploads: u32,
    /// Media with a description.
    pub alt_texts: u32,
    /// Tracks of subtitles.
    pub subtitles: u32,
}

/// The most calls of one kind that are counted.
pub const MAX_CALLS: u64 = 1_000_000_000;

/// Calls that are planned, apart from posts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlannedCalls {
    /// Posts read by their ids, or on somebody's timeline.
    pub post_reads: u64,
    /// Posts read on the timeline of the account that owns the app, with its own token.
    pub owned_reads: u64,
    /// Users' profiles read.
    pub user_reads: u64,
    /// Replies to people who mentioned or quoted the account.
    pub summoned_replies: u64,
    /// Posts deleted.
    pub deletes: u64,
    /// Events of the Activity API.
    pub events: u64,
}

/// One line of an estimate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostItem {
    /// A word for programs.
    pub what: &'static str,
    /// What it costs.
    pub usd: Usd,
    /// A sentence for a person.
    pub why: String,
}

impl Prices {
    /// What a post costs.
    pub fn of_post(&self, charges: &PostCharges) -> Usd {
        self.of_creation(charges)
            + self.media_upload * charges.uploads.into()
            + self.alt_text * charges.alt_texts.into()
            + self.subtitles * charges.subtitles.into()
    }

    fn of_creation(&self, charges: &PostCharges) -> Usd {
        if charges.link.is_some() { self.post_with_link } else { self.post }
    }

    /// What a post costs, line by line. The lines add up to [`Prices::of_post`].
    pub fn items_of_post(&self, charges: &PostCharges) -> Vec<CostItem> {
        let what = if charges.link.is_some() { "post_with_link" } else { "post" };
        let mut items =
            vec![CostItem { what, usd: self.of_creation(charges), why: self.why_of_creation(charges) }];
        items.extend(
            [
                several(
                    "media_upload",
                    self.media_upload,
                    charges.uploads.into(),
                    "uploaded medium",
                    "uploaded media",
                ),
                several("alt_text", self.alt_text, charges.alt_texts.into(), "alt text", "alt texts"),
                several(
                    "subtitles",
                    self.subtitles,
                    charges.subtitles.into(),
                    "subtitle track",
                    "subtitle tracks",
                ),
            ]
            .into_iter()
            .flatten(),
        );
        items
    }

    fn why_of_creation(&self, charges: &PostCharges) -> String {
        let why = match charges.link {
            None => "it has no link",
            Some(LinkIn::Text) => "its text has a link",
            Some(LinkIn::Button) => "it has a button with a link, which X may count",
            Some(LinkIn::DirectMessage) => "it has a link to direct messages, which X may count",
        };
        let less = self.summoned_reply;
        if charges.is_reply && less < self.of_creation(charges) {
            return format!(
                "{why}; as a reply to somebody who mentioned or quoted the account it costs {less}"
            );
        }
        why.to_owned()
    }

    /// What planned calls cost, line by line.
    pub fn items_of_calls(&self, calls: &PlannedCalls) -> Vec<CostItem> {
        [
            several("post_read", self.post_read, calls.post_reads, "post read", "posts read"),
            several("owned_read", self.owned_read, calls.owned_reads, "own post read", "own posts read"),
            several("user_read", self.user_read, calls.user_reads, "profile read", "profiles read"),
            several(
                "summoned_reply",
                self.summoned_reply,
                calls.summoned_replies,
                "summoned reply",
                "summoned replies",
            ),
            several("delete", self.delete, calls.deletes, "post deleted", "posts deleted"),
            several("event", self.event, calls.events, "event", "events"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The line of what comes several times; none if it does not come at all.
fn several(what: &'static str, each: Usd, count: u64, one: &str, many: &str) -> Option<CostItem> {
    let price = if each == Usd::ZERO { "no price on the list".to_owned() } else { format!("{each} each") };
    let why = match count {
        0 => return None,
        1 => format!("1 {one}: {price}"),
        _ => format!("{count} {many}: {price}"),
    };
    Some(CostItem { what, usd: each * count, why })
}

#[cfg(test)]
mod tests;
