#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::protocol::checkpoint::{
    Arming, Checkpoint, LazySought, PostCheckpoint, PostState, Sought, ThreadCheckpoint,
};

const NOON: u64 = 1_800_000_000_000;
const RULES: Rules = Rules::new();

fn at(ms: u64) -> Clock {
    Clock { monotonic_ms: ms, wall_ms: NOON + ms, x_ms: Some(NOON + ms) }
}

fn plan() -> Plan {
    Plan {
        has_media: false,
        may_post: true,
        again: Again::Never,
        schedule_ms: vec![2_000, 5_000, 120_000],
        sought: LazySought::default(),
    }
}

fn arming(epoch: u32, at_ms: u64) -> Arming {
    Arming {
        epoch,
        since: NOON,
        armed_at: NOON + at_ms,
        by_server_clock: true,
        refused_as_duplicate: false,
        seek: LazySought::default(),
    }
}

fn published(id: &str) -> PostState {
    PostState::Published { tweet_id: id.to_owned(), reconciled: true }
}

fn rejected() -> PostState {
    PostState::Rejected { code: "FORBIDDEN".to_owned() }
}

fn about_to_send(ms: u64) -> Event {
    Event::AboutToSend { now: at(ms), lease_left_ms: Some(60_000) }
}

fn looked(found: Found, ms: u64) -> Event {
    Event::Looked { found, now: at(ms) }
}

fn near(id: &str) -> Vec<Candidate> {
    vec![Candidate { id: id.to_owned(), why: "its text is like it".to_owned() }]
}

/// A machine for this state that got all of this, and what it said last.
fn after(state: PostState, plan: Plan, events: Vec<Event>) -> (Machine, Command) {
    let mut machine = Machine::new(state, plan, RULES);
    let mut last = machine.on(Event::Begun(at(0)));
    for event in events {
        last = machine.on(event);
    }
    (machine, last)
}

fn said(state: PostState, plan: Plan, events: Vec<Event>) -> Command {
    after(state, plan, events).1
}

fn ended(end: End) -> Command {
    Command::Finish(end)
}

/// What leads to a request that has left.
fn sent() -> Vec<Event> {
    vec![about_to_send(0), Event::Stored(at(10))]
}

fn and(mut events: Vec<Event>, more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    events.extend(more);
    events
}

fn lost() -> Vec<Event> {
    and(sent(), [Event::Answered(Answer::Lost), Event::Stored(at(20))])
}

#[test]
fn a_new_post_is_armed_sent_and_kept() {
    let armed = PostState::Armed(arming(1, 0));
    assert_eq!(said(PostState::New, plan(), vec![]), Command::Send);
    assert_eq!(said(PostState::New, plan(), vec![about_to_send(0)]), Command::Store(armed));
    assert_eq!(said(PostState::New, plan(), sent()), Command::Proceed);
    let created = and(sent(), [Event::Answered(Answer::Created("7".into()))]);
    let state = PostState::Published { tweet_id: "7".into(), reconciled: false };
    assert_eq!(said(PostState::New, plan(), created.clone()), Command::Store(state));
    for (event, stored) in [(Event::Stored(at(20)), true), (Event::NotStored, false)] {
        let end = End::Published { tweet_id: "7".into(), reconciled: false, stored };
        assert_eq!(said(PostState::New, plan(), and(created.clone(), [event])), ended(end));
    }
}

#[test]
fn media_are_uploaded_and_kept_first() {
    let with_media = || Plan { has_media: true, ..plan() };
    assert_eq!(said(PostState::New, with_media(), vec![]), Command::UploadMedia);
    let ready = said(PostState::New, with_media(), vec![Event::MediaReady]);
    assert_eq!(ready, Command::Store(PostState::MediaReady));
    let kept = vec![Event::MediaReady, Event::Stored(at(0))];
    assert_eq!(said(PostState::New, with_media(), kept), Command::Send);
    let not_kept = vec![Event::MediaReady, Event::NotStored];
    assert_eq!(said(PostState::New, with_media(), not_kept), ended(End::NotStored));
    assert_eq!(said(PostState::New, with_media(), vec![Event::MediaFailed]), ended(End::NotPosted));
}

