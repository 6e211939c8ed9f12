//! Waits until X has processed a medium.

use std::time::Duration;

use tokio::time::Instant;

use super::wire::{MediaAnswer, MediaFields, Wire};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::media::processing::{NextPoll, next_poll};
use crate::transport::call::Call;
use crate::transport::exchange::send_json;

/// Hour-long videos take minutes; what takes longer than this is stuck.
const DEADLINE: Duration = Duration::from_secs(15 * 60);

/// Asks until the medium is ready. `tell` hears of the progress.
pub(super) async fn wait_until_ready(
    call: &Call,
    wire: Wire<'_>,
    mut fields: MediaFields,
    tell: impl Fn(Option<u32>),
) -> Result<MediaFields, Error> {
    let started = Instant::now();
    let id = fields.id().to_owned();
    let mut polls = 0;
    while let Some(wait) = wait_after(&fields, polls, started.elapsed())? {
        tell(fields.progress_percent());
        tokio::time::sleep(wait).await;
        polls += 1;
        let (answer, _) = send_json::<MediaAnswer>(call, &wire.status(&id)).await?;
        fields = answer.fields()?;
    }
    Ok(fields)
}

/// How long to wait until X is asked again; `None` if the medium is ready.
fn wait_after(fields: &MediaFields, polls: u32, elapsed: Duration) -> Result<Option<Duration>, Error> {
    let (state, elapsed_ms) = (fields.processing(), millis(elapsed));
    match next_poll(state, fields.check_after_secs(), polls, elapsed_ms, millis(DEADLINE)) {
        NextPoll::Ready => Ok(None),
        NextPoll::Wait { ms } => Ok(Some(Duration::from_millis(ms))),
        NextPoll::Failed { reason } => {
            Err(Error::new(ErrorCode::MediaProcessing, format!("X could not process the medium: {reason}"))
                .with(|fields| fields.detail = Some(reason)))
        }
        NextPoll::TooLate => {
            let minutes = DEADLINE.as_secs() / 60;
            let message = format!("X was still processing the medium after {minutes} minutes");
            Err(Error::new(ErrorCode::MediaProcessing, message).with(|fields| fields.retryable = true))
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
