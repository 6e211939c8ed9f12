//! Work that is done once for all who need its result meanwhile.

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};

use crate::error::Error;
use crate::error_code::ErrorCode;

/// Work under way, of all who wait for it. Each gets what it comes to.
pub(crate) type Flight<T> = Shared<BoxFuture<'static, T>>;

/// Where one flight at a time is found by those who may join it. It ends with the last who waits.
#[derive(Debug)]
pub(crate) struct SingleFlight<T: Clone>(Option<WeakShared<BoxFuture<'static, T>>>);

impl<T: Clone> Default for SingleFlight<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone + Send + 'static> SingleFlight<T> {
    /// The flight that somebody still waits for.
    pub(crate) fn under_way(&self) -> Option<Flight<T>> {
        self.0.as_ref().and_then(WeakShared::upgrade)
    }

    /// Begins another one.
    pub(crate) fn begin(&mut self, work: impl Future<Output = T> + Send + 'static) -> Flight<T> {
        let flight = work.boxed().shared();
        self.0 = flight.downgrade();
        flight
    }
}

/// Work that goes on by itself: who gives up waiting takes nothing from the others. A panic of it is an error, in these
/// words.
pub(crate) fn apart<T: Clone + Send + Sync + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
    words_for_panic: &'static str,
) -> Flight<Result<T, Error>> {
    let task = tokio::spawn(work);
    let settled =
        async move { task.await.unwrap_or_else(|_| Err(Error::new(ErrorCode::Internal, words_for_panic))) };
    settled.boxed().shared()
}

#[cfg(test)]
mod tests;
