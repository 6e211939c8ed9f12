//! Asks for a media URL: each hop checked, redirects followed, passing failures tried again.

use std::time::Duration;

use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, IF_RANGE, LOCATION, RANGE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use reqwest::{Request, Response};
use url::Url;

use super::representation::{ContentRange, RangeSupport, Representation};
use super::{changed, unreadable};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::addresses::AddressRefusal;
use crate::protocol::rate_limit::parse_retry_after;
use crate::protocol::redirects::{RedirectChain, RedirectError};
use crate::protocol::retry_policy::{Attempt, Decision, Outcome, ResendSafety, RetryConfig, decide};
use crate::transport::call::Call;
use crate::transport::clock::epoch_ms;
use crate::transport::failure::TransportFailure;
use crate::transport::guard::refusal_in;
use crate::transport::random;

/// A medium, or the rest of it, that is to be had from a URL.
pub(super) struct Fetch<'a> {
    pub(super) call: &'a Call,
    pub(super) url: &'a Url,
    pub(super) label: &'a str,
    pub(super) range: Option<RangeRequest<'a>>,
}

/// From where on, to which byte, and what proves that the medium is still the same.
pub(super) struct RangeRequest<'a> {
    pub(super) offset: u64,
    /// The byte after the last one; `None` for all that is left.
    pub(super) end: Option<u64>,
    pub(super) validator: &'a HeaderValue,
}

/// An answer whose body holds the medium from an offset on.
pub(super) struct Answer {
    pub(super) response: Response,
    pub(super) representation: Representation,
    pub(super) offset: u64,
}

/// Why there is no answer.
enum Failure {
    /// It would not be better the next time.
    Final(Error),
    /// It may go away by itself.
    Passing { outcome: Outcome, retry_after_ms: Option<u64>, error: Error },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Final(error)
    }
}

impl Fetch<'_> {
    /// Asks until there is an answer or the retries are used up. Each attempt begins at the URL that the caller gave:
    /// what it redirects to may hold for a short time only.
    pub(super) async fn get(&self) -> Result<Answer, Error> {
        let config = &self.call.client().config().retry;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let (outcome, retry_after_ms, error) = match self.follow().await {
                Ok(answer) => return Ok(answer),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Passing { outcome, retry_after_ms, error }) => (outcome, retry_after_ms, error),
            };
            match retry_delay(self.call, &outcome, attempt, config) {
                Some(delay) if may_wait(self.call, retry_after_ms, config) => {
                    tokio::time::sleep(delay.max(Duration::from_millis(retry_after_ms.unwrap_or(0)))).await;
                }
                _ => return Err(error),
            }
        }
    }

    async fn follow(&self) -> Result<Answer, Failure> {
        let policy = &self.call.client().config().media_policy;
        let mut chain = RedirectChain::begin(self.url.clone(), &policy.addresses, policy.max_redirects)
            .map_err(|refusal| self.forbidden(None, &refusal))?;
        loop {
            let response = self.send(chain.url()).await?;
            if !is_redirect(response.status()) {
                return self.read(response);
            }
            let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            chain.follow(location).map_err(|why| self.astray(&why, policy.max_redirects))?;
        }
    }

    fn astray(&self, why: &RedirectError, limit: u32) -> Error {
        match why {
            RedirectError::TooMany => unreadable(
                self.label,
                format!("redirects more than {limit} times (mediaPolicy.maxRedirects)"),
            ),
            RedirectError::InvalidUrl => unreadable(self.label, "redirects to an invalid URL"),
            RedirectError::Refused { host, refusal } => self.forbidden(Some(host), refusal),
        }
    }

    /// `host` is the one that a redirect led to.
    fn forbidden(&self, host: Option<&str>, refusal: &AddressRefusal) -> Error {
        let label = self.label;
        let message = match host {
            None => format!("{label} is refused: {refusal}"),
            Some(host) => format!("{label} is refused, since it redirects to {host}: {refusal}"),
        };
        Error::new(ErrorCode::MediaForbiddenHost, message)
    }

    async fn send(&self, url: &Url) -> Result<Response, Failure> {
        let mut request = Request::new(Method::GET, url.clone());
        let headers = request.headers_mut();
        // Naming types would invite a server to convert the medium into another one.
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        // What is compressed can't be resumed, and could unfold without bounds.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some(range) = &self.range {
            headers.insert(RANGE, range.header()?);
            headers.insert(IF_RANGE, range.validator.clone());
        }
        let time = self.call.client().config().request_timeout;
        let media = self.call.client().media()?;
        match tokio::time::timeout(time, media.execute(request)).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(self.unreached(url, error)),
            Err(_) => Err(passing(Outcome::Interrupted, unreadable(self.label, "did not answer in time"))),
        }
    }

    fn unreached(&self, url: &Url, error: reqwest::Error) -> Failure {
        if let Some(refusal) = refusal_in(&error) {
            let host = url.host_str().filter(|_| url != self.url);
            return self.forbidden(host, refusal).into();
        }
        let failure = TransportFailure::from_reqwest(error);
        let outcome = if failure.surely_unsent { Outcome::NotSent } else { Outcome::Interrupted };
        passing(outcome, unreadable(self.label, "can't be reached").with_cause(&failure.description))
    }

    fn read(&self, response: Response) -> Result<Answer, Failure> {
        let status = response.status();
        let headers = response.headers();
        if !matches!(status, StatusCode::OK | StatusCode::PARTIAL_CONTENT) {
            return Err(self.refused(status, headers));
        }
        if headers.get_all(CONTENT_ENCODING).iter().any(|encoding| encoding != "identity") {
            return Err(
                unreadable(self.label, "is sent in a content encoding though none was accepted").into()
            );
        }
        let mut representation = Representation::new(headers, response.content_length());
        let mut offset = 0;
        match &self.range {
            Some(range) if status == StatusCode::PARTIAL_CONTENT => {
                let part = ContentRange::read(headers)
                    .filter(|part| part.offset == range.offset)
                    .ok_or_else(|| {
                        changed(self.label).with_cause("the answer has another range than the one requested")
                    })?;
                offset = part.offset;
                representation.length = part.length;
                representation.ranges = RangeSupport::Given;
            }
            Some(_) => representation.ranges = RangeSupport::Refused,
            None if status == StatusCode::PARTIAL_CONTENT => {
                return Err(unreadable(self.label, "answered with only a part").into());
            }
            None => {}
        }
        Ok(Answer { response, representation, offset })
    }

    fn refused(&self, status: StatusCode, headers: &HeaderMap) -> Failure {
        let code = status.as_u16();
        if status == StatusCode::RANGE_NOT_SATISFIABLE && self.range.is_some() {
            return changed(self.label).with(|fields| fields.status = Some(code)).into();
        }
        let error = unreadable(self.label, format!("answered with status {code}"))
            .with(|fields| fields.status = Some(code));
        if !status.is_server_error() && !matches!(code, 408 | 425 | 429) {
            return error.into();
        }
        let now_ms = epoch_ms();
        let retry_after_ms = headers
            .get(RETRY_AFTER)
            .and_then(|text| text.to_str().ok())
            .and_then(|text| parse_retry_after(text, now_ms));
        let outcome = match code {
            // The limit is not one of X's, whose rules for waiting don't fit it; the request was not processed.
            429 => Outcome::NotSent,
            _ => Outcome::Answered { status: code },
        };
        let error = error.with(|fields| {
            fields.retryable = true;
            fields.retry_at_ms = retry_after_ms.and_then(|wait| now_ms.checked_add(wait));
        });
        Failure::Passing { outcome, retry_after_ms, error }
    }
}

