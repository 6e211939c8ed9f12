//! Which parts of a text X makes links of, in time linear in the text.
//!
//! With a scheme any domain will do whose last label is a top-level domain; without one it has to be in ASCII or
//! accented Latin. twitter-text says it in regular expressions; here a run of domain characters is looked at once,
//! and each place in it is answered from what was learnt, so that hostile text can't make it slow.

use super::characters::is_in;
use super::domains::{ascii_length, top_level_end};
use super::tables::{ASCII_DOMAIN, DOMAIN, PATH, PATH_END, PRECEDING, QUERY, QUERY_END};

/// Longest link, scheme included, with its host in ASCII form.
const MAX_URL_LENGTH: usize = 4096;
const MAX_TCO_SLUG_LENGTH: usize = 40;
/// What a link without a scheme is taken to start with.
const DEFAULT_SCHEME_LENGTH: usize = "https://".len();

/// A link, in characters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) start: usize,
    pub(super) length: usize,
}

/// All links, in order.
pub(super) fn find(text: &[char]) -> Vec<Link> {
    let mut links = Vec::new();
    if !text.contains(&'.') {
        return links;
    }
    let mut run = Run::default();
    let mut from = 0;
    while let Some(candidate) = next_candidate(text, from, &mut run) {
        from = candidate.end;
        candidate.links(text, &mut links);
    }
    links
}

/// What looks like a link and may turn out to be none.
struct Candidate {
    start: usize,
    /// The character that it stands behind.
    behind: Option<char>,
    domain_start: usize,
    domain_end: usize,
    has_path: bool,
    end: usize,
}

/// The first candidate whose preceding character is not before `from`.
fn next_candidate(text: &[char], from: usize, run: &mut Run) -> Option<Candidate> {
    for (place, letter) in text.iter().enumerate().skip(from) {
        if is_in(PRECEDING, *letter) {
            // The library looks at UTF-16: of an astral character one half may precede a domain that begins with
            // the other.
            let halves = u32::from(*letter) > 0xffff;
            let found = halves.then(|| candidate_at(text, place, Some(*letter), run)).flatten();
            if let Some(found) = found.or_else(|| candidate_at(text, place + 1, Some(*letter), run)) {
                return Some(found);
            }
        }
        // The start of the text is tried after its first character had its turn as a preceding one.
        if place == 0
            && let Some(found) = candidate_at(text, 0, None, run)
        {
            return Some(found);
        }
    }
    None
}

fn candidate_at(text: &[char], start: usize, behind: Option<char>, run: &mut Run) -> Option<Candidate> {
    let domain_start = start + scheme_length(text, start);
    let domain_end = run.domain_end(text, domain_start)?;
    let after_port = port_end(text, domain_end);
    let path_end = path_end(text, after_port);
    let end = query_end(text, path_end.unwrap_or(after_port));
    Some(Candidate { start, behind, domain_start, domain_end, has_path: path_end.is_some(), end })
}

fn scheme_length(text: &[char], start: usize) -> usize {
    let matches = |scheme: &str| {
        let mut letters = text.iter().skip(start);
        scheme
            .chars()
            .all(|expected| letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(&expected)))
    };
    ["https://", "http://"].into_iter().find(|scheme| matches(scheme)).map_or(0, str::len)
}

fn port_end(text: &[char], start: usize) -> usize {
    if text.get(start) != Some(&':') {
        return start;
    }
    let digits = text.iter().skip(start + 1).take_while(|letter| letter.is_ascii_digit()).count();
    if digits > 0 { start + 1 + digits } else { start }
}

/// A path begins with a slash and ends in a character that is no punctuation, or in balanced parentheses.
fn path_end(text: &[char], start: usize) -> Option<usize> {
    if text.get(start) != Some(&'/') {
        return None;
    }
    let mut end = start + 1;
    let mut place = end;
    while let Some(&letter) = text.get(place) {
        if is_in(PATH, letter) {
            place += 1;
            if is_in(PATH_END, letter) {
                end = place;
            }
        } else if letter == '('
            && let Some(behind) = balanced_end(text, place)
        {
            place = behind;
            end = behind;
        } else {
            break;
        }
    }
    Some(end)
}

