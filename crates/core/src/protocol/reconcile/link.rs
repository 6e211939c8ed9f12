//! Links, as they are compared: the same one in however many spellings.

use url::Url;

use crate::protocol::snowflake::is_snowflake;

/// Hosts that all show what x.com shows. Links to x.com read back as links to twitter.com.
const HOSTS_OF_X: [&str; 7] = [
    "x.com",
    "www.x.com",
    "mobile.x.com",
    "twitter.com",
    "www.twitter.com",
    "mobile.twitter.com",
    "m.twitter.com",
];

/// A link without its scheme, which X adds, its host in ASCII and lower case, and its path decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// What is compared.
    pub(super) canonical: String,
    /// The post that it leads to.
    pub(super) post: Option<String>,
    /// It leads to a medium of a post.
    pub(super) is_medium: bool,
}

impl Link {
    pub(super) fn read(written: &str) -> Self {
        let Some(url) = parse(written) else {
            return Self { canonical: written.to_owned(), post: None, is_medium: false };
        };
        let host = url.host_str().unwrap_or_default().trim_end_matches('.');
        if HOSTS_OF_X.contains(&host) { of_x(&url) } else { elsewhere(host, &url) }
    }

    /// One of X's own short links, whose target is not known.
    pub(super) fn is_short(&self) -> bool {
        self.canonical.starts_with("t.co/")
    }
}

fn parse(written: &str) -> Option<Url> {
    let (scheme, rest) = written.split_once("://").unwrap_or(("https", written));
    let scheme = ["https", "http"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    Url::parse(&format!("{scheme}://{rest}")).ok()
}

fn elsewhere(host: &str, url: &Url) -> Link {
    let mut canonical = host.to_owned();
    if let Some(port) = url.port() {
        canonical.push(':');
        canonical.push_str(&port.to_string());
    }
    canonical.push_str(&decoded(url.path()));
    if let Some(query) = url.query() {
        canonical.push('?');
        canonical.push_str(&decoded(query));
    }
    if let Some(fragment) = url.fragment() {
        canonical.push('#');
        canonical.push_str(&decoded(fragment));
    }
    canonical.truncate(canonical.trim_end_matches('/').len());
    Link { canonical, post: None, is_medium: false }
}

/// A post is named by its id alone: its author's name may be left out (`/i/status/…`) or be an old one.
fn of_x(url: &Url) -> Link {
    let segments: Vec<&str> = url.path_segments().map(Iterator::collect).unwrap_or_default();
    let at = segments.iter().position(|segment| matches!(*segment, "status" | "statuses"));
    let id = at.and_then(|at| segments.get(at + 1)).filter(|id| is_snowflake(id));
    let (Some(at), Some(id)) = (at, id) else {
        return elsewhere("x.com", url);
    };
    let after = segments.get(at + 2..).unwrap_or_default();
    let is_medium = matches!(after.first(), Some(&("photo" | "video")));
    let rest = after
        .iter()
        .filter(|segment| !segment.is_empty())
        .fold(String::new(), |rest, segment| rest + "/" + segment);
    let post = rest.is_empty().then(|| (*id).to_owned());
    Link { canonical: format!("x.com/status/{id}{rest}"), post, is_medium }
}

/// Percent-encoding undone: `%7E`, `%7e` and `~` are one and the same to whoever reads a link.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let byte = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = after.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
