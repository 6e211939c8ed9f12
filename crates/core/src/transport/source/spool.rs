//! Finds out the length of a source that does not tell it.

use bytes::Bytes;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::file::FileReader;
use super::memory::MemoryReader;
use super::{Reader, too_large, unreadable};
use crate::call::Call;
use crate::error::Error;

/// Reads the source to its end, into memory as far as it fits, else into a temporary file that has no name and so
/// goes with the process.
pub(super) async fn spool(
    call: &Call,
    mut source: Box<dyn Reader>,
    memory_limit: u64,
    label: &str,
) -> Result<Box<dyn Reader>, Error> {
    let limit = call.client().config().media_policy.max_bytes;
    let mut held: Vec<Bytes> = Vec::new();
    let mut total = 0;
    let mut file: Option<File> = None;
    while let Some(chunk) = source.next(call).await? {
        total += chunk.len() as u64;
        if total > limit {
            return Err(too_large(label, total, limit));
        }
        if let Some(file) = &mut file {
            write(file, &chunk, label).await?;
        } else if total <= memory_limit {
            held.push(chunk);
        } else {
            let mut opened = temporary_file(label)?;
            for chunk in held.drain(..).chain([chunk]) {
                write(&mut opened, &chunk, label).await?;
            }
            file = Some(opened);
        }
    }
    let Some(mut file) = file else {
        return Ok(Box::new(MemoryReader::new(held)));
    };
    file.flush().await.map_err(|error| unwritable(label, &error))?;
    let mut reader = FileReader::new(file, label.to_owned()).await?;
    reader.restart_at(call, 0).await?;
    Ok(Box::new(reader))
}

fn temporary_file(label: &str) -> Result<File, Error> {
    tempfile::tempfile().map(File::from_std).map_err(|error| unwritable(label, &error))
}

async fn write(file: &mut File, chunk: &[u8], label: &str) -> Result<(), Error> {
    file.write_all(chunk).await.map_err(|error| unwritable(label, &error))
}

fn unwritable(label: &str, error: &std::io::Error) -> Error {
    unreadable(label, "has no known length and could not be kept in a temporary file")
        .with_cause(error.kind())
}
