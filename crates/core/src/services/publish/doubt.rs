//! Looks for a post that may exist on its author's timeline.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Arming, UploadCheckpoint};
use crate::protocol::publish::{Candidate, Clock, Event, Found, Machine};
use crate::protocol::reconcile::{MediaMark, Wanted, is_wanted};
use crate::protocol::snowflake::least_id_at;
use crate::services::tweets::{TimelineQuery, user_timeline};
use crate::services::users;
use crate::transport::clock::epoch_ms;

/// When the timeline is read, after the outcome became unknown: a post may take a while to be seen.
pub const DEFAULT_SCHEDULE_MS: [u64; 5] = [2_000, 5_000, 15_000, 45_000, 120_000];

/// A post's id tells its time by X's clock; this much may lie between that and what was noted.
const CLOCK_MARGIN_MS: u64 = 60_000;
/// X keeps the last 3,200 posts of a timeline.
const MAX_PAGES: u32 = 32;

/// A call's clocks.
pub(super) struct Clocks {
    began: Instant,
}

impl Clocks {
    pub(super) fn new() -> Self {
        Self { began: Instant::now() }
    }

    pub(super) fn now(&self, call: &Call) -> Clock {
        Clock {
            monotonic_ms: u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            wall_ms: epoch_ms(),
            x_ms: call.client().server_clock().server_epoch_ms(),
        }
    }
}

/// What looking for the post has shown, for the words of an error or the text of a result.
#[derive(Default)]
pub(super) struct Seen {
    /// The text of the post as the timeline shows it.
    pub(super) text: Option<String>,
    /// Why the timeline could not be read, the last time that it could not.
    pub(super) unread: Option<Unread>,
    /// Reads that X answered in full and that did not show the post.
    pub(super) clean_reads: u32,
    /// How old the post was at the last of them.
    pub(super) age_ms: u64,
    /// When the outcome became unknown.
    doubt_began: Option<Instant>,
}

/// Why the timeline could not be read.
pub(super) enum Unread {
    /// It is not known whose timeline to read.
    Account(Error),
    /// X did not answer in full.
    Timeline(Error),
}

/// Looks for a post on behalf of the machine.
pub(super) struct Lookout<'a> {
    call: &'a Call,
    credentials: &'a Credentials,
    seen: Mutex<Seen>,
}

impl<'a> Lookout<'a> {
    pub(super) fn new(call: &'a Call, credentials: &'a Credentials) -> Self {
        Self { call, credentials, seen: Mutex::default() }
    }

    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The outcome is unknown from now on.
    pub(super) fn doubt_begins(&self) {
        self.seen().doubt_began = Some(Instant::now());
    }

    /// Reads the timeline, this long after the outcome became unknown.
    pub(super) async fn look(
        &self,
        machine: &Mutex<Machine>,
        clocks: &Clocks,
        own_media: &[UploadCheckpoint],
        after_ms: u64,
    ) -> Event {
        let began = *self.seen().doubt_began.get_or_insert_with(Instant::now);
        tokio::time::sleep_until(began + Duration::from_millis(after_ms)).await;
        let arming = machine.lock().unwrap_or_else(PoisonError::into_inner).arming().cloned();
        let found = match arming {
            Some(arming) => self.search(&arming, own_media).await,
            None => Found::Unreadable,
        };
        let now = clocks.now(self.call);
        if found == Found::Absent {
            let age_ms = machine.lock().unwrap_or_else(PoisonError::into_inner).age_ms(now);
            let mut seen = self.seen();
            seen.clean_reads += 1;
            seen.age_ms = age_ms;
        }
        Event::Looked { found, now }
    }

    async fn search(&self, arming: &Arming, own_media: &[UploadCheckpoint]) -> Found {
        let (call, credentials) = (self.call, self.credentials);
        let account = match users::id_of(call, credentials).await {
            Ok(account) => account,
            Err(error) => {
                self.seen().unread = Some(Unread::Account(error));
                return Found::OutOfReach;
            }
        };
        match (Search { call, credentials, account: &account, arming, own_media }).read().await {
            Ok((found, text)) => {
                self.seen().text = text;
                found
            }
            Err(error) => {
                self.seen().unread = Some(Unread::Timeline(error));
                Found::Unreadable
            }
        }
    }
}

/// One read of a timeline.
struct Search<'a> {
    call: &'a Call,
    credentials: &'a Credentials,
    account: &'a str,
    arming: &'a Arming,
    /// Media that were uploaded for this post alone.
    own_media: &'a [UploadCheckpoint],
}

impl Search<'_> {
    /// What the timeline shows, and the text of the post if it is there.
    async fn read(&self) -> Result<(Found, Option<String>), Error> {
        let knew_clock = self.knows_clock();
        let mut found = self.search().await?;
        if !knew_clock && self.knows_clock() {
            // The first answer told X's time: what was asked for may have begun too late.
            found = self.search().await?;
        }
        Ok(match found.as_slice() {
            [] => (Found::Absent, None),
            [(id, text)] => (Found::Ours(id.clone()), Some(text.clone())),
            several => {
                let twin = |(id, _): &(String, String)| Candidate { id: id.clone(), why: String::new() };
                (Found::Twins(several.iter().map(twin).collect()), None)
            }
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
