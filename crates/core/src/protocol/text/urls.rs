//! Finding the links of a text as twitter-text 3.1.0 does, in time that grows with its length alone.

use super::chars::{
    DOT, ends_path, ends_query, is_alphanumeric, is_digit, is_path, is_query, precedes_url, spoils_bare_url,
};
use super::domain::{DomainFinder, is_encodable, latin_domains};

/// A longer link, its scheme counted, is none.
const MAX_URL_LENGTH: usize = 4096;
/// X's own shortened links have no longer slug.
const MAX_TCO_SLUG: usize = 40;
/// What a link without a scheme is taken to start with, when its length is measured.
const DEFAULT_SCHEME: &str = "https://";

/// A link: where it starts and how many units of the text it takes, in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Url {
    pub(super) start: usize,
    pub(super) length: usize,
}

/// What the grammar of a link fits.
struct Match {
    start: usize,
    domain_start: usize,
    domain_end: usize,
    has_path: bool,
    end: usize,
}

/// The links of `text`, in the order of their starts.
pub(super) fn find_urls(text: &[u16]) -> Vec<Url> {
    let mut urls = Vec::new();
    if !text.contains(&DOT) {
        return urls;
    }
    let mut finder = DomainFinder::new(text);
    let mut position = 0;
    while let Some(preceding) = text.get(position).copied() {
        let inner = precedes_url(preceding).then(|| match_at(text, &mut finder, position + 1)).flatten();
        let found = match inner {
            Some(found) => Some((Some(preceding), found)),
            None if position == 0 => match_at(text, &mut finder, 0).map(|found| (None, found)),
            None => None,
        };
        if let Some((before, found)) = found {
            position = found.end;
            collect(text, before, &found, &mut urls);
        } else {
            position += 1;
        }
    }
    urls
}

fn match_at(text: &[u16], finder: &mut DomainFinder<'_>, start: usize) -> Option<Match> {
    let domain_start = start + scheme_length(text.get(start..)?);
    let domain_end = finder.domain_end(domain_start)?;
    let port_end = after_port(text, domain_end);
    let path_end =
        if text.get(port_end) == Some(&u16::from(b'/')) { after_path(text, port_end + 1) } else { port_end };
    let end = after_query(text, path_end);
    Some(Match { start, domain_start, domain_end, has_path: path_end > port_end, end })
}

/// The length of `http://` or `https://` in any case, or 0.
fn scheme_length(rest: &[u16]) -> usize {
    let starts_with = |scheme: &str| {
        rest.len() >= scheme.len()
            && scheme.bytes().zip(rest).all(|(expected, unit)| {
                u8::try_from(*unit).is_ok_and(|found| found.eq_ignore_ascii_case(&expected))
            })
    };
    ["http://", "https://"].into_iter().find(|scheme| starts_with(scheme)).map_or(0, str::len)
}

fn after_port(text: &[u16], at: usize) -> usize {
    let digits = text.iter().skip(at + 1).take_while(|unit| is_digit(**unit)).count();
    if text.get(at) == Some(&u16::from(b':')) && digits > 0 { at + 1 + digits } else { at }
}

/// The end of a path whose `/` is before `at`: in the run of path characters and balanced parentheses, the last
/// character that may end one, and the parentheses right after it.
fn after_path(text: &[u16], mut at: usize) -> usize {
    let mut end = at;
    while let Some(unit) = text.get(at).copied() {
        if is_path(unit) {
            at += 1;
            if ends_path(unit) {
                end = at;
            }
        } else if let Some(closed) = after_parentheses(text, at) {
            end = if end == at { closed } else { end };
            at = closed;
        } else {
            break;
        }
    }
    end
}

