//! Two intents of one text in two processes, whose rows lie in one store: none is ever given the other one's post.
//!
//! Here the timeline's verdict, which the larger model takes for granted, is that of the code in `protocol/reconcile`, and what
//! the rows say is that of `protocol/publish/marks.rs`. Whatever is read may be old by the time that it is acted upon.

use std::sync::LazyLock;

use stateright::{Checker, HasDiscoveries, Model, Property};
use twitter_native_core::protocol::checkpoint::{Checkpoint, PostCheckpoint, PostState, Sought};
use twitter_native_core::protocol::post::WirePost;
use twitter_native_core::protocol::publish::{
    Again, Answer, Clock, Command, Doubt, End, Event, Found, Machine, OtherIntents, Plan, Row, Rules,
    marks_of, marks_to_ask,
};
use twitter_native_core::protocol::reconcile::{KNOWN_CLOCK_MARGIN_MS, Moment, Wanted, judge};
use twitter_native_core::protocol::snowflake::least_id_at;

const TEXT: &str = "Good morning";
const BEGINNING_MS: u64 = 1_800_000_000_000;
/// Between two moments. A post is on its way for one of them at the most, and shows after another one.
const TICK_MS: u64 = 30_000;

/// How the others are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// After the timeline was read.
    After,
    /// Before, which is too early.
    Before,
    /// Not at all.
    Never,
}