impl RangeRequest<'_> {
    fn header(&self) -> Result<HeaderValue, Error> {
        let last = self.end.map(|end| end.saturating_sub(1).to_string()).unwrap_or_default();
        HeaderValue::from_str(&format!("bytes={}-{last}", self.offset)).map_err(|cause| {
            // Digits can always be.
            Error::new(ErrorCode::Internal, "a range could not be written").with_cause(cause)
        })
    }
}

fn passing(outcome: Outcome, error: Error) -> Failure {
    let error = error.with(|fields| fields.retryable = true);
    Failure::Passing { outcome, retry_after_ms: None, error }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// How long to wait before a GET is sent again, if it is to be. Attempts are counted from 1.
pub(super) fn retry_delay(
    call: &Call,
    outcome: &Outcome,
    attempt: u32,
    config: &RetryConfig,
) -> Option<Duration> {
    let decision = decide(
        &Attempt {
            resend: ResendSafety::Idempotent,
            outcome,
            attempt,
            remaining_deadline_ms: remaining_ms(call),
            now_epoch_ms: epoch_ms(),
            // The budget guards X; a media server's failures are no load on it.
            budget_available: true,
        },
        config,
        random::jitter(),
    );
    match decision {
        Decision::RetryAfter { delay_ms } => Some(Duration::from_millis(delay_ms)),
        Decision::Stop(_) => None,
    }
}

/// Whether what the server asks to wait is no longer than our own longest wait, and ends before the deadline.
fn may_wait(call: &Call, retry_after_ms: Option<u64>, config: &RetryConfig) -> bool {
    retry_after_ms.is_none_or(|wait| {
        wait <= config.max_delay_ms && remaining_ms(call).is_none_or(|remaining| wait < remaining)
    })
}

fn remaining_ms(call: &Call) -> Option<u64> {
    call.remaining().map(|left| u64::try_from(left.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
