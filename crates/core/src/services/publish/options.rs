//! How to publish.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::checkpoint_store::CheckpointStore;
use crate::error::Error;
use crate::protocol::cost::Prices;
use crate::protocol::media::preparation::Prepare;
use crate::protocol::publish::Row;
use crate::services::media::{MediaApi, OnOtherBytes, ProgressListener};

/// When the timeline is read, after the outcome became unknown: a post may take a while to be seen.
pub const DEFAULT_SCHEDULE_MS: [u64; 5] = [2_000, 5_000, 15_000, 45_000, 120_000];

/// What to do with a post that the timeline does not show, however long it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnUnknown {
    /// Leave it to a person.
    #[default]
    Stop,
    /// Send it again once it counts as absent.
    Retry,
    /// Send it again unless it shows at once: an operator looked at the account.
    OperatorDecided,
}

/// How to publish.
#[derive(Clone)]
pub struct PublishOptions {
    /// Through which API media go.
    pub media_api: MediaApi,
    /// What is done with pictures before they go up, if not what the client says.
    pub prepare: Option<Prepare>,
    /// Only check and probe.
    pub dry_run: bool,
    /// Called with how far each medium is.
    pub progress: Option<ProgressListener>,
    /// How far an earlier call came.
    pub checkpoint: Option<String>,
    /// Where checkpoints are kept.
    pub store: Option<Arc<dyn CheckpointStore>>,
    /// What to do with a post that the timeline does not show.
    pub on_unknown: OnUnknown,
    /// What to do with a medium whose source holds other bytes than were uploaded.
    pub on_other_bytes: OnOtherBytes,
    /// When the timeline is read, in milliseconds after an outcome became unknown. Empty: never.
    pub schedule_ms: Vec<u64>,
    /// How long the caller's lease on the post still lasts, in milliseconds, where there is one.
    pub lease_left_ms: Option<LeaseLeft>,
    /// By which the post's cost is estimated.
    pub prices: Arc<Prices>,
    /// The other intents of the caller's store, where it gives them.
    pub other_rows: Option<Arc<dyn OtherRows>>,
}

/// Where other intents lie, of this process and of others.
pub trait OtherRows: Send + Sync {
    /// Reads the rows that have one of these [marks](crate::protocol::publish::marks_of).
    fn marked(&self, marks: Vec<String>) -> BoxFuture<'_, Result<Vec<Row>, Error>>;
}

/// Says how long a lease still lasts, in milliseconds.
pub type LeaseLeft = Arc<dyn Fn() -> u64 + Send + Sync>;

impl Default for PublishOptions {
    fn default() -> Self {
        Self {
            media_api: MediaApi::default(),
            prepare: None,
            dry_run: false,
            progress: None,
            checkpoint: None,
            store: None,
            on_unknown: OnUnknown::default(),
            on_other_bytes: OnOtherBytes::default(),
            schedule_ms: DEFAULT_SCHEDULE_MS.to_vec(),
            lease_left_ms: None,
            prices: Arc::default(),
            other_rows: None,
        }
    }
}
