//! Media that are in memory, and streams.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::{Ready, call, call_with, failed, rest, stream_of};
use crate::error_code::ErrorCode;
use crate::protocol::media::category::ContentType;
use crate::transport::source::{ChunkStream, MediaSource, SourceFailure, SourceReader};

#[tokio::test]
async fn bytes_in_memory_are_shared() {
    let bytes = Bytes::from(vec![7; 1_000_000]);
    let call = call();
    let source = MediaSource::Data { bytes: bytes.clone(), filename: None };
    let mut reader = SourceReader::open(&call, source).await.unwrap();
    assert_eq!((reader.length(), reader.label(), reader.declared()), (Some(1_000_000), "buffer", None));
    let chunk = reader.next_chunk(&call).await.unwrap().unwrap();
    assert_eq!((chunk.as_ptr(), chunk.len()), (bytes.as_ptr(), bytes.len()));
    assert!(reader.next_chunk(&call).await.unwrap().is_none());
    reader.restart_at(&call, 999_000).await.unwrap();
    assert_eq!(rest(&call, &mut reader).await.unwrap(), bytes[999_000..]);
    reader.restart_at(&call, 1_000_000).await.unwrap();
    assert_eq!(rest(&call, &mut reader).await.unwrap(), b"");
}

#[tokio::test]
async fn a_name_is_a_label_and_its_extension_a_claim() {
    let call = call();
    let source = MediaSource::Data { bytes: Bytes::new(), filename: Some("cat.gif".to_owned()) };
    let reader = SourceReader::open(&call, source).await.unwrap();
    assert_eq!((reader.label(), reader.declared().unwrap().content_type), ("cat.gif", ContentType::Gif));
    let source = MediaSource::Stream {
        chunks: Box::new(Ready::new([])),
        size: None,
        filename: Some("clip.mov".to_owned()),
    };
    let reader = SourceReader::open(&call, source).await.unwrap();
    assert_eq!(
        (reader.label(), reader.declared().unwrap().content_type),
        ("clip.mov", ContentType::QuickTime)
    );
}

#[tokio::test]
async fn data_over_the_limit_are_refused() {
    let call = call_with(|settings| settings.max_media_bytes = Some(10));
    let bytes = Bytes::from_static(b"eleven byte");
    for source in [
        MediaSource::Data { bytes: bytes.clone(), filename: None },
        stream_of(Ready::new([bytes.clone()]), Some(11)),
    ] {
        let error = SourceReader::open(&call, source).await.err().unwrap();
        assert_eq!(error.code(), ErrorCode::MediaTooLarge);
    }
    let mut reader = SourceReader::open(&call, stream_of(Ready::new([bytes]), None)).await.unwrap();
    assert_eq!(reader.next_chunk(&call).await.unwrap_err().code(), ErrorCode::MediaTooLarge);
}

#[tokio::test]
async fn a_stream_keeps_its_order_and_can_be_read_once() {
    let call = call();
    let chunks = ["one ", "", "two ", "three"].map(|text| Bytes::from_static(text.as_bytes()));
    let mut reader = SourceReader::open(&call, stream_of(Ready::new(chunks), Some(13))).await.unwrap();
    assert_eq!((reader.length(), reader.label(), reader.can_restart()), (Some(13), "stream", false));
    assert_eq!(rest(&call, &mut reader).await.unwrap(), b"one two three");
    let error = reader.restart_at(&call, 0).await.unwrap_err();
    assert_eq!(error.to_string(), "stream can be read only once");
}

#[tokio::test]
async fn a_stream_of_another_size_than_said_fails_with_both_figures() {
    let call = call();
    for (size, message) in [
        (10, "stream gave 9 bytes; its size was said to be 10"),
        (8, "stream gave 9 or more bytes; its size was said to be 8"),
        (0, "stream gave 9 or more bytes; its size was said to be 0"),
    ] {
        let chunks = Ready::new([Bytes::from_static(b"unchanged")]);
        let mut reader = SourceReader::open(&call, stream_of(chunks, Some(size))).await.unwrap();
        let error = rest(&call, &mut reader).await.unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (ErrorCode::MediaSource, message));
    }
}

#[tokio::test]
async fn a_stream_s_failure_is_the_source_s() {
    let mut chunks = Ready::new([Bytes::from_static(b"some")]);
    chunks.0.push_back(Err(failed("the disk is gone")));
    let call = call();
    let mut reader = SourceReader::open(&call, stream_of(chunks, None)).await.unwrap();
    let error = rest(&call, &mut reader).await.unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), (ErrorCode::MediaSource, "stream failed"));
    assert_eq!(error.fields().cause.as_deref(), Some("the disk is gone"));
}

/// Gives one byte at a time, for ever.
struct Bytewise;

impl ChunkStream for Bytewise {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, SourceFailure>> {
        Box::pin(std::future::ready(Ok(Some(Bytes::from_static(b".")))))
    }
}

#[tokio::test]
async fn single_bytes_are_gathered_and_counted() {
    let call = call_with(|settings| settings.max_media_bytes = Some(100_000));
    let mut reader = SourceReader::open(&call, stream_of(Bytewise, None)).await.unwrap();
    assert_eq!(reader.next_chunk(&call).await.unwrap().unwrap().len(), 4096);
    assert_eq!(rest(&call, &mut reader).await.unwrap_err().code(), ErrorCode::MediaTooLarge);
}
