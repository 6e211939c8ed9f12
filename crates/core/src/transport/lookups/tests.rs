#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Condvar;
use std::time::Duration;

use super::*;
use crate::locks::locked;

/// A name server that answers nothing until it is released.
#[derive(Default)]
pub(in super::super) struct Hanging {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    asked: Vec<String>,
    blocked: usize,
    most_blocked: usize,
    answers: bool,
}

impl Hanging {
    fn asked(&self) -> Vec<String> {
        // Threads begin in any order.
        let mut asked = self.state.lock().unwrap().asked.clone();
        asked.sort();
        asked
    }

    pub(in super::super) fn answer(&self) {
        self.state.lock().unwrap().answers = true;
        self.changed.notify_all();
    }

    /// Waits until at least so many threads are blocked.
    fn wait_for(&self, blocked: usize) {
        let state = self.state.lock().unwrap();
        drop(self.changed.wait_while(state, |state| state.blocked < blocked).unwrap());
    }

    fn wait_until_idle(&self) {
        let state = self.state.lock().unwrap();
        drop(self.changed.wait_while(state, |state| state.blocked > 0).unwrap());
    }
}

/// Has it answer at the end of a test, however that ends: the runtime waits for its threads.
pub(in super::super) struct Service(pub(in super::super) Arc<Hanging>);

impl Service {
    pub(in super::super) fn hanging() -> Self {
        Self(Arc::default())
    }

    pub(in super::super) fn places(&self, count: usize) -> Lookups {
        Lookups::new(Arc::clone(&self.0) as _, count)
    }
}

impl std::ops::Deref for Service {
    type Target = Hanging;

    fn deref(&self) -> &Hanging {
        &self.0
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.0.answer();
    }
}

impl NameService for Hanging {
    fn look_up(&self, name: &str) -> io::Result<Vec<SocketAddr>> {
        let mut state = self.state.lock().unwrap();
        state.asked.push(name.to_owned());
        state.blocked += 1;
        state.most_blocked = state.most_blocked.max(state.blocked);
        self.changed.notify_all();
        state = self.changed.wait_while(state, |state| !state.answers).unwrap();
        state.blocked -= 1;
        drop(state);
        self.changed.notify_all();
        assert_ne!(name, "panic.example", "a resolver's defect");
        if name == "absent.example" {
            return Err(io::Error::other("no such name"));
        }
        Ok(vec!["203.0.113.7:0".parse().unwrap()])
    }
}

async fn begin_and_abort(lookups: &Lookups, names: impl Iterator<Item = String>) {
    for name in names {
        assert!(lookups.resolve(&name).now_or_never().is_none());
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn look_ups_that_were_aborted_hold_a_few_threads_at_most() {
    let service = Service::hanging();
    let lookups = service.places(3);
    begin_and_abort(&lookups, (0..600).map(|index| format!("{index}.example"))).await;
    service.wait_for(3);
    // Those that nobody waits for any more are not made up for.
    service.answer();
    service.wait_until_idle();
    assert_eq!(lookups.resolve("last.example").await.unwrap().len(), 1);
    assert_eq!(service.asked(), ["0.example", "1.example", "2.example", "last.example"]);
    assert_eq!(service.state.lock().unwrap().most_blocked, 3);
    // Each gives its place back after its name.
    drop(lookups.places.acquire_many(3).await.unwrap());
    assert!(locked(&lookups.under_way).is_empty());
}

#[tokio::test]
async fn a_name_is_looked_up_once_for_all_who_want_it_even_after_those_who_went() {
    let service = Service::hanging();
    let lookups = service.places(3);
    begin_and_abort(&lookups, (0..100).map(|_| "shop.example".to_owned())).await;
    service.wait_for(1);
    let waiting = futures_util::future::join_all((0..100).map(|_| lookups.resolve("shop.example")));
    tokio::pin!(waiting);
    assert!((&mut waiting).now_or_never().is_none());
    service.answer();
    assert!(waiting.await.iter().all(Result::is_ok));
    assert_eq!(service.asked(), ["shop.example"]);
}

#[tokio::test]
async fn who_waited_for_a_place_joins_a_look_up_that_was_begun_meanwhile() {
    let service = Service::hanging();
    let lookups = service.places(2);
    begin_and_abort(&lookups, ["one.example", "two.example"].map(str::to_owned).into_iter()).await;
    service.wait_for(2);
    let waiting = futures_util::future::join_all((0..5).map(|_| lookups.resolve("shop.example")));
    tokio::pin!(waiting);
    assert!((&mut waiting).now_or_never().is_none());
    service.answer();
    service.wait_until_idle();
    service.state.lock().unwrap().answers = false;
    // The first of those who wait begins a look-up, and all others find it: then a place is left.
    while lookups.places.available_permits() == 0 {
        assert!((&mut waiting).now_or_never().is_none());
        tokio::task::yield_now().await;
    }
    service.wait_for(1);
    service.answer();
    assert!(waiting.await.iter().all(Result::is_ok));
    assert_eq!(service.asked(), ["one.example", "shop.example", "two.example"]);
}

#[tokio::test]
async fn whoever_waits_for_a_place_may_give_up_and_others_go_on() {
    let service = Service::hanging();
    let lookups = service.places(1);
    begin_and_abort(&lookups, ["hangs.example".to_owned()].into_iter()).await;
    let waiting = tokio::time::timeout(Duration::from_millis(50), lookups.resolve("shop.example"));
    assert!(waiting.await.is_err());
    service.answer();
    assert!(lookups.resolve("other.example").await.is_ok());
    assert_eq!(service.asked(), ["hangs.example", "other.example"]);
}

#[tokio::test]
async fn failures_and_defects_give_the_place_back() {
    let service = Service::hanging();
    service.answer();
    let lookups = service.places(1);
    for name in ["absent.example", "panic.example", "absent.example", "panic.example"] {
        assert!(lookups.resolve(name).await.is_err());
    }
    assert!(lookups.resolve("shop.example").await.is_ok());
}

#[tokio::test]
async fn the_system_s_own_names_are_known() {
    for lookups in [of_api(), of_media()] {
        let addresses = lookups.resolve("localhost").await.unwrap();
        assert!(!addresses.is_empty() && addresses.iter().all(|address| address.ip().is_loopback()));
    }
}
