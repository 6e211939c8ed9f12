//! When to look at the timeline, and when it has been looked at enough.

/// Reads that have to show nothing before a post is taken for one that does not stand.
const LEAST_CLEAN_READS: u32 = 3;
/// How long after it was armed the last of them has to be, by X's clock: a post may take a while to be seen.
const QUARANTINE_MS: u64 = 120_000;

/// What the reads so far have shown: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Times of the schedule that are over.
    pub tried: usize,
    /// Reads that X answered in full.
    pub clean: u32,
    /// How long after the post was armed the last clean one was, by X's clock.
    pub age_ms: u64,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextRead {
    /// Read this long after the outcome became unknown.
    At(u64),
    /// It was read often and long enough: the post does not stand.
    NotThere,
    /// The schedule is over, and says too little.
    Undecided,
}

/// Decides on the next read. `schedule` holds times after the outcome became unknown, in milliseconds.
pub fn next_read(schedule: &[u64], reads: Reads) -> NextRead {
    if reads.clean >= LEAST_CLEAN_READS && reads.age_ms >= QUARANTINE_MS {
        return NextRead::NotThere;
    }
    schedule.get(reads.tried).map_or(NextRead::Undecided, |at| NextRead::At(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: [u64; 5] = [2_000, 5_000, 15_000, 45_000, 120_000];

    fn after(tried: usize, clean: u32, age_ms: u64) -> NextRead {
        next_read(&SCHEDULE, Reads { tried, clean, age_ms })
    }

    #[test]
    fn reads_by_the_schedule_until_it_is_enough() {
        assert_eq!(after(0, 0, 0), NextRead::At(2_000));
        assert_eq!(after(3, 3, 15_000), NextRead::At(45_000));
        assert_eq!(after(4, 4, 119_999), NextRead::At(120_000));
        assert_eq!(after(5, 5, 120_000), NextRead::NotThere);
        assert_eq!(after(3, 3, 120_000), NextRead::NotThere);
    }

    #[test]
    fn few_reads_or_a_short_time_decide_nothing() {
        assert_eq!(after(5, 2, 600_000), NextRead::Undecided);
        assert_eq!(after(5, 5, 119_999), NextRead::Undecided);
        assert_eq!(next_read(&[], Reads::default()), NextRead::Undecided);
    }
}
