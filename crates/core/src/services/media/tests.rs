//! Tests of uploads over slow lines: a server that takes in no more than a line would bring. What time a line has is
//! measured in seconds, so that the line and the limits are made faster together, by the same factor.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Mutex;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{MediaApi, MediaSource, OnOtherBytes, UploadRequest, UploadedMedia, upload_single};
use crate::config::{ClientConfig, ClientSettings};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::operation::Operation;
use crate::secret::Secret;
use crate::transport::call::Call;
use crate::transport::client::Client;

/// 1 Mbit/s.
const BYTES_PER_SECOND: u32 = 125_000;

/// A line into an X that answers everything. All connections share it.
struct Line {
    bytes_per_second: Option<u32>,
    /// When it has brought everything that was taken from it so far.
    free: Mutex<Instant>,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
}

impl Line {
    /// `None`: nothing comes through but what begins a request.
    fn start(bytes_per_second: Option<u32>) -> (Arc<Self>, String) {
        let socket = TcpSocket::new_v4().unwrap();
        // What lies in the system's buffers was not brought by the line.
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(64).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let line = Arc::new(Self {
            bytes_per_second,
            free: Mutex::new(Instant::now()),
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
        });
        let shared = Arc::clone(&line);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let line = Arc::clone(&shared);
                tokio::spawn(async move { line.serve(socket).await });
            }
        });
        (line, url)
    }

    async fn serve(&self, socket: TcpStream) -> Option<()> {
        let mut socket = BufReader::with_capacity(4 * 1024, socket);
        loop {
            let (mut path, mut length) = (String::new(), 0);
            socket.read_line(&mut path).await.ok().filter(|read| *read > 0)?;
            loop {
                let mut header = String::new();
                socket.read_line(&mut header).await.ok()?;
                if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().ok()?;
                }
                if header.trim().is_empty() {
                    break;
                }
            }
            let is_segment = path.contains("/append");
            if is_segment {
                let now = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
                self.most_in_flight.fetch_max(now, Ordering::SeqCst);
            }
            let brought = self.bring(&mut socket, length).await;
            if is_segment {
                self.in_flight.fetch_sub(1, Ordering::SeqCst);
            }
            brought?;
            let body = r#"{"data":{"id":"1","media_key":"7_1","expires_after_secs":86400}}"#;
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            socket.write_all(answer.as_bytes()).await.ok()?;
        }
    }

    /// Takes a body in, piece by piece, as the line brings it.
    async fn bring(&self, socket: &mut BufReader<TcpStream>, mut left: usize) -> Option<()> {
        let mut piece = [0; 4 * 1024];
        while left > 0 {
            let size = left.min(piece.len());
            let read = socket.read(piece.get_mut(..size)?).await.ok().filter(|read| *read > 0)?;
            left -= read;
            let Some(bytes_per_second) = self.bytes_per_second else { std::future::pending().await };
            let until = {
                let mut free = self.free.lock().await;
                let time = Duration::from_secs(1) * u32::try_from(read).ok()? / bytes_per_second;
                *free = (*free).max(Instant::now()) + time;
                *free
            };
            // In steps that a timer can keep.
            if until.saturating_duration_since(Instant::now()) > Duration::from_millis(10) {
                tokio::time::sleep_until(until).await;
            }
        }
        Some(())
    }
}

fn mp4_box(kind: &[u8], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes(), kind, content].concat()
}

/// A video of so many bytes.
fn video(bytes: usize) -> Bytes {
    let (second, at_scale) = (600_u32.to_be_bytes(), 600_u32.to_be_bytes());
    let header = mp4_box(b"mvhd", &[&[0; 12], &at_scale[..], &second[..], &[0; 80]].concat());
    let size = [(1280_u32 << 16).to_be_bytes(), (720_u32 << 16).to_be_bytes()].concat();
    let track = mp4_box(
        b"tkhd",
        &[
            &[0, 0, 0, 3][..],
            &[0; 36],
            &0x1_0000_u32.to_be_bytes(),
            &[0; 12],
            &0x1_0000_u32.to_be_bytes(),
            &[0; 16],
            &size,
        ]
        .concat(),
    );
    let handler = mp4_box(b"mdia", &mp4_box(b"hdlr", &[&[0; 8], &b"vide"[..], &[0; 13]].concat()));
    let movie = mp4_box(b"moov", &[header, mp4_box(b"trak", &[track, handler].concat())].concat());
    let beginning = [mp4_box(b"ftyp", b"isom\0\0\0\0"), movie].concat();
    let samples = mp4_box(b"mdat", &vec![7; bytes - beginning.len() - 8]);
    Bytes::from([beginning, samples].concat())
}

/// Uploads a video with the defaults, but for the time that they give, which is `factor` times as short.
async fn upload(
    url: String,
    bytes: usize,
    factor: u32,
    settings: ClientSettings,
) -> Result<UploadedMedia, Error> {
    let mut config = ClientConfig::resolve(&ClientSettings { api_base_url: Some(url), ..settings }).unwrap();
    config.request_timeout /= factor;
    config.upload.slowest_bytes_per_second *= u64::from(factor);
    let client = Arc::new(Client::new(config).unwrap());
    let call = Call::new(client, Operation::UploadMedia, None, CancellationToken::new(), None);
    let request = UploadRequest {
        source: MediaSource::Data { bytes: video(bytes), filename: None },
        category: None,
        expected: None,
        alt_text: None,
        subtitles: Vec::new(),
        kept: None,
        on_other_bytes: OnOtherBytes::Refuse,
    };
    let credentials = Credentials::OAuth2(Secret::new("token".to_owned()));
    call.run(upload_single(&call, &credentials, request, MediaApi::V2, None)).await
}

#[tokio::test]
async fn a_video_of_24_mb_goes_up_over_1_mbit_a_second() {
    let factor = 20;
    let (line, url) = Line::start(Some(BYTES_PER_SECOND * factor));
    let begun = Instant::now();
    let media = upload(url, 24_000_000, factor, ClientSettings::default()).await.unwrap();
    assert_eq!(media.bytes, 24_000_000);
    // No segment went twice, and the line was as slow as it should be.
    assert!(begun.elapsed() >= Duration::from_secs(192) / factor);
    assert_eq!(line.most_in_flight.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_line_on_which_nothing_moves_is_given_up() {
    let (_line, url) = Line::start(None);
    let settings =
        ClientSettings { max_attempts: Some(1), segment_bytes: Some(256 * 1024), ..Default::default() };
    let failure = tokio::time::timeout(Duration::from_secs(25), upload(url, 2_000_000, 20, settings)).await;
    assert_eq!(failure.unwrap().unwrap_err().code(), ErrorCode::Timeout);
}
