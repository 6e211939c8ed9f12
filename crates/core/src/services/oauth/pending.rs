//! Verifiers of users who are at X's page, by the state that they will come back with.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use subtle::ConstantTimeEq;
use tokio::time::Instant;

use crate::locks::locked;
use crate::secret::Secret;

/// How long a user may take.
const LIFE: Duration = Duration::from_secs(15 * 60);
/// Users under way at once; the oldest goes when there are more.
const MAX_PENDING: usize = 10_000;

/// Verifiers for one use each.
#[derive(Debug, Default)]
pub struct PendingAuthorizations {
    entries: Mutex<VecDeque<Entry>>,
}

#[derive(Debug)]
struct Entry {
    state: Secret,
    verifier: Secret,
    made_at: Instant,
}

impl PendingAuthorizations {
    /// Keeps a verifier.
    pub fn insert(&self, state: &str, verifier: &str) {
        let mut entries = locked(&self.entries);
        forget_late(&mut entries);
        if entries.len() >= MAX_PENDING {
            entries.pop_front();
        }
        let (state, verifier) = (Secret::new(state), Secret::new(verifier));
        entries.push_back(Entry { state, verifier, made_at: Instant::now() });
    }

    /// Takes the verifier that belongs to a state, once. Each kept state is compared in constant time.
    pub fn take(&self, state: &str) -> Option<Secret> {
        let mut entries = locked(&self.entries);
        forget_late(&mut entries);
        let found = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| bool::from(entry.state.expose().as_bytes().ct_eq(state.as_bytes())))
            .map(|(index, _)| index)
            .next_back()?;
        entries.remove(found).map(|entry| entry.verifier)
    }
}

/// Those who have taken too long. The oldest come first.
fn forget_late(entries: &mut VecDeque<Entry>) {
    while entries.front().is_some_and(|entry| entry.made_at.elapsed() >= LIFE) {
        entries.pop_front();
    }
}

#[cfg(test)]
mod tests;
