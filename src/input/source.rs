//! Where a medium comes from, as JavaScript gives it.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use napi::Status;
use napi::bindgen_prelude::{FnArgs, FromNapiValue, Function, Unknown};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use twitter_native_core::error::Error;
use twitter_native_core::error_code::ErrorCode;
use twitter_native_core::services::media::{ChunkStream, MediaSource, SliceSource, SourceFailure};

use super::delivery::{self, Delivery};
use super::properties::{OwnProperties, name};
use super::reader::{FromJs, Path, read_function, readable, type_of};

impl FromJs for MediaSource {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if type_of(&value, path)? == napi::ValueType::String {
            return String::from_js(value, path).and_then(|url| url_source(url, path));
        }
        let properties = OwnProperties::of(value, path)
            .map_err(|_| path.refuse("must be a URL or an object with url, path, data or stream"))?;
        source_of(&properties)
    }
}

/// Reads the one of `url`, `path`, `data` and `stream` that the object has.
pub(super) fn source_of(properties: &OwnProperties<'_>) -> Result<MediaSource, Error> {
    let url: Option<String> = properties.read(name!(url))?;
    let file: Option<String> = properties.read(name!(path))?;
    let data: Option<Data> = properties.read(name!(data))?;
    let stream: Option<PulledStream> = properties.read(name!(stream))?;
    let filename: Option<String> = properties.read(name!(filename))?;
    let size: Option<u64> = properties.read(name!(size))?;
    match (url, file, data, stream) {
        (Some(url), None, None, None) if url.is_empty() => {
            Err(properties.refuse(name!(url), "must not be empty"))
        }
        (Some(url), None, None, None) => Ok(MediaSource::Url(url)),
        (None, Some(file), None, None) if file.is_empty() => {
            Err(properties.refuse(name!(path), "must not be empty"))
        }
        (None, Some(file), None, None) => Ok(MediaSource::Path(PathBuf::from(file))),
        (None, None, Some(Data::Copied(bytes)), None) => Ok(MediaSource::Data { bytes, filename }),
        (None, None, Some(Data::Asked(slices)), None) => {
            Ok(MediaSource::Slices { slices: Box::new(slices), filename })
        }
        (None, None, None, Some(stream)) => {
            Ok(MediaSource::Stream { chunks: Box::new(stream), size, filename })
        }
        _ => Err(properties.refuse_all("must have exactly one of url, path, data and stream")),
    }
}

fn url_source(url: String, path: &Path<'_>) -> Result<MediaSource, Error> {
    if url.is_empty() { Err(path.refuse("must not be empty")) } else { Ok(MediaSource::Url(url)) }
}

/// A stream's next chunk: the JavaScript layer makes such a function of it.
type Pull = ThreadsafeFunction<Delivery, (), Delivery, Status, false, true>;

/// A stream whose chunks are pulled one at a time, so that its own backpressure holds.
#[derive(Clone)]
struct PulledStream(Arc<Pull>);

impl FromJs for PulledStream {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let function: Function<'_, Delivery, ()> =
            FromNapiValue::from_unknown(value).map_err(|_| path.refuse("must be a readable stream"))?;
        let pull = function.build_threadsafe_function().weak::<true>().callee_handled::<false>().build();
        Ok(Self(Arc::new(readable(pull, path)?)))
    }
}

impl ChunkStream for PulledStream {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, SourceFailure>> {
        let pull = |delivery| self.0.call(delivery, ThreadsafeFunctionCallMode::NonBlocking);
        Box::pin(delivery::ask(pull))
    }
}

/// What the JavaScript layer makes of `data`.
enum Data {
    /// Few bytes, which were copied.
    Copied(Bytes),
    /// Many, which are asked for.
    Asked(AskedSlices),
}

impl FromJs for Data {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let properties = OwnProperties::of(value, path).map_err(|_| path.refuse(NOT_BYTES))?;
        if let Some(why) = properties.read::<Option<String>>(name!(unreadable))? {
            return Err(Error::new(ErrorCode::MediaSource, format!("{path} {why}")));
        }
        let size: u64 = properties.read(name!(size))?;
        let Some(bytes) = properties.read::<Option<Bytes>>(name!(bytes))? else {
            return AskedSlices::read(&properties, size, path).map(Self::Asked);
        };
        if bytes.len() as u64 == size {
            return Ok(Self::Copied(bytes));
        }
        // Reading another argument can run the caller's code.
        Err(Error::new(ErrorCode::MediaSource, format!("{path} changed while it was read")))
    }
}

const NOT_BYTES: &str =
    "must be a Buffer, a typed array, a DataView, an ArrayBuffer, a SharedArrayBuffer, a Blob or a File";

/// A slice of bytes from an offset on, so and so long.
type Request = FnArgs<(Delivery, i64, i64)>;
type Ask = ThreadsafeFunction<Request, (), Request, Status, false, true>;

/// Bytes that are copied on the JavaScript thread, slice by slice.
struct AskedSlices {
    ask: Ask,
    size: u64,
    label: &'static str,
}

impl AskedSlices {
    fn read(properties: &OwnProperties<'_>, size: u64, path: &Path<'_>) -> Result<Self, Error> {
        let function: Function<'_, Request, ()> = read_function(properties.object(), "ask", path)?;
        let ask = function.build_threadsafe_function().weak::<true>().callee_handled::<false>().build();
        let is_blob: bool = properties.read(name!(is_blob))?;
        Ok(Self { ask: readable(ask, path)?, size, label: if is_blob { "blob" } else { "buffer" } })
    }
}

impl SliceSource for AskedSlices {
    fn size(&self) -> u64 {
        self.size
    }

    fn default_label(&self) -> &'static str {
        self.label
    }

    fn copy(&mut self, offset: u64, length: u64) -> BoxFuture<'_, Result<Bytes, SourceFailure>> {
        // Both are below 2^53, since the size is.
        let [offset, length] = [offset, length].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        let ask = move |delivery| {
            self.ask.call((delivery, offset, length).into(), ThreadsafeFunctionCallMode::NonBlocking)
        };
        let asked = delivery::ask(ask);
        Box::pin(async { Ok(asked.await?.unwrap_or_default()) })
    }
}
