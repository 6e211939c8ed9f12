//! The checker's model: the world, its moves, and what has to hold in all of them.

use stateright::{Model, Property};
use twitter_native_core::protocol::checkpoint::PostState;
use twitter_native_core::protocol::publish::{Decision, Status};

use super::bounds::Bounds;
use super::moves::{Move, after, moves};
use super::recovery;
use super::world::{Breach, FOREIGN, Fate, Step, World, is_abandoned, published};

impl Model for Bounds {
    type State = World;
    type Action = Move;

    fn init_states(&self) -> Vec<World> {
        vec![World::new()]
    }

    fn actions(&self, world: &World, all: &mut Vec<Move>) {
        if world.breach.is_none() {
            moves(world, self, all);
        }
    }

    fn next_state(&self, world: &World, next: Move) -> Option<World> {
        after(world, next, self)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut all = always();
        all.extend(sometimes());
        all
    }
}

fn always() -> Vec<Property<Bounds>> {
    vec![
        Property::always("one request at most is committed or under way in an epoch", |_, world: &World| {
            world.breach != Some(Breach::TwoInOneEpoch)
        }),
        Property::always("one request at most is committed or under way", |_, world: &World| {
            world.breach != Some(Breach::TwoAlive) && world.alive().count() <= 1
        }),
        Property::always("a second epoch is sent only where somebody chose so", |_, world: &World| {
            world.breach != Some(Breach::NotChosen)
        }),
        Property::always("nothing is sent once the post was said to exist", |_, world: &World| {
            !matches!(world.breach, Some(Breach::SentAfterPublished | Breach::TakenBack))
        }),
        Property::always("nothing is sent of what was abandoned", |_, world: &World| {
            world.breach != Some(Breach::SentAfterAbandoned)
        }),
        Property::always("a post that a call says exists does", |_, world: &World| {
            world.breach != Some(Breach::FalsePublished)
        }),
        Property::always("a post that a call says does not stand never will", |_, world: &World| {
            world.breach != Some(Breach::FalseNotPosted)
        }),
        Property::always("the row's status is true", status_is_true),
        Property::always("a settled row can be reached", recovery::can_be_settled),
    ]
}

fn status_is_true(_: &Bounds, world: &World) -> bool {
    match world.row.status(world.now) {
        Status::Published => published(&world.row).is_some_and(|id| id == FOREIGN || world.exists(id)),
        Status::Failed => is_abandoned(&world.row) || world.alive().next().is_none(),
        Status::New | Status::Publishing | Status::Unknown => true,
    }
}

/// What is of interest does happen within the bounds.
fn sometimes() -> Vec<Property<Bounds>> {
    vec![
        Property::sometimes("a second epoch is sent", |_, world: &World| {
            world.requests.iter().any(|request| request.epoch == 2)
        }),
        Property::sometimes("a second epoch is committed", |_, world: &World| {
            world
                .requests
                .iter()
                .any(|request| request.epoch == 2 && matches!(request.fate, Fate::Standing { .. }))
        }),
        Property::sometimes("a lost post is found", |_, world: &World| {
            matches!(
                world.row.post().map(|post| &post.post),
                Some(PostState::Published { reconciled: true, .. })
            )
        }),
        Property::sometimes("a call ends ambiguous", |_, world: &World| !world.row.candidates.is_empty()),
        Property::sometimes("an operator wants it sent again", |_, world: &World| {
            world.row.decision == Some(Decision::Retry)
        }),
        Property::sometimes("an operator abandons it", |_, world: &World| is_abandoned(&world.row)),
        Property::sometimes("a call takes over while another one is at work", |_, world: &World| {
            let is_at_work = |step: &Step| !matches!(step, Step::Write(..));
            world.calls.len() > 1
                && world.calls.iter().all(|call| call.machine.is_some() && is_at_work(&call.step))
        }),
    ]
}
