//! Look-ups of names, a few at a time.
//!
//! The system's resolver is asked, since it knows `/etc/hosts` and whatever else a host or container is set up with. It
//! blocks a thread, and can't be stopped: a look-up whose caller has gone goes on until the name server's time is
//! over. Without a bound, calls that are begun and aborted would fill the process with threads.

use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Arc, LazyLock, Mutex};

use futures_util::FutureExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::locks::locked;
use crate::single_flight::Flight;

/// X's own names and a proxy's: seldom more than one.
const API_PLACES: usize = 4;
/// Names of media sources, which may be anybody's: they have places of their own, so that they can't keep X from being
/// looked up.
const MEDIA_PLACES: usize = 8;

/// Answers a name with its addresses, or blocks until it knows that it can't.
pub(super) trait NameService: Send + Sync {
    fn look_up(&self, name: &str) -> io::Result<Vec<SocketAddr>>;
}

struct System;

impl NameService for System {
    fn look_up(&self, name: &str) -> io::Result<Vec<SocketAddr>> {
        Ok((name, 0).to_socket_addrs()?.collect())
    }
}

/// Look-ups that share some places.
pub(super) struct Lookups {
    service: Arc<dyn NameService>,
    places: Arc<Semaphore>,
    /// Those that have a place, by name. Whoever wants the same name waits for the same one.
    under_way: UnderWay,
}

type UnderWay = Arc<Mutex<HashMap<String, Lookup>>>;
type Lookup = Flight<Result<Vec<SocketAddr>, Failure>>;

/// What went wrong, for all who wait.
#[derive(Clone)]
struct Failure(io::ErrorKind, String);

/// For calls to X.
pub(super) fn of_api() -> &'static Lookups {
    static LOOKUPS: LazyLock<Lookups> = LazyLock::new(|| Lookups::new(Arc::new(System), API_PLACES));
    &LOOKUPS
}

/// For media sources.
pub(super) fn of_media() -> &'static Lookups {
    static LOOKUPS: LazyLock<Lookups> = LazyLock::new(|| Lookups::new(Arc::new(System), MEDIA_PLACES));
    &LOOKUPS
}

impl Lookups {
    pub(super) fn new(service: Arc<dyn NameService>, places: usize) -> Self {
        Self { service, places: Arc::new(Semaphore::new(places)), under_way: UnderWay::default() }
    }

    /// The addresses of a name. Whoever stops waiting for a place takes none.
    pub(super) async fn resolve(&self, name: &str) -> io::Result<Vec<SocketAddr>> {
        let joined = locked(&self.under_way).get(name).cloned();
        let lookup = if let Some(lookup) = joined {
            lookup
        } else {
            let permit = Arc::clone(&self.places).acquire_owned().await.map_err(io::Error::other)?;
            self.begin(name, permit)
        };
        lookup.await.map_err(|Failure(kind, words)| io::Error::new(kind, words))
    }

    /// Begins a look-up, or joins one that was begun while the place was waited for.
    fn begin(&self, name: &str, permit: OwnedSemaphorePermit) -> Lookup {
        let mut under_way = locked(&self.under_way);
        if let Some(lookup) = under_way.get(name) {
            return lookup.clone();
        }
        let place = Place { name: name.to_owned(), under_way: Arc::clone(&self.under_way), _permit: permit };
        let service = Arc::clone(&self.service);
        // It ends while the lock is held, so it is not forgotten before it is remembered.
        let answer = tokio::task::spawn_blocking(move || service.look_up(&place.name));
        let lookup = async move {
            let answer = answer.await.unwrap_or_else(|error| Err(io::Error::other(error)));
            answer.map_err(|error| Failure(error.kind(), error.to_string()))
        };
        let lookup = lookup.boxed().shared();
        under_way.insert(name.to_owned(), lookup.clone());
        lookup
    }
}

/// A place that a look-up holds for as long as it blocks a thread, whoever still waits for it.
struct Place {
    name: String,
    under_way: UnderWay,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        locked(&self.under_way).remove(&self.name);
    }
}

#[cfg(test)]
pub(super) mod tests;
