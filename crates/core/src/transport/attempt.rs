//! One attempt of one request: sent, and its answer read within bounds.

use std::time::Duration;

use bytes::BytesMut;
use http::Version;
use http::header::CONTENT_ENCODING;

use super::answer::{AnswerBody, MAX_ANSWER_BYTES, RawAnswer};
use super::call::Call;
use super::endpoint::Host;
use super::failure::TransportFailure;
use super::head::Head;
use super::http2::Http2;
use super::opened::UnderWay;
use super::progress::{Allowance, Progress};
use super::redact::Echoes;
use super::request::Request;
use super::sign::sign;
use super::watch::Watch;
use crate::error::Error;
use crate::protocol::retry_policy::ResendSafety;
use crate::secret::Secret;

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
    let head = sign(call, request, token)?;
    let authorization = head.authorization().cloned();
    // Boxed, since it would make every future large that asks X for something.
    let exchange = Box::pin(exchange(call, request, head, watch.as_ref(), progress.as_ref()));
    let sent = tokio::select! {
        biased;
        sent = exchange => sent?,
        () = time_is_over(call, request, progress.as_ref()) => {
            distrust(call, request)?;
            Err(TransportFailure::attempt_timed_out())
        }
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

/// Sends the request over HTTP/2 where X speaks that, as it does over TLS. Media go by reqwest in any case, and everything
/// where a proxy or gateway speaks HTTP/1.1 alone.
async fn exchange(
    call: &Call,
    request: &Request<'_>,
    head: Head,
    watch: Option<&Watch>,
    progress: Option<&Progress>,
) -> Result<Result<RawAnswer, TransportFailure>, Error> {
    if let Some(http2) = http2(call, request)? {
        match http2.send(&head, request.body.bytes(), watch).await {
            Ok(Some(answer)) => {
                call.client().note_version(Version::HTTP_2);
                return Ok(Ok(answer));
            }
            Ok(None) => call.client().note_version(Version::HTTP_11),
            Err(failure) => return Ok(Err(failure)),
        }
    }
    let connections = connections(call, request)?;
    let built = head.into_reqwest(request.body.to_reqwest(watch, progress));
    Ok(over_reqwest(call, request, &connections, built).await)
}

async fn over_reqwest(
    call: &Call,
    request: &Request<'_>,
    connections: &Connections<'_>,
    built: reqwest::Request,
) -> Result<RawAnswer, TransportFailure> {
    let response = connections.http.execute(built).await.map_err(TransportFailure::from_reqwest)?;
    if request.endpoint.host == Host::Api {
        call.client().note_version(response.version());
    }
    match &connections.alone {
        Some(alone) => alone.answered(),
        None => call.client().note_answer(),
    }
    Ok(read(response).await)
}

/// What sends the request over HTTP/2, if that is how it goes.
fn http2<'a>(call: &'a Call, request: &Request<'_>) -> Result<Option<&'a Http2>, Error> {
    if request.body.is_upload() {
        return Ok(None);
    }
    call.client().http2(request.endpoint.host)
}

/// A connection may have died without a word: other requests should not wait for it, too.
fn distrust(call: &Call, request: &Request<'_>) -> Result<(), Error> {
    if let Some(http2) = http2(call, request)? {
        http2.distrust();
    }
    Ok(())
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
    /// This request has its connection to itself.
    alone: Option<UnderWay<'a>>,
}

/// HTTP/1.1 tells by nothing but the order what an answer belongs to. A server or proxy that sends one too many has it
/// taken for the next request's: a post would be reported that does not exist, or an account would get another one's
/// tokens. So what must not be mistaken has a connection of its own, unless it goes over HTTP/2, where answers name
/// their request.
fn connections<'a>(call: &'a Call, request: &Request<'_>) -> Result<Connections<'a>, Error> {
    let client = call.client();
    match request.endpoint.resend {
        ResendSafety::CreatePost | ResendSafety::SingleUseToken => {
            let (http, alone) = client.unshared()?;
            Ok(Connections { http, alone: Some(alone) })
        }
        ResendSafety::Idempotent | ResendSafety::AfterInspection => {
            Ok(Connections { http: client.shared_connections(request.endpoint.host)?, alone: None })
        }
    }
}

/// Watches what must not be sent twice.
fn watch(call: &Call, request: &Request<'_>) -> Option<Watch> {
    match request.endpoint.resend {
        ResendSafety::CreatePost => Some(call.watch_post()),
        ResendSafety::SingleUseToken => Some(call.watch_token()),
        ResendSafety::Idempotent | ResendSafety::AfterInspection => None,
    }
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
        AnswerBody::unasked_encoding(encoding)
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
                return AnswerBody::too_large();
            }
            Ok(Some(chunk)) if whole.is_empty() && response.content_length() == Some(chunk.len() as u64) => {
                return AnswerBody::Whole(chunk);
            }
            Ok(Some(chunk)) => whole.extend_from_slice(&chunk),
            Ok(None) => return AnswerBody::Whole(whole.freeze()),
            Err(error) => return AnswerBody::BrokenOff(TransportFailure::from_reqwest(error).after_head()),
        }
    }
}
