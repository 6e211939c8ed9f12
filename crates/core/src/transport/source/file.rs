//! Media in files.

use std::io::{ErrorKind, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use bytes::{Bytes, BytesMut};
use futures_util::future::BoxFuture;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::{Reader, SourceReader, changed, declared_by_name, unreadable};
use crate::call::Call;
use crate::error::Error;

const CHUNK_BYTES: usize = 256 * 1024;

/// Opens a regular file. Directories, devices and pipes are refused: they have no length, or no end.
pub(super) async fn open(path: &Path) -> Result<SourceReader, Error> {
    let label =
        path.file_name().map_or_else(|| "the file".to_owned(), |name| name.to_string_lossy().into_owned());
    let explain = |error: std::io::Error| {
        let why = match error.kind() {
            ErrorKind::NotFound => "does not exist",
            ErrorKind::PermissionDenied => "may not be read by this process",
            _ => "can't be opened",
        };
        unreadable(&label, why).with_cause(error.kind())
    };
    // Looked at before it is opened: opening a pipe would wait for a writer.
    if !tokio::fs::metadata(path).await.map_err(explain)?.is_file() {
        return Err(unreadable(&label, "is no regular file"));
    }
    let file = File::open(path).await.map_err(explain)?;
    let reader = FileReader::new(file, label.clone()).await?;
    Ok(SourceReader { declared: declared_by_name(&label), reader: Box::new(reader), label })
}

/// Reads an open file; a change of its length or time while it is read is an error.
pub(super) struct FileReader {
    file: File,
    label: String,
    length: u64,
    modified: Option<SystemTime>,
    position: u64,
}

impl FileReader {
    pub(super) async fn new(file: File, label: String) -> Result<Self, Error> {
        let (length, modified) = state(&file, &label).await?;
        Ok(Self { file, label, length, modified, position: 0 })
    }

    async fn read(&mut self) -> Result<Option<Bytes>, Error> {
        let left = usize::try_from(self.length - self.position).unwrap_or(usize::MAX);
        let mut buffer = BytesMut::with_capacity(CHUNK_BYTES.min(left));
        while buffer.len() < buffer.capacity() {
            let count = self
                .file
                .read_buf(&mut buffer)
                .await
                .map_err(|error| unreadable(&self.label, "can't be read").with_cause(error.kind()))?;
            if count == 0 {
                break;
            }
        }
        self.position += buffer.len() as u64;
        if buffer.is_empty() || self.position >= self.length {
            self.check_unchanged().await?;
        }
        Ok((!buffer.is_empty()).then(|| buffer.freeze()))
    }

    async fn check_unchanged(&self) -> Result<(), Error> {
        let now = state(&self.file, &self.label).await?;
        let whole = self.position >= self.length;
        if whole && now == (self.length, self.modified) { Ok(()) } else { Err(changed(&self.label)) }
    }

    async fn seek(&mut self, offset: u64) -> Result<(), Error> {
        let offset = offset.min(self.length);
        self.position = offset;
        self.file.seek(SeekFrom::Start(offset)).await.map(drop).map_err(|error| {
            unreadable(&self.label, "can't be read from the middle").with_cause(error.kind())
        })
    }
}

async fn state(file: &File, label: &str) -> Result<(u64, Option<SystemTime>), Error> {
    let metadata = file
        .metadata()
        .await
        .map_err(|error| unreadable(label, "can't be looked at").with_cause(error.kind()))?;
    Ok((metadata.len(), metadata.modified().ok()))
}

impl Reader for FileReader {
    fn length(&self) -> Option<u64> {
        Some(self.length)
    }

    fn next<'a>(&'a mut self, _call: &'a Call) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        Box::pin(self.read())
    }

    fn can_restart(&self) -> bool {
        true
    }

    fn restart_at<'a>(&'a mut self, _call: &'a Call, offset: u64) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.seek(offset))
    }
}
