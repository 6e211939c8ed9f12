//! Media in memory that belongs to somebody else.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::future::{BoxFuture, ready};

use super::{call, call_with, pattern, rest};
use crate::error_code::ErrorCode;
use crate::transport::source::slices::SLICE_BYTES;
use crate::transport::source::{MediaSource, SliceSource, SourceFailure, SourceReader};

/// What was asked for, as offsets and lengths.
type Asked = Arc<Mutex<Vec<(u64, u64)>>>;

/// Memory that may be gone when it is asked for.
struct Lent {
    size: u64,
    bytes: Arc<Mutex<Option<Vec<u8>>>>,
    asked: Asked,
}

impl Lent {
    fn new(bytes: Vec<u8>) -> Self {
        Self { size: bytes.len() as u64, bytes: Arc::new(Mutex::new(Some(bytes))), asked: Asked::default() }
    }
}

impl SliceSource for Lent {
    fn size(&self) -> u64 {
        self.size
    }

    fn default_label(&self) -> &'static str {
        "buffer"
    }

    fn copy(&mut self, offset: u64, length: u64) -> BoxFuture<'_, Result<Bytes, SourceFailure>> {
        self.asked.lock().unwrap().push((offset, length));
        let bytes = self.bytes.lock().unwrap();
        let gone = SourceFailure { what: "was taken away".to_owned(), cause: None };
        let (from, to) = (usize::try_from(offset).unwrap(), usize::try_from(offset + length).unwrap());
        let copied = bytes.as_ref().map(|all| Bytes::copy_from_slice(&all[from..to.min(all.len())]));
        Box::pin(ready(copied.ok_or(gone)))
    }
}

fn source_of(slices: Lent, filename: Option<&str>) -> MediaSource {
    MediaSource::Slices { slices: Box::new(slices), filename: filename.map(str::to_owned) }
}

#[tokio::test]
async fn they_are_asked_for_slice_by_slice_and_from_any_offset() {
    let body = pattern(usize::try_from(2 * SLICE_BYTES + 10).unwrap());
    let slices = Lent::new(body.clone());
    let (call, asked) = (call(), Arc::clone(&slices.asked));
    let mut reader = SourceReader::open(&call, source_of(slices, None)).await.unwrap();
    assert_eq!((reader.length(), reader.label()), (Some(2 * SLICE_BYTES + 10), "buffer"));
    assert!(reader.can_restart());
    assert!(asked.lock().unwrap().is_empty());
    assert_eq!(rest(&call, &mut reader).await.unwrap(), body);
    let whole = [(0, SLICE_BYTES), (SLICE_BYTES, SLICE_BYTES), (2 * SLICE_BYTES, 10)];
    assert_eq!(*asked.lock().unwrap(), whole);
    for offset in [0, 1, SLICE_BYTES, 2 * SLICE_BYTES + 9, 2 * SLICE_BYTES + 10] {
        reader.restart_at(&call, offset).await.unwrap();
        assert_eq!(rest(&call, &mut reader).await.unwrap(), body[usize::try_from(offset).unwrap()..]);
    }
}

#[tokio::test]
async fn what_was_taken_away_is_not_read() {
    let slices = Lent::new(pattern(usize::try_from(2 * SLICE_BYTES).unwrap()));
    let (call, bytes) = (call(), Arc::clone(&slices.bytes));
    let mut reader = SourceReader::open(&call, source_of(slices, Some("cat.gif"))).await.unwrap();
    assert!(reader.next_chunk(&call).await.unwrap().is_some());
    *bytes.lock().unwrap() = None;
    let error = reader.next_chunk(&call).await.unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (ErrorCode::MediaSource, "cat.gif was taken away")
    );
}

#[tokio::test]
async fn a_slice_of_another_length_is_refused() {
    let slices = Lent::new(pattern(100));
    let (call, bytes) = (call(), Arc::clone(&slices.bytes));
    let mut reader = SourceReader::open(&call, source_of(slices, None)).await.unwrap();
    bytes.lock().unwrap().as_mut().unwrap().truncate(40);
    let error = reader.next_chunk(&call).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::MediaSource);
    assert_eq!(error.to_string(), "buffer gave 40 bytes at offset 0 instead of 100");
}

#[tokio::test]
async fn more_than_the_policy_allows_is_refused_before_it_is_asked_for() {
    let slices = Lent::new(pattern(11));
    let asked = Arc::clone(&slices.asked);
    let call = call_with(|settings| settings.max_media_bytes = Some(10));
    let error = SourceReader::open(&call, source_of(slices, None)).await.err().unwrap();
    assert_eq!(error.code(), ErrorCode::MediaTooLarge);
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn a_checkpoint_knows_them_as_it_knows_bytes_in_memory() {
    for filename in [None, Some("cat.gif")] {
        let bytes = Bytes::from(pattern(1_000));
        let name = filename.map(str::to_owned);
        let lent = source_of(Lent::new(bytes.to_vec()), filename);
        assert_eq!(lent.identity(), MediaSource::Data { bytes, filename: name }.identity());
    }
}
