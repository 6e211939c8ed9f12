//! One medium without a post.

use super::opening::open_ahead;
use super::{
    Lanes, MediaApi, ProgressListener, UploadContext, UploadRequest, UploadedMedia, prepare, upload,
};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::protocol::validation::PostLimits;
use crate::transport::call::Call;

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
    let budget = upload_config.memory();
    let lanes = Lanes::new(upload_config.concurrency);
    let prepared = prepare(call, request, &budget, budget.bytes()).await?;
    let context = UploadContext { api, budget, lanes, progress, log: None };
    let _opening = open_ahead(call, std::slice::from_ref(&prepared), &context);
    upload(call, credentials, prepared, &context, 0).await
}
