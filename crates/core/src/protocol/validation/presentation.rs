//! The rules of how media are shown (X's reference of "Create Post").

use url::Url;

use super::references::check_id;
use super::{PresentationDraft, Problem, ProblemCode};

const FIELD: &str = "presentation";

pub(super) fn check(presentation: &PresentationDraft<'_>, has_media: bool, problems: &mut Vec<Problem>) {
    if !has_media {
        let message = "Only media can be presented; add media or drop the presentation.";
        problems.push(Problem::new(ProblemCode::PresentationWithoutMedia, FIELD, message));
    }
    let field = || format!("{FIELD}.previewMediaId");
    problems.extend(presentation.preview_media_id.and_then(|id| check_id(id, field)));
    let calls = &presentation.calls_to_action;
    if calls.len() > 1 {
        let field = format!("{FIELD}.callToAction");
        let message = format!("The media of a post share one call to action; these have {}.", calls.len());
        let problem = Problem::new(ProblemCode::TooManyCallsToAction, field, message);
        problems.push(problem.with_figures(1, calls.len()));
    }
    for (name, url) in calls {
        let leads_somewhere = url.is_none_or(|url| Url::parse(url).is_ok_and(|url| url.scheme() == "https"));
        if !leads_somewhere {
            let field = format!("{FIELD}.callToAction.{name}");
            let message = "A call to action leads to an https URL.";
            problems.push(Problem::new(ProblemCode::CallToActionUrl, field, message));
        }
    }
}
