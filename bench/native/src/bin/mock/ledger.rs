//! What has come in, and whether it is what was to come.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bench_support::content::{Content, Kind};
use bench_support::job::{MockSettings, measured_id, number_of};
use serde_json::{Value, json};

const MAX_PROBLEMS: usize = 20;
/// X's own limit: its page on chunked upload.
const MAX_SEGMENT_BYTES: u64 = 8 * 1024 * 1024;

/// Why a request is refused. Each refusal makes the run void.
pub(crate) type Refusal = (u16, String);

/// Everything that was posted, uploaded and read.
pub(crate) struct Ledger {
    pub(crate) api_connections: AtomicU64,
    pub(crate) media_connections: AtomicU64,
    pub(crate) requests: AtomicU64,
    pub(crate) signatures: AtomicU64,
    pub(crate) bearers: AtomicU64,
    /// The number of each medium by its checksum.
    checksums: HashMap<u32, u64>,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    nonces: HashSet<String>,
    posts: HashSet<u64>,
    uploads: HashMap<u64, Upload>,
    metrics: HashSet<u64>,
    problems: Vec<String>,
}

#[derive(Default)]
struct Upload {
    total: u64,
    segments: BTreeMap<u32, Segment>,
    finished: Option<(Instant, u64)>,
    is_posted: bool,
}

/// What is kept of a segment.
#[derive(Clone)]
pub(crate) struct Segment {
    pub(crate) checksum: crc32fast::Hasher,
    pub(crate) bytes: u64,
}

