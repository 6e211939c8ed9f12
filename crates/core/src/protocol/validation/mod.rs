//! Checking a whole post before anything is sent.
//!
//! [`validate_post`] reports every rule that is broken, not the first. It refuses only what X documents as refused:
//! where X's documentation is silent (alternative text on a video, newer top-level domains in links), X decides.

mod draft;
mod limits;
mod media;
mod poll;
mod presentation;
mod problem;
mod references;
mod text;

pub use draft::{MediaDraft, PollDraft, PostDraft, PresentationDraft, SubtitleDraft};
pub use limits::PostLimits;
pub use problem::{Problem, ProblemCode};

/// Every rule that a post breaks, in the order text, media, poll, presentation, references. An empty list means that the post may
/// be sent; X can still refuse it for reasons that only X knows.
///
/// ```
/// use twitter_native_core::protocol::validation::{PostDraft, PostLimits, ProblemCode, validate_post};
///
/// let problems = validate_post(&PostDraft::default(), &PostLimits::default());
/// assert_eq!(problems[0].code, ProblemCode::TextEmpty);
/// ```
pub fn validate_post(post: &PostDraft<'_>, limits: &PostLimits) -> Vec<Problem> {
    let mut problems = Vec::new();
    text::check(post, limits, &mut problems);
    media::check(post, limits, &mut problems);
    if let Some(poll) = &post.poll {
        poll::check(poll, limits, &mut problems);
    }
    if let Some(presentation) = &post.presentation {
        presentation::check(presentation, post.has_media(), &mut problems);
    }
    references::check_exclusions(post, &mut problems);
    references::check(post, limits, &mut problems);
    problems
}

#[cfg(test)]
mod tests;
