//! What an attempt came to, and the error of an exchange that ends with it.

use bytes::Bytes;

use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::problem::{self, Problem};
use crate::protocol::rate_limit::RateLimits;
use crate::protocol::refusal::is_refusal;
use crate::protocol::retry_policy::{Outcome, ResendSafety, StopReason, may_be_processed};
use crate::transport::answer::{AnswerBody, RawAnswer};
use crate::transport::failure::TransportFailure;
use crate::transport::refusal::{question, refused, values_of};
use crate::transport::request::Request;

/// The server has not begun to work on the request.
const TOO_EARLY: u16 = 425;

/// What an attempt came to.
pub(super) enum Reading {
    Accepted,
    /// A 2xx whose body can't be used.
    Unreadable(String),
    /// X said no.
    Refused(RawAnswer),
    Failed(TransportFailure),
}

impl Reading {
    pub(super) fn of(
        sent: Result<RawAnswer, TransportFailure>,
        accept: &mut (dyn FnMut(&Bytes) -> Result<(), String> + Send),
    ) -> Self {
        match sent {
            Ok(answer) if !answer.status.is_success() => Self::Refused(answer),
            Err(failure) | Ok(RawAnswer { body: AnswerBody::BrokenOff(failure), .. }) => {
                Self::Failed(failure)
            }
            Ok(RawAnswer { body: AnswerBody::Unreadable(why), .. }) => Self::Unreadable(why),
            Ok(RawAnswer { body: AnswerBody::Whole(body), .. }) => match accept(&body) {
                Ok(()) => Self::Accepted,
                Err(why) => Self::Unreadable(why),
            },
        }
    }

    /// X said what became of the request, or the request was never sent.
    pub(super) fn is_definite(&self, request: &Request<'_>) -> bool {
        match self {
            Self::Accepted => true,
            Self::Unreadable(_) => false,
            Self::Refused(answer) if request.endpoint.resend == ResendSafety::CreatePost => {
                refuses_post(answer)
            }
            Self::Refused(answer) => !may_be_processed(answer.status.as_u16()),
            Self::Failed(failure) => failure.surely_unsent,
        }
    }

    /// An answer to a post that only looks like a refusal: whoever gave it may have lost X's answer.
    pub(super) fn is_unpromised(&self, request: &Request<'_>) -> bool {
        matches!(self, Self::Refused(_))
            && request.endpoint.resend == ResendSafety::CreatePost
            && !self.is_definite(request)
    }
}

/// The answer to a post says that nothing was published.
fn refuses_post(answer: &RawAnswer) -> bool {
    let status = answer.status.as_u16();
    match &answer.body {
        AnswerBody::Whole(body) => status == TOO_EARLY || is_refusal(status, body),
        AnswerBody::BrokenOff(_) | AnswerBody::Unreadable(_) => status == TOO_EARLY,
    }
}

pub(super) fn interpret(answer: &RawAnswer, request: &Request<'_>) -> Problem {
    let body: &[u8] = match &answer.body {
        AnswerBody::Whole(body) => body,
        AnswerBody::BrokenOff(_) | AnswerBody::Unreadable(_) => &[],
    };
    problem::interpret(answer.status.as_u16(), body, question(request), &values_of(request))
}

pub(super) fn outcome_of(reading: &Reading, problem: Option<&Problem>) -> Outcome {
    if problem.is_some_and(|problem| matches!(problem.code, ErrorCode::UsageCap | ErrorCode::NoCredits)) {
        return Outcome::PlanExhausted;
    }
    match reading {
        Reading::Accepted | Reading::Unreadable(_) => Outcome::Unreadable2xx,
        Reading::Failed(failure) if failure.surely_unsent => Outcome::NotSent,
        Reading::Failed(_) => Outcome::Interrupted,
        Reading::Refused(answer) => Outcome::Answered { status: answer.status.as_u16() },
    }
}

/// The error of an exchange that has ended without success.
pub(super) fn failure(
    reading: Reading,
    problem: Option<Problem>,
    reason: &StopReason,
    limits: &RateLimits,
    resend: ResendSafety,
) -> Error {
    let error = match (reading, problem) {
        (Reading::Refused(answer), Some(problem)) => refused(answer.status.as_u16(), problem),
        (Reading::Failed(failure), _) => {
            let (code, words) = if failure.timed_out {
                (ErrorCode::Timeout, "X did not answer in time")
            } else if failure.surely_unsent {
                (ErrorCode::Network, "X could not be reached")
            } else {
                (ErrorCode::Network, "the connection to X broke")
            };
            Error::new(code, format!("{words}: {}", failure.description))
                .with(|fields| fields.retryable = true)
                .with_cause(failure.description)
        }
        (Reading::Unreadable(why), _) => {
            Error::new(ErrorCode::UnexpectedResponse, format!("X's answer could not be read: {why}"))
        }
        // An exchange does not end so: what is accepted is a success, and a refusal has its problem.
        (Reading::Accepted | Reading::Refused(_), _) => {
            Error::new(ErrorCode::Internal, "an answer was neither accepted nor refused")
        }
    };
    let error = error.with(|fields| fields.rate_limit = limits.effective());
    match (reason, resend) {
        (StopReason::UnknownOutcome, ResendSafety::CreatePost) => unknown_outcome(error),
        (StopReason::UnknownOutcome, ResendSafety::SingleUseToken) => spent_token(error),
        (StopReason::UnknownOutcome, ResendSafety::AfterInspection) => {
            error.with(|fields| fields.may_be_processed = true)
        }
        _ => error,
    }
}

/// The post may exist: whoever sends it again may publish it twice.
fn unknown_outcome(cause: Error) -> Error {
    let below = cause.to_string();
    let fields = cause.into_fields();
    Error::new(
        ErrorCode::UnknownOutcome,
        format!("X's answer to the post was lost ({below}); it may have been published, so check the account before posting again"),
    )
    .with(|unknown| {
        unknown.status = fields.status;
        unknown.problem_type = fields.problem_type;
        unknown.detail = fields.detail;
        unknown.rate_limit = fields.rate_limit;
        unknown.cause = Some(below);
    })
}

/// The token or code may be spent, and X does not give its successor twice.
fn spent_token(cause: Error) -> Error {
    Error::new(
        ErrorCode::ReauthRequired,
        format!(
            "X's answer was lost ({cause}), so the token or code is probably spent; use the access token while it \
             lasts, then have the user authorize again"
        ),
    )
    .with_cause(cause)
}
