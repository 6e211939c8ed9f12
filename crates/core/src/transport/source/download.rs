//! Media at URLs: resumed where they break off, given up where they trickle.

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use url::Url;

use super::ahead::{Ahead, Hunger, Whole};
use super::connection::{Connection, Receipt, Received, pause_before_resuming};
use super::fetch::{Fetch, RangeRequest};
use super::proof::Proof;
use super::representation::{RangeSupport, Representation};
use super::{Declared, Reader, SourceReader, changed, unreadable};
use crate::error::Error;
use crate::memory::MemoryBudget;
use crate::protocol::media::category::ContentType;
use crate::transport::call::Call;

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
        lent: None,
        hunger: Hunger::new(),
        ahead: None,
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
    /// Memory to read ahead into. There is none before the medium goes up, and none once reading ahead has failed.
    lent: Option<MemoryBudget>,
    hunger: Hunger,
    ahead: Option<Ahead>,
}

impl Download {
    async fn read(&mut self, call: &Call) -> Result<Option<Bytes>, Error> {
        while self.representation.length != Some(self.wanted) {
            if let Some(ahead) = &mut self.ahead {
                if let Some(chunk) = ahead.next().await {
                    self.wanted = self.wanted.saturating_add(chunk.len() as u64);
                    return Ok(Some(chunk));
                }
                (self.ahead, self.lent) = (None, None);
            }
            let Some(connection) = &mut self.connection else {
                self.connect(call).await?;
                continue;
            };
            let Receipt { what, waited } = connection.receive(call, &self.label).await?;
            match what {
                Received::Chunk(chunk) => {
                    let start = connection.position;
                    connection.position = start.saturating_add(chunk.len() as u64);
                    let is_starved = self.hunger.note(waited, chunk.len() as u64);
                    if let Some(chunk) = self.take(chunk, start)? {
                        if is_starved {
                            self.read_ahead(call);
                        }
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

    /// Takes what came in from an offset on; gives what of it was not read before.
    fn take(&mut self, mut chunk: Bytes, start: u64) -> Result<Option<Bytes>, Error> {
        let end = start.saturating_add(chunk.len() as u64);
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

    /// Goes on with several connections instead of this one, if parts can be asked for safely and there is memory.
    fn read_ahead(&mut self, call: &Call) {
        let known = &self.representation;
        let Some(((budget, length), validator)) = self.lent.as_ref().zip(known.length).zip(known.validator())
        else {
            return;
        };
        // One that did not say that it gives parts is asked for the whole only.
        if known.ranges != RangeSupport::Given {
            return;
        }
        let whole = Whole {
            call: call.clone(),
            url: self.url.clone(),
            label: self.label.clone(),
            known: known.clone(),
            validator: validator.clone(),
            length,
        };
        self.ahead = Ahead::begin(whole, budget, self.wanted);
        if self.ahead.is_some() {
            self.connection = None;
        }
    }

    /// The end of a body whose length was not given: it is the medium's own.
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
        pause_before_resuming(call, self.fruitless_resumes).await.ok_or_else(|| self.gave_up(why))
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
        let range = known.validator().filter(|_| self.wanted > 0).map(|validator| RangeRequest {
            offset: self.wanted,
            end: None,
            validator,
        });
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
        self.ahead = None;
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

    fn has_large_buffers(&self) -> bool {
        true
    }

    fn can_restart(&self) -> bool {
        // Where the end is not known, an offset may lie after it.
        self.representation.length.is_some()
    }

    fn pause(&mut self) {
        (self.connection, self.ahead) = (None, None);
    }

    fn lend(&mut self, budget: &MemoryBudget) {
        (self.lent, self.hunger) = (Some(budget.clone()), Hunger::new());
    }

    fn restart_at<'a>(&'a mut self, _call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        self.seek(offset);
        Box::pin(std::future::ready(Ok(())))
    }
}
