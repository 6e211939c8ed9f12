//! Media in files.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::{Reader, SourceReader, changed, declared_by_name, unreadable};
use crate::error::Error;
use crate::locks::locked;
use crate::transport::call::Call;

const CHUNK_BYTES: u64 = 256 * 1024;

/// Opens a regular file. Directories, devices and pipes are refused: they have no length, or no end.
pub(super) async fn open(path: PathBuf, label: String) -> Result<SourceReader, Error> {
    let opened = blocking(move || open_regular(&path))
        .await
        .map_err(|error| unreadable(&label, why_unopened(error.kind())).with_cause(error.kind()))?;
    let declared = declared_by_name(&label);
    Ok(SourceReader::new(Box::new(FileReader::new(opened, label.clone()).await?), label, declared))
}

pub(super) fn why_unopened(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "does not exist",
        ErrorKind::PermissionDenied => "may not be read by this process",
        ErrorKind::InvalidInput => "is not a regular file",
        _ => "can't be opened",
    }
}

/// The file's name, without where it lies.
pub(super) fn label_of(path: &Path) -> String {
    path.file_name().map_or_else(|| "the file".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn open_regular(path: &Path) -> io::Result<File> {
    // Looked at before it is opened too: opening a pipe would wait for a writer.
    if !std::fs::metadata(path)?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// Runs file work where it may block. It is bounded work: what is dropped meanwhile ends by itself.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Reads an open file; a change of its length or time while it is read is an error.
pub(super) struct FileReader {
    /// A read that was dropped may still run beside the next one; each has to seek and read undisturbed.
    file: Arc<Mutex<File>>,
    label: String,
    state: FileState,
    position: u64,
}

/// What shows that a file was written to.
type FileState = (u64, Option<SystemTime>);

impl FileReader {
    pub(super) async fn new(file: File, label: String) -> Result<Self, Error> {
        let file = Arc::new(Mutex::new(file));
        let state = state(&file, &label).await?;
        Ok(Self { file, label, state, position: 0 })
    }

    async fn read(&mut self) -> Result<Option<Bytes>, Error> {
        let (length, _) = self.state;
        if self.position >= length {
            return Ok(None);
        }
        let (file, position) = (Arc::clone(&self.file), self.position);
        let wanted = CHUNK_BYTES.min(length - position);
        let chunk = blocking(move || read_at(&file, position, wanted))
            .await
            .map_err(|error| unreadable(&self.label, "can't be read").with_cause(error.kind()))?;
        self.position += chunk.len() as u64;
        let is_short = (chunk.len() as u64) < wanted;
        if is_short || (self.position == length && state(&self.file, &self.label).await? != self.state) {
            return Err(changed(&self.label));
        }
        Ok(Some(chunk))
    }
}

fn read_at(file: &Mutex<File>, position: u64, length: u64) -> io::Result<Bytes> {
    let mut buffer = Vec::with_capacity(usize::try_from(length).unwrap_or(usize::MAX));
    let mut file = locked(file);
    file.seek(SeekFrom::Start(position))?;
    file.by_ref().take(length).read_to_end(&mut buffer)?;
    Ok(buffer.into())
}

async fn state(file: &Arc<Mutex<File>>, label: &str) -> Result<FileState, Error> {
    let file = Arc::clone(file);
    let metadata = blocking(move || locked(&file).metadata())
        .await
        .map_err(|error| unreadable(label, "can't be looked at").with_cause(error.kind()))?;
    Ok((metadata.len(), metadata.modified().ok()))
}

impl Reader for FileReader {
    fn length(&self) -> Option<u64> {
        Some(self.state.0)
    }

    fn next<'a>(&'a mut self, _call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        Box::pin(self.read())
    }

    fn can_restart(&self) -> bool {
        true
    }

    fn restart_at<'a>(&'a mut self, _call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        self.position = offset;
        Box::pin(std::future::ready(Ok(())))
    }
}
