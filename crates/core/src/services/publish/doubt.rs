//! Finds out what became of a post whose answer was lost, by reading its author's timeline.

use std::time::Duration;

use tokio::time::Instant;

use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Arming, UploadCheckpoint};
use crate::protocol::reconcile::{MediaMark, NextRead, Reads, Wanted, is_wanted, next_read};
use crate::protocol::snowflake::least_id_at;
use crate::services::tweets::{TimelineQuery, user_timeline};
use crate::transport::clock::epoch_ms;

/// When the timeline is read, after the outcome became unknown: a post may take a while to be seen.
pub const DEFAULT_SCHEDULE_MS: [u64; 5] = [2_000, 5_000, 15_000, 45_000, 120_000];

/// A post's id tells its time by X's clock; this much may lie between that and what was noted.
const CLOCK_MARGIN_MS: u64 = 60_000;
/// X keeps the last 3,200 posts of a timeline.
const MAX_PAGES: u32 = 32;

/// What was found out.
#[derive(Clone, Debug)]
pub(super) enum Finding {
    /// It stands.
    Stands { id: String, text: String },
    /// More than one post could be it.
    Ambiguous(Vec<String>),
    /// The timeline was read often and long enough, and does not show it.
    NotThere(String),
    /// Too little was read to say.
    Undecided(String),
}

/// A post in doubt.
pub(super) struct Doubt<'a> {
    pub(super) call: &'a Call,
    pub(super) credentials: &'a Credentials,
    pub(super) account: &'a str,
    pub(super) arming: &'a Arming,
    /// Media that were uploaded for this post alone.
    pub(super) own_media: Vec<UploadCheckpoint>,
    pub(super) schedule_ms: &'a [u64],
}

impl Doubt<'_> {
    /// Reads the timeline by the schedule until the post is found or has been looked for enough.
    pub(super) async fn settle(&self) -> Finding {
        if self.arming.seek.hidden {
            return Finding::Undecided("posts of this kind do not stand on the timeline".to_owned());
        }
        let began = Instant::now();
        let mut reads = Reads::default();
        let mut failed: Option<String> = None;
        loop {
            match next_read(self.schedule_ms, reads) {
                NextRead::At(ms) => tokio::time::sleep_until(began + Duration::from_millis(ms)).await,
                NextRead::NotThere => return Finding::NotThere(told(reads, None)),
                NextRead::Undecided => return Finding::Undecided(told(reads, failed)),
            }
            reads.tried += 1;
            match self.read().await {
                Ok(Some(finding)) => return finding,
                Ok(None) => {
                    reads.clean += 1;
                    reads.age_ms = self.age_ms();
                }
                Err(error) => failed = Some(error.to_string()),
            }
        }
    }

    /// Reads the timeline once. `None` if it does not show the post.
    async fn read(&self) -> Result<Option<Finding>, Error> {
        let knew_clock = self.knows_clock();
        let mut found = self.search().await?;
        if !knew_clock && self.knows_clock() {
            // The first answer told X's time: what was asked for may have begun too late.
            found = self.search().await?;
        }
        Ok(match found.as_slice() {
            [] => None,
            [(id, text)] => Some(Finding::Stands { id: id.clone(), text: text.clone() }),
            several => Some(Finding::Ambiguous(several.iter().map(|(id, _)| id.clone()).collect())),
        })
    }

    /// All posts that could be it.
    async fn search(&self) -> Result<Vec<(String, String)>, Error> {
        let least_id = least_id_at(self.since_ms().saturating_sub(CLOCK_MARGIN_MS));
        let seek = &self.arming.seek;
        let wanted = Wanted {
            text: &seek.text,
            reply_to: seek.reply_to.as_deref(),
            quotes: seek.quotes.as_deref(),
            own_media: self
                .own_media
                .iter()
                .map(|upload| MediaMark { id: &upload.id, key: upload.key.as_deref() })
                .collect(),
            shared_media: seek.media_ids.iter().map(|id| MediaMark { id, key: None }).collect(),
            least_id,
        };
        let mut query = TimelineQuery {
            max_results: Some(100),
            since_id: Some(least_id.saturating_sub(1).to_string()),
            ..TimelineQuery::default()
        };
        let mut found = Vec::new();
        for _ in 0..MAX_PAGES {
            let page = user_timeline(self.call, self.credentials, self.account, &query).await?;
            let matching = page.tweets.iter().filter(|tweet| is_wanted(&tweet.post, &wanted));
            found.extend(matching.map(|tweet| (tweet.post.id.clone(), tweet.post.full_text().to_owned())));
            match page.next_token {
                Some(token) => query.pagination_token = Some(token),
                None => return Ok(found),
            }
        }
        // What is older than that is out of reach, so that nothing was found says little.
        if found.is_empty() {
            return Err(Error::new(
                ErrorCode::UnexpectedResponse,
                "the timeline is too long to be read to its end",
            ));
        }
        Ok(found)
    }

    fn knows_clock(&self) -> bool {
        self.arming.by_server_clock || self.call.client().server_clock().server_epoch_ms().is_some()
    }

    /// When the post was first armed, by X's clock as far as that is known.
    fn since_ms(&self) -> u64 {
        self.by_server_clock(self.arming.since)
    }

    /// How long ago the post was armed last, by X's clock: time in which it would have been seen.
    fn age_ms(&self) -> u64 {
        let now = self.call.client().server_clock().server_epoch_ms().unwrap_or_else(epoch_ms);
        now.saturating_sub(self.by_server_clock(self.arming.armed_at))
    }

    fn by_server_clock(&self, noted: u64) -> u64 {
        match self.call.client().server_clock().server_epoch_ms() {
            Some(server_now) if !self.arming.by_server_clock => {
                let local_now = epoch_ms();
                if server_now >= local_now {
                    noted.saturating_add(server_now - local_now)
                } else {
                    noted.saturating_sub(local_now - server_now)
                }
            }
            _ => noted,
        }
    }
}

fn told(reads: Reads, failed: Option<String>) -> String {
    let age = reads.age_ms / 1000;
    let seen = match reads.clean {
        0 => "the timeline could not be read".to_owned(),
        1 => format!("one read of the timeline, {age} s after it was sent, did not show it"),
        clean => {
            format!("{clean} reads of the timeline, the last one {age} s after it was sent, did not show it")
        }
    };
    match failed {
        Some(failed) => format!("{seen} ({failed})"),
        None if reads.tried == 0 => "the timeline was not read".to_owned(),
        None => seen,
    }
}
