//! Panics on purpose, for the tests that show what becomes of them. Built only with the feature `test-hooks`.

use std::sync::atomic::{AtomicU8, Ordering};

/// Where a call panics.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On the JavaScript thread, while the arguments are read.
    Arguments = 1,
    /// On a thread of the runtime.
    Work = 2,
    /// On the JavaScript thread, while the result is made.
    Result = 3,
}

static ARMED: AtomicU8 = AtomicU8::new(0);

/// Lets every call panic at this place; 0 is nowhere.
pub(crate) fn arm(place: u8) {
    ARMED.store(place, Ordering::SeqCst);
}

pub(crate) fn panic_at(place: Place) {
    assert!(ARMED.load(Ordering::SeqCst) != place as u8, "a secret in a panic");
}
