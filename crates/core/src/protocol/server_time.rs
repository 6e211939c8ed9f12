//! How far X's clock is ahead of ours, by the `Date` headers of its answers.
//!
//! A header gives whole seconds, and was written between the request and the answer: it bounds how far X's clock is
//! ahead. Bounds that agree are narrowed down, as in Marzullo's algorithm for choosing among clocks. A single header
//! that gives quite another time, as one from a cache or of a machine that is set wrong, changes nothing: a second one
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
    pub fn observe(&mut self, bounds: Bounds) {
        let known = self.known.unwrap_or(Bounds { least: 0, most: 0 });
        if bounds.is_near(known) {
            // Where they do not meet, a clock was set in between.
            self.known = Some(self.known.and_then(|known| known.common(bounds)).unwrap_or(bounds));
            self.doubted = None;
        } else if self.doubted.is_some_and(|doubted| doubted.is_near(bounds)) {
            *self = Self { known: Some(bounds), doubted: None };
        } else {
            self.doubted = Some(bounds);
        }
    }

    /// Milliseconds that X's clock is ahead of ours: none where both may be right, else the least that it can be, so
    /// that nothing seems to be later than it was. `None` before X has given its time, or where it is in doubt.
    pub fn ahead_ms(&self) -> Option<i64> {
        let Bounds { least, most } = self.known?;
        Some(if least <= 0 && most >= 0 { 0 } else { least })
    }
}

#[cfg(test)]
mod tests;
