//! Functions of JavaScript that hear of events.

use std::sync::Arc;

use napi::Status;
use napi::bindgen_prelude::{FromNapiValue, Function, Unknown};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use twitter_native_core::call;
use twitter_native_core::error::Error;
use twitter_native_core::services::media::ProgressEvent;

use super::reader::{FromJs, Path, readable};
use crate::output::{MediaProgress, RequestEvent};

/// A JavaScript function that hears of events. It does not keep the process alive.
type Listener<T> = ThreadsafeFunction<T, (), T, Status, false, true>;

fn listener<T>(value: Unknown<'_>, path: &Path<'_>) -> Result<Listener<T>, Error>
where
    T: napi::bindgen_prelude::ToNapiValue + napi::bindgen_prelude::JsValuesTupleIntoVec + 'static,
{
    let function: Function<'_, T, ()> =
        FromNapiValue::from_unknown(value).map_err(|_| path.refuse("must be a function"))?;
    readable(function.build_threadsafe_function().weak::<true>().callee_handled::<false>().build(), path)
}

/// `onRequest` of a client.
#[derive(Clone)]
pub struct Observer(pub(crate) call::Observer);

impl FromJs for Observer {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let listener: Listener<RequestEvent> = listener(value, path)?;
        Ok(Self(Arc::new(move |event| {
            listener.call(RequestEvent::from(event), ThreadsafeFunctionCallMode::NonBlocking);
        })))
    }
}

/// `onProgress` of an upload.
pub struct ProgressListener(pub(crate) Arc<dyn Fn(ProgressEvent) + Send + Sync>);

impl FromJs for ProgressListener {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let listener: Listener<MediaProgress> = listener(value, path)?;
        Ok(Self(Arc::new(move |event| {
            listener.call(MediaProgress::from(event), ThreadsafeFunctionCallMode::NonBlocking);
        })))
    }
}
