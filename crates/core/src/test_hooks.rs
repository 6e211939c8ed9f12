//! Defects on purpose. Built only with the feature `test-hooks`, for the tests that show that their checks see a
//! defect when there is one.

use std::sync::atomic::{AtomicBool, Ordering};

static INCOMPLETE_MESSAGE_IS_UNSENT: AtomicBool = AtomicBool::new(false);

/// Takes hyper's "incomplete message" for proof that the server has not seen the request, which it is not.
pub fn take_incomplete_message_for_unsent(wrongly: bool) {
    INCOMPLETE_MESSAGE_IS_UNSENT.store(wrongly, Ordering::SeqCst);
}

pub(crate) fn incomplete_message_is_unsent() -> bool {
    INCOMPLETE_MESSAGE_IS_UNSENT.load(Ordering::SeqCst)
}
