//! What an error body says.

use super::shown::Shown;

/// What an error body says, whatever its shape. The texts are X's own, not yet fit to be shown.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) problem_type: Option<String>,
    pub(super) title: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) api_code: Option<i64>,
    /// OAuth 2's `error`.
    pub(super) oauth_error: Option<String>,
    /// The plan that the call is for.
    pub(super) required_enrollment: Option<String>,
    /// Names of the parameters that X complains of.
    pub(super) parameters: Vec<String>,
    /// Values that X repeats beside its reasons.
    pub(super) echoed: Echoed,
    /// It is one of X's JSON shapes, and not a gateway's page.
    pub(super) is_json: bool,
}

/// Values that were sent. They are in no log either, so there is no way to print them.
#[derive(Clone, Default)]
pub(super) struct Echoed(pub(super) Vec<String>);

impl Parsed {
    /// The texts as they may be shown.
    pub(super) fn shown(&mut self, shown: &Shown<'_>) {
        let echoed = std::mem::take(&mut self.echoed);
        for text in [&mut self.title, &mut self.detail, &mut self.required_enrollment, &mut self.problem_type]
        {
            *text = text.take().map(|text| shown.of(&text, &echoed.0)).filter(|text| !text.is_empty());
        }
    }
}
