//! A rule of X's that a medium breaks.

/// A rule that a medium breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaProblem {
    /// A word for programs, for example `gif_too_many_frames`.
    pub code: &'static str,
    /// A sentence for a person, with the limit and the figure.
    pub message: String,
    /// The fact that breaks the rule, as `probeMedia` names it.
    pub field: Option<&'static str>,
    /// The limit.
    pub limit: Option<u64>,
    /// The medium's figure.
    pub actual: Option<u64>,
}

impl MediaProblem {
    /// A broken rule that is about no single fact.
    pub(crate) const fn new(code: &'static str, message: String) -> Self {
        Self { code, message, field: None, limit: None, actual: None }
    }

    /// A broken rule that has no figures.
    pub(crate) fn of(code: &'static str, field: &'static str, message: String) -> Self {
        Self { field: Some(field), ..Self::new(code, message) }
    }

    pub(super) fn over(
        code: &'static str,
        field: &'static str,
        what: &str,
        actual: u64,
        limit: u64,
        unit: &str,
    ) -> Self {
        let message = format!("{what} is {actual} {unit}; X accepts at most {limit}");
        Self { limit: Some(limit), actual: Some(actual), ..Self::of(code, field, message) }
    }

    pub(super) fn under(
        code: &'static str,
        field: &'static str,
        what: &str,
        actual: u64,
        limit: u64,
        unit: &str,
    ) -> Self {
        let message = format!("{what} is {actual} {unit}; X accepts at least {limit}");
        Self { limit: Some(limit), actual: Some(actual), ..Self::of(code, field, message) }
    }

    /// The medium is too large in bytes.
    pub fn is_size(&self) -> bool {
        matches!(self.code, "too_large" | "too_many_segments")
    }
}
