//! Media in files.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::{call, call_with, pattern, rest};
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::media::category::ContentType;
use crate::transport::source::file::why_unopened;
use crate::transport::source::{MediaSource, SourceReader};

async fn open(path: &Path) -> Result<SourceReader, Error> {
    SourceReader::open(&call(), MediaSource::Path(path.to_owned())).await
}

#[tokio::test]
async fn a_file_is_read_in_chunks_and_again_from_an_offset() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("clip.MP4");
    let body = pattern(1_000_000);
    std::fs::write(&path, &body).unwrap();
    let call = call();
    let mut reader = open(&path).await.unwrap();
    assert_eq!((reader.length(), reader.label()), (Some(1_000_000), "clip.MP4"));
    let declared = reader.declared().unwrap();
    assert_eq!((declared.content_type, declared.words.as_str()), (ContentType::Mp4, "the extension .mp4"));
    let first = reader.next_chunk(&call).await.unwrap().unwrap();
    assert_eq!(first, body[..256 * 1024]);
    assert_eq!(rest(&call, &mut reader).await.unwrap(), body[256 * 1024..]);
    assert!(reader.next_chunk(&call).await.unwrap().is_none());
    for offset in [0, 700_000, 999_999, 1_000_000, 2_000_000] {
        reader.restart_at(&call, offset).await.unwrap();
        let from = usize::try_from(offset).unwrap().min(body.len());
        assert_eq!(rest(&call, &mut reader).await.unwrap(), body[from..]);
    }
}

#[tokio::test]
async fn a_read_that_was_dropped_does_not_disturb_the_next_one() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.mp4");
    let body = pattern(3_000_000);
    std::fs::write(&path, &body).unwrap();
    let call = call();
    let mut reader = open(&path).await.unwrap();
    for offset in [2_000_000, 1_000_000, 2_500_000] {
        reader.restart_at(&call, offset).await.unwrap();
        // Polled once and dropped: its read is under way.
        let _dropped = futures_util::FutureExt::now_or_never(reader.next_chunk(&call));
    }
    reader.restart_at(&call, 0).await.unwrap();
    assert_eq!(rest(&call, &mut reader).await.unwrap(), body);
}

#[tokio::test]
async fn only_regular_files_are_opened() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("missing.png");
    let error = open(&missing).await.err().unwrap();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (ErrorCode::MediaSource, "missing.png does not exist")
    );
    assert!(!format!("{error:?}").contains(&directory.path().display().to_string()));
    let error = open(directory.path()).await.err().unwrap();
    assert!(error.to_string().ends_with("is not a regular file"), "{error}");
    assert!(open(Path::new("/")).await.is_err());
    let inside = directory.path().join("a.mp4");
    std::fs::write(&inside, b"no folder").unwrap();
    let error = open(&inside.join("b.mp4")).await.err().unwrap();
    assert_eq!(error.to_string(), "b.mp4 can't be opened");
    // Not asked of the system, since its superuser may read everything.
    assert_eq!(why_unopened(ErrorKind::PermissionDenied), "may not be read by this process");
}

#[cfg(unix)]
#[tokio::test]
async fn devices_and_pipes_are_refused_without_waiting() {
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [&pipe, Path::new("/dev/zero")] {
        let error = open(path).await.err().unwrap();
        assert!(error.to_string().ends_with("is not a regular file"), "{error}");
    }
}

#[tokio::test]
async fn a_file_over_the_limit_is_not_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.mp4");
    std::fs::write(&path, [7; 1001]).unwrap();
    let call = call_with(|settings| settings.max_media_bytes = Some(1000));
    let error = SourceReader::open(&call, MediaSource::Path(path)).await.err().unwrap();
    assert_eq!(error.code(), ErrorCode::MediaTooLarge);
}

#[tokio::test]
async fn an_empty_file_ends_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.png");
    std::fs::write(&path, []).unwrap();
    let mut reader = open(&path).await.unwrap();
    assert_eq!((reader.length(), rest(&call(), &mut reader).await.unwrap()), (Some(0), Vec::new()));
}

#[tokio::test]
async fn a_file_that_is_written_to_while_it_is_read_fails() {
    let writable = |path: &Path| OpenOptions::new().write(true).open(path).unwrap();
    for change in ["grow", "shrink", "empty", "touch"] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.mp4");
        std::fs::write(&path, pattern(600_000)).unwrap();
        let call = call();
        let mut reader = open(&path).await.unwrap();
        assert!(reader.next_chunk(&call).await.unwrap().is_some());
        match change {
            "grow" => OpenOptions::new().append(true).open(&path).unwrap().write_all(b"more").unwrap(),
            "shrink" => writable(&path).set_len(300_000).unwrap(),
            "empty" => writable(&path).set_len(0).unwrap(),
            _ => writable(&path).set_modified(UNIX_EPOCH + Duration::from_secs(1)).unwrap(),
        }
        let error = rest(&call, &mut reader).await.expect_err(change);
        assert_eq!(error.code(), ErrorCode::MediaSource);
        assert_eq!(error.to_string(), "a.mp4 changed while it was read", "{change}");
    }
}
