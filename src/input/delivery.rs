//! Bytes that JavaScript was asked for.

use std::sync::Mutex;

use bytes::Bytes;
use napi::Status;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;
use tokio::sync::oneshot;
use twitter_native_core::locks::locked;
use twitter_native_core::services::media::SourceFailure;

use super::bytes::copy_bytes;

type Answer = Result<Option<Bytes>, SourceFailure>;

/// Takes the answer to one request for bytes. The JavaScript layer gets one with each request; the first answer counts.
#[napi(namespace = "internal")]
pub struct Delivery {
    answer: Mutex<Option<oneshot::Sender<Answer>>>,
}

#[napi(namespace = "internal")]
impl Delivery {
    /// Hands over a copy of the bytes.
    #[napi(catch_unwind, ts_args_type = "bytes: Uint8Array")]
    pub fn give(&self, bytes: Unknown<'_>) {
        self.settle(|| {
            copy_bytes(bytes).map(Some).map_err(|error| failure("could not be read", error.reason.clone()))
        });
    }

    /// There are no more bytes.
    #[napi(catch_unwind)]
    pub fn end(&self) {
        self.settle(|| Ok(None));
    }

    /// There won't be any: what the source did, and why, if it said so.
    #[napi(catch_unwind)]
    pub fn fail(&self, what: String, cause: Option<String>) {
        self.settle(|| Err(SourceFailure { what, cause }));
    }
}

impl Delivery {
    fn settle(&self, answer: impl FnOnce() -> Answer) {
        let sender = locked(&self.answer).take();
        // Of a call that has ended nobody waits for the bytes.
        if let Some(sender) = sender.filter(|sender| !sender.is_closed()) {
            let _unwanted = sender.send(answer());
        }
    }
}

/// Asks the JavaScript thread for bytes and waits for the answer. There is none if the garbage collector finds nobody left
/// who could give it. Of a thread that has ended the whole call is dropped, since it may keep what it was asked for ever.
pub(super) async fn ask(ask: impl FnOnce(Delivery) -> Status) -> Answer {
    let (sender, answer) = oneshot::channel();
    if ask(Delivery { answer: Mutex::new(Some(sender)) }) != Status::Ok {
        return Err(unanswered());
    }
    answer.await.unwrap_or_else(|_| Err(unanswered()))
}

fn failure(what: &str, cause: impl Into<Option<String>>) -> SourceFailure {
    SourceFailure { what: what.to_owned(), cause: cause.into() }
}

fn unanswered() -> SourceFailure {
    failure("no longer answers", None)
}
