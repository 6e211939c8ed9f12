//! Media behind URLs: resumed where they break off, given up where they trickle.

use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use reqwest::Response;
use tokio::time::Instant;
use url::Url;

use super::fetch::{Answer, Fetch, RangeRequest, retry_delay};
use super::pace::Pace;
use super::proof::Proof;
use super::representation::{RangeSupport, Representation};
use super::{Declared, Reader, SourceReader, changed, unreadable};
use crate::call::Call;
use crate::error::Error;
use crate::protocol::media::category::ContentType;
use crate::protocol::retry_policy::{Outcome, RetryConfig};
use crate::transport::failure::TransportFailure;

/// A source that sends nothing for this long is resumed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);
/// A source that breaks off more often than this without getting on is given up.
const MAX_FRUITLESS_RESUMES: u32 = 3;
/// What a source has to send between two breaks to have got on.
const PROGRESS_BYTES: u64 = 64 * 1024;

/// Connects to a media URL and reads its headers.
pub(super) async fn open(call: &Call, text: &str) -> Result<SourceReader, Error> {
    let url = Url::parse(text).map_err(|_| Error::invalid_argument("source", "must be an absolute URL"))?;
    let label = label_of(&url);
    let answer = Fetch { call, url: &url, label: &label, range: None }.get().await?;
    let declared = declared_by(answer.response.headers());
    let reader = Download {
        url,
        label: label.clone(),
        proof: answer.representation.validator().is_none().then(Proof::default),
        representation: answer.representation.clone(),
        connection: Some(Connection::new(answer)),
        wanted: 0,
        fruitless_resumes: 0,
        progress: 0,
    };
    Ok(SourceReader::new(Box::new(reader), label, declared))
}