#[test]
fn nothing_is_sent_that_is_not_armed_in_time_or_not_ones_own() {
    let late = |ms| Event::Stored(at(ms));
    let again = said(PostState::New, plan(), vec![about_to_send(0), late(5_001)]);
    assert_eq!(again, Command::Store(PostState::Armed(arming(1, 5_001))));
    let (machine, too_slow) =
        after(PostState::New, plan(), vec![about_to_send(0), late(5_001), late(10_003)]);
    assert_eq!(too_slow, Command::Store(PostState::New));
    assert_eq!(machine.clone().on(late(10_003)), ended(End::StoreTooSlow));
    assert_eq!(said(PostState::New, plan(), vec![about_to_send(0), Event::NotStored]), ended(End::NotStored));
    let out = Event::AboutToSend { now: at(0), lease_left_ms: Some(0) };
    assert_eq!(said(PostState::New, plan(), vec![out.clone()]), ended(End::LeaseLost));
    assert_eq!(said(PostState::New, plan(), and(sent(), [out])), ended(End::LeaseLost));
    // A machine that slept: its monotonic clock stood still.
    let slept = Event::Stored(Clock { wall_ms: NOON + 60_000, ..at(10) });
    assert!(matches!(said(PostState::New, plan(), vec![about_to_send(0), slept]), Command::Store(_)));
}

#[test]
fn a_repeated_attempt_needs_a_fresh_mark() {
    assert_eq!(said(PostState::New, plan(), and(sent(), [about_to_send(5_000)])), Command::Proceed);
    let again = said(PostState::New, plan(), and(sent(), [about_to_send(5_001)]));
    assert_eq!(again, Command::Store(PostState::Armed(arming(1, 5_001))));
}

#[test]
fn what_surely_was_not_posted_is_reported_so() {
    let unsent = after(PostState::New, plan(), and(sent(), [Event::Answered(Answer::Unsent)]));
    assert_eq!(unsent.1, Command::Store(PostState::New));
    assert_eq!(unsent.0.clone().on(Event::NotStored), ended(End::NotPosted));
    let refusal = Event::Answered(Answer::Refused(Refusal::Other("FORBIDDEN".into())));
    let refused = said(PostState::New, plan(), and(sent(), [refusal.clone()]));
    assert_eq!(refused, Command::Store(rejected()));
    // It ended while it was being armed, or before.
    let unsent = [Event::Answered(Answer::Unsent)];
    assert_eq!(
        said(PostState::New, plan(), and(vec![about_to_send(0)], unsent)),
        Command::Store(PostState::New)
    );
    assert_eq!(said(PostState::New, plan(), vec![refusal]), ended(End::NotPosted));
}

#[test]
fn a_lost_answer_is_looked_for() {
    let unknown = PostState::Unknown(arming(1, 0));
    let doubt = and(sent(), [Event::Answered(Answer::Lost)]);
    assert_eq!(said(PostState::New, plan(), doubt.clone()), Command::Store(unknown));
    for stored in [Event::Stored(at(20)), Event::NotStored] {
        let look = said(PostState::New, plan(), and(doubt.clone(), [stored]));
        assert_eq!(look, Command::Look { after_ms: 2_000 });
    }
    let found = and(lost(), [looked(Found::Ours("7".into()), 2_000)]);
    assert_eq!(said(PostState::New, plan(), found), Command::Store(published("7")));
    let twins = and(lost(), [looked(Found::Twins(near("8")), 2_000)]);
    assert_eq!(said(PostState::New, plan(), twins), ended(End::InDoubt(Doubt::Ambiguous(near("8")))));
    let times = [2_000, 5_000, 120_000];
    let all = |found: Found| and(lost(), times.map(|ms| looked(found.clone(), ms)));
    let unread = said(PostState::New, plan(), all(Found::Unreadable));
    assert_eq!(unread, ended(End::InDoubt(Doubt::Undecided)));
    let ambiguous = said(PostState::New, plan(), all(Found::Near(near("8"))));
    assert_eq!(ambiguous, ended(End::InDoubt(Doubt::Ambiguous(near("8")))));
    let absent = said(PostState::New, plan(), all(Found::Absent));
    assert_eq!(absent, Command::Store(PostState::NeedsHuman(arming(1, 0))));
    let early = and(lost(), [2_000, 5_000, 119_999].map(|ms| looked(Found::Absent, ms)));
    assert_eq!(said(PostState::New, plan(), early), ended(End::InDoubt(Doubt::Undecided)));
}

