//! One attempt of one request: sent, and its answer read within bounds.

use std::time::Duration;

use bytes::BytesMut;
use http::Version;
use http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use url::Url;

use super::answer::{AnswerBody, RawAnswer};
use super::call::Call;
use super::endpoint::Host;
use super::failure::TransportFailure;
use super::opened::UnderWay;
use super::progress::{Allowance, Progress};
use super::redact::Echoes;
use super::request::{Body, Request};
use super::watch::Watch;
use crate::error::Error;
use crate::protocol::percent;
use crate::protocol::retry_policy::ResendSafety;
use crate::secret::Secret;

/// Most bytes of an answer that are read, after decompression: X's answers are a few kilobytes, and a small
/// compressed one can unfold into hundreds of megabytes.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// The longest attempt to post.
const MAX_POST_ATTEMPT: Duration = Duration::from_secs(30);

/// Sends the request once. What comes back repeats nothing that it was authorized by: every word of X's, and of
/// whoever sits before X, passes here on its way to the caller.
///
/// The outer error is ours (a request that can't be built); the inner one is the network's.
pub(crate) async fn send_once(
    call: &Call,
    request: &Request<'_>,
    token: Option<&Secret>,
) -> Result<Result<RawAnswer, TransportFailure>, Error> {
    let watch = watch(call, request);
    let progress = request.body.is_upload().then(|| call.line().begin(allowance(call)));
    let built = build(call, request, token, watch.as_ref(), progress.as_ref())?;
    let authorization = built.headers().get(AUTHORIZATION).cloned();
    let line = connections(call, request)?;
    // Boxed, since it would make every future large that asks X for something.
    let exchange = Box::pin(async {
        let response = line.http.execute(built).await.map_err(TransportFailure::from_reqwest)?;
        if let Some(alone) = &line.alone {
            alone.answered();
        }
        let version = response.version();
        if request.endpoint.host == Host::Api {
            call.client().note_answer(version);
        }
        if line.must_be_http2 && version != Version::HTTP_2 {
            return Err(TransportFailure::may_belong_to_another());
        }
        Ok(read(response).await)
    });
    let sent = tokio::select! {
        biased;
        sent = exchange => sent,
        () = time_is_over(call, request, progress.as_ref()) => Err(TransportFailure::attempt_timed_out()),
    };
    let sent = sent.map_err(|failure| match watch {
        Some(watch) if !watch.has_left() => failure.unsent(),
        _ => failure,
    });
    let took = progress.map(|progress| progress.elapsed());
    let echoes = Echoes {
        request,
        authorization: authorization.as_ref(),
        proxy: call.client().config().proxy.as_ref(),
    };
    Ok(echoes.taken_out_of(sent).map(|answer| RawAnswer { took, ..answer }))
}

/// What an upload's attempt may take on this client.
fn allowance(call: &Call) -> Allowance {
    let config = call.client().config();
    Allowance { answer: config.request_timeout, bytes_per_second: config.upload.slowest_bytes_per_second }
}

/// Waits until the attempt has to be given up: an upload's as soon as nothing moves any more.
async fn time_is_over(call: &Call, request: &Request<'_>, progress: Option<&Progress>) {
    match progress {
        // The call's deadline ends it, too.
        Some(progress) => progress.stalled().await,
        None => tokio::time::sleep(attempt_time(call, request)).await,
    }
}

/// What a request is sent by.
struct Connections<'a> {
    http: &'a reqwest::Client,
    /// Its connections have brought answers before, so only HTTP/2 tells what an answer belongs to.
    must_be_http2: bool,
    /// This request has its connection to itself.
    alone: Option<UnderWay<'a>>,
}

/// HTTP/1.1 tells by nothing but the order what an answer belongs to. A server or proxy that sends one too many has it
/// taken for the next request's: a post would be reported that does not exist, or an account would get another one's
/// tokens. So what must not be mistaken has a connection of its own, unless it goes over HTTP/2, where answers name
/// their request.
fn connections<'a>(call: &'a Call, request: &Request<'_>) -> Result<Connections<'a>, Error> {
    let client = call.client();
    let may_be_mistaken = match request.endpoint.resend {
        ResendSafety::CreatePost | ResendSafety::SingleUseToken => false,
        ResendSafety::Idempotent | ResendSafety::AfterInspection => true,
    };
    if may_be_mistaken {
        return Ok(Connections {
            http: client.shared_connections(request.endpoint.host)?,
            must_be_http2: false,
            alone: None,
        });
    }
    if client.speaks_http2() {
        return Ok(Connections {
            http: client.shared_connections(request.endpoint.host)?,
            must_be_http2: true,
            alone: None,
        });
    }
    let (http, alone) = client.unshared()?;
    Ok(Connections { http, must_be_http2: false, alone: Some(alone) })
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
    progress: Option<&Progress>,
) -> Result<reqwest::Request, Error> {
    let url = target(call, request);
    let header =
        request.authorization.header(request.signed_parts(), token, &url, call.client().server_clock())?;
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
        body => *built.body_mut() = Some(body.to_reqwest(watch, progress)),
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

/// An attempt's time: the configured one, never past the deadline. A post's is bounded, so that whoever waits for its
/// outcome knows when it can't be under way any more.
fn attempt_time(call: &Call, request: &Request<'_>) -> Duration {
    let mut time = call.client().config().request_timeout;
    if request.endpoint.resend == ResendSafety::CreatePost {
        time = time.min(MAX_POST_ATTEMPT);
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
    RawAnswer { status, headers, body, took: None }
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
            Err(error) => return AnswerBody::BrokenOff(TransportFailure::after_head(error)),
        }
    }
}
