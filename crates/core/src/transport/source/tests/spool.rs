//! Sources that don't tell their length.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::server::{Reply, Server, chunk, head};
use super::{Ready, call, call_with, open_url, pattern, rest, stream_of};
use crate::error_code::ErrorCode;
use crate::transport::source::{ChunkStream, SourceFailure, SourceReader};

/// What an MP4 begins with.
const FILE_TYPE: [u8; 16] = *b"\0\0\0\x10ftypisom\0\0\0\0";

/// As much as needs to be read of a video to know that it is one, and a body.
fn film(length: usize) -> Vec<u8> {
    let mut bytes = pattern(length);
    bytes[..FILE_TYPE.len()].copy_from_slice(&FILE_TYPE);
    bytes
}

fn chunks_of(body: &[u8]) -> Vec<Bytes> {
    body.chunks(10_000).map(Bytes::copy_from_slice).collect()
}

#[tokio::test]
async fn what_fits_stays_in_memory_as_it_came() {
    let (call, body) = (call(), film(100_000));
    let chunks = chunks_of(&body);
    let reader = SourceReader::open(&call, stream_of(Ready::new(chunks.clone()), None)).await.unwrap();
    let mut reader = reader.measured(&call, 100_000).await.unwrap();
    assert_eq!((reader.length(), reader.label(), reader.can_restart()), (Some(100_000), "stream", true));
    for chunk in &chunks {
        assert_eq!(reader.next_chunk(&call).await.unwrap().unwrap().as_ptr(), chunk.as_ptr());
    }
    assert!(reader.next_chunk(&call).await.unwrap().is_none());
    for offset in [0, 1, 9_999, 10_000, 25_000, 99_999, 100_000] {
        reader.restart_at(&call, offset).await.unwrap();
        let from = usize::try_from(offset).unwrap();
        assert_eq!(rest(&call, &mut reader).await.unwrap(), body[from..], "{offset}");
    }
}

#[tokio::test]
async fn what_the_process_has_no_space_for_goes_to_disk() {
    for (process_bytes, stays) in [(1024 * 1024, false), (16 * 1024 * 1024, true)] {
        let call = call_with(|settings| settings.process_buffered_bytes = Some(process_bytes));
        let chunks = chunks_of(&film(100_000));
        let reader = SourceReader::open(&call, stream_of(Ready::new(chunks.clone()), None)).await.unwrap();
        let mut reader = reader.measured(&call, 100_000).await.unwrap();
        let first = reader.next_chunk(&call).await.unwrap().unwrap();
        assert_eq!(first.as_ptr() == chunks[0].as_ptr(), stays, "{process_bytes}");
    }
}

#[tokio::test]
async fn what_does_not_fit_goes_to_disk() {
    for (length, limit) in [(100_001, 100_000), (3_000_000, 100_000), (2_000, 0)] {
        let (call, body) = (call(), film(length));
        let source = stream_of(Ready::new(chunks_of(&body)), None);
        let reader = SourceReader::open(&call, source).await.unwrap();
        let mut reader = reader.measured(&call, limit).await.unwrap();
        assert_eq!(reader.length(), Some(length as u64));
        assert_eq!(rest(&call, &mut reader).await.unwrap(), body);
        reader.restart_at(&call, 1_000).await.unwrap();
        assert_eq!(rest(&call, &mut reader).await.unwrap(), body[1_000..]);
    }
}

#[tokio::test]
async fn a_url_without_a_length_is_measured_too() {
    let body = film(200_000);
    for limit in [1_000_000, 1_000] {
        let parts = [head("200 OK", &["Transfer-Encoding: chunked"]), chunk(&body), chunk(b"")];
        let server = Server::script(vec![Reply::Close(parts.concat())]).await;
        let call = call();
        let reader = open_url(&call, &server.url("/a.mp4?key=value")).await.unwrap();
        assert!(!reader.can_restart());
        let mut reader = reader.measured(&call, limit).await.unwrap();
        assert_eq!((reader.length(), reader.label()), (Some(200_000), server.url("/a.mp4").as_str()));
        assert_eq!(rest(&call, &mut reader).await.unwrap(), body);
    }
}

#[tokio::test]
async fn what_is_no_medium_is_not_read_on() {
    let (call, chunks) = (call(), chunks_of(&pattern(1_000_000)));
    let reader = SourceReader::open(&call, stream_of(Ready::new(chunks), None)).await.unwrap();
    let reader = reader.measured(&call, 100_000).await.unwrap();
    assert_eq!(reader.length(), Some(10_000));
}

#[tokio::test]
async fn a_source_of_known_length_is_left_alone() {
    let call = call();
    let reader = SourceReader::open(&call, stream_of(Unread, Some(5))).await.unwrap();
    let reader = reader.measured(&call, 0).await.unwrap();
    assert_eq!((reader.length(), reader.can_restart()), (Some(5), false));
}

struct Unread;

impl ChunkStream for Unread {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, SourceFailure>> {
        panic!("it was read")
    }
}

#[derive(Default)]
struct Live {
    now: AtomicU64,
    most: AtomicU64,
}

/// Bytes that know how many of their kind there are.
struct Tracked(Arc<Live>, &'static [u8]);

impl Tracked {
    fn new(live: &Arc<Live>) -> Self {
        static PIECE: [u8; 64 * 1024] = {
            let mut piece = [7; 64 * 1024];
            let mut at = 0;
            while at < FILE_TYPE.len() {
                piece[at] = FILE_TYPE[at];
                at += 1;
            }
            piece
        };
        let piece = &PIECE;
        let now = live.now.fetch_add(piece.len() as u64, Ordering::SeqCst) + piece.len() as u64;
        live.most.fetch_max(now, Ordering::SeqCst);
        Self(Arc::clone(live), piece)
    }
}

impl AsRef<[u8]> for Tracked {
    fn as_ref(&self) -> &[u8] {
        self.1
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        self.0.now.fetch_sub(self.1.len() as u64, Ordering::SeqCst);
    }
}

struct Generated {
    live: Arc<Live>,
    left: u64,
}

impl ChunkStream for Generated {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, SourceFailure>> {
        let chunk = (self.left > 0).then(|| Bytes::from_owner(Tracked::new(&self.live)));
        self.left = self.left.saturating_sub(64 * 1024);
        Box::pin(std::future::ready(Ok(chunk)))
    }
}

#[tokio::test]
async fn memory_stays_within_the_limit_whatever_the_size() {
    const MEBIBYTE: u64 = 1024 * 1024;
    let live = Arc::new(Live::default());
    let chunks = Generated { live: Arc::clone(&live), left: 64 * MEBIBYTE };
    let call = call();
    let reader = SourceReader::open(&call, stream_of(chunks, None)).await.unwrap();
    let reader = reader.measured(&call, 2 * MEBIBYTE).await.unwrap();
    assert_eq!(reader.length(), Some(64 * MEBIBYTE));
    assert!(live.most.load(Ordering::SeqCst) <= 2 * MEBIBYTE + 64 * 1024);
    assert_eq!(live.now.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_stream_without_end_is_cut_at_the_limit_of_the_policy() {
    let live = Arc::new(Live::default());
    let chunks = Generated { live: Arc::clone(&live), left: u64::MAX };
    let call = call_with(|settings| settings.max_media_bytes = Some(5_000_000));
    let reader = SourceReader::open(&call, stream_of(chunks, None)).await.unwrap();
    let error = reader.measured(&call, 100_000).await.err().unwrap();
    assert_eq!(error.code(), ErrorCode::MediaTooLarge);
    assert_eq!(live.now.load(Ordering::SeqCst), 0);
}
