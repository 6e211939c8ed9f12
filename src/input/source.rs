//! Where a medium comes from, as JavaScript gives it.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use napi::Status;
use napi::bindgen_prelude::{FromNapiValue, Function, Object, Promise, Uint8Array, Unknown};
use napi::threadsafe_function::ThreadsafeFunction;
use twitter_native_core::error::Error;
use twitter_native_core::services::media::{ChunkStream, MediaSource};

use super::reader::{FromJs, Path, read_object, read_property, readable, type_of};

impl FromJs for MediaSource {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if type_of(&value, path)? == napi::ValueType::String {
            return String::from_js(value, path).and_then(|url| url_source(url, path));
        }
        let object = read_object(value, path)
            .map_err(|_| path.refuse("must be a URL or an object with url, path, data or stream"))?;
        source_of(&object, path)
    }
}

/// Reads the one of `url`, `path`, `data` and `stream` that the object has.
pub(super) fn source_of(object: &Object<'_>, path: &Path<'_>) -> Result<MediaSource, Error> {
    let url: Option<String> = read_property(object, "url", path)?;
    let file: Option<String> = read_property(object, "path", path)?;
    let data: Option<Bytes> = read_property(object, "data", path)?;
    let stream: Option<PulledStream> = read_property(object, "stream", path)?;
    let filename: Option<String> = read_property(object, "filename", path)?;
    let size: Option<u64> = read_property(object, "size", path)?;
    match (url, file, data, stream) {
        (Some(url), None, None, None) => url_source(url, &Path::Property(path, "url")),
        (None, Some(file), None, None) if file.is_empty() => {
            Err(Path::Property(path, "path").refuse("must not be empty"))
        }
        (None, Some(file), None, None) => Ok(MediaSource::Path(PathBuf::from(file))),
        (None, None, Some(bytes), None) => Ok(MediaSource::Data { bytes, filename }),
        (None, None, None, Some(stream)) => {
            Ok(MediaSource::Stream { chunks: Box::new(stream), size, filename })
        }
        _ => Err(path.refuse("must have exactly one of url, path, data and stream")),
    }
}

fn url_source(url: String, path: &Path<'_>) -> Result<MediaSource, Error> {
    if url.is_empty() { Err(path.refuse("must not be empty")) } else { Ok(MediaSource::Url(url)) }
}

/// A function that gives a promise of the next chunk, or of `null` at the end: what the JavaScript layer makes of
/// a stream.
type Pull = ThreadsafeFunction<(), Promise<Option<Uint8Array>>, (), Status, false, true>;

/// A stream whose chunks are pulled one at a time, so that its own backpressure holds.
#[derive(Clone)]
struct PulledStream(Arc<Pull>);

impl FromJs for PulledStream {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let function: Function<'_, (), Promise<Option<Uint8Array>>> =
            FromNapiValue::from_unknown(value).map_err(|_| path.refuse("must be a readable stream"))?;
        let pull = function.build_threadsafe_function().weak::<true>().callee_handled::<false>().build();
        Ok(Self(Arc::new(readable(pull, path)?)))
    }
}

impl ChunkStream for PulledStream {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, String>> {
        Box::pin(async move {
            let promise = self.0.call_async_catch(()).await.map_err(|error| error.reason.clone())?;
            let chunk = promise.await.map_err(|error| error.reason.clone())?;
            Ok(chunk.map(Bytes::from_owner))
        })
    }
}