#[test]
fn an_absent_post_is_sent_again_only_where_the_caller_chose_so() {
    let times = [2_000, 5_000, 120_000];
    let absent = || and(and(lost(), times.map(|ms| looked(Found::Absent, ms))), [Event::Stored(at(120_001))]);
    assert_eq!(said(PostState::New, plan(), absent()), ended(End::InDoubt(Doubt::Absent)));
    let opted = || Plan { again: Again::WhenAbsent, ..plan() };
    let (mut machine, again) = after(PostState::New, opted(), absent());
    assert_eq!(again, Command::Send);
    let armed = PostState::Armed(arming(2, 130_000));
    assert_eq!(machine.on(about_to_send(130_000)), Command::Store(armed));
    assert_eq!(machine.on(Event::Stored(at(130_001))), Command::Proceed);
    // X has refused it as a duplicate of the first attempt: that is evidence.
    let duplicate = machine.on(Event::Answered(Answer::Refused(Refusal::Duplicate)));
    let evident = Arming { refused_as_duplicate: true, ..arming(2, 130_000) };
    assert_eq!(duplicate, Command::Store(PostState::Unknown(evident.clone())));
    let found = PostState::NeedsHuman(evident);
    let looks = times.map(|ms| looked(Found::Absent, 300_000 + ms));
    let looks = and(looks.to_vec(), [Event::Stored(at(500_000))]);
    assert_eq!(said(found, opted(), looks), ended(End::InDoubt(Doubt::Absent)));
    let resume = Plan { may_post: false, ..opted() };
    assert_eq!(said(PostState::New, resume, vec![]), ended(End::NotPosted));
}

#[test]
fn a_first_refusal_as_a_duplicate_takes_one_look() {
    let duplicate = || and(sent(), [Event::Answered(Answer::Refused(Refusal::Duplicate))]);
    assert_eq!(said(PostState::New, plan(), duplicate()), Command::Look { after_ms: 0 });
    let ours = and(duplicate(), [looked(Found::Ours("7".into()), 10)]);
    assert_eq!(said(PostState::New, plan(), ours), Command::Store(published("7")));
    let other = and(duplicate(), [looked(Found::Near(near("8")), 10)]);
    let code = "DUPLICATE_TWEET".to_owned();
    assert_eq!(said(PostState::New, plan(), other), Command::Store(PostState::Rejected { code }));
}

#[test]
fn an_operator_who_wants_it_sent_again_is_obeyed_once_nothing_is_under_way() {
    let decided = || Plan { again: Again::OperatorDecided, ..plan() };
    let doubt = || PostState::Armed(arming(1, 0));
    assert_eq!(said(doubt(), decided(), vec![]), Command::Look { after_ms: 0 });
    let look = |found, ms| said(doubt(), decided(), vec![looked(found, ms)]);
    assert_eq!(look(Found::Near(near("8")), 120_000), Command::Send);
    assert_eq!(look(Found::Absent, 120_000), Command::Send);
    assert_eq!(look(Found::Unreadable, 120_000), ended(End::InDoubt(Doubt::Undecided)));
    assert_eq!(look(Found::Ours("7".into()), 120_000), Command::Store(published("7")));
}

#[test]
fn a_post_of_unknown_age_is_watched_before_an_operator_is_obeyed() {
    // Armed before X's clock was known, so its age counts for nothing within an hour.
    let doubt = PostState::Unknown(Arming { by_server_clock: false, ..arming(1, 0) });
    let decided = || Plan { again: Again::OperatorDecided, ..plan() };
    let (mut machine, watched) = after(doubt.clone(), decided(), vec![looked(Found::Absent, 1_000)]);
    assert_eq!(watched, Command::Look { after_ms: 120_000 });
    assert_eq!(machine.on(looked(Found::Absent, 120_000)), Command::Send);
    let early = vec![looked(Found::Absent, 1_000), looked(Found::Absent, 119_999)];
    assert_eq!(said(doubt, decided(), early), ended(End::InDoubt(Doubt::TooEarly)));
}

#[test]
fn a_refusal_before_anything_left_says_nothing_of_an_earlier_attempt() {
    let decided = Plan { again: Again::OperatorDecided, ..plan() };
    let refusal = Event::Answered(Answer::Refused(Refusal::Other("UNAUTHORIZED".into())));
    let events = vec![looked(Found::Absent, 120_000), refusal];
    let (machine, end) = after(PostState::Armed(arming(1, 0)), decided, events);
    assert_eq!(end, ended(End::NotPosted));
    assert_eq!(machine.state(), &PostState::Armed(arming(1, 0)));
}

