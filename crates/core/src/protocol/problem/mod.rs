//! What X's error answers mean.
//!
//! X answers in several shapes: problem+json, problems in an `errors` array, v1.1's `{errors:[{code, message}]}`,
//! OAuth 2's `{error, error_description}`, an empty body or a gateway's HTML. The status, the problem's type and the
//! numeric code decide; wording only refines, since X changes it without notice.

mod body;
mod classify;

use crate::error_code::ErrorCode;

pub use body::PartialProblem;

/// What an endpoint is about, as far as its errors are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemContext {
    /// Posts, users, metrics.
    General,
    /// Creating a post.
    CreatePost,
    /// Uploading media.
    Media,
    /// OAuth 2.0 token endpoints, whose errors are of RFC 6749's shape.
    Token,
}

/// An error answer, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it comes to.
    pub code: ErrorCode,
    /// The last path segment of the problem's type.
    pub problem_type: Option<String>,
    /// X's short name for it.
    pub title: Option<String>,
    /// X's explanation, without the values that were sent.
    pub detail: Option<String>,
    /// v1.1's numeric code.
    pub api_code: Option<i64>,
    /// The same call may succeed later.
    pub retryable: bool,
    /// HTTP status.
    pub status: u16,
}

impl Problem {
    /// A window of requests is used up; unlike an account's own daily limit it tells when it ends.
    pub fn is_rate_limit(&self) -> bool {
        self.status == 429 && self.code == ErrorCode::RateLimited
    }

    /// X refused the timestamp of an OAuth 1.0a signature (code 135).
    pub fn is_clock_skew(&self) -> bool {
        self.code == ErrorCode::Unauthorized && self.api_code == Some(135)
    }
}

/// Reads an error answer; any body will do.
pub fn interpret(status: u16, body: &[u8], context: ProblemContext) -> Problem {
    let told = body::read(body);
    let code = classify::classify(status, &told, context);
    Problem {
        code,
        retryable: classify::is_retryable(code),
        status,
        problem_type: told.problem_type,
        title: told.title,
        detail: told.detail,
        api_code: told.api_code,
    }
}

/// Reads one problem that stands in an `errors` array beside or instead of `data` in a 2xx answer.
pub fn interpret_partial(partial: &PartialProblem) -> Problem {
    let told = body::from_partial(partial);
    let code = classify::classify_partial(&told);
    Problem {
        code,
        retryable: false,
        status: 200,
        problem_type: told.problem_type,
        title: told.title,
        detail: told.detail,
        api_code: told.api_code,
    }
}

/// What a 2xx answer says went wrong, if it holds nothing but that.
pub fn errors_alone(body: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Answer {
        data: Option<serde::de::IgnoredAny>,
        #[serde(default)]
        errors: Vec<PartialProblem>,
    }
    let answer: Answer = serde_json::from_slice(body).ok()?;
    let problem = interpret_partial(answer.errors.first().filter(|_| answer.data.is_none())?);
    Some(problem.detail.or(problem.title).unwrap_or_else(|| "no details".to_owned()))
}

#[cfg(test)]
mod tests;
