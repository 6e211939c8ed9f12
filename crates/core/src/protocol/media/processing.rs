//! How to wait until X has processed a medium (X's page on the media upload status).

/// `processing_info.state`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProcessingState {
    /// Waiting or in progress.
    Busy,
    /// The medium can be used.
    Succeeded,
    /// It never will be.
    Failed {
        /// X's reason, in one line.
        reason: String,
    },
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPoll {
    /// The medium is ready.
    Ready,
    /// X could not process it.
    Failed {
        /// X's reason, in one line.
        reason: String,
    },
    /// Ask again after this time.
    Wait {
        /// Milliseconds.
        ms: u64,
    },
    /// It took longer than the deadline.
    TooLate,
}

const MIN_WAIT_MS: u64 = 200;
const MAX_WAIT_MS: u64 = 30_000;
const MAX_BLIND_WAIT_MS: u64 = 5000;

/// Decides from the state (`None` if the answer had no `processing_info`, which means ready), what X asked to wait
/// for, how often it was asked and how long it takes already.
pub fn next_poll(
    state: Option<ProcessingState>,
    check_after_secs: Option<u64>,
    polls: u32,
    elapsed_ms: u64,
    deadline_ms: u64,
) -> NextPoll {
    match state {
        None | Some(ProcessingState::Succeeded) => NextPoll::Ready,
        Some(ProcessingState::Failed { reason }) => NextPoll::Failed { reason },
        Some(ProcessingState::Busy) => {
            let blind = || (1000 << polls.min(8)).min(MAX_BLIND_WAIT_MS);
            let asked = check_after_secs.map_or_else(blind, |secs| secs.saturating_mul(1000));
            let ms = asked.clamp(MIN_WAIT_MS, MAX_WAIT_MS);
            if elapsed_ms.saturating_add(ms) > deadline_ms {
                NextPoll::TooLate
            } else {
                NextPoll::Wait { ms }
            }
        }
    }
}

#[cfg(test)]
mod tests;
