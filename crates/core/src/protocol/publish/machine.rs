//! The machine itself.

use super::rules::Rules;
use super::types::{Again, Answer, Candidate, Clock, Command, Doubt, End, Event, Found, Plan, Refusal};
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::{Arming, PostState};
use crate::protocol::reconcile::CLOCK_ERROR_MS;

/// One call's way with one post. It is made anew by each call from the state that the last one left.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Machine {
    rules: Rules,
    plan: Plan,
    /// How far the post is, as far as this call knows.
    state: PostState,
    /// The state before this call armed the post: that of a post that was not sent after all.
    unarmed: Option<PostState>,
    /// When this epoch was armed, by the clocks that decide how long that is good for.
    mark: Option<Mark>,
    /// Epochs that this call began.
    epochs: u32,
    /// When this call began, and when it last armed the post, by the monotonic clock.
    begun_ms: u64,
    armed_ms: Option<u64>,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Mark {
    monotonic_ms: u64,
    wall_ms: u64,
}

/// What the machine waits for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Idle,
    Uploading,
    StoringMedia,
    /// The request is being prepared; nothing of it is out.
    Preparing,
    Arming {
        at: Mark,
        marks: u32,
    },
    /// An attempt may be out.
    Out,
    StoringDoubt,
    Looking(Reads),
    StoringAbsent,
    /// The last thing to store, and what the call ends with whether that works or not.
    StoringEnd(End),
    Over(End),
}

/// What reading the timeline has shown so far.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Reads {
    tried: usize,
    /// Reads that missed the post and left nothing unexplained.
    clean: u32,
    candidates: Vec<Candidate>,
    /// Times to read at.
    schedule_ms: Vec<u64>,
    /// X refused the first and only attempt as a duplicate: one look shows whether of this post itself.
    is_first_refusal: bool,
}

impl Machine {
    /// A machine for a call that finds the post in this state.
    pub fn new(state: PostState, plan: Plan, rules: Rules) -> Self {
        Self {
            rules,
            plan,
            state,
            unarmed: None,
            mark: None,
            epochs: 0,
            begun_ms: 0,
            armed_ms: None,
            phase: Phase::Idle,
        }
    }

    /// How far the post is, as far as this call knows.
    pub fn state(&self) -> &PostState {
        &self.state
    }

    /// How far the post is if the call ends here. `may_be_out` says whether an attempt may have left.
    pub fn state_at_end(&self, may_be_out: bool) -> &PostState {
        match &self.unarmed {
            Some(before) if !may_be_out && matches!(self.state, PostState::Armed(_)) => before,
            _ => &self.state,
        }
    }

    /// Whether the post may exist without the call's knowing, which decides what an abort means. `None` while a request
    /// is under way: only the transport knows whether it has left.
    pub fn may_exist(&self) -> Option<bool> {
        match &self.phase {
            Phase::Idle | Phase::Out => None,
            Phase::Looking(reads) => Some(!reads.is_first_refusal),
            Phase::StoringDoubt | Phase::StoringAbsent | Phase::Over(End::InDoubt(_)) => Some(true),
            Phase::Uploading
            | Phase::StoringMedia
            | Phase::Preparing
            | Phase::Arming { .. }
            | Phase::StoringEnd(_)
            | Phase::Over(_) => Some(false),
        }
    }

    /// The mark of the epoch in doubt or under way.
    pub fn arming(&self) -> Option<&Arming> {
        self.state.in_doubt()
    }

    /// Takes in what happened and says what to do next.
    ///
    /// What can't happen at this point changes nothing: the answer is how the call ended, or that nothing was posted.
    pub fn on(&mut self, event: Event) -> Command {
        if let Event::Seen(id) = event {
            return self.seen(id);
        }
        let phase = std::mem::replace(&mut self.phase, Phase::Over(End::NotPosted));
        match (phase, event) {
            (Phase::Idle, Event::Begun(now)) => self.begin(now),
            (Phase::Uploading, Event::MediaReady) => self.media_ready(),
            (Phase::StoringMedia, Event::Stored(_)) => self.prepare(),
            (Phase::StoringMedia | Phase::Arming { .. }, Event::NotStored) => {
                self.disarm();
                self.finish(End::NotStored)
            }
            (Phase::Preparing | Phase::Out, Event::AboutToSend { now, lease_left_ms }) => {
                self.about_to_send(now, lease_left_ms)
            }
            (Phase::Arming { at, marks }, Event::Stored(now)) => self.armed(at, marks, now),
            // Nothing of this epoch has left, so whatever refused it says nothing of an earlier one.
            (Phase::Preparing, Event::Answered(Answer::Unsent | Answer::Refused(_))) => {
                self.finish(End::NotPosted)
            }
            (Phase::Arming { .. }, Event::Answered(Answer::Unsent)) => self.answered(Answer::Unsent),
            (Phase::Preparing | Phase::Out, Event::Answered(answer)) => self.answered(answer),
            (Phase::StoringDoubt, Event::Stored(_) | Event::NotStored) => self.look_as_planned(),
            (Phase::Looking(reads), Event::Looked { found, now }) => self.looked(reads, found, now),
            (Phase::StoringAbsent, Event::Stored(_) | Event::NotStored) => self.absent(),
            (Phase::StoringEnd(end), Event::Stored(_)) | (Phase::Over(end), _) => self.finish(end),
            (Phase::StoringEnd(end), _) => self.finish(unstored(end)),
            (Phase::Uploading, Event::MediaFailed) => self.finish(End::NotPosted),
            // Out of turn. A post that may be out stays in doubt.
            _ if self.state.in_doubt().is_some() => self.finish(End::InDoubt(Doubt::Undecided)),
            _ => self.finish(End::NotPosted),
        }
    }

