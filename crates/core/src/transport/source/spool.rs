//! Finds out the length of a source that does not tell it, and keeps what comes only once.

use std::fs::File;
use std::io::{self, Write};

use bytes::Bytes;

use super::file::{FileReader, blocking};
use super::memory::MemoryReader;
use super::{Reader, SourceReader, unreadable};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::memory::Kept;
use crate::protocol::media::preparation::{Prepare, most_bytes};
use crate::protocol::media::sniff::MediaSniffer;
use crate::transport::call::Call;

/// What is gathered for one write, so that a write costs little beside its bytes.
const WRITE_BYTES: u64 = 1024 * 1024;
/// Space for what stays in memory is asked for in pieces of this size.
const SPACE_BYTES: u64 = 256 * 1024;

/// Reads the source to its end, into memory as far as it fits there and into the process's, else into a temporary file that has no name and so
/// goes with the process. What its first bytes show to be of no use, or to be too large for its kind, is not read
/// further.
pub(super) async fn spool(
    call: &Call,
    source: &mut SourceReader,
    memory_limit: u64,
) -> Result<Box<dyn Reader>, Error> {
    let label = source.label().to_owned();
    let process_bytes = call.client().config().upload.process_buffered_bytes;
    let mut held = Held::default();
    let mut space = KeptSpace::default();
    let mut file: Option<File> = None;
    let mut kind = Kind { prepare: call.prepare(), ..Kind::default() };
    while let Some(chunk) = source.next_chunk(call).await? {
        if kind.look_at(&chunk, &label)? == Use::None {
            held.push(chunk);
            break;
        }
        held.push(chunk);
        let fits = match file {
            Some(_) => held.bytes <= WRITE_BYTES,
            None => held.bytes <= memory_limit && space.grow(held.bytes, process_bytes),
        };
        if !fits {
            file = Some(write(&label, file, &mut held).await?);
            space = KeptSpace::default();
        }
    }
    if file.is_none() {
        return Ok(Box::new(MemoryReader::keeping(held.chunks, space.kept)));
    }
    let file = write(&label, file, &mut held).await?;
    Ok(Box::new(FileReader::new(file, label).await?))
}

/// Puts bytes into a temporary file.
pub(super) async fn hold(label: &str, bytes: Vec<Bytes>) -> Result<Box<dyn Reader>, Error> {
    let mut held = Held::default();
    for run in bytes {
        held.push(run);
    }
    let file = write(label, None, &mut held).await?;
    Ok(Box::new(FileReader::new(file, label.to_owned()).await?))
}

/// What the process has given for what is held.
#[derive(Default)]
struct KeptSpace {
    kept: Option<Kept>,
    bytes: u64,
}

impl KeptSpace {
    /// Says whether there is space for so many bytes in all.
    fn grow(&mut self, bytes: u64, process_bytes: u64) -> bool {
        while self.bytes < bytes {
            let Some(more) = Kept::of_process(process_bytes, SPACE_BYTES) else { return false };
            self.bytes += SPACE_BYTES;
            match &mut self.kept {
                Some(kept) => kept.join(more),
                None => self.kept = Some(more),
            }
        }
        true
    }
}

/// Whether it is worth reading on.
#[derive(PartialEq, Eq)]
enum Use {
    Some,
    None,
}

/// What a source turns out to be while it is read.
#[derive(Default)]
struct Kind {
    sniffer: MediaSniffer,
    bytes: u64,
    prepare: Prepare,
}

impl Kind {
    fn look_at(&mut self, chunk: &Bytes, label: &str) -> Result<Use, Error> {
        self.bytes = self.bytes.saturating_add(chunk.len() as u64);
        if self.sniffer.facts().content_type.is_none() {
            self.sniffer.push(chunk);
        }
        let Some(content_type) = self.sniffer.facts().content_type else {
            return Ok(Use::Some);
        };
        let Some(limit) = most_bytes(content_type, self.prepare) else {
            return Ok(Use::None);
        };
        if self.bytes <= limit {
            return Ok(Use::Some);
        }
        let message = format!(
            "{label} has {} bytes or more; of {} at most {limit} are taken",
            self.bytes,
            content_type.as_str()
        );
        Err(Error::new(ErrorCode::MediaTooLarge, message))
    }
}

#[derive(Default)]
struct Held {
    chunks: Vec<Bytes>,
    bytes: u64,
}

impl Held {
    fn push(&mut self, chunk: Bytes) {
        self.bytes = self.bytes.saturating_add(chunk.len() as u64);
        self.chunks.push(chunk);
    }
}

/// Appends what is held to the file, which is made with the first bytes.
async fn write(label: &str, file: Option<File>, held: &mut Held) -> Result<File, Error> {
    let chunks = std::mem::take(held).chunks;
    blocking(move || append(file, chunks)).await.map_err(|error| {
        let why = "could not be kept in a temporary file";
        unreadable(label, why).with_cause(error.kind())
    })
}

fn append(file: Option<File>, chunks: Vec<Bytes>) -> io::Result<File> {
    let mut file = file.map_or_else(tempfile::tempfile, Ok)?;
    for chunk in chunks {
        file.write_all(&chunk)?;
    }
    Ok(file)
}
