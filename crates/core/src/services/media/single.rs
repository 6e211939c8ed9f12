//! One medium without a post.

use super::{
    Lanes, MediaApi, MemoryBudget, ProgressListener, UploadContext, UploadRequest, UploadedMedia, prepare,
    upload,
};
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::protocol::validation::PostLimits;

/// Uploads one medium. Its description is checked before anything is read.
pub async fn upload_single(
    call: &Call,
    credentials: &Credentials,
    request: UploadRequest,
    api: MediaApi,
    progress: Option<ProgressListener>,
) -> Result<UploadedMedia, Error> {
    let limit = PostLimits::default().max_alt_text;
    let length = request.alt_text.as_deref().map_or(0, |text| text.chars().count());
    if length > limit {
        let why = format!("has {length} characters; shorten it to {limit}");
        return Err(Error::invalid_argument("options.altText", why));
    }
    let upload_config = &call.client().config().upload;
    let budget = MemoryBudget::new(upload_config.max_buffered_bytes);
    let lanes = Lanes::new(upload_config.concurrency);
    let prepared = prepare(call, request, budget.bytes()).await?;
    upload(call, credentials, prepared, &UploadContext { api, budget, lanes, progress, log: None }, 0).await
}
