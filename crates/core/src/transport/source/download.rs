//! Media behind URLs: checked at each hop, resumed where they break off, given up where they trickle.

use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, LAST_MODIFIED,
    LOCATION, RANGE,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};
use tokio::time::Instant;
use url::Url;

use super::{Declared, Reader, SourceReader, changed, too_large, unreadable};
use crate::call::Call;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::addresses::{AddressRefusal, check_url};
use crate::protocol::media::category::ContentType;
use crate::protocol::retry_policy::{Attempt, Decision, Outcome, ResendSafety, decide};
use crate::transport::clock::epoch_ms;
use crate::transport::failure::TransportFailure;
use crate::transport::guard::refusal_in;
use crate::transport::random;

/// A source that sends nothing for this long is resumed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);
/// A source that broke off this often without a byte in between is given up.
const MAX_FRUITLESS_RESUMES: u32 = 3;
/// A source slower than this over the window would hold a publish for hours.
const TRICKLE_BYTES: u64 = 30 * 1024;
const TRICKLE_WINDOW: Duration = Duration::from_secs(30);

pub(super) async fn open(call: &Call, text: &str) -> Result<SourceReader, Error> {
    let url = Url::parse(text)
        .map_err(|_| Error::new(ErrorCode::MediaSource, "the media URL is no absolute URL"))?;
    let label = label_of(&url);
    let answer = get(call, url, None, &label).await?;
    let declared = declared_by(&answer.headers);
    let reader = Download {
        label: label.clone(),
        url: answer.url,
        length: answer.length,
        validator: validator_of(&answer.headers),
        response: Some(answer.response),
        position: 0,
        seen: Sha256::new(),
        held: None,
        fruitless: 0,
        window_started: Instant::now(),
        window_bytes: 0,
    };
    Ok(SourceReader { reader: Box::new(reader), label, declared })
}

/// Scheme, host and path: a query may hold a signature.
fn label_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

fn declared_by(headers: &HeaderMap) -> Option<Declared> {
    let text = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let content_type = ContentType::declared(text)?;
    Some(Declared { content_type, words: format!("Content-Type: {}", content_type.as_str()) })
}

/// A strong validator, with which a range can be asked for safely (RFC 9110 §13.1.5).
fn validator_of(headers: &HeaderMap) -> Option<HeaderValue> {
    let strong = headers.get(ETAG).filter(|tag| !tag.as_bytes().starts_with(b"W/"));
    strong.or_else(|| headers.get(LAST_MODIFIED)).cloned()
}

/// A 200 or 206 answer, after all redirects.
struct Answer {
    url: Url,
    headers: HeaderMap,
    /// Length of the whole medium.
    length: Option<u64>,
    /// Where the body begins.
    offset: u64,
    response: reqwest::Response,
}

/// From where on, and what proves that it is still the same.
struct Resume<'a> {
    offset: u64,
    validator: &'a HeaderValue,
}

async fn get(call: &Call, url: Url, resume: Option<&Resume<'_>>, label: &str) -> Result<Answer, Error> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        let (outcome, error) = match follow(call, url.clone(), resume, label).await? {
            Ok(answer) => return Ok(answer),
            Err(failed) => failed,
        };
        let decision = decide(
            &Attempt {
                resend: ResendSafety::Idempotent,
                outcome: &outcome,
                attempt,
                remaining_deadline_ms: call
                    .remaining()
                    .map(|left| u64::try_from(left.as_millis()).unwrap_or(u64::MAX)),
                now_epoch_ms: epoch_ms(),
                budget_available: true,
            },
            &call.client().config().retry,
            random::jitter(),
        );
        match decision {
            Decision::RetryAfter { delay_ms } => tokio::time::sleep(Duration::from_millis(delay_ms)).await,
            Decision::Stop(_) => return Err(error),
        }
    }
}