    fn begin(&mut self, now: Clock) -> Command {
        self.begun_ms = now.monotonic_ms;
        match &self.state {
            PostState::Published { tweet_id, reconciled } => {
                let (tweet_id, reconciled) = (tweet_id.clone(), *reconciled);
                self.finish(End::Published { tweet_id, reconciled, stored: true })
            }
            PostState::Armed(_) | PostState::Unknown(_) | PostState::NeedsHuman(_) => {
                // Whoever comes later looks at once.
                let mut schedule_ms = self.plan.schedule_ms.clone();
                match self.plan.again {
                    // A second look for a post whose age is not known well enough: then it has been watched.
                    Again::OperatorDecided => schedule_ms = vec![0, self.rules.quarantine_ms],
                    _ if schedule_ms.is_empty() => {}
                    _ => schedule_ms.insert(0, 0),
                }
                self.look(schedule_ms, false)
            }
            PostState::New | PostState::MediaReady | PostState::Rejected { .. } => self.start(),
        }
    }

    /// Begins an epoch.
    fn start(&mut self) -> Command {
        if !self.plan.may_post {
            return self.finish(End::NotPosted);
        }
        self.epochs += 1;
        if self.plan.has_media && self.epochs == 1 {
            self.phase = Phase::Uploading;
            return Command::UploadMedia;
        }
        self.prepare()
    }

    fn media_ready(&mut self) -> Command {
        if self.state.in_doubt().is_some() {
            // An earlier epoch's mark stays until the next one takes its place.
            return self.prepare();
        }
        self.state = PostState::MediaReady;
        self.phase = Phase::StoringMedia;
        Command::Store(self.state.clone())
    }

    fn prepare(&mut self) -> Command {
        self.mark = None;
        self.phase = Phase::Preparing;
        Command::Send
    }

    fn about_to_send(&mut self, now: Clock, lease_left_ms: Option<u64>) -> Command {
        // Others may take the post over when the lease has run out, so nothing is begun then.
        if lease_left_ms == Some(0) {
            self.disarm();
            return self.finish(End::LeaseLost);
        }
        match self.mark {
            Some(mark) if self.is_fresh(mark, now) => {
                self.phase = Phase::Out;
                Command::Proceed
            }
            _ => self.arm(now, 1),
        }
    }

    fn arm(&mut self, now: Clock, marks: u32) -> Command {
        if !matches!(self.state, PostState::Armed(_)) || self.mark.is_none() {
            self.unarmed = Some(self.state.clone());
        }
        self.state = PostState::Armed(self.arming_at(now));
        let at = Mark { monotonic_ms: now.monotonic_ms, wall_ms: now.wall_ms };
        self.mark = Some(at);
        self.armed_ms = Some(now.monotonic_ms);
        self.phase = Phase::Arming { at, marks };
        Command::Store(self.state.clone())
    }

    /// The mark of the epoch that is armed now. Marks of one epoch keep its number and its beginning.
    fn arming_at(&self, now: Clock) -> Arming {
        let before = self.unarmed.as_ref().and_then(PostState::in_doubt);
        let current = match &self.state {
            PostState::Armed(arming) if self.mark.is_some() => Some(arming),
            _ => None,
        };
        let armed_at = now.epoch_ms();
        let earlier = current.or(before);
        let since = earlier.map_or(armed_at, |earlier| earlier.since.min(armed_at));
        let epoch = match (current, before) {
            (Some(current), _) => current.epoch,
            (None, Some(before)) => before.epoch.saturating_add(1),
            (None, None) => 1,
        };
        Arming {
            epoch,
            since,
            armed_at,
            by_server_clock: now.x_ms.is_some() && earlier.is_none_or(|earlier| earlier.by_server_clock),
            refused_as_duplicate: false,
            seek: self.plan.sought.clone(),
        }
    }

