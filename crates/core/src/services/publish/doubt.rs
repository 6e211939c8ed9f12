//! Looks for a post that may exist on its author's timeline.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::Instant;

use super::claims;
use super::options::OtherRows;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::protocol::checkpoint::{Arming, UploadCheckpoint};
use crate::protocol::post::WirePost;
use crate::protocol::publish::{Clock, Event, Found, Machine, marks_to_ask};
use crate::protocol::reconcile::{
    CLOCK_MARGIN_MS, KNOWN_CLOCK_MARGIN_MS, MediaMark, Moment, Verdict, Wanted, judge,
};
use crate::protocol::snowflake::least_id_at;
use crate::services::tweets::{TimelineQuery, user_timeline};
use crate::services::users;
use crate::transport::call::Call;
use crate::transport::clock::epoch_ms;

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
    /// It was read, and the store does not tell whether what it shows is another intent's.
    Rows(Error),
}

/// Looks for an intent's post on behalf of the machine.
pub(super) struct Lookout<'a> {
    intent: String,
    call: &'a Call,
    credentials: &'a Credentials,
    other_rows: Option<&'a dyn OtherRows>,
    seen: Mutex<Seen>,
}

impl<'a> Lookout<'a> {
    pub(super) fn new(
        intent: String,
        call: &'a Call,
        credentials: &'a Credentials,
        other_rows: Option<&'a dyn OtherRows>,
    ) -> Self {
        Self { intent, call, credentials, other_rows, seen: Mutex::default() }
    }

    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        locked(&self.seen)
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
        let arming = locked(machine).arming().cloned();
        // Before X is asked: what the answer does not show may have come while it was on its way.
        let now = clocks.now(self.call);
        let found = match arming {
            Some(arming) => self.search(&arming, own_media).await,
            // The machine looks for nothing that was not armed.
            None => Found::Unreadable,
        };
        if found == Found::Absent {
            let age_ms = locked(machine).age_ms(now);
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
        let (intent, other_rows) = (&self.intent, self.other_rows);
        claims::open(claims::server(call), intent, Some(&account), arming);
        let search = Search { intent, call, credentials, account: &account, arming, own_media, other_rows };
        match search.read().await {
            Ok((verdict, text)) => {
                self.seen().text = Some(text).filter(|text| !text.is_empty());
                verdict.into()
            }
            Err(unread) => {
                self.seen().unread = Some(unread);
                Found::Unreadable
            }
        }
    }
}

/// One read of a timeline.
struct Search<'a> {
    /// The intent that the post is of.
    intent: &'a str,
    call: &'a Call,
    credentials: &'a Credentials,
    account: &'a str,
    arming: &'a Arming,
    /// Media that were uploaded for this post alone.
    own_media: &'a [UploadCheckpoint],
    other_rows: Option<&'a dyn OtherRows>,
}

impl Search<'_> {
    /// Reads the timeline once: what it says, and the text of the post if that is ours.
    async fn read(&self) -> Result<(Verdict, String), Unread> {
        let knew_clock = self.knows_clock();
        // Boxed, since it is rare and would take its room in each publish.
        let read = Box::pin(self.search()).await?;
        if !knew_clock && self.knows_clock() {
            // The first answer gave X's time: what was asked for may have begun too late.
            return Box::pin(self.search()).await;
        }
        Ok(read)
    }

    async fn search(&self) -> Result<(Verdict, String), Unread> {
        let armed = self.armed();
        let baseline = armed.at_ms.saturating_sub(armed.margin_ms.max(CLOCK_MARGIN_MS));
        let (posts, is_whole) = self.posts_since(baseline).await.map_err(Unread::Timeline)?;
        let own_media = self.own_media.iter();
        let wanted = Wanted {
            account: Some(self.account),
            seek: &self.arming.seek,
            text: None,
            own_media: own_media
                .map(|upload| MediaMark { id: &upload.id, key: upload.key.as_deref() })
                .collect(),
            armed,
        };
        let verdict = self.judge(&wanted, &posts).await?;
        if verdict == Verdict::Absent && !is_whole {
            // What is older than that is out of reach, so that nothing was found says little.
            return Err(Unread::Timeline(Error::new(
                ErrorCode::UnexpectedResponse,
                "the timeline is too long to be read to its end",
            )));
        }
        let ours = match &verdict {
            Verdict::Ours { id, .. } => posts.iter().find(|post| post.id == *id),
            Verdict::Ambiguous(_) | Verdict::Absent => None,
        };
        let text = ours.map(|post| post.full_text().to_owned()).unwrap_or_default();
        Ok((verdict, text))
    }

    /// What the posts say, given what other intents account for. The store is asked after the posts were read: only what it
    /// says then covers all of them.
    async fn judge(&self, wanted: &Wanted<'_>, posts: &[WirePost]) -> Result<Verdict, Unread> {
        let seek = &self.arming.seek;
        let mut others = claims::others_than(claims::server(self.call), self.intent, self.account, seek);
        let verdict = judge(wanted, posts, &others.others());
        let Some(rows) = self.other_rows else {
            return Ok(verdict);
        };
        let Some(marks) = marks_to_ask(&verdict, posts) else {
            return Ok(verdict);
        };
        let rows = rows.marked(marks).await.map_err(Unread::Rows)?;
        others.add_rows(&rows, self.intent, Some(self.account), seek);
        Ok(judge(wanted, posts, &others.others()))
    }

    /// The account's posts since then, and whether these are all.
    async fn posts_since(&self, since_ms: u64) -> Result<(Vec<WirePost>, bool), Error> {
        let mut query = TimelineQuery {
            max_results: Some(100),
            since_id: Some(least_id_at(since_ms).saturating_sub(1).to_string()),
            ..TimelineQuery::default()
        };
        let mut posts = Vec::new();
        for _ in 0..MAX_PAGES {
            let page = user_timeline(self.call, self.credentials, self.account, &query).await?;
            posts.extend(page.tweets.into_iter().map(|tweet| tweet.post));
            match page.next_token {
                Some(token) => query.pagination_token = Some(token),
                None => return Ok((posts, true)),
            }
        }
        Ok((posts, false))
    }

    fn knows_clock(&self) -> bool {
        self.arming.by_server_clock || self.call.client().server_clock().server_epoch_ms().is_some()
    }

    /// When the post was first armed. What was noted by our clock is only as good as what is known of X's now, and that
    /// may have changed since: the earlier of both bounds what was there before.
    fn armed(&self) -> Moment {
        let noted = self.arming.since;
        if self.arming.by_server_clock {
            return Moment { at_ms: noted, margin_ms: KNOWN_CLOCK_MARGIN_MS };
        }
        let at_ms = self.by_server_clock(noted);
        let earliest = at_ms.min(noted).saturating_sub(CLOCK_MARGIN_MS);
        Moment { at_ms, margin_ms: at_ms - earliest }
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
