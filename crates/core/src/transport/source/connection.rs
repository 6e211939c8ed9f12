//! A connection that brings a medium or a part of it.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Response;
use tokio::time::Instant;

use super::fetch::{Answer, retry_delay};
use super::pace::Pace;
use super::unreadable;
use crate::error::Error;
use crate::protocol::retry_policy::{Outcome, RetryConfig};
use crate::transport::call::Call;
use crate::transport::failure::TransportFailure;

/// A source that sends nothing for this long is resumed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);
/// A source that breaks off more often than this without getting on is given up.
const MAX_FRUITLESS_RESUMES: u32 = 3;

/// The rest of an answer.
pub(super) struct Connection {
    response: Response,
    /// Offset of the byte that comes next.
    pub(super) position: u64,
    pace: Pace,
}

/// What came, and how long it was waited for.
pub(super) struct Receipt {
    pub(super) what: Received,
    pub(super) waited: Duration,
}

pub(super) enum Received {
    Chunk(Bytes),
    End,
    Broken(String),
}

impl Connection {
    pub(super) fn new(answer: Answer) -> Self {
        Self { response: answer.response, position: answer.offset, pace: Pace::default() }
    }

    /// The next bytes. `MEDIA_SOURCE` when they come too slowly.
    pub(super) async fn receive(&mut self, call: &Call, label: &str) -> Result<Receipt, Error> {
        let idle = IDLE_TIMEOUT.min(call.client().config().request_timeout);
        let began = Instant::now();
        let received = match tokio::time::timeout(idle, self.response.chunk()).await {
            Ok(Ok(Some(chunk))) => Received::Chunk(chunk),
            Ok(Ok(None)) => Received::End,
            Ok(Err(error)) => Received::Broken(TransportFailure::from_reqwest(error).description),
            Err(_) => Received::Broken(format!("nothing came for {} ms", idle.as_millis())),
        };
        let waited = began.elapsed();
        if let Received::Chunk(chunk) = &received {
            self.pace.note(waited, chunk.len() as u64).map_err(|slow| {
                let (bytes, seconds) = (slow.bytes, slow.waited.as_secs());
                unreadable(label, format!("is too slow: {bytes} bytes in {seconds} seconds"))
                    .with(|fields| fields.retryable = true)
            })?;
        }
        Ok(Receipt { what: received, waited })
    }
}

/// Waits a little before a source that broke off is asked again. `None` if it broke off too often, without getting on
/// between the breaks that are counted.
pub(super) async fn pause_before_resuming(call: &Call, breaks: u32) -> Option<()> {
    let config =
        RetryConfig { max_attempts: MAX_FRUITLESS_RESUMES + 1, ..call.client().config().retry.clone() };
    tokio::time::sleep(retry_delay(call, &Outcome::Interrupted, breaks, &config)?).await;
    Some(())
}
