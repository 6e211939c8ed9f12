//! Texts: subtitles, and the web pages that come where a medium should be.

use super::super::category::ContentType;

/// What a text is, by its first bytes.
pub(super) fn identify(head: &[u8]) -> ContentType {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start();
    let lower = text.to_ascii_lowercase();
    if text.starts_with("WEBVTT") {
        ContentType::Vtt
    } else if ["<!doctype html", "<html", "<head", "<body", "<?xml"].iter().any(|tag| lower.starts_with(tag))
    {
        ContentType::Html
    } else if is_subrip(text) {
        ContentType::Srt
    } else {
        ContentType::Unknown
    }
}

/// A counter on a line of its own, then a line with two times.
fn is_subrip(text: &str) -> bool {
    let mut lines = text.lines();
    let counter = lines.next().unwrap_or_default().trim();
    let times = lines.next().unwrap_or_default();
    !counter.is_empty()
        && counter.bytes().all(|byte| byte.is_ascii_digit())
        && times.contains("-->")
        && times.contains(':')
}
