//! RFC 5849, section 3.4: the signature base string, for a request whose URL is written as it goes over the wire.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};

/// Section 3.6: everything but letters, digits and these four.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes bytes, which are those of a text as a rule.
pub fn encode(bytes: &[u8]) -> String {
    percent_encode(bytes, ENCODED).to_string()
}

/// A URL that is a plain http or https URI of RFC 3986: nothing in it has to be normalised, apart from the letters of
/// scheme and host and the port.
#[derive(Debug)]
pub struct PlainUri<'a> {
    scheme: String,
    host: String,
    port: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> PlainUri<'a> {
    /// Reads a text; `None` if it is not as plain as that.
    pub fn read(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let (host, port) =
            authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
        let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        let is_number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.len() < 5;
        let plain = matches!(scheme.as_str(), "http" | "https")
            && is_name
            && has_words(host)
            && port.is_none_or(is_number)
            && is_plain(path);
        (plain && query.is_none_or(is_plain)).then(|| Self {
            scheme,
            host: host.to_ascii_lowercase(),
            port,
            path,
            query,
        })
    }

    /// Section 3.4.1.2.
    fn base(&self) -> String {
        let own_port = if self.scheme == "https" { 443 } else { 80 };
        let port = self.port.and_then(|port| port.parse::<u16>().ok()).filter(|port| *port != own_port);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let path = if self.path.is_empty() { "/" } else { self.path };
        format!("{}://{}{port}{path}", self.scheme, self.host)
    }
}

/// A host that no parser takes for an address, and whose labels are not in Punycode.
fn has_words(host: &str) -> bool {
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    last.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && !host.to_ascii_lowercase().contains("xn--")
}

/// Characters of a path or query that no parser changes, and escapes that are whole.
fn is_plain(text: &str) -> bool {
    let escapes = text.split('%').skip(1);
    let are_whole =
        |escape: &str| escape.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@/%".contains(&byte))
        && escapes.into_iter().all(are_whole)
}

/// Section 3.4.1.3.1: a query as a form, in bytes.
pub fn decoded_query(query: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> Vec<u8> {
    percent_decode_str(&text.replace('+', " ")).collect()
}

/// Section 3.4.1.1. `pairs` are those of the body and of the `Authorization` header.
pub fn base_string(method: &str, uri: &PlainUri<'_>, pairs: &[(&str, &str)]) -> String {
    let mut all: Vec<(String, String)> = uri
        .query
        .map(decoded_query)
        .unwrap_or_default()
        .iter()
        .map(|(name, value)| (encode(name), encode(value)))
        .chain(pairs.iter().map(|(name, value)| (encode(name.as_bytes()), encode(value.as_bytes()))))
        .filter(|(name, _)| name != "oauth_signature" && name != "realm")
        .collect();
    all.sort();
    let parameters: Vec<String> = all.iter().map(|(name, value)| format!("{name}={value}")).collect();
    [method.to_ascii_uppercase(), uri.base(), parameters.join("&")]
        .map(|part| encode(part.as_bytes()))
        .join("&")
}
