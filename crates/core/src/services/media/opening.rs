//! Opens connections to X while media are still on their way here.

use super::prepare::{Origin, Prepared};
use super::transfer::is_one_request;
use super::{MediaApi, UploadContext};
use crate::transport::call::Call;
use crate::transport::opened::Opening;

/// Opens a connection for each medium that goes up in one request, which is sent when all of it is here. They are closed
/// when what is returned is dropped. Everything that a medium's first bytes show was checked before, so a
/// connection is seldom opened for nothing.
pub(super) fn open_ahead(call: &Call, media: &[Prepared], context: &UploadContext) -> Option<Opening> {
    if context.api != MediaApi::V2 {
        return None;
    }
    let uploads = media.iter().filter(|medium| is_late(medium, context)).count();
    // Whoever needs a connection that can't be opened finds out why.
    call.client().open_for_uploads(uploads).ok().flatten()
}

/// Whether a post with these media will be sent soon: all of them go up in one request, and X has nothing to process.
pub fn are_quick(media: &[Prepared], context: &UploadContext) -> bool {
    media.iter().all(|medium| is_late(medium, context))
}

fn is_late(medium: &Prepared, context: &UploadContext) -> bool {
    matches!(medium.origin, Origin::Source(..))
        && is_one_request(medium.category, medium.total_bytes, context.budget.bytes())
}
