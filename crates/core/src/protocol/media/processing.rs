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

const SHORTEST_WAIT_MS: u64 = 200;
const LONGEST_WAIT_MS: u64 = 30_000;
const LONGEST_BLIND_WAIT_MS: u64 = 5000;

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
            let blind = || (1000 << polls.min(8)).min(LONGEST_BLIND_WAIT_MS);
            let asked = check_after_secs.map_or_else(blind, |secs| secs.saturating_mul(1000));
            let ms = asked.clamp(SHORTEST_WAIT_MS, LONGEST_WAIT_MS);
            if elapsed_ms.saturating_add(ms) > deadline_ms {
                NextPoll::TooLate
            } else {
                NextPoll::Wait { ms }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy(check_after_secs: Option<u64>, polls: u32) -> NextPoll {
        next_poll(Some(ProcessingState::Busy), check_after_secs, polls, 0, 600_000)
    }

    #[test]
    fn no_processing_info_means_ready() {
        assert_eq!(next_poll(None, None, 0, 0, 0), NextPoll::Ready);
    }

    #[test]
    fn waits_as_long_as_x_asks_within_reason() {
        assert_eq!(busy(Some(7), 0), NextPoll::Wait { ms: 7000 });
        assert_eq!(busy(Some(0), 0), NextPoll::Wait { ms: 200 });
        assert_eq!(busy(Some(u64::MAX), 0), NextPoll::Wait { ms: 30_000 });
    }

    #[test]
    fn waits_longer_each_time_when_x_does_not_say() {
        let waits: Vec<NextPoll> = (0..5).map(|polls| busy(None, polls)).collect();
        assert_eq!(waits, [1000, 2000, 4000, 5000, 5000].map(|ms| NextPoll::Wait { ms }));
    }

    #[test]
    fn has_an_end() {
        assert_eq!(next_poll(Some(ProcessingState::Busy), Some(5), 3, 596_000, 600_000), NextPoll::TooLate);
    }
}