/// Follows redirects, each hop checked. The inner error may go away by itself.
async fn follow(
    call: &Call,
    mut url: Url,
    resume: Option<&Resume<'_>>,
    label: &str,
) -> Result<Result<Answer, (Outcome, Error)>, Error> {
    let policy = &call.client().config().media_policy;
    let mut redirects = 0;
    loop {
        check_url(&url, &policy.addresses).map_err(|refusal| forbidden(label, &refusal))?;
        let response = match send(call, url.clone(), resume, label).await? {
            Ok(response) => response,
            Err(failed) => return Ok(Err(failed)),
        };
        let status = response.status();
        if !is_redirect(status) {
            return check_answer(response, url, resume, label);
        }
        redirects += 1;
        if redirects > policy.max_redirects {
            let limit = policy.max_redirects;
            return Err(unreadable(
                label,
                format!("redirects more than {limit} times (mediaPolicy.maxRedirects)"),
            ));
        }
        url = target_of(&response, &url).ok_or_else(|| unreadable(label, "redirects to what is no URL"))?;
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn target_of(response: &reqwest::Response, from: &Url) -> Option<Url> {
    let mut url = from.join(response.headers().get(LOCATION)?.to_str().ok()?).ok()?;
    url.set_fragment(None);
    Some(url)
}

async fn send(
    call: &Call,
    url: Url,
    resume: Option<&Resume<'_>>,
    label: &str,
) -> Result<Result<reqwest::Response, (Outcome, Error)>, Error> {
    let mut request = reqwest::Request::new(http::Method::GET, url);
    let headers = request.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("image/*,video/*;q=0.9,*/*;q=0.1"));
    // What is compressed can't be resumed, and could unfold without bounds.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if let Some(resume) = resume {
        headers.insert(RANGE, format_range(resume.offset)?);
        headers.insert(IF_RANGE, resume.validator.clone());
    }
    let time = call.client().config().request_timeout;
    let sent = tokio::time::timeout(time, call.client().media()?.execute(request)).await;
    match sent {
        Ok(Ok(response)) => Ok(Ok(response)),
        Ok(Err(error)) => {
            if let Some(refusal) = refusal_in(&error) {
                return Err(forbidden(label, refusal));
            }
            let failure = TransportFailure::from_reqwest(error);
            let error =
                unreadable(label, "can't be reached").with_cause(&failure.description).with(retryable);
            let outcome = if failure.surely_unsent { Outcome::NotSent } else { Outcome::Interrupted };
            Ok(Err((outcome, error)))
        }
        Err(_) => {
            Ok(Err((Outcome::Interrupted, unreadable(label, "did not answer in time").with(retryable))))
        }
    }
}

fn format_range(offset: u64) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(&format!("bytes={offset}-"))
        .map_err(|cause| Error::new(ErrorCode::Internal, "a range could not be written").with_cause(cause))
}

fn retryable(fields: &mut crate::error::ErrorFields) {
    fields.retryable = true;
}

fn check_answer(
    response: reqwest::Response,
    url: Url,
    resume: Option<&Resume<'_>>,
    label: &str,
) -> Result<Result<Answer, (Outcome, Error)>, Error> {
    let status = response.status();
    if !matches!(status, StatusCode::OK | StatusCode::PARTIAL_CONTENT) {
        let code = status.as_u16();
        let outcome = Outcome::Answered { status: code, rate: None, retry_after_ms: None };
        let passing = status.is_server_error() || matches!(code, 408 | 425 | 429);
        let error = unreadable(label, format!("answered with status {code}")).with(|fields| {
            fields.status = Some(code);
            fields.retryable = passing;
        });
        return Ok(Err((outcome, error)));
    }
    let encoded = response.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    if encoded {
        return Err(unreadable(label, "is sent in a content encoding though none was accepted"));
    }
    let headers = response.headers().clone();
    let (offset, length) = match (status, resume) {
        (StatusCode::PARTIAL_CONTENT, Some(resume)) => {
            let (offset, length) = content_range(&headers).ok_or_else(|| changed(label))?;
            if offset != resume.offset {
                return Err(unreadable(label, "answered with another range than it was asked for"));
            }
            (offset, length)
        }
        (StatusCode::PARTIAL_CONTENT, None) => {
            return Err(unreadable(label, "answered with a part of itself"));
        }
        // The server gives no ranges, but still the same medium.
        (_, Some(resume)) if validator_of(&headers).as_ref() == Some(resume.validator) => {
            (0, response.content_length())
        }
        (_, Some(_)) => return Err(changed(label)),
        _ => (0, response.content_length()),
    };
    Ok(Ok(Answer { url, headers, length, offset, response }))
}

/// `bytes 5-9/10` → offset and length of the whole.
fn content_range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let text = headers.get(CONTENT_RANGE)?.to_str().ok()?;
    let (range, length) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (offset, _) = range.split_once('-')?;
    Some((offset.trim().parse().ok()?, length.trim().parse().ok()))
}

fn forbidden(label: &str, refusal: &AddressRefusal) -> Error {
    Error::new(
        ErrorCode::MediaForbiddenHost,
        format!("{label} leads to {}, where media may not come from", refusal.rule()),
    )
}

/// A download under way.
struct Download {
    label: String,
    url: Url,
    length: Option<u64>,
    validator: Option<HeaderValue>,
    response: Option<reqwest::Response>,
    position: u64,
    /// Of the bytes up to the position; a source without a validator is read again from its start and has to prove
    /// with it that it has not changed.
    seen: Sha256,
    /// Read already, behind the position.
    held: Option<Bytes>,
    fruitless: u32,
    window_started: Instant,
    window_bytes: u64,
}