    fn armed(&mut self, at: Mark, marks: u32, now: Clock) -> Command {
        if self.is_fresh(at, now) {
            self.phase = Phase::Out;
            return Command::Proceed;
        }
        if marks < self.rules.marks {
            return self.arm(now, marks + 1);
        }
        self.disarm();
        self.store_end(End::StoreTooSlow)
    }

    /// A machine that sleeps may stop the monotonic clock, so both clocks have to agree.
    fn is_fresh(&self, mark: Mark, now: Clock) -> bool {
        now.monotonic_ms.saturating_sub(mark.monotonic_ms) <= self.rules.fresh_ms
            && now.wall_ms.saturating_sub(mark.wall_ms) <= self.rules.fresh_ms
    }

    /// Nothing was sent since the post was armed.
    fn disarm(&mut self) {
        if let Some(before) = self.unarmed.take() {
            self.state = before;
        }
        self.mark = None;
    }

    fn answered(&mut self, answer: Answer) -> Command {
        match answer {
            Answer::Created(tweet_id) => self.published(tweet_id, false),
            Answer::Unsent => {
                let was_armed = matches!(self.state, PostState::Armed(_));
                self.disarm();
                if was_armed { self.store_end(End::NotPosted) } else { self.finish(End::NotPosted) }
            }
            Answer::Refused(Refusal::Other(code)) => self.rejected(code),
            Answer::Refused(Refusal::Duplicate) => self.duplicate(),
            Answer::Lost => self.doubt(false),
        }
    }

    fn rejected(&mut self, code: String) -> Command {
        self.mark = None;
        self.state = PostState::Rejected { code };
        self.store_end(End::NotPosted)
    }

    /// A duplicate may be one of an earlier attempt at this very post, then that one exists. A first attempt has
    /// none, but for a gateway that sent it twice: one look shows it.
    fn duplicate(&mut self) -> Command {
        let has_earlier = self.unarmed.as_ref().and_then(PostState::in_doubt).is_some();
        if has_earlier || !matches!(self.state, PostState::Armed(_)) {
            return self.doubt(true);
        }
        if self.plan.schedule_ms.is_empty() || self.plan.sought.hidden {
            return self.rejected(ErrorCode::DuplicateTweet.as_str().to_owned());
        }
        self.look(vec![0], true)
    }

    /// The post may exist.
    fn doubt(&mut self, refused_as_duplicate: bool) -> Command {
        self.mark = None;
        let Some(mut arming) = self.state.in_doubt().cloned() else {
            // It was never armed, so it was never sent.
            return self.finish(End::NotPosted);
        };
        arming.refused_as_duplicate |= refused_as_duplicate;
        self.unarmed = None;
        self.state = PostState::Unknown(arming);
        self.phase = Phase::StoringDoubt;
        Command::Store(self.state.clone())
    }

    fn look_as_planned(&mut self) -> Command {
        self.look(self.plan.schedule_ms.clone(), false)
    }

    fn look(&mut self, schedule_ms: Vec<u64>, is_first_refusal: bool) -> Command {
        if self.arming().is_some_and(|arming| arming.seek.hidden) {
            return self.finish(End::InDoubt(Doubt::Hidden));
        }
        let reads = Reads { tried: 0, clean: 0, candidates: Vec::new(), schedule_ms, is_first_refusal };
        self.look_again(reads)
    }

    fn look_again(&mut self, reads: Reads) -> Command {
        let Some(after_ms) = reads.schedule_ms.get(reads.tried).copied() else {
            let doubt = match reads.candidates {
                candidates if candidates.is_empty() => Doubt::Undecided,
                candidates => Doubt::Ambiguous(candidates),
            };
            return self.finish(End::InDoubt(doubt));
        };
        self.phase = Phase::Looking(reads);
        Command::Look { after_ms }
    }

    fn looked(&mut self, mut reads: Reads, found: Found, now: Clock) -> Command {
        reads.tried += 1;
        if reads.is_first_refusal {
            return self.looked_after_refusal(found);
        }
        if let Found::Ours(id) | Found::Equal(id) = found {
            return self.published(id, true);
        }
        if self.plan.again == Again::OperatorDecided && self.plan.may_post && self.epochs == 0 {
            return self.decided_by_operator(reads, &found, now);
        }
        match found {
            Found::Ours(_) | Found::Equal(_) | Found::Unreadable => {}
            Found::OutOfReach => return self.finish(End::InDoubt(Doubt::Undecided)),
            Found::Twins(candidates) | Found::NearForGood(candidates) => {
                return self.finish(End::InDoubt(Doubt::Ambiguous(candidates)));
            }
            Found::Near(candidates) => reads.candidates = candidates,
            Found::Absent => {
                reads.clean += 1;
                reads.candidates.clear();
                if reads.clean >= self.rules.clean_reads && self.is_quarantine_over(now) {
                    return self.store_absent();
                }
            }
        }
        self.look_again(reads)
    }