/// Where parentheses that open at `start` close, with at most one pair inside and something between them.
fn balanced_end(text: &[char], start: usize) -> Option<usize> {
    let skip = |from: usize| from + text.iter().skip(from).take_while(|letter| is_in(PATH, **letter)).count();
    let first = skip(start + 1);
    match text.get(first) {
        Some(')') if first > start + 1 => Some(first + 1),
        Some('(') => {
            let inner = skip(first + 1);
            if inner == first + 1 || text.get(inner) != Some(&')') {
                return None;
            }
            let last = skip(inner + 1);
            (text.get(last) == Some(&')')).then_some(last + 1)
        }
        _ => None,
    }
}

fn query_end(text: &[char], start: usize) -> usize {
    if text.get(start) != Some(&'?') {
        return start;
    }
    let mut end = start;
    for (offset, letter) in
        text.iter().enumerate().skip(start + 1).take_while(|(_, letter)| is_in(QUERY, **letter))
    {
        if is_in(QUERY_END, *letter) {
            end = offset + 1;
        }
    }
    end
}

impl Candidate {
    fn links(&self, text: &[char], links: &mut Vec<Link>) {
        let domain = text.get(self.domain_start..self.domain_end).unwrap_or_default();
        let scheme = self.domain_start - self.start;
        let dots = domain.iter().filter(|letter| **letter == '.').count();
        let Some(ascii) = ascii_length(domain).filter(|_| !is_bad_punycode(domain)) else {
            return;
        };
        let length = (self.end - self.start) + (ascii + dots).saturating_sub(domain.len());
        let prefix = if scheme == 0 { DEFAULT_SCHEME_LENGTH } else { scheme };
        if prefix + length > MAX_URL_LENGTH {
            return;
        }
        if scheme > 0 {
            links.extend(self.with_scheme(text));
        } else {
            self.without_scheme(domain, links);
        }
    }

    /// A t.co address ends behind its slug.
    fn with_scheme(&self, text: &[char]) -> Option<Link> {
        let mut length = self.end - self.start;
        let domain = text.get(self.domain_start..self.end)?;
        let is_tco =
            domain.len() > 5 && domain.iter().zip("t.co/".chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b));
        if is_tco {
            let slug_start = self.domain_start + "t.co/".len();
            let slug = text.iter().skip(slug_start).take(self.end - slug_start);
            let slug = slug.take_while(|letter| letter.is_ascii_alphanumeric()).count();
            if slug > MAX_TCO_SLUG_LENGTH {
                return None;
            }
            if slug > 0 {
                length = query_end(text, slug_start + slug).min(self.end) - self.start;
            }
        }
        Some(Link { start: self.start, length })
    }

    fn without_scheme(&self, domain: &[char], links: &mut Vec<Link>) {
        if matches!(self.behind, Some('-' | '_' | '.' | '/')) {
            return;
        }
        let found = links.len();
        ascii_domains(domain, self.start, links);
        if self.has_path
            && let Some(last) = links.get_mut(found..).and_then(<[Link]>::last_mut)
        {
            // The library replaces the domain by its ASCII part and keeps what follows.
            last.length += (self.end - self.start) - domain.len();
        }
    }
}

/// Punycode must stand in ASCII.
fn is_bad_punycode(domain: &[char]) -> bool {
    let mut found = Vec::new();
    if !domain.starts_with(&['x', 'n', '-', '-']) {
        return false;
    }
    ascii_domains(domain, 0, &mut found);
    found.is_empty()
}

/// The parts of a domain that are links without a scheme.
fn ascii_domains(domain: &[char], offset: usize, links: &mut Vec<Link>) {
    let mut place = 0;
    while place < domain.len() {
        match ascii_domain_at(domain, place) {
            Ok(end) => {
                links.push(Link { start: offset + place, length: end - place });
                place = end;
            }
            Err(next) => place = next,
        }
    }
}

