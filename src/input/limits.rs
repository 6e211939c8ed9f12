//! A store of rate limits that processes share, which lives in JavaScript.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use napi::Status;
use napi::bindgen_prelude::{Promise, Unknown};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use twitter_native_core::client::RateLimitStore;
use twitter_native_core::error::Error;
use twitter_native_core::protocol::rate_limit;

use super::reader::{FromJs, Path, read_function, read_object, readable};
use crate::output::RateLimit;

/// What X's headers said of a bucket.
#[napi(object, namespace = "internal", object_from_js = false)]
pub struct ObservedBucket {
    /// The bucket: method, path and account.
    pub key: String,
    /// What the headers said.
    pub limit: RateLimit,
}

type Reserve = ThreadsafeFunction<String, Promise<Option<f64>>, String, Status, false, true>;
type Observe = ThreadsafeFunction<ObservedBucket, (), ObservedBucket, Status, false, true>;

/// The functions that the JavaScript layer makes of a store's `reserve` and `observe`; they never fail.
#[derive(Clone)]
pub struct LimitStore(Arc<Functions>);

struct Functions {
    reserve: Reserve,
    observe: Observe,
}

impl LimitStore {
    pub(crate) fn shared(self) -> Arc<dyn RateLimitStore> {
        self.0
    }
}

impl FromJs for LimitStore {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let object = read_object(value, path)?;
        let reserve: napi::bindgen_prelude::Function<'_, String, Promise<Option<f64>>> =
            read_function(&object, "reserve", path)?;
        let observe: napi::bindgen_prelude::Function<'_, ObservedBucket, ()> =
            read_function(&object, "observe", path)?;
        Ok(Self(Arc::new(Functions {
            reserve: readable(
                reserve.build_threadsafe_function().weak::<true>().callee_handled::<false>().build(),
                path,
            )?,
            observe: readable(
                observe.build_threadsafe_function().weak::<true>().callee_handled::<false>().build(),
                path,
            )?,
        })))
    }
}

impl RateLimitStore for Functions {
    fn reserve(&self, key: String) -> BoxFuture<'_, Option<u64>> {
        Box::pin(async move {
            let reserved = self.reserve.call_async_catch(key).await.ok()?;
            reserved.await.ok().flatten().map(super::tokens::milliseconds)
        })
    }

    fn observe(&self, key: String, limit: rate_limit::RateLimit) {
        let bucket = ObservedBucket { key, limit: limit.into() };
        self.observe.call(bucket, ThreadsafeFunctionCallMode::NonBlocking);
    }
}
