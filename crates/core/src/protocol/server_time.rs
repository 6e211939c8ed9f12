//! How far X's clock is ahead of ours, by the `Date` headers of its answers.
//!
//! A header tells whole seconds, and was written between the request and the answer: it bounds how far X's clock is
//! ahead. Bounds that agree are narrowed down, as in Marzullo's algorithm for choosing among clocks. A single header
//! that tells quite another time, as one from a cache or of a machine that is set wrong, changes nothing: a second one
//! in a row has to say the same. The machine's own clock counts like a header that came before all others.

/// Headers that are this far off what is known may be wrong. It is less than the time for which a post is looked for,
/// so that none of them alone can end that.
const FURTHEST_STEP_MS: i64 = 90_000;

/// Milliseconds that X's clock is ahead of ours: at least and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    least: i64,
    most: i64,
}

impl Bounds {
    /// Of an answer that came at `received_ms` by our clock, `took_ms` after the request, and whose `Date` is `date_ms`.
    pub fn of(date_ms: u64, received_ms: u64, took_ms: u64) -> Self {
        let signed = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let least = signed(date_ms).saturating_sub(signed(received_ms));
        Self { least, most: least.saturating_add(999).saturating_add(signed(took_ms)) }
    }

    fn common(self, other: Self) -> Option<Self> {
        let common = Self { least: self.least.max(other.least), most: self.most.min(other.most) };
        (common.least <= common.most).then_some(common)
    }

    fn is_near(self, other: Self) -> bool {
        self.least <= other.most.saturating_add(FURTHEST_STEP_MS)
            && other.least <= self.most.saturating_add(FURTHEST_STEP_MS)
    }
}

/// What is known of X's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerTime {
    known: Option<Bounds>,
    /// What the last header said, if it is far from what is known.
    doubted: Option<Bounds>,
}

impl ServerTime {
    /// Takes in what a header says.
    pub fn observe(&mut self, told: Bounds) {
        let known = self.known.unwrap_or(Bounds { least: 0, most: 0 });
        if told.is_near(known) {
            // Where they do not meet, a clock was set in between.
            self.known = Some(self.known.and_then(|known| known.common(told)).unwrap_or(told));
            self.doubted = None;
        } else if self.doubted.is_some_and(|doubted| doubted.is_near(told)) {
            *self = Self { known: Some(told), doubted: None };
        } else {
            self.doubted = Some(told);
        }
    }

    /// Milliseconds that X's clock is ahead of ours: none where both may be right, else the least that it can be, so
    /// that nothing seems to be later than it was. `None` before X has told its time, or where it is in doubt.
    pub fn ahead_ms(&self) -> Option<i64> {
        let Bounds { least, most } = self.known?;
        Some(if least <= 0 && most >= 0 { 0 } else { least })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: u64 = 1_790_000_000_000;
    const HOUR: u64 = 3_600_000;

    /// A header of a clock that is ahead by so much, at a moment of ours, in an answer that took 40 ms.
    fn header(at: u64, ahead: i64) -> Bounds {
        let date = at.saturating_add_signed(ahead) / 1000 * 1000;
        Bounds::of(date, at + 20, 40)
    }

    fn after(headers: &[Bounds]) -> Option<i64> {
        let mut time = ServerTime::default();
        for told in headers {
            time.observe(*told);
        }
        time.ahead_ms()
    }

    #[test]
    fn a_clock_that_may_be_right_is_taken_as_it_is() {
        assert_eq!(after(&[]), None);
        assert_eq!(after(&[header(NOW + 900, 0)]), Some(0));
        assert_eq!(after(&[header(NOW, 0), header(NOW + 999, 0), header(NOW + 1500, 0)]), Some(0));
    }

    #[test]
    fn one_header_that_is_far_off_changes_nothing() {
        let two_hours = 2 * i64::try_from(HOUR).unwrap_or_default();
        for off in [two_hours, -two_hours, 95_000] {
            assert_eq!(after(&[header(NOW, off)]), None);
            assert_eq!(after(&[header(NOW, off), header(NOW, 0)]), Some(0));
            assert_eq!(after(&[header(NOW, 0), header(NOW, off)]), Some(0));
            assert_eq!(after(&[header(NOW, 0), header(NOW, off), header(NOW, 0), header(NOW, off)]), Some(0));
        }
        assert_eq!(after(&[header(NOW, 0), header(NOW, two_hours), header(NOW, -two_hours)]), Some(0));
    }

    #[test]
    fn two_in_a_row_that_agree_are_believed() {
        let off = 900_000;
        assert_eq!(after(&[header(NOW, off), header(NOW + 100, off)]), Some(off - 20 - 100));
        assert_eq!(after(&[header(NOW, 0), header(NOW, off), header(NOW, off)]), Some(off - 20));
    }

    #[test]
    fn a_clock_that_is_set_in_small_steps_is_followed() {
        let steps: Vec<Bounds> = (0..4).map(|step| header(NOW, step * 61_000)).collect();
        assert_eq!(after(&steps), Some(3 * 61_000 - 20));
    }

    proptest! {
        #[test]
        fn what_is_known_is_never_more_than_the_truth(
            ahead in -80_000_i64..80_000,
            moments in prop::collection::vec(0_u64..100_000, 1..20),
        ) {
            let headers: Vec<Bounds> = moments.iter().map(|moment| header(NOW + moment, ahead)).collect();
            let known = after(&headers).unwrap_or(i64::MAX);
            // Both clocks are taken for right if they may be, which may be wrong by a second.
            let is_right = if known == 0 { ahead.abs() <= 1_040 } else { (ahead - 1_040..=ahead).contains(&known) };
            prop_assert!(is_right, "{} {}", known, ahead);
        }

        #[test]
        fn no_header_is_too_odd(headers in prop::collection::vec((0_u64.., 0_u64.., 0_u64..), 0..8)) {
            let headers: Vec<Bounds> =
                headers.into_iter().map(|(date, at, took)| Bounds::of(date, at, took)).collect();
            let _known = after(&headers);
        }
    }
}
