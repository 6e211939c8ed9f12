//! What X's error answers mean.
//!
//! X answers in several shapes: problem+json, problems in an `errors` array, v1.1's `{errors:[{code, message}]}`,
//! OAuth 2's `{error, error_description}`, a sentence, XML, an empty body or a gateway's HTML. The status, the problem's
//! type and the numeric code decide; wording only refines, since X changes it without notice.

mod advice;
mod body;
mod classify;
mod parsed;
mod reason;
mod shown;
mod text;

use crate::error_code::ErrorCode;
use shown::Shown;

pub use body::{PartialProblem, lenient_errors};
pub use reason::Reason;

/// What an endpoint is about, as far as its errors are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemContext {
    /// Posts, users, metrics.
    General,
    /// Creating a post.
    CreatePost,
    /// Uploading media.
    Media,
    /// Webhooks, and subscriptions to events.
    Activity,
    /// OAuth 2.0 token endpoints, whose errors are of RFC 6749's shape.
    Token,
}

/// Who asked, as far as a refusal depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// OAuth 1.0a, whose permission is the app's.
    OAuth1,
    /// OAuth 2.0, whose tokens have scopes.
    OAuth2,
    /// An app, or nobody.
    App,
}

/// What X answered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// What the endpoint is about.
    pub context: ProblemContext,
    /// Who asked.
    pub caller: Caller,
    /// It changes something.
    pub writes: bool,
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
    /// What to do about it, where X's words do not say.
    pub advice: Option<String>,
    /// v1.1's numeric code.
    pub api_code: Option<i64>,
    /// The same call may succeed later.
    pub retryable: bool,
    /// How long to wait before it is made again, where X does not say.
    pub pause_ms: Option<u64>,
    /// HTTP status.
    pub status: u16,
}

impl Problem {
    /// A window of requests is used up; unlike an account's own daily limit it says when it ends.
    pub fn is_rate_limit(&self) -> bool {
        self.status == 429 && self.code == ErrorCode::RateLimited
    }

    /// What X says, in a few words at least.
    pub fn words(&self) -> String {
        let parsed = [&self.detail, &self.title].into_iter().flatten().map(|text| text.trim());
        let mut parsed = parsed.filter(|text| !text.is_empty());
        let name = http::StatusCode::from_u16(self.status).ok().filter(|status| !status.is_success());
        parsed.next().or_else(|| name?.canonical_reason()).unwrap_or("no details").to_owned()
    }

    /// X refused the timestamp of an OAuth 1.0a signature (code 135).
    pub fn is_clock_skew(&self) -> bool {
        self.code == ErrorCode::Unauthorized && self.api_code == Some(135)
    }
}

/// Reads an error answer; any body will do. What the request held is in no text of the problem: `sent` are its values.
/// Secrets were taken out of the body before, since a text that is cut or changed here could not be recognised as one.
pub fn interpret(status: u16, body: &[u8], question: Question, sent: &[String]) -> Problem {
    let mut parsed = body::read(body);
    let code = classify::classify(status, &parsed, question);
    parsed.shown(&Shown { sent });
    let advice = advice::advice(code, status, &parsed, question);
    Problem {
        code,
        retryable: classify::is_retryable(code),
        pause_ms: classify::pause_ms(code, status),
        status,
        problem_type: parsed.problem_type,
        title: parsed.title,
        detail: parsed.detail,
        advice,
        api_code: parsed.api_code,
    }
}

/// Reads one problem of an `errors` array next to or instead of `data` in a 2xx answer.
pub fn interpret_partial(partial: &PartialProblem) -> Problem {
    let mut parsed = body::from_partial(partial);
    let code = Reason::of(&parsed).map_or_else(|| classify::classify_partial(&parsed), Reason::code);
    parsed.shown(&Shown { sent: &[] });
    Problem {
        code,
        retryable: false,
        pause_ms: None,
        status: 200,
        problem_type: parsed.problem_type,
        title: parsed.title,
        detail: parsed.detail,
        advice: None,
        api_code: parsed.api_code,
    }
}

/// What a 2xx answer says went wrong, if it holds nothing but that.
pub fn errors_alone(body: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Answer {
        data: Option<serde::de::IgnoredAny>,
        #[serde(default, deserialize_with = "lenient_errors")]
        errors: Vec<PartialProblem>,
    }
    let answer: Answer = serde_json::from_slice(body).ok()?;
    Some(interpret_partial(answer.errors.first().filter(|_| answer.data.is_none())?).words())
}

#[cfg(test)]
mod tests;
