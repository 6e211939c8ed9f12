//! Finds out what became of a post whose answer was lost, by reading its author's timeline.

use std::time::Duration;

use tokio::time::Instant;

use super::claims::{self, OtherIntents};
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Arming, UploadCheckpoint};
use crate::protocol::post::WirePost;
use crate::protocol::reconcile::{
    Candidate, MediaMark, Moment, NextRead, Reads, Verdict, Wanted, judge, next_read,
};
use crate::protocol::snowflake::least_id_at;
use crate::services::tweets::{TimelineQuery, user_timeline};
use crate::transport::clock::epoch_ms;

/// When the timeline is read, after the outcome became unknown: a post may take a while to be seen.
pub const DEFAULT_SCHEDULE_MS: [u64; 5] = [2_000, 5_000, 15_000, 45_000, 120_000];

/// A post's id tells its time by X's clock; this much may lie between that and what was noted by ours.
const CLOCK_MARGIN_MS: u64 = 60_000;
/// The same for what was noted by X's clock.
const KNOWN_CLOCK_MARGIN_MS: u64 = 2_000;
/// X keeps the last 3,200 posts of a timeline.
const MAX_PAGES: u32 = 32;

/// What was found out.
#[derive(Clone, Debug)]
pub(super) enum Finding {
    /// It stands.
    Stands { id: String, text: String },
    /// Some posts may be it.
    Ambiguous(Vec<Candidate>),
    /// The timeline was read often and long enough, and does not show it.
    NotThere(String),
    /// Too little was read to say.
    Undecided(String),
}

/// A post in doubt.
pub(super) struct Doubt<'a> {
    /// The intent that it is of.
    pub(super) intent: &'a str,
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
        claims::open(claims::server(self.call), self.intent, Some(self.account), self.arming);
        let finding = self.look_by_schedule().await;
        match &finding {
            Finding::Stands { id, .. } => claims::published(claims::server(self.call), self.intent, id),
            Finding::NotThere(_) => claims::absent(self.intent),
            Finding::Ambiguous(_) | Finding::Undecided(_) => {}
        }
        finding
    }

    async fn look_by_schedule(&self) -> Finding {
        if self.arming.seek.hidden {
            return Finding::Undecided("posts of this kind do not stand on the timeline".to_owned());
        }
        let began = Instant::now();
        let mut reads = Reads::default();
        let mut failed: Option<String> = None;
        let mut candidates = Vec::new();
        loop {
            match next_read(self.schedule_ms, reads) {
                NextRead::At(ms) => tokio::time::sleep_until(began + Duration::from_millis(ms)).await,
                NextRead::Undecided if !candidates.is_empty() => return Finding::Ambiguous(candidates),
                NextRead::NotThere => return Finding::NotThere(told(reads, None)),
                NextRead::Undecided => return Finding::Undecided(told(reads, failed)),
            }
            reads.tried += 1;
            let verdict = match self.read().await {
                Ok((Verdict::Ours { id, .. }, text)) => return Finding::Stands { id, text },
                Ok((verdict, _)) => verdict,
                Err(error) => {
                    failed = Some(error.to_string());
                    continue;
                }
            };
            let may_change = verdict.may_change();
            candidates = match verdict {
                Verdict::Ambiguous(candidates) => candidates,
                Verdict::Ours { .. } | Verdict::Absent => Vec::new(),
            };
            if !may_change {
                return Finding::Ambiguous(candidates);
            }
            if candidates.is_empty() {
                reads.clean += 1;
                reads.age_ms = self.age_ms();
            }
        }
    }

    /// Reads the timeline once: what it says, and the text of the post if that is ours.
    pub(super) async fn read(&self) -> Result<(Verdict, String), Error> {
        let knew_clock = self.knows_clock();
        // Boxed, since it is rare and would take its room in each publish.
        let read = Box::pin(self.search()).await?;
        if !knew_clock && self.knows_clock() {
            // The first answer told X's time: what was asked for may have begun too late.
            return Box::pin(self.search()).await;
        }
        Ok(read)
    }

    async fn search(&self) -> Result<(Verdict, String), Error> {
        let armed = self.armed();
        let baseline = armed.at_ms.saturating_sub(armed.margin_ms.max(CLOCK_MARGIN_MS));
        let (posts, is_whole) = self.posts_since(baseline).await?;
        let seek = &self.arming.seek;
        let own_media = self.own_media.iter();
        let wanted = Wanted {
            account: Some(self.account),
            seek,
            text: None,
            own_media: own_media
                .map(|upload| MediaMark { id: &upload.id, key: upload.key.as_deref() })
                .collect(),
            armed,
        };
        let others = OtherIntents::than(claims::server(self.call), self.intent, self.account, seek);
        let verdict = judge(&wanted, &posts, &others.others());
        if verdict == Verdict::Absent && !is_whole {
            // What is older than that is out of reach, so that nothing was found says little.
            return Err(Error::new(
                ErrorCode::UnexpectedResponse,
                "the timeline is too long to be read to its end",
            ));
        }
        let ours = match &verdict {
            Verdict::Ours { id, .. } => posts.iter().find(|post| post.id == *id),
            Verdict::Ambiguous(_) | Verdict::Absent => None,
        };
        let text = ours.map(|post| post.full_text().to_owned()).unwrap_or_default();
        Ok((verdict, text))
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
