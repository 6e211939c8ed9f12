//! Does what the state machine of a post says: uploads, stores, sends, reads the timeline, and reports how each ended.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::Instant;

use super::claims;
use super::content::{MediaInput, PublishContent};
use super::doubt::{Clocks, Lookout};
use super::ending;
use super::facts::Facts;
use super::journal::Journal;
use super::media::{Uploads, own_media, upload_media};
use super::options::{OnUnknown, PublishOptions};
use super::outline::Outline;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::protocol::checkpoint::PostState;
use crate::protocol::publish::{Again, Answer, Clock, Command, End, Event, Machine, Plan, Refusal, Rules};
use crate::services::media::UploadedMedia;
use crate::services::tweets::create;
use crate::services::users;
use crate::transport::call::Call;
use crate::transport::opened::Opening;
use crate::transport::request::Gate;

/// A post that was created this short a while ago may not be visible to X itself.
const NEW_PARENT: Duration = Duration::from_secs(10);
/// How long to wait for that, once.
const UNTIL_VISIBLE: Duration = Duration::from_secs(1);

/// Who posts and who uploads the media, and how new the post is that is answered.
#[derive(Clone, Copy)]
pub(super) struct Publishers<'a> {
    pub(super) post: &'a Credentials,
    pub(super) media: &'a Credentials,
    /// When this call created the post that is answered.
    pub(super) parent_since: Option<Instant>,
}

/// What is to be posted, by whom and how.
pub(super) struct Run<'a> {
    pub(super) call: &'a Call,
    pub(super) publishers: Publishers<'a>,
    pub(super) options: &'a PublishOptions,
    pub(super) journal: Arc<Journal>,
    content: Mutex<Box<PublishContent>>,
    pub(super) outline: Outline,
    machine: Mutex<Machine>,
    facts: Mutex<Facts>,
    account_checked: AtomicBool,
    attempts: AtomicU32,
    clocks: Clocks,
    /// The connection that the post will go over, if it was opened before.
    opening: Mutex<Option<Opening>>,
    pub(super) lookout: Lookout<'a>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        call: &'a Call,
        publishers: Publishers<'a>,
        options: &'a PublishOptions,
        journal: Arc<Journal>,
        content: Box<PublishContent>,
        outline: Outline,
    ) -> Self {
        let plan = Plan {
            has_media: !content.media.is_empty(),
            may_post: true,
            again: match options.on_unknown {
                OnUnknown::Stop => Again::Never,
                OnUnknown::Retry => Again::WhenAbsent,
                OnUnknown::OperatorDecided => Again::OperatorDecided,
            },
            schedule_ms: options.schedule_ms.clone(),
            sought: outline.sought.clone(),
        };
        let machine = Machine::new(journal.state(), plan, Rules::default());
        Self {
            call,
            publishers,
            options,
            lookout: Lookout::new(
                journal.intent().to_owned(),
                call,
                publishers.post,
                options.other_rows.as_deref(),
            ),
            journal,
            content: Mutex::new(content),
            outline,
            machine: Mutex::new(machine),
            facts: Mutex::default(),
            account_checked: AtomicBool::new(false),
            attempts: AtomicU32::new(0),
            clocks: Clocks::new(),
            opening: Mutex::default(),
        }
    }

    pub(super) fn facts(&self) -> MutexGuard<'_, Facts> {
        locked(&self.facts)
    }

    /// Nothing speaks against it that the checkpoint is this account's.
    pub(super) fn is_account_checked(&self) -> bool {
        self.account_checked.load(Ordering::Relaxed)
    }

    pub(super) fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::Relaxed)
    }

    /// How far the post is if the call ends here, for whatever reason.
    pub(super) fn state_at_end(&self) -> PostState {
        let state = locked(&self.machine).state_at_end(self.call.has_post_in_doubt()).clone();
        self.claim(&state);
        state
    }

    /// Sees to it that a checkpoint is used for the account that it belongs to. Whoever keeps checkpoints wants that
    /// to be known; otherwise it is not worth a request.
    pub(super) async fn check_account(&self) -> Result<(), Error> {
        let noted = self.journal.account();
        let state = self.journal.state();
        let is_over = matches!(state, PostState::Published { .. });
        if noted.is_none() && (is_over || !self.journal.is_kept()) {
            self.account_checked.store(true, Ordering::Relaxed);
            return Ok(());
        }
        let in_doubt = state.in_doubt().is_some();
        if in_doubt {
            self.call.mark_post_in_doubt();
        }
        let account = users::id_of(self.call, self.publishers.post)
            .await
            .map_err(|error| if in_doubt { ending::not_looked_for(&error) } else { error })?;
        if noted.is_some_and(|noted| noted != account) {
            return Err(super::journal::mismatch("the checkpoint belongs to another account"));
        }
        self.journal.set_account(&account);
        self.account_checked.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Goes with the post as far as it can.
    pub(super) async fn to_its_end(&self) -> End {
        let mut event = Event::Begun(self.now());
        loop {
            event = match self.tell(event) {
                // Boxed, like reading the timeline: most posts need neither, and each would hold the room for both.
                Command::UploadMedia => Box::pin(self.upload()).await,
                Command::Store(state) => self.store(state).await,
                Command::Send | Command::Proceed => Event::Answered(self.send().await),
                Command::Look { after_ms } => Box::pin(self.look(after_ms)).await,
                Command::Finish(end) => return end,
            };
        }
    }

    /// Tells the machine what happened. What an abort means from here on follows from its answer.
    fn tell(&self, event: Event) -> Command {
        let mut machine = locked(&self.machine);
        let command = machine.on(event);
        match machine.may_exist() {
            Some(true) => self.call.mark_post_in_doubt(),
            Some(false) => self.call.clear_post_doubt(),
            // While the request is under way the transport knows best.
            None => {}
        }
        command
    }

    fn lease_left_ms(&self) -> Option<u64> {
        self.options.lease_left_ms.as_ref().map(|left| left())
    }

    fn now(&self) -> Clock {
        self.clocks.now(self.call)
    }

    async fn upload(&self) -> Event {
        match self.upload_media().await {
            Ok(uploaded) => {
                self.facts().media = uploaded;
                Event::MediaReady
            }
            Err(error) => {
                self.facts().error = Some(error);
                Event::MediaFailed
            }
        }
    }

    /// Looks at the post's media and uploads them; a dry run only looks.
    pub(super) async fn upload_media(&self) -> Result<Vec<UploadedMedia>, Error> {
        let media: Vec<MediaInput> = std::mem::take(&mut locked(&self.content).media);
        let uploads = Uploads {
            call: self.call,
            credentials: self.publishers.media,
            options: self.options,
            journal: &self.journal,
            content: &self.content,
            facts: &self.facts,
            opening: &self.opening,
        };
        upload_media(uploads, media).await
    }

    async fn store(&self, state: PostState) -> Event {
        self.claim(&state);
        match self.journal.set_state(state).await {
            Ok(()) => Event::Stored(self.now()),
            Err(error) => {
                self.facts().not_stored = Some(error);
                Event::NotStored
            }
        }
    }

    /// X may refuse the answer to a post that it created a moment ago, since it does not see that everywhere yet.
    fn is_parent_not_visible_yet(&self, error: &Error) -> bool {
        error.code() == ErrorCode::NotFound
            && error.fields().status.is_some()
            && self.publishers.parent_since.is_some_and(|since| since.elapsed() < NEW_PARENT)
    }

    /// Lets other intents of this process know which post may be this one's.
    fn claim(&self, state: &PostState) {
        let intent = self.journal.intent();
        match state {
            PostState::Armed(arming) | PostState::Unknown(arming) => {
                let account = self.journal.account();
                claims::open(claims::server(self.call), intent, account.as_deref(), arming);
            }
            PostState::Published { tweet_id, .. } => {
                claims::published(claims::server(self.call), intent, tweet_id);
            }
            PostState::New
            | PostState::MediaReady
            | PostState::Rejected { .. }
            | PostState::NeedsHuman(_) => claims::absent(intent),
        }
    }

    async fn send(&self) -> Answer {
        let tweet = {
            let facts = self.facts();
            self.outline.body_with(&facts.media)
        };
        let mut outcome = create(self.call, self.publishers.post, &tweet, self).await;
        if outcome.as_ref().err().is_some_and(|error| self.is_parent_not_visible_yet(error)) {
            tokio::time::sleep(UNTIL_VISIBLE).await;
            outcome = create(self.call, self.publishers.post, &tweet, self).await.map_err(parent_not_visible);
        }
        self.lookout.doubt_begins();
        let mut facts = self.facts();
        match outcome {
            Ok(created) => {
                let id = created.id.clone();
                facts.created = Some(created);
                Answer::Created(id)
            }
            Err(error) => {
                let answer = answer_of(&error);
                facts.lost = Some(error.clone());
                facts.error = Some(error);
                answer
            }
        }
    }

    async fn look(&self, after_ms: u64) -> Event {
        let own_media = own_media(&self.journal.post());
        let event = self.lookout.look(&self.machine, &self.clocks, &own_media, after_ms).await;
        // Whose timeline was read is known by now: whoever continues has to be the same account.
        if self.journal.account().is_none()
            && let Some(account) = self.call.client().accounts().id_of(self.publishers.post)
        {
            self.journal.set_account(&account);
        }
        event
    }
}