impl Download {
    async fn read(&mut self, call: &Call) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(chunk) = self.held.take() {
                return self.accept(call, chunk).map(Some);
            }
            let idle = IDLE_TIMEOUT.min(call.client().config().request_timeout);
            let Some(response) = &mut self.response else {
                self.resume(call).await?;
                continue;
            };
            match tokio::time::timeout(idle, response.chunk()).await {
                Ok(Ok(Some(chunk))) if chunk.is_empty() => {}
                Ok(Ok(Some(chunk))) => return self.accept(call, chunk).map(Some),
                Ok(Ok(None)) if self.length.is_none_or(|length| self.position == length) => return Ok(None),
                Ok(Ok(None) | Err(_)) | Err(_) => self.response = None,
            }
        }
    }

    fn accept(&mut self, call: &Call, chunk: Bytes) -> Result<Bytes, Error> {
        let count = chunk.len() as u64;
        self.position += count;
        self.fruitless = 0;
        if self.validator.is_none() {
            self.seen.update(&chunk);
        }
        let limit = call.client().config().media_policy.max_bytes;
        if self.position > limit {
            return Err(too_large(&self.label, self.position, limit));
        }
        self.check_pace(count)?;
        Ok(chunk)
    }

    fn check_pace(&mut self, count: u64) -> Result<(), Error> {
        self.window_bytes += count;
        if self.window_started.elapsed() < TRICKLE_WINDOW {
            return Ok(());
        }
        if self.window_bytes < TRICKLE_BYTES {
            let (bytes, window) = (self.window_bytes, TRICKLE_WINDOW.as_secs());
            return Err(unreadable(&self.label, format!("is too slow: {bytes} bytes in {window} seconds"))
                .with(retryable));
        }
        self.window_started = Instant::now();
        self.window_bytes = 0;
        Ok(())
    }

    async fn resume(&mut self, call: &Call) -> Result<(), Error> {
        self.fruitless += 1;
        if self.fruitless > MAX_FRUITLESS_RESUMES {
            let (position, length) = (self.position, self.length);
            let of = length.map(|length| format!(" of {length}")).unwrap_or_default();
            return Err(
                unreadable(&self.label, format!("broke off after {position}{of} bytes")).with(retryable)
            );
        }
        self.reconnect(call, self.position).await
    }

    async fn reconnect(&mut self, call: &Call, offset: u64) -> Result<(), Error> {
        let validator = self.validator.clone();
        let resume = validator.as_ref().filter(|_| offset > 0).map(|validator| Resume { offset, validator });
        let answer = get(call, self.url.clone(), resume.as_ref(), &self.label).await?;
        if answer.length != self.length || (validator.is_some() && validator_of(&answer.headers) != validator)
        {
            return Err(changed(&self.label));
        }
        self.held = None;
        self.response = Some(answer.response);
        // Time without the source, waiting for segments to go up, does not count as slowness.
        self.window_started = Instant::now();
        self.window_bytes = 0;
        if answer.offset == offset { Ok(()) } else { self.skip_to(offset).await }
    }

    /// Reads what was read before once more; without a validator it has to be the same by its hash.
    async fn skip_to(&mut self, offset: u64) -> Result<(), Error> {
        let mut again = Sha256::new();
        let mut skipped = 0;
        while skipped < offset {
            let chunk = match &mut self.response {
                Some(response) => response.chunk().await.ok().flatten(),
                None => None,
            };
            let Some(chunk) = chunk else {
                self.response = None;
                return Ok(());
            };
            let part = usize::try_from(offset - skipped).unwrap_or(usize::MAX).min(chunk.len());
            again.update(chunk.get(..part).unwrap_or_default());
            skipped += part as u64;
            // Chunks need not fall as they did before.
            self.held = Some(chunk.slice(part..)).filter(|rest| !rest.is_empty());
        }
        let same = self.validator.is_some() || again.finalize() == self.seen.clone().finalize();
        if same { Ok(()) } else { Err(changed(&self.label)) }
    }
}

impl Reader for Download {
    fn length(&self) -> Option<u64> {
        self.length
    }

    fn next<'a>(&'a mut self, call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        Box::pin(self.read(call))
    }

    fn can_restart(&self) -> bool {
        self.validator.is_some()
    }

    fn restart_at<'a>(&'a mut self, call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            self.position = offset;
            self.fruitless = 0;
            self.reconnect(call, offset).await
        })
    }
}
