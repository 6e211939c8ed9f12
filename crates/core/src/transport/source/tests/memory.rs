//! A large download takes little memory: nothing is read ahead.

use std::time::Duration;

use super::server::{Reply, Server, head};
use super::{call, open_url};

const MEBIBYTE: u64 = 1024 * 1024;
const TOTAL: u64 = 256 * MEBIBYTE;

#[tokio::test]
async fn a_download_comes_no_faster_than_it_is_read() {
    let length = format!("Content-Length: {TOTAL}");
    let server = Server::script(vec![Reply::Repeat(head("200 OK", &[&length]), vec![7; 64 * 1024])]).await;
    let call = call();
    let mut reader = open_url(&call, &server.url("/large.mp4")).await.unwrap();
    let first = reader.next_chunk(&call).await.unwrap().unwrap();
    let mut taken = server.written();
    loop {
        // What is still on its way needs a moment to fill the buffers of the system.
        tokio::time::sleep(Duration::from_millis(200)).await;
        if server.written() == taken {
            break;
        }
        taken = server.written();
    }
    assert!(taken <= 32 * MEBIBYTE, "{taken} bytes were taken while one chunk was read");
    let (mut count, mut largest) = (first.len() as u64, first.len() as u64);
    while let Some(chunk) = reader.next_chunk(&call).await.unwrap() {
        assert!(chunk.iter().step_by(1021).all(|byte| *byte == 7));
        count += chunk.len() as u64;
        largest = largest.max(chunk.len() as u64);
    }
    assert_eq!(count, TOTAL);
    assert!(largest <= MEBIBYTE, "a chunk of {largest} bytes");
}