#[derive(Clone, Debug)]
struct Twins {
    asking: Asking,
    ticks: u64,
    /// Calls of each intent.
    calls: u8,
    /// Reads of the timeline by each call.
    reads: usize,
    crashes: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    now: u64,
    intents: [Intent; 2],
    /// Posts that exist: whose, and since when.
    posts: Vec<(usize, u64)>,
    crashes: u8,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Intent {
    row: Row,
    machine: Option<Machine>,
    step: Step,
    calls: u8,
    /// Until when X may still create what was sent.
    flying: Option<u64>,
    /// A call has ended because other posts may be it.
    was_ambiguous: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum Step {
    #[default]
    Idle,
    Write(PostState),
    ToSend,
    Waiting,
    Look,
    /// The others were asked for too early.
    Asked(OtherIntents),
    /// The timeline showed these.
    Read(Vec<usize>, OtherIntents),
    Judged(Found),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Move {
    Tick,
    Call(usize),
    Store(usize),
    Send(usize),
    Create(usize),
    /// X's answer arrives.
    Answer(usize),
    /// It is lost, whether X creates the post or not.
    Lose(usize),
    Read(usize, Vec<usize>),
    Ask(usize),
    TakeIn(usize),
    Crash(usize),
}

impl Twins {
    /// What `cargo test` runs.
    fn small(asking: Asking) -> Self {
        Self { asking, ticks: 1, calls: 1, reads: 1, crashes: 0 }
    }

    /// What `npm run test:model` runs.
    fn full() -> Self {
        Self { reads: 2, ..Self::small(Asking::After) }
    }
}

fn clock(now: u64) -> Clock {
    let ms = now * TICK_MS;
    Clock { monotonic_ms: ms, wall_ms: BEGINNING_MS + ms, x_ms: Some(BEGINNING_MS + ms) }
}

fn sought() -> Sought {
    static SOUGHT: LazyLock<Sought> = LazyLock::new(|| Sought::by_text(TEXT, None, None));
    SOUGHT.clone()
}

fn id_of(world: &World, post: usize) -> String {
    let (_, at) = world.posts[post];
    (least_id_at(BEGINNING_MS + at * TICK_MS) + post as u64).to_string()
}

fn wire(id: &str) -> WirePost {
    let post = serde_json::json!({ "id": id, "text": TEXT });
    serde_json::from_value(post).unwrap_or_default()
}

/// Whose post this is.
fn owner(world: &World, id: &str) -> Option<usize> {
    (0..world.posts.len()).find(|post| id_of(world, *post) == id).map(|post| world.posts[post].0)
}

/// All that the timeline may show: what was created before this moment, and what was created in it or not.
fn timelines(world: &World) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for (post, (_, at)) in world.posts.iter().enumerate() {
        let without = if *at < world.now { Vec::new() } else { all.clone() };
        for shown in &mut all {
            shown.push(post);
        }
        all.extend(without);
    }
    all
}

/// What the rows with these marks say, as the store has them now.
fn ask(world: &World, index: usize, marks: &[String]) -> OtherIntents {
    let rows: Vec<Row> = world.intents.iter().map(|intent| intent.row.clone()).collect();
    let is_marked = |row: &Row| marks_of(row).iter().any(|mark| marks.contains(mark));
    let rows: Vec<Row> = rows.into_iter().filter(is_marked).collect();
    let mut others = OtherIntents::default();
    others.add_rows(&rows, &index.to_string(), Some("1"), &sought());
    others
}

fn verdict(
    world: &World,
    index: usize,
    shown: &[usize],
    others: &OtherIntents,
) -> (Found, Option<Vec<String>>) {
    // Twice, as two pages of a timeline show a post where somebody posts between two reads.
    let posts: Vec<WirePost> = shown.iter().chain(shown).map(|post| wire(&id_of(world, *post))).collect();
    let seek = sought();
    let since =
        world.intents[index].machine.as_ref().and_then(Machine::arming).map_or(0, |arming| arming.since);
    let wanted = Wanted {
        account: Some("1"),
        seek: &seek,
        text: None,
        own_media: Vec::new(),
        armed: Moment { at_ms: since, margin_ms: KNOWN_CLOCK_MARGIN_MS },
    };
    let verdict = judge(&wanted, &posts, &others.others());
    let marks = marks_to_ask(&verdict, &posts);
    (verdict.into(), marks)
}

fn tell(world: &mut World, index: usize, event: Event) {
    let now = world.now;
    let intent = &mut world.intents[index];
    let Some(machine) = &mut intent.machine else { return };
    intent.step = match machine.on(event) {
        Command::Store(state) => Step::Write(state),
        Command::Send => Step::ToSend,
        Command::Proceed => {
            intent.flying = Some(now + 1);
            Step::Waiting
        }
        Command::Look { .. } => Step::Look,
        Command::UploadMedia => Step::Idle,
        Command::Finish(end) => {
            intent.was_ambiguous |= matches!(end, End::InDoubt(Doubt::Ambiguous(_)));
            intent.machine = None;
            Step::Idle
        }
    };
}

fn checkpoint(index: usize, post: PostState) -> Checkpoint {
    let (intent, account) = (index.to_string(), Some("1".to_owned()));
    Checkpoint::Post(PostCheckpoint { intent, account, content: String::new(), media: Vec::new(), post })
}

fn begin(world: &mut World, index: usize, reads: usize) {
    let intent = &mut world.intents[index];
    intent.calls += 1;
    let state = intent.row.post().map_or(PostState::New, |post| post.post.clone());
    let plan = Plan {
        has_media: false,
        may_post: true,
        again: Again::Never,
        schedule_ms: vec![0; reads],
        sought: sought().into(),
    };
    intent.machine = Some(Machine::new(state, plan, Rules::new()));
    let now = clock(world.now);
    tell(world, index, Event::Begun(now));
}

impl Twins {
    fn moves_of(&self, world: &World, index: usize, all: &mut Vec<Move>) {
        let intent = &world.intents[index];
        if intent.flying.is_some_and(|until| world.now <= until) {
            all.push(Move::Create(index));
        }
        match &intent.step {
            Step::Idle if intent.calls < self.calls => all.push(Move::Call(index)),
            Step::Idle => {}
            Step::Write(_) => all.push(Move::Store(index)),
            Step::ToSend => all.push(Move::Send(index)),
            Step::Waiting => {
                all.push(Move::Lose(index));
                if intent.flying.is_none() {
                    all.push(Move::Answer(index));
                }
            }
            Step::Look if self.asking == Asking::Before => all.push(Move::Ask(index)),
            Step::Look | Step::Asked(_) => {
                all.extend(timelines(world).into_iter().map(|shown| Move::Read(index, shown)));
            }
            Step::Read(..) => all.push(Move::Ask(index)),
            Step::Judged(_) => all.push(Move::TakeIn(index)),
        }
        if intent.step != Step::Idle && world.crashes < self.crashes {
            all.push(Move::Crash(index));
        }
    }

    fn ask(&self, world: &mut World, index: usize) {
        let step = match world.intents[index].step.clone() {
            Step::Look => {
                let marks =
                    [vec![sought().text], (0..world.posts.len()).map(|post| id_of(world, post)).collect()];
                Step::Asked(ask(world, index, &marks.concat()))
            }
            Step::Read(shown, others) => {
                let (found, marks) = verdict(world, index, &shown, &others);
                match marks {
                    Some(marks) if self.asking == Asking::After => {
                        Step::Judged(verdict(world, index, &shown, &ask(world, index, &marks)).0)
                    }
                    _ => Step::Judged(found),
                }
            }
            other => other,
        };
        world.intents[index].step = step;
    }
}

impl Model for Twins {
    type State = World;
    type Action = Move;

    fn init_states(&self) -> Vec<World> {
        vec![World { now: 0, intents: Default::default(), posts: Vec::new(), crashes: 0 }]
    }

    fn actions(&self, world: &World, all: &mut Vec<Move>) {
        if world.now < self.ticks {
            all.push(Move::Tick);
        }
        for index in 0..world.intents.len() {
            self.moves_of(world, index, all);
        }
    }

    fn next_state(&self, world: &World, next: Move) -> Option<World> {
        let mut world = world.clone();
        let now = clock(world.now);
        match next {
            Move::Tick => world.now += 1,
            Move::Call(index) => begin(&mut world, index, self.reads),
            Move::Store(index) => {
                let Step::Write(state) = world.intents[index].step.clone() else { return None };
                world.intents[index].row = world.intents[index].row.with(checkpoint(index, state));
                tell(&mut world, index, Event::Stored(now));
            }
            Move::Send(index) => tell(&mut world, index, Event::AboutToSend { now, lease_left_ms: None }),
            Move::Create(index) => {
                world.intents[index].flying = None;
                world.posts.push((index, world.now));
            }
            Move::Answer(index) => {
                let own = (0..world.posts.len()).find(|post| world.posts[*post].0 == index)?;
                let id = id_of(&world, own);
                tell(&mut world, index, Event::Answered(Answer::Created(id)));
            }
            Move::Lose(index) => tell(&mut world, index, Event::Answered(Answer::Lost)),
            Move::Read(index, shown) => {
                let others = match world.intents[index].step.clone() {
                    Step::Asked(others) => others,
                    _ => OtherIntents::default(),
                };
                world.intents[index].step = Step::Read(shown, others);
            }
            Move::Ask(index) => self.ask(&mut world, index),
            Move::TakeIn(index) => {
                let Step::Judged(found) = world.intents[index].step.clone() else { return None };
                tell(&mut world, index, Event::Looked { found, now });
            }
            Move::Crash(index) => {
                world.crashes += 1;
                world.intents[index].machine = None;
                world.intents[index].step = Step::Idle;
            }
        }
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(OWN, |_, world: &World| {
                let is_own = |index: usize| {
                    let published = world.intents[index].row.published();
                    published.iter().all(|id| owner(world, id) == Some(index))
                };
                (0..world.intents.len()).all(is_own)
            }),
            Property::sometimes("both get their own, one by the timeline", |_, world: &World| {
                let by_timeline = |intent: &Intent| {
                    let post = intent.row.post().map(|post| &post.post);
                    matches!(post, Some(PostState::Published { reconciled: true, .. }))
                };
                world.intents.iter().all(|intent| !intent.row.published().is_empty())
                    && world.intents.iter().any(by_timeline)
            }),
            Property::sometimes("both end ambiguous over one post", |_, world: &World| {
                world.posts.len() == 1 && world.intents.iter().all(|intent| intent.was_ambiguous)
            }),
        ]
    }
}

const OWN: &str = "an intent has no other one's post";

fn check(twins: Twins) {
    let checker = twins.checker().threads(2).spawn_bfs().join();
    println!(
        "one text twice: {} distinct states, depth {}",
        checker.unique_state_count(),
        checker.max_depth()
    );
    checker.assert_properties();
    assert!(checker.is_done());
}

#[test]
fn of_two_intents_with_one_text_none_takes_the_others_post() {
    check(Twins::small(Asking::After));
}

#[test]
#[ignore = "minutes: npm run test:model"]
fn of_two_intents_none_takes_the_others_post_within_the_full_bounds() {
    check(Twins::full());
}

#[test]
fn a_store_that_is_asked_too_early_or_never_is_noticed() {
    for asking in [Asking::Before, Asking::Never] {
        let checker =
            Twins::small(asking).checker().finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
        assert!(checker.discovery(OWN).is_some(), "{asking:?}");
    }
}
