//! Functions of the caller's that give a promise, as the JavaScript layer hands them over.

use napi::Status;
use napi::bindgen_prelude::{FromNapiValue, Function, JsValuesTupleIntoVec, Object, Promise, ToNapiValue};
use napi::threadsafe_function::ThreadsafeFunction;
use twitter_native_core::error::Error;

use super::reader::{Path, read_function, readable};

/// A function that is asked from any thread. It does not keep the process alive.
pub(super) type Asked<In, Out> = ThreadsafeFunction<In, Promise<Out>, In, Status, false, true>;

/// Reads the function under a name.
pub(super) fn asked<In, Out>(
    object: &Object<'_>,
    name: &str,
    path: &Path<'_>,
) -> Result<Asked<In, Out>, Error>
where
    In: ToNapiValue + JsValuesTupleIntoVec + 'static,
    Out: FromNapiValue + Send + 'static,
{
    let function: Function<'_, In, Promise<Out>> = read_function(object, name, path)?;
    readable(function.build_threadsafe_function().weak::<true>().callee_handled::<false>().build(), path)
}