/// The end of the balanced parentheses that open at `at`: text, or text around one inner pair that is not empty.
fn after_parentheses(text: &[u16], at: usize) -> Option<usize> {
    const OPEN: u16 = 0x28;
    const CLOSE: u16 = 0x29;
    let run = |from: usize| from + text.iter().skip(from).take_while(|unit| is_path(**unit)).count();
    if text.get(at) != Some(&OPEN) {
        return None;
    }
    let first = run(at + 1);
    match text.get(first).copied()? {
        CLOSE if first > at + 1 => Some(first + 1),
        OPEN => {
            let inner = run(first + 1);
            if inner == first + 1 || text.get(inner) != Some(&CLOSE) {
                return None;
            }
            let last = run(inner + 1);
            (text.get(last) == Some(&CLOSE)).then_some(last + 1)
        }
        _ => None,
    }
}

fn after_query(text: &[u16], at: usize) -> usize {
    if text.get(at) != Some(&u16::from(b'?')) {
        return at;
    }
    let query = text.iter().enumerate().skip(at + 1).take_while(|(_, unit)| is_query(**unit));
    query.filter(|(_, unit)| ends_query(**unit)).last().map_or(at, |(index, _)| index + 1)
}

/// Adds what of a match is a link.
fn collect(text: &[u16], before: Option<u16>, found: &Match, urls: &mut Vec<Url>) {
    let scheme = found.domain_start - found.start;
    let measured_scheme = if scheme == 0 { DEFAULT_SCHEME.len() } else { scheme };
    if measured_scheme + (found.end - found.start) > MAX_URL_LENGTH {
        return;
    }
    let Some(domain) = text.get(found.domain_start..found.domain_end) else { return };
    if !is_encodable(domain) {
        return;
    }
    if scheme == 0 {
        if !before.is_some_and(spoils_bare_url) {
            collect_bare(domain, found, urls);
        }
    } else if let Some(length) = linked_length(text, found) {
        urls.push(Url { start: found.start, length });
    }
}

/// The length of a link with a scheme; one of X's own short links ends with its slug and query. `None` if its slug
/// is too long for a link.
fn linked_length(text: &[u16], found: &Match) -> Option<usize> {
    const TCO: [u8; 5] = *b"t.co/";
    let whole = found.end - found.start;
    let rest = text.get(found.domain_start..found.end).unwrap_or_default();
    let is_tco = rest.len() > TCO.len()
        && rest.iter().zip(TCO).all(|(unit, expected)| {
            u8::try_from(*unit).is_ok_and(|found| found.eq_ignore_ascii_case(&expected))
        });
    let slug = rest.iter().skip(TCO.len()).take_while(|unit| is_alphanumeric(**unit)).count();
    if !is_tco || slug == 0 {
        return Some(whole);
    }
    let slug_end = TCO.len() + slug;
    let scheme = found.domain_start - found.start;
    (slug <= MAX_TCO_SLUG).then(|| scheme + after_query(rest, slug_end))
}

/// The links in a match without a scheme: each Latin domain, the last one with the path.
///
/// twitter-text looks for the text of each such domain from the end of the one before, so an equal text further left
/// is taken for it; and it gives the last one the length of its own text and the path, though other letters may
/// be between them. Both change the count, so both are kept.
fn collect_bare(domain: &[u16], found: &Match, urls: &mut Vec<Url>) {
    let mut searched = 0;
    let mut last = None;
    for (start, end) in latin_domains(domain) {
        urls.extend(last);
        let length = end - start;
        let at = first_occurrence(domain, searched, start, length);
        searched = at + length;
        last = Some(Url { start: found.start + at, length });
    }
    if let Some(mut url) = last {
        if found.has_path {
            url.length += found.end - found.domain_end;
        }
        urls.push(url);
    }
}

/// The first place at or after `from` with the same `length` units as at `start`.
fn first_occurrence(domain: &[u16], from: usize, start: usize, length: usize) -> usize {
    if from == start {
        return start;
    }
    let lossy =
        |range: std::ops::Range<usize>| String::from_utf16_lossy(domain.get(range).unwrap_or_default());
    let haystack = lossy(from..start + length);
    let offset = haystack.find(&lossy(start..start + length)).and_then(|byte| haystack.get(..byte));
    offset.map_or(start, |skipped| from + skipped.encode_utf16().count())
}