#[test]
fn an_event_of_the_post_ends_the_doubt() {
    for events in [sent(), lost()] {
        let seen = said(PostState::New, plan(), and(events, [Event::Seen("7".into())]));
        assert_eq!(seen, Command::Store(published("7")));
    }
    let seen = || Event::Seen("7".into());
    assert_eq!(said(PostState::New, plan(), vec![seen()]), ended(End::NotPosted));
    // It may come twice, and while its first coming is being kept.
    let twice = and(lost(), [seen(), seen()]);
    assert_eq!(said(PostState::New, plan(), twice.clone()), Command::Store(published("7")));
    let end = End::Published { tweet_id: "7".into(), reconciled: true, stored: true };
    assert_eq!(said(PostState::New, plan(), and(twice.clone(), [Event::Stored(at(9))])), ended(end.clone()));
    let late = and(twice, [Event::Stored(at(9)), seen()]);
    assert_eq!(said(PostState::New, plan(), late), ended(end));
}

#[test]
fn media_of_a_post_in_doubt_go_up_again_while_its_mark_stays() {
    let plan = Plan { has_media: true, again: Again::WhenAbsent, ..plan() };
    let misses = [0, 2_000, 200_000].map(|ms| looked(Found::Absent, ms));
    let absent = and(misses.to_vec(), [Event::Stored(at(200_001))]);
    let (machine, command) = after(PostState::Unknown(arming(1, 0)), plan, absent.clone());
    assert_eq!(command, Command::UploadMedia);
    assert_eq!(machine.state(), &PostState::NeedsHuman(arming(1, 0)));
    let plan = Plan { has_media: true, again: Again::WhenAbsent, ..self::plan() };
    let (machine, command) = after(PostState::Unknown(arming(1, 0)), plan, and(absent, [Event::MediaReady]));
    // Nothing is stored: whoever resumes has to know that the post may exist.
    assert_eq!(command, Command::Send);
    assert_eq!(machine.state(), &PostState::NeedsHuman(arming(1, 0)));
}

#[test]
fn an_answer_that_was_lost_before_the_post_was_armed_leaves_no_doubt() {
    let lost = vec![Event::Answered(Answer::Lost)];
    assert_eq!(said(PostState::New, plan(), lost), ended(End::NotPosted));
}

#[test]
fn a_post_that_was_never_armed_has_no_age() {
    let (machine, _) = after(PostState::New, plan(), Vec::new());
    assert_eq!(machine.age_ms(at(500_000)), 0);
}

#[test]
fn what_comes_out_of_turn_ends_no_doubt() {
    let undecided = ended(End::InDoubt(Doubt::Undecided));
    for odd in [Event::MediaFailed, Event::MediaReady, Event::Begun(at(9))] {
        for events in [sent(), lost()] {
            assert_eq!(said(PostState::New, plan(), and(events, [odd.clone()])), undecided, "{odd:?}");
        }
        let absent = [2_000, 5_000, 120_000].map(|ms| looked(Found::Absent, ms));
        let events = and(and(lost(), absent), [odd.clone()]);
        assert_eq!(said(PostState::New, plan(), events), undecided, "{odd:?}");
        assert_eq!(said(PostState::New, plan(), vec![odd]), ended(End::NotPosted));
    }
}

#[test]
fn an_ended_call_keeps_the_state_that_is_true() {
    let (machine, _) = after(PostState::New, plan(), sent());
    assert_eq!(machine.state_at_end(true), &PostState::Armed(arming(1, 0)));
    assert_eq!(machine.state_at_end(false), &PostState::New);
    let (machine, _) = after(PostState::New, plan(), lost());
    assert_eq!(machine.state_at_end(false), &PostState::Unknown(arming(1, 0)));
}

#[test]
fn an_earlier_outcome_is_reported_again() {
    let end = End::Published { tweet_id: "7".into(), reconciled: true, stored: true };
    assert_eq!(said(published("7"), plan(), vec![]), ended(end));
    assert_eq!(said(rejected(), plan(), vec![]), Command::Send);
    let unread = Plan { schedule_ms: vec![], ..plan() };
    assert_eq!(said(PostState::Unknown(arming(1, 0)), unread, vec![]), ended(End::InDoubt(Doubt::Undecided)));
    let hidden = Arming { seek: Sought { hidden: true, ..Sought::default() }.into(), ..arming(1, 0) };
    assert_eq!(said(PostState::Unknown(hidden), plan(), vec![]), ended(End::InDoubt(Doubt::Hidden)));
}

