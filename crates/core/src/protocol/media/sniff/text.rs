//! Texts: subtitles, and the web pages and error messages that come where a medium should be.

use super::super::category::ContentType;

/// What a text is, by its first bytes.
pub(super) fn identify(head: &[u8]) -> ContentType {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if is_webvtt(head) {
        return ContentType::Vtt;
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start();
    if is_subrip(text) { ContentType::Srt } else { markup(&text.to_ascii_lowercase()) }
}

/// The signature ends with a space, a line or the file (`WebVTT` §4.1).
fn is_webvtt(head: &[u8]) -> bool {
    head.strip_prefix(b"WEBVTT")
        .is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'\t' | b'\n' | b'\r')))
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

fn markup(text: &str) -> ContentType {
    let body = after_comments(text);
    if ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| body.starts_with(tag)) {
        ContentType::Html
    } else if body.starts_with("<svg") {
        ContentType::Xml
    } else if body.starts_with("<?xml") {
        if body.contains("<html") { ContentType::Html } else { ContentType::Xml }
    } else {
        ContentType::Unknown
    }
}

/// What follows the comments that a page may begin with.
fn after_comments(mut text: &str) -> &str {
    while let Some((_, rest)) = text.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        text = rest.trim_start();
    }
    text
}