/// Each attempt to post asks the machine before its first byte.
impl Gate for Run<'_> {
    fn pass(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async {
            let mut event = Event::AboutToSend { now: self.now(), lease_left_ms: self.lease_left_ms() };
            loop {
                event = match self.tell(event) {
                    Command::Proceed => {
                        self.attempts.fetch_add(1, Ordering::Relaxed);
                        return Ok(());
                    }
                    Command::Store(state) => self.store(state).await,
                    // How it ended is the machine's to say again, once this attempt is over.
                    _ => return Err(Error::new(ErrorCode::Internal, "the post is not sent")),
                };
            }
        })
    }
}

fn parent_not_visible(error: Error) -> Error {
    if error.code() != ErrorCode::NotFound {
        return error;
    }
    error.with(|fields| {
        fields.retryable = true;
        fields.message.push_str(
            " The part before was created seconds ago, and X does not show it yet: publish again with the checkpoint.",
        );
    })
}

/// What the request's end means for the post.
fn answer_of(error: &Error) -> Answer {
    match (error.code(), error.fields().status) {
        (ErrorCode::UnknownOutcome, _) => Answer::Lost,
        (ErrorCode::DuplicateTweet, _) => Answer::Refused(Refusal::Duplicate),
        (code, Some(_)) => Answer::Refused(Refusal::Other(code.as_str().to_owned())),
        (_, None) => Answer::Unsent,
    }
}
