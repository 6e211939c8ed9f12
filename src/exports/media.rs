//! Media without a post.

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::credentials::Credentials;
use twitter_native_core::error::Error;
use twitter_native_core::operation::Operation;
use twitter_native_core::protocol::media::category::MediaCategory;
use twitter_native_core::services::media::{self, MediaSource, OnOtherBytes, UploadRequest, UploadedMedia};

use crate::call;
use crate::input::{ProbeOptions, PublishOptions, UploadDetails, read_argument, read_user_credentials};
use crate::output::{Failure, MediaProbe, UploadedMediaDetails};

/// What an upload needs besides its call.
struct Upload {
    request: UploadRequest,
    credentials: Credentials,
    options: PublishOptions,
}

fn read_upload(source: Unknown<'_>, credentials: Unknown<'_>, options: Unknown<'_>) -> Result<Upload, Error> {
    let source: MediaSource = read_argument(source, "source")?;
    let credentials = read_user_credentials(credentials, "credentials")?;
    let details: UploadDetails = call::read_options(options)?;
    let category: Option<MediaCategory> = details.category;
    let request = UploadRequest {
        source,
        category,
        expected: None,
        alt_text: details.alt_text,
        subtitles: Vec::new(),
        kept: None,
        on_other_bytes: OnOtherBytes::Refuse,
    };
    Ok(Upload { request, credentials, options: call::read_options(options)? })
}

async fn upload(call: &Call, upload: Upload) -> Result<UploadedMedia, Error> {
    let api = upload.options.media_api.unwrap_or_default();
    let call = &call.clone().preparing(upload.options.media.and_then(|media| media.prepare));
    let progress = upload.options.on_progress.map(|listener| listener.0);
    media::upload_single(call, &upload.credentials, upload.request, api, progress).await
}

/// Uploads one medium and gives the id to post with. The medium is streamed: at no time is more than
/// `upload.maxBufferedBytes` of it in memory.
#[napi(
    catch_unwind,
    ts_args_type = "source: MediaSource, credentials: string | TokenManager | OAuth1Credentials, options?: UploadMediaOptions",
    ts_return_type = "Promise<string>"
)]
pub fn upload_media<'env>(
    env: &'env Env,
    source: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, String>> {
    call::start(env, Operation::UploadMedia, (options, environment), || {
        let wanted = read_upload(source, credentials, options)?;
        Ok(|call: Call| async move {
            let uploaded = call.run(upload(&call, wanted)).await.map_err(Failure::from)?;
            Ok(uploaded.media_id)
        })
    })
}

/// Uploads one medium like `uploadMedia` and gives what is known of it.
#[napi(
    catch_unwind,
    ts_args_type = "source: MediaSource, credentials: string | TokenManager | OAuth1Credentials, options?: UploadMediaOptions",
    ts_return_type = "Promise<UploadedMedia>"
)]
pub fn upload_media_detailed<'env>(
    env: &'env Env,
    source: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, UploadedMediaDetails>> {
    call::start(env, Operation::UploadMedia, (options, environment), || {
        let wanted = read_upload(source, credentials, options)?;
        Ok(|call: Call| async move { call.run(upload(&call, wanted)).await.map_err(Failure::from) })
    })
}

/// Says what a medium is from its own bytes, and every rule of X's that it breaks. It reads no more than it needs:
/// the head of an image, a GIF whole, a video's movie box. An image that may be prepared is read whole, up to X's 5 MB;
/// `prepare` says what would be done with it, or with a video.
#[napi(
    catch_unwind,
    ts_args_type = "source: MediaSource, options?: CallOptions & ProbeOptions",
    ts_return_type = "Promise<MediaProbe>"
)]
pub fn probe_media<'env>(
    env: &'env Env,
    source: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, MediaProbe>> {
    call::start(env, Operation::ProbeMedia, (options, environment), || {
        let source: MediaSource = read_argument(source, "source")?;
        let details: ProbeOptions = call::read_options(options)?;
        let prepare = details.media.and_then(|media| media.prepare);
        Ok(move |call: Call| async move {
            let call = call.preparing(prepare);
            call.run(media::probe(&call, source)).await.map_err(Failure::from)
        })
    })
}
