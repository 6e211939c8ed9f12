//! Where a caller keeps checkpoints.

use futures_util::future::BoxFuture;

/// Where a caller keeps checkpoints.
pub trait CheckpointStore: Send + Sync {
    /// Keeps a checkpoint in place of the one before. The step that it protects is taken once this has succeeded.
    fn save(&self, checkpoint: String) -> BoxFuture<'_, Result<(), NotKept>>;
}

/// A checkpoint was not kept. Why is the caller's to know.
#[derive(Clone, Copy, Debug)]
pub struct NotKept;