    /// What a refusal as a duplicate of the first and only attempt means. It is X's answer, and final, with one
    /// exception: something between us and X may have sent the request twice, and have handed on the answer to the
    /// second. Then our media prove it; an equal text may as well be somebody else's who was a moment faster.
    fn looked_after_refusal(&mut self, found: Found) -> Command {
        let candidates = match found {
            Found::Ours(id) => return self.published(id, true),
            Found::Equal(id) => {
                vec![Candidate { id, why: "the same text, while X calls ours a duplicate".to_owned() }]
            }
            Found::Twins(candidates) => candidates,
            Found::Near(_)
            | Found::NearForGood(_)
            | Found::Absent
            | Found::Unreadable
            | Found::OutOfReach => return self.rejected(ErrorCode::DuplicateTweet.as_str().to_owned()),
        };
        if let Some(mut arming) = self.arming().cloned() {
            arming.refused_as_duplicate = true;
            self.unarmed = None;
            self.mark = None;
            self.state = PostState::Unknown(arming);
        }
        self.store_end(End::InDoubt(Doubt::Ambiguous(candidates)))
    }

    /// An operator saw the account and decided. Only a post that shows for sure, or an attempt that may still be under
    /// way, is reason not to send it again.
    fn decided_by_operator(&mut self, reads: Reads, found: &Found, now: Clock) -> Command {
        match found {
            Found::Unreadable | Found::OutOfReach => self.finish(End::InDoubt(Doubt::Undecided)),
            _ if self.is_quarantine_over(now) => self.start(),
            _ if reads.tried < reads.schedule_ms.len() => self.look_again(reads),
            _ => self.finish(End::InDoubt(Doubt::TooEarly)),
        }
    }

    fn is_quarantine_over(&self, now: Clock) -> bool {
        self.age_ms(now) >= self.rules.quarantine_ms
    }

    /// How long ago the post was armed last, at least. A clock that jumps makes it no older: within one call the
    /// monotonic clock decides, and what an earlier call noted counts only by X's clock, or less an hour.
    pub fn age_ms(&self, now: Clock) -> u64 {
        if let Some(armed_ms) = self.armed_ms {
            return now.monotonic_ms.saturating_sub(armed_ms);
        }
        let Some(arming) = self.arming() else {
            return 0;
        };
        let noted = now.epoch_ms().saturating_sub(arming.armed_at);
        if arming.by_server_clock && now.x_ms.is_some() {
            return noted;
        }
        let watched = now.monotonic_ms.saturating_sub(self.begun_ms);
        watched.max(noted.saturating_sub(CLOCK_ERROR_MS))
    }

    fn store_absent(&mut self) -> Command {
        if let Some(arming) = self.arming().cloned() {
            self.state = PostState::NeedsHuman(arming);
        }
        self.phase = Phase::StoringAbsent;
        Command::Store(self.state.clone())
    }

    /// The post counts as absent. It is sent again only where the caller chose to, never against X's own evidence.
    fn absent(&mut self) -> Command {
        let is_evident = self.arming().is_some_and(|arming| arming.refused_as_duplicate);
        let may_retry = self.plan.again == Again::WhenAbsent && self.plan.may_post;
        if may_retry && !is_evident && self.epochs < self.rules.epochs {
            return self.start();
        }
        self.finish(End::InDoubt(Doubt::Absent))
    }

    fn seen(&mut self, id: String) -> Command {
        match &self.phase {
            Phase::Over(end @ End::Published { .. }) => Command::Finish(end.clone()),
            Phase::StoringEnd(End::Published { .. }) => Command::Store(self.state.clone()),
            _ if self.state.in_doubt().is_none() => Command::Finish(End::NotPosted),
            _ => self.published(id, true),
        }
    }

    fn published(&mut self, tweet_id: String, reconciled: bool) -> Command {
        self.mark = None;
        self.state = PostState::Published { tweet_id: tweet_id.clone(), reconciled };
        self.store_end(End::Published { tweet_id, reconciled, stored: true })
    }

    fn store_end(&mut self, end: End) -> Command {
        self.phase = Phase::StoringEnd(end);
        Command::Store(self.state.clone())
    }

    fn finish(&mut self, end: End) -> Command {
        self.phase = Phase::Over(end.clone());
        Command::Finish(end)
    }
}

/// A post that exists does so whether that can be kept or not.
fn unstored(end: End) -> End {
    match end {
        End::Published { tweet_id, reconciled, .. } => End::Published { tweet_id, reconciled, stored: false },
        other => other,
    }
}