fn post(state: PostState) -> PostCheckpoint {
    PostCheckpoint { intent: "i".into(), account: None, content: "c".into(), media: Vec::new(), post: state }
}

fn row(state: PostState) -> Row {
    Row { checkpoint: Some(Checkpoint::Post(post(state))), ..Row::default() }
}

fn thread(published: &[&str], current: Option<PostState>) -> Row {
    let published = published.iter().map(|id| (*id).to_owned()).collect();
    let thread =
        ThreadCheckpoint { content: "c".into(), account: None, published, current: current.map(post) };
    Row { checkpoint: Some(Checkpoint::Thread(thread)), ..Row::default() }
}

#[test]
fn a_row_has_one_owner_at_a_time() {
    let claimed = Row::default().claimed("a", NOON, 60_000).unwrap();
    assert_eq!(claimed.lease, Some(Lease { owner: "a".into(), until: NOON + 60_000 }));
    assert_eq!(claimed.claimed("b", NOON + 59_999, 60_000), Err(Denied::Busy { until: NOON + 60_000 }));
    assert!(claimed.claimed("b", NOON + 60_000, 60_000).is_ok());
    assert!(claimed.claimed("a", NOON, 60_000).is_ok());
    let beaten = claimed.extended(NOON + 20_000, 60_000);
    assert_eq!(beaten.lease.map(|lease| lease.until), Some(NOON + 80_000));
    let failure = Failure { code: "NETWORK".into(), message: "x".repeat(600) };
    let released = claimed.released(Some(failure), near("8"));
    assert_eq!((released.lease.as_ref(), released.candidates.len()), (None, 1));
    assert_eq!(released.failure.as_ref().map(|failure| failure.message.len()), Some(500));
    assert_eq!(released.claimed("b", NOON, 1).unwrap().failure, None);
}

#[test]
fn looks_are_counted_until_an_operator_has_to_decide() {
    let mut doubt = row(PostState::Unknown(arming(1, 0)));
    for _ in 0..=MAX_LOOKS {
        assert!(!doubt.is_looked_for_enough());
        doubt = doubt.claimed("a", NOON, 1).unwrap().released(None, near("8"));
    }
    assert!(doubt.is_looked_for_enough());
    let again = doubt.settled(&Settlement::Check, NOON, &RULES).unwrap();
    assert!(!again.is_looked_for_enough());
    let over = doubt.with(Checkpoint::Post(post(rejected())));
    assert_eq!((over.looks, over.candidates.len()), (0, 0));
}

#[test]
fn a_status_is_what_is_known() {
    let leased = |row: Row| row.claimed("a", NOON, 60_000).unwrap();
    let failed =
        Row { failure: Some(Failure { code: "X".into(), message: String::new() }), ..Row::default() };
    for (row, parts, status) in [
        (Row::default(), 0, Status::New),
        (leased(Row::default()), 0, Status::Publishing),
        (row(PostState::MediaReady), 0, Status::Publishing),
        (failed, 0, Status::Failed),
        (row(rejected()), 0, Status::Failed),
        (row(PostState::Armed(arming(1, 0))), 0, Status::Unknown),
        (row(PostState::Unknown(arming(1, 0))), 0, Status::Unknown),
        (leased(row(PostState::Unknown(arming(1, 0)))), 0, Status::Publishing),
        (row(published("7")), 0, Status::Published),
        // Whoever looks at a post that exists does not undo it.
        (leased(row(published("7"))), 0, Status::Published),
        (thread(&["7", "8"], None), 2, Status::Published),
        (thread(&["7"], None), 2, Status::Publishing),
        (thread(&["7"], Some(published("8"))), 3, Status::Publishing),
    ] {
        let row = Row { parts, ..row };
        assert_eq!(row.status(NOON), status, "{row:?}");
    }
    assert_eq!(leased(Row::default()).status(NOON + 60_000), Status::Publishing);
}