impl Ledger {
    pub(crate) fn new(settings: &MockSettings) -> Self {
        let media = settings.posts * settings.media_per_post;
        let checksum = |number| Content::new(settings.kind, settings.bytes, number).checksum();
        Self {
            api_connections: AtomicU64::new(0),
            media_connections: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            signatures: AtomicU64::new(0),
            bearers: AtomicU64::new(0),
            checksums: (0..media).map(|number| (checksum(number), number)).collect(),
            entries: Mutex::default(),
        }
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn problem(&self, what: String) {
        let problems = &mut self.entries().problems;
        if problems.len() < MAX_PROBLEMS {
            problems.push(what);
        }
    }

    /// A nonce is for one request (RFC 5849 §3.3).
    pub(crate) fn spend_nonce(&self, nonce: String) -> Result<(), Refusal> {
        self.signatures.fetch_add(1, Ordering::Relaxed);
        if self.entries().nonces.insert(nonce) { Ok(()) } else { Err((401, "a nonce came twice".to_owned())) }
    }

    /// Takes a post. Its media have to be its own, in order.
    pub(crate) fn post(
        &self,
        settings: &MockSettings,
        text: &str,
        media_ids: &[String],
    ) -> Result<u64, Refusal> {
        let number = number_of(text).filter(|number| *number < settings.posts);
        let number = number.ok_or_else(|| (400, format!("no post has the text {text:?}")))?;
        let mut entries = self.entries();
        if media_ids.len() as u64 != settings.media_per_post {
            return Err((400, format!("post {number} has {} media", media_ids.len())));
        }
        for (id, wanted) in media_ids.iter().zip(number * settings.media_per_post..) {
            let upload = id.parse().ok().and_then(|id: u64| entries.uploads.get_mut(&id));
            let upload = upload.filter(|upload| is_ready(upload, settings) && !upload.is_posted);
            let upload =
                upload.ok_or_else(|| (400, format!("medium {id} is not ready for post {number}")))?;
            if upload.finished.is_none_or(|(_, number)| number != wanted) {
                return Err((400, format!("post {number} has another medium in the place of {wanted}")));
            }
            upload.is_posted = true;
        }
        if entries.posts.insert(number) {
            Ok(number)
        } else {
            Err((403, format!("post {number} came twice")))
        }
    }

    /// Begins an upload of this many bytes.
    pub(crate) fn open(
        &self,
        id: u64,
        settings: &MockSettings,
        kind: &str,
        total: u64,
    ) -> Result<(), Refusal> {
        if total != settings.bytes || kind != settings.kind.category() {
            return Err((400, format!("there is no {kind} of {total} bytes")));
        }
        self.entries().uploads.insert(id, Upload { total, ..Upload::default() });
        Ok(())
    }

    /// Takes a segment; one that comes again replaces the first.
    pub(crate) fn append(&self, id: u64, index: u32, segment: Segment) -> Result<(), Refusal> {
        if segment.bytes > MAX_SEGMENT_BYTES {
            return Err((413, format!("segment {index} has {} bytes", segment.bytes)));
        }
        if index > 999 {
            return Err((400, format!("segment {index} is beyond 999")));
        }
        let mut entries = self.entries();
        let upload = entries.uploads.get_mut(&id).filter(|upload| upload.finished.is_none());
        upload.ok_or_else(|| unknown(id))?.segments.insert(index, segment);
        Ok(())
    }

    /// Ends an upload: its segments, in order, have to be one of the media.
    pub(crate) fn finalize(&self, id: u64) -> Result<(), Refusal> {
        let mut entries = self.entries();
        let upload = entries.uploads.get_mut(&id).filter(|upload| upload.finished.is_none());
        let upload = upload.ok_or_else(|| unknown(id))?;
        let mut whole = crc32fast::Hasher::new();
        let mut bytes = 0;
        for (place, (index, segment)) in (0..).zip(&upload.segments) {
            if *index != place {
                return Err((400, format!("segment {place} of medium {id} is missing")));
            }
            whole.combine(&segment.checksum);
            bytes += segment.bytes;
        }
        if bytes != upload.total {
            return Err((
                400,
                format!("the segments of medium {id} do not add up to {} bytes", upload.total),
            ));
        }
        let number = self.checksums.get(&whole.finalize());
        let number = number.ok_or_else(|| (400, format!("medium {id} has a wrong checksum")))?;
        upload.finished = Some((Instant::now(), *number));
        Ok(())
    }

    /// Whether a medium can be posted. `None` if it is unknown or unfinished.
    pub(crate) fn is_ready(&self, id: u64, settings: &MockSettings) -> Option<bool> {
        let entries = self.entries();
        let upload = entries.uploads.get(&id).filter(|upload| upload.finished.is_some())?;
        Some(is_ready(upload, settings))
    }

    /// Takes a look at a post's metrics.
    pub(crate) fn measure(&self, settings: &MockSettings, id: u64) -> Result<(), Refusal> {
        let number = id.checked_sub(measured_id(0)).map(|beyond| beyond / (measured_id(1) - measured_id(0)));
        let known = number.filter(|number| *number < settings.metrics && measured_id(*number) == id);
        let number = known.ok_or_else(|| (400, format!("nobody was to read post {id}")))?;
        if self.entries().metrics.insert(number) {
            Ok(())
        } else {
            Err((400, format!("post {id} was read twice")))
        }
    }

    /// What became of the run.
    pub(crate) fn report(&self, settings: &MockSettings, cpu_ms: f64) -> Value {
        let entries = self.entries();
        let mut problems = entries.problems.clone();
        let count = |name: &str, is: u64, wanted: u64| {
            (is != wanted).then(|| format!("{is} {name} in place of {wanted}"))
        };
        let posted = entries.uploads.values().filter(|upload| upload.is_posted).count() as u64;
        problems.extend(count("posts", entries.posts.len() as u64, settings.posts));
        problems.extend(count("posted media", posted, settings.posts * settings.media_per_post));
        problems.extend(count("uploads", entries.uploads.len() as u64, posted));
        problems.extend(count("metrics", entries.metrics.len() as u64, settings.metrics));
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        json!({
            "agrees": problems.is_empty(),
            "problems": problems,
            "posts": entries.posts.len(),
            "media": posted,
            "metrics": entries.metrics.len(),
            "signatures": read(&self.signatures),
            "bearers": read(&self.bearers),
            "requests": read(&self.requests),
            "connections": { "api": read(&self.api_connections), "media": read(&self.media_connections) },
            "cpuMs": cpu_ms,
        })
    }
}

/// Videos are processed once their bytes are there; pictures are ready then.
fn is_ready(upload: &Upload, settings: &MockSettings) -> bool {
    let processing = if settings.kind == Kind::Video { settings.processing_ms } else { 0 };
    upload.finished.is_some_and(|(at, _)| at.elapsed() >= Duration::from_millis(processing))
}

fn unknown(id: u64) -> Refusal {
    (404, format!("no upload {id} is open"))
}

#[cfg(test)]
mod tests;
