use super::*;

const QUICK: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(10);

fn limits<const COUNT: usize>(segments: [(u32, Duration); COUNT]) -> [usize; COUNT] {
    let mut pace = Pace::new(8, LONG);
    segments.map(|(attempts, took)| {
        pace.acknowledged(attempts, took);
        pace.limit()
    })
}

#[test]
fn grows_to_its_limit_and_halves_on_trouble() {
    let attempts = [1, 1, 1, 3, 2, 2, 2, 1, 1, 1];
    assert_eq!(limits(attempts.map(|attempts| (attempts, QUICK))), [8, 8, 8, 4, 2, 1, 1, 2, 3, 4]);
    assert_eq!(Pace::new(1, LONG).limit(), 1);
}

#[test]
fn shrinks_on_a_slow_line() {
    let took = [QUICK, LONG, LONG, LONG, LONG, QUICK];
    assert_eq!(limits(took.map(|took| (1, took))), [8, 4, 2, 1, 1, 2]);
}
