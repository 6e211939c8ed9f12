//! One call of the public interface: its client, its deadline, its cancellation and who watches it.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::client::{Client, RateLimitStore};
use super::progress::Line;
use super::watch::Watch;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::operation::Operation;
use crate::protocol::media::preparation::Prepare;
use crate::protocol::rate_limit::RateLimit;

/// One attempt of one request, as an observer sees it. It holds no secret: no query, no header, no body.
#[derive(Clone, Debug)]
pub struct RequestEvent {
    /// The operation that the request belongs to.
    pub operation: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Host and port.
    pub host: String,
    /// Path with `:name` in place of values.
    pub path: &'static str,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Counted from 1.
    pub attempt: u32,
    /// When the attempt began, since the epoch.
    pub started_at: Duration,
    /// From the first byte sent to the last byte read.
    pub duration: Duration,
    /// What the answer's headers said.
    pub rate_limit: Option<RateLimit>,
    /// What the network did, if there was no answer.
    pub failure: Option<String>,
}

/// Called for each attempt.
pub type Observer = Arc<dyn Fn(RequestEvent) + Send + Sync>;

/// What every operation needs to know of the call that it is part of.
#[derive(Clone)]
pub struct Call {
    client: Arc<Client>,
    operation: Operation,
    deadline: Option<Instant>,
    cancellation: CancellationToken,
    observer: Option<Observer>,
    limit_store: Option<Arc<dyn RateLimitStore>>,
    post_in_flight: Arc<AtomicBool>,
    token_in_flight: Arc<AtomicBool>,
    line: Line,
    prepare: Option<Prepare>,
}

impl Call {
    /// A call that ends at the latest `timeout` from now, or when `cancellation` is cancelled.
    pub fn new(
        client: Arc<Client>,
        operation: Operation,
        timeout: Option<Duration>,
        cancellation: CancellationToken,
        observer: Option<Observer>,
    ) -> Self {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        Self {
            client,
            operation,
            deadline,
            cancellation,
            observer,
            limit_store: None,
            post_in_flight: Arc::default(),
            token_in_flight: Arc::default(),
            line: Line::default(),
            prepare: None,
        }
    }

    /// The same call for work that continues when the caller gives up, for at most this long if that is given.
    #[must_use]
    pub(crate) fn detached(&self, longest: Option<Duration>) -> Self {
        Self {
            deadline: longest.and_then(|longest| Instant::now().checked_add(longest)),
            cancellation: CancellationToken::new(),
            post_in_flight: Arc::default(),
            token_in_flight: Arc::default(),
            ..self.clone()
        }
    }

    /// Shares the rate limits of its accounts with other processes.
    #[must_use]
    pub fn with_limit_store(mut self, store: Option<Arc<dyn RateLimitStore>>) -> Self {
        self.limit_store = store;
        self
    }

    /// Says what is done with pictures before they go up, if not what the client's configuration says.
    #[must_use]
    pub fn preparing(self, prepare: Option<Prepare>) -> Self {
        Self { prepare: prepare.or(self.prepare), ..self }
    }

    /// What is done with pictures before they go up.
    pub(crate) fn prepare(&self) -> Prepare {
        self.prepare.unwrap_or(self.client.config().prepare)
    }

    pub(crate) fn limit_store(&self) -> Option<&Arc<dyn RateLimitStore>> {
        self.limit_store.as_ref()
    }

    /// The client that the call goes through.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What the caller asked for.
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Time left, if there is a deadline.
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// What the call's uploads share.
    pub(crate) fn line(&self) -> &Line {
        &self.line
    }

    pub(crate) fn observe(&self, event: impl FnOnce() -> RequestEvent) {
        if let Some(observer) = &self.observer {
            observer(event());
        }
    }

    /// Watches a post's request: once it may have left, an abort has an unknown outcome.
    pub(crate) fn watch_post(&self) -> Watch {
        Watch::new(Arc::clone(&self.post_in_flight))
    }

    /// Watches the request that spends a token or code: once it may have left, so may they.
    pub(crate) fn watch_token(&self) -> Watch {
        Watch::new(Arc::clone(&self.token_in_flight))
    }

    /// A post of an earlier call or attempt may have been created: an abort has an unknown outcome.
    pub(crate) fn mark_post_in_doubt(&self) {
        self.post_in_flight.store(true, Ordering::SeqCst);
    }

    /// A post may have been created without our knowing.
    pub(crate) fn has_post_in_doubt(&self) -> bool {
        self.post_in_flight.load(Ordering::SeqCst)
    }

    /// What became of a post that was in doubt is known.
    pub(crate) fn clear_post_doubt(&self) {
        self.post_in_flight.store(false, Ordering::SeqCst);
    }

    /// Whether a token or code is spent is known.
    pub(crate) fn token_is_settled(&self) {
        self.token_in_flight.store(false, Ordering::SeqCst);
    }

    /// Runs the call's work to its end, its deadline or its cancellation, whichever is first.
    ///
    /// Work is dropped where it is; everything that it has open belongs to it and closes with it. Work that
    /// panics ends the call alone.
    pub fn run<'a, T: Send + 'a>(
        &'a self,
        work: impl Future<Output = Result<T, Error>> + Send + 'a,
    ) -> impl Future<Output = Result<T, Error>> + Send + 'a {
        // On the heap at once: an async function keeps an argument twice, as it came and as it is awaited, so each layer
        // of them would double the largest of all futures and copy it.
        self.run_boxed(Box::pin(work))
    }

    async fn run_boxed<T>(&self, work: BoxFuture<'_, Result<T, Error>>) -> Result<T, Error> {
        let deadline = async {
            match self.deadline {
                Some(deadline) => tokio::time::sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        let outcome = tokio::select! {
            biased;
            () = self.cancellation.cancelled() => Err(self.interrupted(ErrorCode::Aborted, "the call was aborted")),
            outcome = AssertUnwindSafe(work).catch_unwind() => outcome.unwrap_or_else(|_| {
                Err(self.interrupted(ErrorCode::Internal, "an internal error stopped the call"))
            }),
            () = deadline => Err(self.interrupted(ErrorCode::Timeout, "the call's deadline has passed")),
        };
        outcome.map_err(|error| error.during(self.operation))
    }

    fn interrupted(&self, code: ErrorCode, why: &str) -> Error {
        if self.post_in_flight.load(Ordering::SeqCst) {
            return Error::new(
                ErrorCode::UnknownOutcome,
                format!("{why} while X's answer to the post was awaited; it may have been published"),
            )
            .with_cause(why);
        }
        if self.token_in_flight.load(Ordering::SeqCst) {
            return Error::new(
                ErrorCode::ReauthRequired,
                format!(
                    "{why} while X's answer was awaited, so the token or code is probably spent; use the access \
                     token while it lasts, then have the user authorize again"
                ),
            )
            .with_cause(why);
        }
        Error::new(code, why).with(|fields| fields.retryable = code == ErrorCode::Timeout)
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Call").field("operation", &self.operation).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
