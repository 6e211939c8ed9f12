//! A text as its author wrote it, and as X shows it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use url::Url;

use crate::protocol::post::{UrlEntity, WirePost};
use crate::protocol::text::{TextPart, split_links};

/// A digest of a text as its author wrote it, which is that of the text as X shows it, too.
pub fn text_digest(sent: &str) -> String {
    digest(split_links(sent))
}

/// The same of the text that a post shows, with what X did to it undone.
pub(super) fn shown_digest(post: &WirePost) -> String {
    digest(shown(post))
}

fn digest(parts: Vec<TextPart>) -> String {
    let hash: [u8; 32] = Sha256::digest(flat(parts)).into();
    let mut text = URL_SAFE_NO_PAD.encode(hash);
    text.truncate(22);
    text
}

/// The text that a post shows, with its links as they were written and without the one to its media.
fn shown(post: &WirePost) -> Vec<TextPart> {
    let mut links: Vec<&UrlEntity> = post.entities.urls.iter().collect();
    links.extend(post.note().iter().flat_map(|note| &note.entities.urls));
    let mut text = post.full_text();
    if !post.attachments.media_keys.is_empty() {
        text = without_media_link(text, &links);
    }
    let mut parts = Vec::new();
    while let Some((at, link)) = first_link(text, &links) {
        let (words, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        parts.push(TextPart::Words(words.to_owned()));
        parts.push(TextPart::Link(link.expanded_url.clone().unwrap_or_else(|| link.url.clone())));
        text = rest.get(link.url.len()..).unwrap_or_default();
    }
    parts.push(TextPart::Words(text.to_owned()));
    // X's list of domains is not ours: what one side takes for a link may be words to the other.
    parts
        .into_iter()
        .flat_map(|part| match part {
            TextPart::Words(words) => split_links(&without_entities(&words)),
            TextPart::Link(_) => vec![part],
        })
        .collect()
}

/// Where the next shortened link stands; of two that begin alike the longer one.
fn first_link<'a>(text: &str, links: &[&'a UrlEntity]) -> Option<(usize, &'a UrlEntity)> {
    links
        .iter()
        .filter(|link| !link.url.is_empty())
        .filter_map(|link| text.find(&link.url).map(|at| (at, *link)))
        .min_by_key(|(at, link)| (*at, usize::MAX - link.url.len()))
}

/// X puts a link to a post's media behind its text. It has an entity, or none at all; an author's own link always
/// has one that leads elsewhere.
fn without_media_link<'a>(text: &'a str, links: &[&UrlEntity]) -> &'a str {
    let (before, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let leads_to_media = |link: &&&UrlEntity| {
        let target = link.expanded_url.as_deref().unwrap_or_default();
        link.media_key.is_some() || target.contains("/photo/") || target.contains("/video/")
    };
    let is_media_link = match links.iter().find(|link| link.url == last) {
        Some(link) => leads_to_media(&link),
        None => last.starts_with("https://t.co/"),
    };
    if is_media_link { before } else { text }
}

fn without_entities(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// One text out of the parts, in which the same link is always written the same way.
fn flat(parts: Vec<TextPart>) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            TextPart::Words(words) => text.push_str(&words),
            TextPart::Link(link) => text.push_str(&canonical(&link)),
        }
    }
    let text: String = text.nfc().collect();
    text.replace("\r\n", "\n").trim().to_owned()
}

/// Without its scheme, which X adds, and with its host as a resolver sees it.
fn canonical(link: &str) -> String {
    let (scheme, rest) = link.split_once("://").unwrap_or(("", link));
    let is_web =
        scheme.is_empty() || scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let parsed = is_web.then(|| Url::parse(&format!("https://{rest}")).ok()).flatten();
    parsed.map_or_else(
        || link.to_owned(),
        |url| {
            let url = url.as_str().trim_start_matches("https://");
            url.trim_end_matches('/').to_owned()
        },
    )
}
