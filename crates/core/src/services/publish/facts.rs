//! What the state machine of a post need not know, and its caller wants to.

use crate::error::Error;
use crate::protocol::media::preparation::Preparation;
use crate::services::media::UploadedMedia;
use crate::services::tweets::CreatedTweet;

/// What the machine need not know, and the caller wants to.
#[derive(Default)]
pub(super) struct Facts {
    /// X's answer to the post.
    pub(super) created: Option<CreatedTweet>,
    /// Why the last step failed.
    pub(super) error: Option<Error>,
    /// Why the outcome is unknown.
    pub(super) lost: Option<Error>,
    /// The store's refusal.
    pub(super) not_stored: Option<Error>,
    /// Media that this call uploaded or found uploaded.
    pub(super) media: Vec<UploadedMedia>,
    /// What would be done with each medium, in a dry run.
    pub(super) preparations: Vec<Preparation>,
}
