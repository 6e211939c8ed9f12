use super::*;

async fn is_hungry(steps: &[(u64, u64, u64)]) -> bool {
    let mut hunger = Hunger::new();
    let mut hungry = false;
    for (waited, idle, bytes) in steps {
        tokio::time::advance(Duration::from_millis(waited + idle)).await;
        hungry |= hunger.note(Duration::from_millis(*waited), *bytes);
    }
    hungry
}

#[tokio::test(start_paused = true)]
async fn a_capped_source_is_told_from_others() {
    assert!(is_hungry(&[(10, 0, 250_000); 30]).await, "25 MB a second, always waited for");
    assert!(!is_hungry(&[(5, 5, 250_000); 60]).await, "the reader is as slow");
    assert!(!is_hungry(&[(10, 0, 10_000); 60]).await, "a slow line");
    assert!(!is_hungry(&[(10, 0, 1_000_000); 60]).await, "a fast source");
    assert!(!is_hungry(&[(10, 0, 250_000); 20]).await, "it is too early to tell");
}
