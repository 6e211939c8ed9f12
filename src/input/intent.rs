//! The caller's store of an intent, which lives in JavaScript.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;
use twitter_native_core::error::Error;
use twitter_native_core::services::publish::intent::{IntentStore, PublishIntent, StoreFailure, StoredRow};

use super::asked::{Asked, asked};
use super::reader::{FromJs, Path, read_object, readable};

/// A row as the JavaScript layer hands it over: checked there, since only that side sees what the caller gave.
#[napi(object, namespace = "internal")]
pub struct StoredIntent {
    /// Its text; left out before anything was stored.
    pub state: Option<String>,
    /// Stands for the version that was read.
    pub ticket: u32,
}

/// The functions that the JavaScript layer makes of `load`, `store` and `others`. They never reject: a failure is `null`.
pub struct JsIntentStore {
    load: Asked<(), Option<StoredIntent>>,
    store: Asked<StoredIntent, Option<bool>>,
    others: Asked<Vec<String>, Option<Vec<String>>>,
    tells_others: bool,
}

impl FromJs for JsIntentStore {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let object = read_object(value, path)?;
        Ok(Self {
            load: asked(&object, "load", path)?,
            store: asked(&object, "store", path)?,
            others: asked(&object, "others", path)?,
            tells_others: readable(object.get("tellsOthers"), path)?.unwrap_or(false),
        })
    }
}

impl IntentStore for JsIntentStore {
    fn load(&self) -> BoxFuture<'_, Result<StoredRow, StoreFailure>> {
        Box::pin(async move {
            let loaded = self.load.call_async_catch(()).await.map_err(|_| StoreFailure)?;
            let StoredIntent { state, ticket } = loaded.await.ok().flatten().ok_or(StoreFailure)?;
            Ok(StoredRow { state, ticket })
        })
    }

    fn store(&self, next: String, ticket: u32) -> BoxFuture<'_, Result<bool, StoreFailure>> {
        Box::pin(async move {
            let next = StoredIntent { state: Some(next), ticket };
            let stored = self.store.call_async_catch(next).await.map_err(|_| StoreFailure)?;
            stored.await.ok().flatten().ok_or(StoreFailure)
        })
    }

    fn tells_others(&self) -> bool {
        self.tells_others
    }

    fn others(&self, marks: Vec<String>) -> BoxFuture<'_, Result<Vec<String>, StoreFailure>> {
        Box::pin(async move {
            let answer = self.others.call_async_catch(marks).await.map_err(|_| StoreFailure)?;
            answer.await.ok().flatten().ok_or(StoreFailure)
        })
    }
}

/// A handle of an intent; JavaScript's `PublishIntent` wraps it.
#[napi(namespace = "internal")]
pub struct IntentHandle {
    pub(crate) intent: Arc<PublishIntent>,
}
