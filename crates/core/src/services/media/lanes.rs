//! How many segments of one publish are in flight, of all its media together.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Places for segments in flight.
#[derive(Clone, Debug)]
pub struct Lanes(Arc<Semaphore>);

impl Lanes {
    /// So many places.
    pub fn new(count: u32) -> Self {
        Self(Arc::new(Semaphore::new(
            usize::try_from(count).unwrap_or(usize::MAX).clamp(1, Semaphore::MAX_PERMITS),
        )))
    }

    /// Waits for a place. It is free again when what is returned is dropped. They are never closed.
    pub(super) async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0).acquire_owned().await.ok()
    }
}
