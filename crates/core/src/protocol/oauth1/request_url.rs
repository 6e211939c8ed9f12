//! What a signature covers of a URL.

use std::borrow::Cow;

use url::Url;

use super::UnsignableUrl;

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
    let (host, _) = rest.split_once('/')?;
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
    let (text, _) = text.split_once('#').unwrap_or((text, ""));
    let (base, query) = match text.split_once('?') {
        Some((base, query)) => (base, Some(query)),
        None => (text, None),
    };
    Some(Parts { base: Cow::Borrowed(base), query: query.map(Cow::Borrowed) })
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
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::protocol::form::decode_form_bytes;

    proptest! {
        /// What is taken for plain has the parts that a parser finds.
        #[test]
        fn plain_urls_are_what_a_parser_makes_of_them(
            url in "https?://[a-zA-Z0-9.:@-]{0,12}(xn--)?[a-z0-9.-]{0,8}(/[!-~ é]{0,12}){0,2}(\\?[!-~ ]{0,12})?(#[!-~]{0,4})?"
        ) {
            let Some(quick) = plain(&url) else { return Ok(()) };
            let slow = parsed(&Url::parse(&url).unwrap(), &url).unwrap();
            prop_assert_eq!(&quick.base, &slow.base);
            let pairs = |parts: &Parts<'_>| parts.query.as_deref().map(decode_form_bytes);
            prop_assert_eq!(pairs(&quick), pairs(&slow));
        }
    }

    #[test]
    fn most_urls_are_plain() {
        let parts = plain("https://api.x.com/2/tweets?ids=20#there").unwrap();
        assert_eq!((&*parts.base, parts.query.as_deref()), ("https://api.x.com/2/tweets", Some("ids=20")));
        for other in [
            "https://127.0.0.1/",
            "https://api.x.com",
            "https://api.x.com:80/",
            "https://a@b.c/",
            "https://X.com/",
        ] {
            assert_eq!(plain(other), None, "{other}");
        }
    }
}
