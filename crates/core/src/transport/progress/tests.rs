use super::*;

const ALLOWANCE: Allowance = Allowance { answer: Duration::from_secs(30), bytes_per_second: 50_000 };

/// How long an attempt lasts of which nothing moves any more after `moving` was done.
async fn lasts(line: &Line, moving: impl AsyncFnOnce(&Progress)) -> u64 {
    let begun = Instant::now();
    let progress = line.begin(ALLOWANCE);
    tokio::join!(progress.stalled(), moving(&progress));
    begun.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn it_lasts_as_long_as_bytes_move() {
    let drip = async |progress: &Progress| {
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_secs(29)).await;
            progress.took(1);
        }
    };
    assert_eq!(lasts(&Line::default(), drip).await, 100 * 29 + 30);
}

#[tokio::test(start_paused = true)]
async fn it_ends_when_nothing_moves() {
    assert_eq!(lasts(&Line::default(), async |_| {}).await, 30);
    let hang = async |progress: &Progress| {
        tokio::time::sleep(Duration::from_secs(31)).await;
        progress.took(1);
    };
    assert_eq!(lasts(&Line::default(), hang).await, 31);
}

#[tokio::test(start_paused = true)]
async fn what_lies_in_buffers_has_the_time_of_the_slowest_line() {
    let at_once = async |progress: &Progress| progress.took(3_000_000);
    assert_eq!(lasts(&Line::default(), at_once).await, 30 + 60);
    let line = Line::default();
    let _others = [line.begin(ALLOWANCE), line.begin(ALLOWANCE)];
    assert_eq!(lasts(&line, at_once).await, 30 + 3 * 60);
}

#[tokio::test(start_paused = true)]
async fn what_is_held_back_here_is_not_the_line_s_fault() {
    let line = Line::default();
    let progress = line.begin(ALLOWANCE);
    let holding = async {
        progress.hold();
        tokio::time::sleep(Duration::from_secs(1000)).await;
        progress.release();
    };
    tokio::join!(progress.stalled(), holding);
    assert_eq!(progress.elapsed().as_secs(), 1000 + 30);
}