/// Scheme, host and path: a query may hold a signature.
pub(super) fn label_of(url: &Url) -> String {
    if url.cannot_be_a_base() {
        return format!("a {}: URL", url.scheme());
    }
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

fn declared_by(headers: &HeaderMap) -> Option<Declared> {
    let text = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let content_type = ContentType::declared(text)?;
    Some(Declared { content_type, words: format!("Content-Type: {}", content_type.as_str()) })
}

/// A download under way.
struct Download {
    url: Url,
    label: String,
    representation: Representation,
    /// None once it broke off, until more is wanted.
    connection: Option<Connection>,
    /// Offset of the byte that goes out next; what comes before it is dropped.
    wanted: u64,
    /// Where no validator shows that the medium is still the same.
    proof: Option<Proof>,
    fruitless_resumes: u32,
    /// Bytes that went out since the last break.
    progress: u64,
}

struct Connection {
    response: Response,
    /// Offset of the byte that comes next.
    position: u64,
    pace: Pace,
}

enum Received {
    Chunk(Bytes),
    End,
    Broken(String),
}

impl Connection {
    fn new(answer: Answer) -> Self {
        Self { response: answer.response, position: answer.offset, pace: Pace::default() }
    }

    async fn receive(&mut self, call: &Call, label: &str) -> Result<Received, Error> {
        let idle = IDLE_TIMEOUT.min(call.client().config().request_timeout);
        let began = Instant::now();
        let received = match tokio::time::timeout(idle, self.response.chunk()).await {
            Ok(Ok(Some(chunk))) => Received::Chunk(chunk),
            Ok(Ok(None)) => Received::End,
            Ok(Err(error)) => Received::Broken(TransportFailure::from_reqwest(error).description),
            Err(_) => Received::Broken(format!("nothing came for {} ms", idle.as_millis())),
        };
        if let Received::Chunk(chunk) = &received {
            self.pace.note(began.elapsed(), chunk.len() as u64).map_err(|slow| {
                let (bytes, seconds) = (slow.bytes, slow.waited.as_secs());
                unreadable(label, format!("is too slow: {bytes} bytes in {seconds} seconds"))
                    .with(|fields| fields.retryable = true)
            })?;
        }
        Ok(received)
    }
}

impl Download {
    async fn read(&mut self, call: &Call) -> Result<Option<Bytes>, Error> {
        while self.representation.length != Some(self.wanted) {
            let Some(connection) = &mut self.connection else {
                self.connect(call).await?;
                continue;
            };
            match connection.receive(call, &self.label).await? {
                Received::Chunk(chunk) => {
                    if let Some(chunk) = self.take(chunk)? {
                        return Ok(Some(chunk));
                    }
                }
                Received::End if self.representation.length.is_none() => return self.end(),
                Received::End => self.broke_off(call, "the body is shorter than its length").await?,
                Received::Broken(why) => self.broke_off(call, &why).await?,
            }
        }
        Ok(None)
    }

    /// Takes what came in; gives what of it was not read before.
    fn take(&mut self, mut chunk: Bytes) -> Result<Option<Bytes>, Error> {
        let Some(connection) = &mut self.connection else {
            return Ok(None);
        };
        let start = connection.position;
        connection.position = start.saturating_add(chunk.len() as u64);
        let end = connection.position;
        let is_too_long = self.representation.length.is_some_and(|length| end > length);
        if is_too_long || self.proof.as_mut().is_some_and(|proof| !proof.push(&chunk)) {
            return Err(changed(&self.label));
        }
        if end <= self.wanted {
            return Ok(None);
        }
        let known = usize::try_from(self.wanted.saturating_sub(start)).unwrap_or(usize::MAX);
        let new = chunk.split_off(known.min(chunk.len()));
        self.progress = self.progress.saturating_add(new.len() as u64);
        self.wanted = end;
        Ok(Some(new))
    }

    /// The end of a body whose length was not told: it is the medium's own.
    fn end(&self) -> Result<Option<Bytes>, Error> {
        let is_shorter = self.connection.as_ref().is_some_and(|connection| connection.position < self.wanted);
        if is_shorter || self.proof.as_ref().is_some_and(Proof::is_owed) {
            return Err(changed(&self.label));
        }
        Ok(None)
    }

    /// Notes a break and waits a little, unless there were too many without progress between them.
    async fn broke_off(&mut self, call: &Call, why: &str) -> Result<(), Error> {
        self.connection = None;
        // Without a validator each resume reads everything again, so these stay few in all.
        if self.progress >= PROGRESS_BYTES && self.proof.is_none() {
            self.fruitless_resumes = 0;
        }
        self.progress = 0;
        self.fruitless_resumes += 1;
        let config =
            RetryConfig { max_attempts: MAX_FRUITLESS_RESUMES + 1, ..call.client().config().retry.clone() };
        match retry_delay(call, &Outcome::Interrupted, self.fruitless_resumes, &config) {
            Some(delay) => tokio::time::sleep(delay).await,
            None => return Err(self.gave_up(why)),
        }
        Ok(())
    }

    fn gave_up(&self, why: &str) -> Error {
        let of = self.representation.length.map(|length| format!(" of {length}")).unwrap_or_default();
        unreadable(&self.label, format!("broke off after {}{of} bytes", self.wanted))
            .with_cause(why)
            .with(|fields| fields.retryable = true)
    }

    /// Connects again, at the byte that is wanted where that can be asked for, else at the start. What comes must be
    /// the same medium: proven by its validator, or, where it has none, by the hash of what was read before.
    async fn connect(&mut self, call: &Call) -> Result<(), Error> {
        let known = &self.representation;
        let range = known
            .validator()
            .filter(|_| self.wanted > 0)
            .map(|validator| RangeRequest { offset: self.wanted, validator });
        let answer = Fetch { call, url: &self.url, label: &self.label, range }.get().await?;
        let described = &answer.representation;
        // A part is only sent when the validator still holds (RFC 9110 §13.1.5), and need not repeat it.
        let is_same = if answer.offset > 0 || self.proof.is_some() {
            !known.is_contradicted_by(described)
        } else {
            known.is_proven_by(described)
        };
        if !is_same {
            return Err(changed(&self.label));
        }
        if let Some(proof) = &mut self.proof {
            proof.restart();
        }
        self.representation.length = known.length.or(described.length);
        if described.ranges != RangeSupport::Unknown {
            self.representation.ranges = described.ranges;
        }
        self.connection = Some(Connection::new(answer));
        Ok(())
    }

    /// Reads on where what is wanted still comes and can't be asked for directly.
    fn seek(&mut self, offset: u64) {
        self.wanted = self.representation.length.map_or(offset, |length| offset.min(length));
        let position = self.connection.as_ref().map(|connection| connection.position);
        let can_jump = self.representation.can_ask_for_parts();
        let reads_on = position.is_some_and(|at| at == self.wanted || (at < self.wanted && !can_jump));
        if !reads_on {
            self.connection = None;
        }
    }
}

impl Reader for Download {
    fn length(&self) -> Option<u64> {
        self.representation.length
    }

    fn validator(&self) -> Option<&str> {
        // Without parts to ask for there is nothing that a proof would save.
        self.representation.validator().filter(|_| self.representation.can_ask_for_parts())?.to_str().ok()
    }

    fn next<'a>(&'a mut self, call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        Box::pin(self.read(call))
    }

    fn can_restart(&self) -> bool {
        // Where the end is not known, an offset may lie behind it.
        self.representation.length.is_some()
    }

    fn pause(&mut self) {
        self.connection = None;
    }

    fn restart_at<'a>(&'a mut self, _call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        self.seek(offset);
        Box::pin(std::future::ready(Ok(())))
    }
}
