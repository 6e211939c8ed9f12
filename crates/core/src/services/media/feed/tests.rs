#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::config::{ClientConfig, ClientSettings};
use crate::memory::PIECE_BYTES;
use crate::operation::Operation;
use crate::transport::client::Client;
use crate::transport::source::MediaSource;

const MEBIBYTE: usize = 1024 * 1024;

fn call() -> Call {
    let settings = ClientSettings {
        allow_http: Some(true),
        allow_private_networks: Some(true),
        ..ClientSettings::default()
    };
    let client = Client::new(ClientConfig::resolve(&settings).unwrap()).unwrap();
    Call::new(Arc::new(client), Operation::UploadMedia, None, CancellationToken::new(), None)
}

fn pattern(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

/// The URL of a medium that is sent as fast as it is taken, once.
async fn serve(body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/film.mp4", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _length = stream.read(&mut request).await.unwrap();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body).await.unwrap();
    });
    url
}

#[tokio::test]
async fn segments_of_a_download_lie_in_pieces_of_one_size() {
    let all = pattern(3 * MEBIBYTE + 100);
    let (call, budget) = (call(), MemoryBudget::new(u64::MAX / 4, u64::MAX / 4));
    let url = serve(all.clone()).await;
    let mut feed = Feed::new(SourceReader::open(&call, MediaSource::Url(url)).await.unwrap(), Prepare::Strip);
    let mut rest = all.as_slice();
    for length in [MEBIBYTE, MEBIBYTE + 1, MEBIBYTE + 99] {
        let segment = feed.segment(&call, length as u64, &budget).await.unwrap();
        assert!(segment.chunks.iter().all(|chunk| chunk.len() <= PIECE_BYTES));
        // The first may have begun in the segment before, and what is read after its end is in pieces of its own.
        let whole = segment.chunks.iter().filter(|chunk| chunk.len() == PIECE_BYTES).count();
        assert!(whole >= length / PIECE_BYTES / 2, "{whole} of {} pieces are full", segment.chunks.len());
        let (expected, after) = rest.split_at(length);
        assert!(segment.chunks.concat() == expected);
        rest = after;
    }
    assert!(rest.is_empty());
    feed.finish(&call).await.unwrap();
}

#[tokio::test]
async fn what_is_put_back_comes_before_what_was_read_after_it() {
    let all = pattern(MEBIBYTE + 100);
    let (call, budget) = (call(), MemoryBudget::new(u64::MAX / 4, u64::MAX / 4));
    let url = serve(all.clone()).await;
    let mut feed = Feed::new(SourceReader::open(&call, MediaSource::Url(url)).await.unwrap(), Prepare::Strip);
    let first = feed.segment(&call, 100_000, &budget).await.unwrap();
    let second = feed.segment(&call, 200_000, &budget).await.unwrap();
    feed.put_back(second);
    feed.put_back(first);
    let whole = feed.segment(&call, all.len() as u64, &budget).await.unwrap();
    assert!(whole.chunks.concat() == all);
}

async fn feed_of(call: &Call, bytes: Vec<u8>) -> Feed {
    let source = MediaSource::Data { bytes: bytes.into(), filename: None };
    Feed::new(SourceReader::open(call, source).await.unwrap(), Prepare::Strip)
}

#[tokio::test]
async fn a_source_of_another_length_than_it_had_is_an_error_that_says_so() {
    let (call, budget) = (call(), MemoryBudget::new(u64::MAX / 4, u64::MAX / 4));
    let mut errors = Vec::new();
    let mut shorter = feed_of(&call, pattern(100)).await;
    errors.push(shorter.segment(&call, 120, &budget).await.err());
    errors.push(feed_of(&call, pattern(100)).await.whole(&call, 120).await.err());
    let mut longer = feed_of(&call, pattern(100)).await;
    longer.segment(&call, 80, &budget).await.unwrap();
    errors.push(longer.finish(&call).await.err());
    errors.push(feed_of(&call, pattern(100)).await.whole(&call, 80).await.err());
    let errors: Vec<_> = errors.into_iter().flatten().collect();
    assert!(errors.iter().all(|error| error.code() == ErrorCode::MediaSource));
    let words: Vec<_> = errors.iter().map(ToString::to_string).collect();
    let (early, declared) = ("ended 20 bytes early", "is longer than its declared length");
    for (words, end) in words.iter().zip([early, early, declared, declared]) {
        assert!(words.ends_with(end), "{words}");
    }
    assert_eq!(words.len(), 4);
}

#[tokio::test]
async fn a_place_is_looked_for_no_further_than_the_file_goes() {
    let call = call();
    let video = |announced: usize, samples: usize| {
        let announced = u32::try_from(announced + 8).unwrap().to_be_bytes();
        [b"\0\0\0\x10ftypisom\0\0\0\0", &announced[..], b"mdat", &vec![7; samples]].concat()
    };
    // The movie box would come after the end, or never comes.
    for (announced, samples) in [(9 * MEBIBYTE, 1000), (MEBIBYTE, MEBIBYTE), (5000, 1000)] {
        let mut feed = feed_of(&call, video(announced, samples)).await;
        assert!(!feed.has_location(&call).await.unwrap(), "{announced} {samples}");
    }
}
