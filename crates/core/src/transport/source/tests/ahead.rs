//! Parts that are fetched side by side.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;

use super::server::{Reply, Server, head};
use super::{call, open_url, pattern};
use crate::error::Error;
use crate::memory::MemoryBudget;
use crate::transport::call::Call;
use crate::transport::source::SourceReader;

const MIB: usize = 1024 * 1024;
const TAG: &str = "ETag: \"v1\"";
const RANGES: &str = "Accept-Ranges: bytes";

/// First and last byte that a request asks for.
fn range_in(request: &str) -> Option<(usize, Option<usize>)> {
    let (_, range) = request.split_once("range: bytes=")?;
    let (first, last) = range.split_once("\r\n")?.0.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()))
}

fn part(body: &[u8], first: usize, last: usize, cut_at: usize) -> Vec<u8> {
    let range = format!("Content-Range: bytes {first}-{last}/{}", body.len());
    let length = format!("Content-Length: {}", last + 1 - first);
    let bytes = &body[first..=last];
    [head("206 Partial Content", &[TAG, RANGES, &range, &length]), bytes[..cut_at.min(bytes.len())].to_vec()]
        .concat()
}

fn whole(headers: &[&str], body: &[u8]) -> Vec<u8> {
    let length = format!("Content-Length: {}", body.len());
    let headers: Vec<&str> = headers.iter().copied().chain([length.as_str()]).collect();
    [head("200 OK", &headers), body.to_vec()].concat()
}

/// Reads all, as one does who waits for the source all the time: each of the first chunks is said to have come slowly.
async fn read(call: &Call, reader: &mut SourceReader, budget: &MemoryBudget) -> Result<Vec<u8>, Error> {
    let mut read = Vec::new();
    reader.lend(budget);
    while let Some(chunk) = reader.next_chunk(call).await? {
        read.extend_from_slice(&chunk);
    }
    Ok(read)
}

fn budget() -> MemoryBudget {
    MemoryBudget::new(16 * MIB as u64, 1024 * MIB as u64)
}

/// A server of a medium that trickles when it is asked for all of it, and gives parts as `answer` says. Gives what was
/// read, and the requests.
async fn through(
    headers: &'static [&'static str],
    budget: MemoryBudget,
    mut answer: impl FnMut(&[u8], usize, usize) -> Reply + Send + 'static,
) -> (bool, Vec<String>) {
    let body = pattern(20 * MIB + 17);
    let medium = body.clone();
    let server = Server::start(move |request| match range_in(request) {
        None => Reply::Paced(whole(headers, &medium), 200_000, Duration::from_millis(15)),
        Some((first, None)) => Reply::Close(part(&medium, first, medium.len() - 1, usize::MAX)),
        Some((first, Some(last))) => answer(&medium, first, last),
    })
    .await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/a.mp4")).await.unwrap();
    let read = read(&call, &mut reader, &budget).await.unwrap();
    (read == body, server.requests())
}

fn parts(requests: &[String]) -> Vec<(usize, usize)> {
    requests
        .iter()
        .filter_map(|request| range_in(request))
        .filter_map(|(first, last)| Some((first, last?)))
        .collect()
}

#[tokio::test]
async fn a_capped_source_is_read_in_parts() {
    let (is_same, requests) = through(&[TAG, RANGES], budget(), |body, first, last| {
        Reply::Close(part(body, first, last, usize::MAX))
    })
    .await;
    assert!(is_same);
    let mut parts = parts(&requests);
    parts.sort_unstable();
    assert!(parts.len() >= 8, "{parts:?}");
    assert!(parts.windows(2).all(|two| two[0].1 + 1 == two[1].0), "each byte is asked for once: {parts:?}");
    assert_eq!(parts.last().unwrap().1, 20 * MIB + 16);
    assert!(requests[1..].iter().all(|request| request.contains("if-range: \"v1\"\r\n")));
}

#[tokio::test]
async fn a_part_that_breaks_off_is_resumed_alone() {
    let mut broken = 0;
    let (is_same, requests) = through(&[TAG, RANGES], budget(), move |body, first, last| {
        broken += 1;
        Reply::Close(part(body, first, last, if broken % 3 == 0 { 100_000 } else { usize::MAX }))
    })
    .await;
    assert!(is_same);
    assert!(parts(&requests).iter().any(|(first, last)| (last + 1 - first) < MIB - 90_000));
}

#[tokio::test]
async fn where_parts_fail_the_download_goes_on_alone() {
    let refused = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&refused);
    let (is_same, requests) = through(&[TAG, RANGES], budget(), move |body, first, last| {
        if counter.fetch_add(1, Ordering::SeqCst) < 3 {
            return Reply::Close(part(body, first, last, usize::MAX));
        }
        Reply::new("403 Forbidden", &[], b"too many")
    })
    .await;
    assert!(is_same);
    assert!(requests.iter().any(|request| range_in(request).is_some_and(|(_, last)| last.is_none())));
    assert!(refused.load(Ordering::SeqCst) < 20, "it is not tried again and again");
}

#[tokio::test]
async fn parts_of_another_medium_are_no_parts_of_this_one() {
    let (is_same, _) = through(&[TAG, RANGES], budget(), |body, _, _| {
        let other: Vec<u8> = body.iter().map(|byte| !byte).collect();
        Reply::Close(whole(&["ETag: \"v2\"", RANGES], &other))
    })
    .await;
    assert!(is_same);
}

#[tokio::test]
async fn it_is_left_alone_without_memory_or_proof() {
    let cases = [
        (&[TAG, RANGES][..], MemoryBudget::new(MIB as u64, 64 * MIB as u64)),
        (&[TAG][..], budget()),
        (&[RANGES][..], budget()),
        (&["ETag: W/\"v1\"", RANGES][..], budget()),
    ];
    join_all(cases.map(async |(headers, budget)| {
        let (is_same, requests) =
            through(headers, budget, |body, first, last| Reply::Close(part(body, first, last, usize::MAX)))
                .await;
        assert!(is_same);
        assert_eq!(requests.len(), 1, "{headers:?}");
    }))
    .await;
}
