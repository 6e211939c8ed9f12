//! Memory for media on their way, shared by all media of one publish.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Error;
use crate::error_code::ErrorCode;

/// A permit counts this many bytes: semaphores count to less than the largest budget.
const UNIT: u64 = 1024;

/// Bytes that may be in memory at once. Space is taken before bytes are read and given back once X has them.
#[derive(Clone, Debug)]
pub struct MemoryBudget {
    units: Arc<Semaphore>,
    bytes: u64,
}

/// Space for some bytes; it is given back when this is dropped.
#[derive(Debug)]
pub(super) struct Space(OwnedSemaphorePermit);

impl MemoryBudget {
    /// A budget of this many bytes.
    pub fn new(bytes: u64) -> Self {
        let units = usize::try_from(bytes.div_ceil(UNIT)).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Self { units: Arc::new(Semaphore::new(units)), bytes }
    }

    /// Bytes in all.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Waits for space. All of it is taken at once, so that media that wait for each other can't block each other.
    pub(super) async fn take(&self, bytes: u64) -> Result<Space, Error> {
        let units = u32::try_from(bytes.min(self.bytes).div_ceil(UNIT)).unwrap_or(u32::MAX);
        Arc::clone(&self.units)
            .acquire_many_owned(units)
            .await
            .map(Space)
            .map_err(|cause| Error::new(ErrorCode::Internal, "the memory budget is closed").with_cause(cause))
    }
}

impl Space {
    /// Bytes that fit.
    pub(super) fn bytes(&self) -> u64 {
        self.0.num_permits() as u64 * UNIT
    }

    /// Splits off space for some bytes; `None` if there is less.
    pub(super) fn split(&mut self, bytes: u64) -> Option<Self> {
        let units = usize::try_from(bytes.div_ceil(UNIT)).ok()?;
        self.0.split(units).map(Self)
    }

    /// Makes one of two.
    pub(super) fn join(&mut self, other: Self) {
        self.0.merge(other.0);
    }
}
