//! Which URLs X takes for a webhook (<https://docs.x.com/x-api/webhooks/introduction>).

use ::url::Url;

use crate::protocol::addresses::is_loopback_url;
use crate::protocol::addresses::{AddressPolicy, check_url as check_address};

/// X's specification.
const MAX_LENGTH: usize = 200;

/// Says why X can't deliver to a URL, if it can't: it takes public https URLs without a port.
///
/// `api` is where X's API is. An API on this machine is a test's, and delivers to this machine too, by plain http and to
/// any port.
pub fn check_url(text: &str, api: &Url) -> Result<(), String> {
    let length = text.chars().count();
    if !(1..=MAX_LENGTH).contains(&length) {
        return Err(format!("must have 1 to {MAX_LENGTH} characters, and has {length}"));
    }
    let url = Url::parse(text).map_err(|_| "must be an absolute https URL".to_owned())?;
    if url.fragment().is_some() {
        return Err("must have no fragment (#…): it is not sent".to_owned());
    }
    if is_loopback_url(api) && is_loopback_url(&url) && matches!(url.scheme(), "http" | "https") {
        return Ok(());
    }
    if url.scheme() != "https" {
        return Err("must be https: X delivers to nothing else".to_owned());
    }
    if names_port(text) {
        return Err("must have no port: X delivers to port 443 alone".to_owned());
    }
    check_address(&url, &AddressPolicy::default())
        .map_err(|refusal| format!("must be public: X can't deliver to {}", refusal.rule()))
}

/// Two spellings of one URL.
pub fn is_same_url(one: &str, other: &str) -> bool {
    one == other || matches!((Url::parse(one), Url::parse(other)), (Ok(one), Ok(other)) if one == other)
}

/// The text names a port, also the scheme's own, which a parsed URL leaves out.
fn names_port(text: &str) -> bool {
    let after_scheme = text.split_once("//").map_or(text, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.rsplit(']').next().is_some_and(|rest| rest.contains(':'))
}

#[cfg(test)]
mod tests;
