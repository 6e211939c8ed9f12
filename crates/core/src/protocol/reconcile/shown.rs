//! What a post shows, with what X did to it undone.
//!
//! - A reply to somebody else reads back with `@name ` before it, which is in `entities.mentions`.
//! - A quote and media read back with a link after the text.
//! - A closing link to a post may read back as a quote, with or without the link.
//! - Links read back as t.co addresses, whose targets are in `entities.urls`, and `&`, `<` and `>` as HTML's entities.
//!
//! (<https://docs.x.com/x-api/fundamentals/data-dictionary>)
//!
//! Where a piece may be X's or the author's, there are readings of both kinds.

use super::link::Link;
use super::normal::{Normal, Piece, closing_link, drop_closing_link, flat, pieces};
use crate::protocol::post::{UrlEntity, WirePost};

/// Names that a reply may begin with: X addresses 50 people at most.
const MAX_MENTIONS: usize = 64;
/// X cuts longer texts off after about 270 characters.
const MIN_CUT: usize = 200;

/// A post's text, read in all the ways in which its author may have written it.
pub(super) struct Shown {
    /// The last one has most taken off.
    pub(super) readings: Vec<Normal>,
    /// Without any link.
    pub(super) words: String,
    /// It is a part of the text alone.
    pub(super) is_cut: bool,
    /// There is no text, nor anything in its place.
    pub(super) is_missing: bool,
}

impl Shown {
    pub(super) fn of(post: &WirePost) -> Self {
        let whole = shown_pieces(post);
        let is_missing = post.full_text().is_empty() && post.attachments.media_keys.is_empty();
        let is_cut = post.note().is_none() && is_cut(&whole);
        let words: Vec<Piece> =
            whole.iter().filter(|piece| matches!(piece, Piece::Words(_))).cloned().collect();
        let words = flat(&words);
        let mut readings = without_closing_links(post, whole);
        if post.refers_to("replied_to").is_some() || post.in_reply_to_user_id.is_some() {
            let addressed: Vec<Normal> =
                readings.iter().flat_map(|reading| without_mentions(post, reading)).collect();
            readings.extend(addressed);
        }
        Self { readings, words, is_cut, is_missing }
    }

    /// The text with nothing taken off, with most, and without any link.
    pub(super) fn extremes(&self) -> impl Iterator<Item = &str> {
        let readings = self.readings.first().into_iter().chain(self.readings.last());
        readings.map(|reading| reading.body.as_str()).chain(std::iter::once(self.words.as_str()))
    }
}

/// The text with its links as they were written.
fn shown_pieces(post: &WirePost) -> Vec<Piece> {
    let mut links: Vec<&UrlEntity> = post.entities.urls.iter().collect();
    links.extend(post.note().iter().flat_map(|note| &note.entities.urls));
    let mut text = post.full_text();
    let mut found = Vec::new();
    // X's list of domains is not ours: what one side takes for a link may be words to the other.
    let words = |text: &str| pieces(&without_entities(text));
    while let Some((at, link)) = first_link(text, &links) {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        found.extend(words(before));
        found.push(Piece::Link(target(link)));
        text = after.get(link.url.len()..).unwrap_or_default();
    }
    found.extend(words(text));
    found
}

/// Where the next shortened link is; of two that begin alike the longer one.
fn first_link<'a>(text: &str, links: &[&'a UrlEntity]) -> Option<(usize, &'a UrlEntity)> {
    links
        .iter()
        .filter(|link| !link.url.is_empty())
        .filter_map(|link| text.find(&link.url).map(|at| (at, *link)))
        .min_by_key(|(at, link)| (*at, usize::MAX - link.url.len()))
}

fn target(link: &UrlEntity) -> Link {
    let mut target = Link::read(link.expanded_url.as_deref().unwrap_or(&link.url));
    target.is_medium |= link.media_key.is_some();
    target
}

fn without_entities(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

fn is_cut(pieces: &[Piece]) -> bool {
    let mut pieces = pieces.to_vec();
    if closing_link(&pieces).is_some_and(Link::is_short) {
        drop_closing_link(&mut pieces);
    }
    let text = flat(&pieces);
    text.ends_with('…') && text.chars().count() >= MIN_CUT
}

/// The text as it is, and without the links that X puts after it: one to its media, one to the post that it quotes.
fn without_closing_links(post: &WirePost, mut pieces: Vec<Piece>) -> Vec<Normal> {
    let known = post.refers_to("quoted");
    let shows_media = |piece: &Piece| matches!(piece, Piece::Link(link) if link.is_medium);
    let mut has_media = !post.attachments.media_keys.is_empty() || pieces.iter().any(shows_media);
    let mut quotes = known.map(str::to_owned);
    let mut readings = vec![Normal { body: flat(&pieces), quotes: quotes.clone() }];
    let names = |piece: &Piece| matches!(piece, Piece::Link(link) if link.post.as_deref() == known);
    if known.is_some() && pieces.iter().any(names) {
        // The quote comes of a link within the text.
        readings.push(Normal { body: flat(&pieces), quotes: None });
    }
    let mut has_quote = true;
    while let Some(link) = closing_link(&pieces) {
        // A link of X's own may have no entity; an author's own link always has one.
        if has_media && (link.is_medium || (link.is_short() && !(has_quote && known.is_some()))) {
            has_media = false;
        } else if has_quote && (link.post.is_some() && (known.is_none() || link.post.as_deref() == known)) {
            quotes.clone_from(&link.post);
            has_quote = false;
        } else if has_quote && known.is_some() && link.is_short() {
            has_quote = false;
        } else {
            break;
        }
        drop_closing_link(&mut pieces);
        readings.push(Normal { body: flat(&pieces), quotes: quotes.clone() });
    }
    readings
}

/// The readings without the names that a reply begins with, one name less each.
fn without_mentions(post: &WirePost, reading: &Normal) -> Vec<Normal> {
    let mentions = &post.entities.mentions;
    let is_mention = |word: &str| {
        word.strip_prefix(['@', '＠']).is_some_and(|name| {
            mentions.is_empty() || mentions.iter().any(|mention| mention.username.eq_ignore_ascii_case(name))
        })
    };
    let mut rest = reading.body.as_str();
    let mut readings = Vec::new();
    while readings.len() < MAX_MENTIONS {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        if !is_mention(word) {
            break;
        }
        readings.push(Normal { body: after.to_owned(), quotes: reading.quotes.clone() });
        rest = after;
    }
    readings
}
