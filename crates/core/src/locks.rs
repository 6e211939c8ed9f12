//! Locks that a panic elsewhere does not poison: what they protect is whole after each step.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Waits for a lock, whatever became of its last holder.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