/// Where the longest ASCII domain from `start` on ends, or where to look next.
fn ascii_domain_at(domain: &[char], start: usize) -> Result<usize, usize> {
    let mut best = None;
    let mut label_start = start;
    let mut place = start;
    loop {
        while domain.get(place).is_some_and(|letter| is_in(ASCII_DOMAIN, *letter)) {
            place += 1;
        }
        if place == label_start || domain.get(place) != Some(&'.') {
            break;
        }
        place += 1;
        label_start = place;
        best = top_level_end(domain, place).or(best);
    }
    best.ok_or_else(|| place.max(start + 1))
}

/// What is known of the run of domain characters that was looked at last.
#[derive(Default)]
struct Run {
    start: usize,
    end: usize,
    labels: Vec<Label>,
}

struct Label {
    start: usize,
    end: usize,
    /// Its first and last characters are no signs.
    is_subdomain: bool,
    /// A top-level domain follows its dot and ends there.
    top_level_end: Option<usize>,
    /// The last label up to this one that can be the name before the top-level domain.
    last_name: Option<usize>,
    /// The first label from this one on that can't be a subdomain.
    first_broken: usize,
    /// Where its last underscore stands.
    last_underscore: Option<usize>,
}

impl Run {
    /// Where the longest domain that starts at `start` ends.
    fn domain_end(&mut self, text: &[char], start: usize) -> Option<usize> {
        if !text.get(start).is_some_and(|letter| is_in(DOMAIN, *letter)) {
            return None;
        }
        if !(self.start..self.end).contains(&start) {
            *self = Self::learn(text, start);
        }
        let first = self.labels.partition_point(|label| label.end < start);
        let own = self.labels.get(first)?;
        let ends_well = own
            .end
            .checked_sub(1)
            .and_then(|last| text.get(last))
            .is_some_and(|letter| is_in(DOMAIN, *letter));
        if !ends_well {
            return None;
        }
        let broken = self.labels.get(first + 1).map_or(first + 1, |next| next.first_broken);
        let farther =
            broken.checked_sub(1).and_then(|last| self.labels.get(last)).and_then(|label| label.last_name);
        if let Some(name) = farther.filter(|name| *name > first) {
            return self.labels.get(name)?.top_level_end;
        }
        let has_underscore = own.last_underscore.is_some_and(|place| place >= start);
        own.top_level_end.filter(|_| !has_underscore)
    }

    fn learn(text: &[char], start: usize) -> Self {
        let length = text
            .iter()
            .skip(start)
            .take_while(|letter| is_in(DOMAIN, **letter) || matches!(letter, '-' | '_' | '.'))
            .count();
        let end = start + length;
        let mut labels = Vec::new();
        let mut label_start = start;
        for place in start..=end {
            let is_dot = place < end && text.get(place) == Some(&'.');
            if is_dot || place == end {
                labels.push(Label::read(text, label_start, place, is_dot));
                label_start = place + 1;
            }
        }
        let mut run = Self { start, end, labels };
        run.connect();
        run
    }

    fn connect(&mut self) {
        let mut last_name = None;
        for (index, label) in self.labels.iter_mut().enumerate() {
            if label.is_subdomain && label.last_underscore.is_none() && label.top_level_end.is_some() {
                last_name = Some(index);
            }
            label.last_name = last_name;
        }
        let mut first_broken = self.labels.len();
        for (index, label) in self.labels.iter_mut().enumerate().rev() {
            if !label.is_subdomain {
                first_broken = index;
            }
            label.first_broken = first_broken;
        }
    }
}

impl Label {
    fn read(text: &[char], start: usize, end: usize, is_dot: bool) -> Self {
        let letters = text.get(start..end).unwrap_or_default();
        let sign_free = |letter: Option<&char>| letter.is_some_and(|letter| is_in(DOMAIN, *letter));
        Self {
            start,
            end,
            is_subdomain: sign_free(letters.first()) && sign_free(letters.last()),
            top_level_end: if is_dot { top_level_end(text, end + 1) } else { None },
            last_name: None,
            first_broken: 0,
            last_underscore: letters.iter().rposition(|letter| *letter == '_').map(|place| start + place),
        }
    }
}
