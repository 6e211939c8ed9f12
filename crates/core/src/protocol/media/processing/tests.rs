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