#[test]
fn an_operator_decides_a_doubt_and_nothing_else() {
    let settle = |row: &Row, what: Settlement, ms| row.settled(&what, NOON + ms, &RULES);
    let unknown = row(PostState::Unknown(arming(1, 0)));
    for state in [PostState::New, PostState::MediaReady, rejected(), published("7")] {
        assert_eq!(settle(&row(state), Settlement::Abandon, 0), Err(Denied::NotInDoubt));
    }
    let busy = unknown.claimed("a", NOON, 60_000).unwrap();
    assert_eq!(settle(&busy, Settlement::Abandon, 0), Err(Denied::Busy { until: NOON + 60_000 }));
    assert_eq!(settle(&unknown, Settlement::Retry, 119_999), Err(Denied::TooEarly { until: NOON + 120_000 }));
    let again = settle(&unknown, Settlement::Retry, 120_000).unwrap();
    assert_eq!(again.decision, Some(Decision::Retry));
    assert_eq!(again.with(Checkpoint::Post(post(PostState::Armed(arming(2, 1))))).decision, None);
    let published = settle(&unknown, Settlement::Published("9".into()), 0).unwrap();
    assert_eq!(published.status(NOON), Status::Published);
    let abandoned = settle(&unknown, Settlement::Abandon, 0).unwrap();
    assert_eq!(abandoned.status(NOON), Status::Failed);
    assert_eq!(abandoned.claimed("a", NOON, 1), Err(Denied::Abandoned));
}

#[test]
fn what_was_abandoned_stays_so_unless_it_exists() {
    let unknown = row(PostState::Unknown(arming(1, 0)));
    let abandoned = unknown.settled(&Settlement::Abandon, NOON, &RULES).unwrap();
    for settlement in [Settlement::Check, Settlement::Retry] {
        assert_eq!(abandoned.settled(&settlement, NOON + 200_000, &RULES), Err(Denied::Abandoned));
    }
    assert_eq!(abandoned.seen("7").unwrap().status(NOON), Status::Published);
}

#[test]
fn what_may_be_about_to_leave_is_not_abandoned_yet() {
    let armed = row(PostState::Armed(arming(1, 0)));
    for settlement in [Settlement::Abandon, Settlement::Retry, Settlement::Published("9".into())] {
        let denied = armed.settled(&settlement, NOON + 119_999, &RULES);
        assert_eq!(denied, Err(Denied::TooEarly { until: NOON + 120_000 }));
        assert!(armed.settled(&settlement, NOON + 120_000, &RULES).is_ok());
    }
    assert!(armed.settled(&Settlement::Check, NOON, &RULES).is_ok());
}

#[test]
fn an_event_settles_a_doubt_alone() {
    assert_eq!(row(PostState::New).seen("7"), None);
    let seen = row(PostState::Armed(arming(1, 0))).seen("7").unwrap();
    assert_eq!(seen, row(published("7")));
    let seen = thread(&["7"], Some(PostState::Unknown(arming(1, 0)))).seen("8").unwrap();
    assert_eq!(seen, thread(&["7", "8"], None));
}

#[test]
fn a_row_is_json_and_takes_no_field_that_it_does_not_know() {
    let full = Row {
        looks: 3,
        candidates: near("8"),
        decision: Some(Decision::Retry),
        ..row(PostState::Unknown(arming(1, 0))).claimed("a", NOON, 1).unwrap()
    };
    for row in [Row::default(), full, thread(&["7"], Some(PostState::New))] {
        let text = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), row);
    }
    assert_eq!(serde_json::to_string(&Row::default()).unwrap(), "{}");
    for text in [r#"{"later":1}"#, r#"{"lease":{"owner":"a","until":1,"x":1}}"#, r#"{"decision":"never"}"#] {
        assert!(serde_json::from_str::<Row>(text).is_err(), "{text}");
    }
}

#[test]
fn a_row_s_text_is_refused_where_a_letter_was_changed() {
    let text = encode_row(&row(published("7")));
    assert_eq!(decode_row(&text), Ok(row(published("7"))));
    for at in 0..text.len() {
        for letter in ["0", "a", "\"", " "] {
            let mut changed = text.clone();
            changed.replace_range(at..=at, letter);
            if changed != text {
                assert!(decode_row(&changed).is_err(), "{at}: {changed}");
            }
        }
    }
    // As a database may give it back.
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(decode_row(&serde_json::to_string_pretty(&value).unwrap()), Ok(row(published("7"))));
}
