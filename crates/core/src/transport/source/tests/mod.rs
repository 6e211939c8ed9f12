#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod addresses;
mod ahead;
mod answers;
mod files;
mod kept;
mod memory;
mod resume;
mod same_content;
pub(super) mod server;
mod slices;
mod spool;
mod streams;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::{ChunkStream, MediaSource, SourceFailure, SourceReader};
use crate::config::{ClientConfig, ClientSettings};
use crate::error::Error;
use crate::operation::Operation;
use crate::transport::call::Call;
use crate::transport::client::Client;

/// A call that may read from this machine, and retries without waiting.
pub(super) fn call_with(change: impl FnOnce(&mut ClientSettings)) -> Call {
    call_within(None, change)
}

pub(super) fn call_within(timeout: Option<Duration>, change: impl FnOnce(&mut ClientSettings)) -> Call {
    let mut settings = ClientSettings {
        allow_http: Some(true),
        allow_private_networks: Some(true),
        base_delay_ms: Some(0),
        ..ClientSettings::default()
    };
    change(&mut settings);
    let client = Client::new(ClientConfig::resolve(&settings).unwrap()).unwrap();
    Call::new(Arc::new(client), Operation::ProbeMedia, timeout, CancellationToken::new(), None)
}

pub(super) fn call() -> Call {
    call_with(|_| {})
}

async fn open_url(call: &Call, url: &str) -> Result<SourceReader, Error> {
    SourceReader::open(call, MediaSource::Url(url.to_owned())).await
}

async fn read_url(call: &Call, url: &str) -> Result<Vec<u8>, Error> {
    rest(call, &mut open_url(call, url).await?).await
}

async fn rest(call: &Call, reader: &mut SourceReader) -> Result<Vec<u8>, Error> {
    let mut whole = Vec::new();
    while let Some(chunk) = reader.next_chunk(call).await? {
        assert!(!chunk.is_empty());
        whole.extend_from_slice(&chunk);
    }
    Ok(whole)
}

/// Bytes that differ from offset to offset.
fn pattern(length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect()
}

/// Chunks that are there already, and perhaps an error after them.
struct Ready(VecDeque<Result<Bytes, SourceFailure>>);

impl Ready {
    fn new(chunks: impl IntoIterator<Item = Bytes>) -> Self {
        Self(chunks.into_iter().map(Ok).collect())
    }
}

impl ChunkStream for Ready {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, SourceFailure>> {
        Box::pin(std::future::ready(self.0.pop_front().transpose()))
    }
}

/// As a stream tells of it that met an error.
fn failed(why: &str) -> SourceFailure {
    SourceFailure { what: "failed".to_owned(), cause: Some(why.to_owned()) }
}

fn stream_of(chunks: impl ChunkStream + 'static, size: Option<u64>) -> MediaSource {
    MediaSource::Stream { chunks: Box::new(chunks), size, filename: None }
}
