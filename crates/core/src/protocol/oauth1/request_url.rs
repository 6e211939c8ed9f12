//! What a signature covers of a URL.

use std::borrow::Cow;

use memchr::memchr;
use url::Url;

/// The URL can't be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsignableUrl;

impl std::fmt::Display for UnsignableUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the URL to sign must be an absolute http or https URL")
    }
}

impl std::error::Error for UnsignableUrl {}

/// The URL of a request to sign.
#[derive(Clone, Copy, Debug)]
pub enum RequestUrl<'a> {
    /// As somebody wrote it.
    Text(&'a str),
    /// As it was parsed and will be sent.
    Parsed(&'a Url),
}

impl<'a> From<&'a str> for RequestUrl<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Url> for RequestUrl<'a> {
    fn from(url: &'a Url) -> Self {
        Self::Parsed(url)
    }
}

/// A URL's parts in a signature base string.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// Scheme and host in lower case, no default port, and the path as it was sent (RFC 5849 §3.4.1.2).
    pub(super) base: Cow<'a, str>,
    pub(super) query: Option<Cow<'a, str>>,
}

impl<'a> RequestUrl<'a> {
    pub(super) fn parts(self) -> Result<Parts<'a>, UnsignableUrl> {
        match self {
            Self::Text(text) => match plain(text) {
                Some(parts) => Ok(parts),
                None => parsed(&Url::parse(text).map_err(|_| UnsignableUrl)?, text),
            },
            Self::Parsed(url) => parsed(url, url.as_str()),
        }
    }
}

/// The parts of a URL that a parser would leave as it is, which takes longer than the whole signature: a host of plain
/// labels, without a port or a user's name. `None` for all others.
fn plain(text: &str) -> Option<Parts<'_>> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.get(..memchr(b'/', rest.as_bytes())?)?;
    let is_plain = |label: &str| {
        !label.is_empty()
            && !label.starts_with("xn--")
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    // A host whose last label is a number is an address, which has other spellings.
    let ends_in_name = host.rsplit('.').next()?.starts_with(|letter: char| letter.is_ascii_lowercase());
    if !ends_in_name || !host.split('.').all(is_plain) {
        return None;
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return None;
    }
    let text = split_at_byte(text, b'#').map_or(text, |(sent, _)| sent);
    let (base, query) = split_at_byte(text, b'?').map_or((text, None), |(base, query)| (base, Some(query)));
    Some(Parts { base: Cow::Borrowed(base), query: query.map(Cow::Borrowed) })
}

/// What is before and after the first such byte, which is ASCII.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = memchr(byte, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

fn parsed<'a>(url: &Url, sent: &'a str) -> Result<Parts<'a>, UnsignableUrl> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(UnsignableUrl);
    }
    let mut base = format!("{}://{}", url.scheme(), url.host_str().ok_or(UnsignableUrl)?);
    if let Some(port) = url.port() {
        base.push(':');
        base.push_str(&port.to_string());
    }
    base.push_str(path_as_sent(sent).unwrap_or_else(|| url.path()));
    Ok(Parts { base: Cow::Owned(base), query: url.query().map(|query| Cow::Owned(query.to_owned())) })
}

/// A parser may normalise a path; the signature covers what goes over the wire.
fn path_as_sent(sent: &str) -> Option<&str> {
    let (_, rest) = sent.split_once("://")?;
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = rest.get(..end)?;
    Some(rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/"))
}

#[cfg(test)]
mod tests;
