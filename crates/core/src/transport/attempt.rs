//! One attempt of one request: sent, and its answer read within bounds.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, StatusCode};
use url::Url;

use super::failure::TransportFailure;
use super::redact::Echoes;
use super::request::{Body, Request};
use super::watch::Watch;
use crate::call::Call;
use crate::error::Error;
use crate::protocol::percent;
use crate::protocol::retry_policy::ResendSafety;
use crate::secret::Secret;

/// Most bytes of an answer that are read, after decompression: X's answers are a few kilobytes, and a small
/// compressed one can unfold into hundreds of megabytes.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// The slowest line that an upload's attempt is given time for.
const SLOWEST_UPLOAD_BYTES_PER_SECOND: u64 = 64 * 1024;

/// The longest attempt to post.
const LONGEST_POST_ATTEMPT: Duration = Duration::from_secs(30);

/// An answer of X, whatever its status.
#[derive(Debug)]
pub(crate) struct RawAnswer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: AnswerBody,
}

/// What became of an answer's body.
#[derive(Debug)]
pub(crate) enum AnswerBody {
    Whole(Bytes),
    /// The connection ended before it did.
    BrokenOff(TransportFailure),
    /// It was too large or was encoded in a way nobody asked for.
    Unreadable(String),
}

impl RawAnswer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let name: HeaderName = name.parse().ok()?;
        self.headers.get(name)?.to_str().ok()
    }
}

/// Sends the request once. What comes back repeats nothing that it was authorized by: every word of X's, and of
/// whoever stands before X, passes here on its way to the caller.
///
/// The outer error is ours (a request that can't be built); the inner one is the network's.
pub(crate) async fn send_once(
    call: &Call,
    request: &Request<'_>,
    token: Option<&Secret>,
) -> Result<Result<RawAnswer, TransportFailure>, Error> {
    let watch = watch(call, request);
    let built = build(call, request, token, watch.as_ref())?;
    let authorization = built.headers().get(AUTHORIZATION).cloned();
    let time = attempt_time(call, request);
    // Boxed, since it would make every future large that asks X for something.
    let exchange = Box::pin(async {
        let response = call.client().api().execute(built).await.map_err(TransportFailure::from_reqwest)?;
        Ok(read(response).await)
    });
    let sent = tokio::time::timeout(time, exchange)
        .await
        .unwrap_or_else(|_| Err(TransportFailure::attempt_timed_out()));
    let sent = sent.map_err(|failure| match watch {
        Some(watch) if !watch.has_left() => failure.unsent(),
        _ => failure,
    });
    let echoes = Echoes {
        request,
        authorization: authorization.as_ref(),
        proxy: call.client().config().proxy.as_ref(),
    };
    Ok(echoes.taken_out_of(sent))
}

/// Watches what must not be sent twice.
fn watch(call: &Call, request: &Request<'_>) -> Option<Watch> {
    match request.endpoint.resend {
        ResendSafety::CreatePost => Some(call.watch_post()),
        ResendSafety::SingleUseToken => Some(call.watch_token()),
        ResendSafety::Idempotent | ResendSafety::AfterInspection => None,
    }
}

fn build(
    call: &Call,
    request: &Request<'_>,
    token: Option<&Secret>,
    watch: Option<&Watch>,
) -> Result<reqwest::Request, Error> {
    let url = target(call, request);
    let header = request.authorization.header(request, token, url.as_str(), call.client().server_clock())?;
    let mut built = reqwest::Request::new(request.endpoint.method.clone(), url);
    if let Some(header) = header {
        built.headers_mut().insert(AUTHORIZATION, header);
    }
    if let Some(content_type) = request.body.content_type().and_then(|text| text.parse().ok()) {
        built.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    match &request.body {
        Body::Empty if request.endpoint.method == http::Method::POST => {
            // Some gateways answer 411 to a POST that does not say that it is empty.
            built.headers_mut().insert(CONTENT_LENGTH, http::HeaderValue::from_static("0"));
        }
        Body::Empty => {}
        body => *built.body_mut() = Some(body.to_reqwest(watch)),
    }
    Ok(built)
}

/// The URL, its query encoded the way it is signed.
fn target(call: &Call, request: &Request<'_>) -> Url {
    let mut url = call.client().base_url(request.endpoint.host).clone();
    let path = format!("{}{}", url.path().trim_end_matches('/'), request.path);
    url.set_path(&path);
    if !request.query.is_empty() {
        let mut query = String::new();
        for (name, value) in &request.query {
            if !query.is_empty() {
                query.push('&');
            }
            percent::encode_into(&mut query, name);
            query.push('=');
            percent::encode_into(&mut query, value);
        }
        url.set_query(Some(&query));
    }
    url
}

/// An attempt's time: the configured one, and for media what a slow line needs; never past the deadline. A post's is
/// bounded, so that whoever waits for its outcome knows when it can't be under way any more.
fn attempt_time(call: &Call, request: &Request<'_>) -> Duration {
    let upload = Duration::from_secs(request.body.len() / SLOWEST_UPLOAD_BYTES_PER_SECOND);
    let mut time = call.client().config().request_timeout + upload;
    if request.endpoint.resend == ResendSafety::CreatePost {
        time = time.min(LONGEST_POST_ATTEMPT);
    }
    call.remaining().map_or(time, |remaining| time.min(remaining))
}

async fn read(mut response: reqwest::Response) -> RawAnswer {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body = if let Some(encoding) = headers.get(CONTENT_ENCODING) {
        // gzip was undone and its header taken off already, so this is one that was not asked for.
        AnswerBody::Unreadable(format!("unexpected content encoding {encoding:?}"))
    } else {
        read_body(&mut response).await
    };
    RawAnswer { status, headers, body }
}

async fn read_body(response: &mut reqwest::Response) -> AnswerBody {
    let mut whole = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if whole.len() + chunk.len() > MAX_ANSWER_BYTES => {
                return AnswerBody::Unreadable(format!("answer of more than {MAX_ANSWER_BYTES} bytes"));
            }
            Ok(Some(chunk)) if whole.is_empty() && response.content_length() == Some(chunk.len() as u64) => {
                return AnswerBody::Whole(chunk);
            }
            Ok(Some(chunk)) => whole.extend_from_slice(&chunk),
            Ok(None) => return AnswerBody::Whole(whole.freeze()),
            Err(error) => return AnswerBody::BrokenOff(TransportFailure::behind_the_head(error)),
        }
    }
}
