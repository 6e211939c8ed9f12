//! Where a medium's redirects lead: each hop is judged before it is requested.

use url::Url;

use super::addresses::{AddressPolicy, AddressRefusal, check_url};

/// The longest name of a host (RFC 1035 §2.3.4); of a longer one no more is shown.
const MAX_HOST_LENGTH: usize = 253;

/// A medium's URL, and the redirects behind it that were followed.
#[derive(Clone, Debug)]
pub struct RedirectChain<'a> {
    policy: &'a AddressPolicy,
    url: Url,
    left: u32,
}

/// Why there is no next hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoHop {
    /// There were as many as may be.
    TooMany,
    /// The answer does not say whither.
    NoUrl,
    /// It leads to where media may not come from.
    Refused {
        /// The host that it leads to, or the scheme of a URL without one.
        host: String,
        /// The rule that it breaks.
        refusal: AddressRefusal,
    },
}

impl<'a> RedirectChain<'a> {
    /// Begins at a URL, if that may be requested.
    pub fn begin(url: Url, policy: &'a AddressPolicy, most: u32) -> Result<Self, AddressRefusal> {
        check_url(&url, policy)?;
        Ok(Self { policy, url, left: most })
    }

    /// The URL that may be requested next.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Goes on to what an answer's `Location` says.
    pub fn follow(&mut self, location: Option<&str>) -> Result<(), NoHop> {
        let left = self.left.checked_sub(1).ok_or(NoHop::TooMany)?;
        let url = location.and_then(|location| self.url.join(location).ok()).ok_or(NoHop::NoUrl)?;
        check_url(&url, self.policy).map_err(|refusal| NoHop::Refused { host: shown_host(&url), refusal })?;
        self.url = url;
        self.left = left;
        Ok(())
    }
}

fn shown_host(url: &Url) -> String {
    url.host_str().unwrap_or(url.scheme()).chars().take(MAX_HOST_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn chain(policy: &AddressPolicy) -> RedirectChain<'_> {
        RedirectChain::begin(Url::parse("https://cdn.example.com/a.png").unwrap(), policy, 3).unwrap()
    }

    fn refused_by(location: &str) -> (String, &'static str) {
        match chain(&AddressPolicy::default()).follow(Some(location)).unwrap_err() {
            NoHop::Refused { host, refusal } => (host, refusal.rule()),
            other => (format!("{other:?}"), ""),
        }
    }

    #[test]
    fn a_redirect_leads_to_no_place_that_is_refused_at_the_start() {
        for (location, host, rule) in [
            ("https://2130706433/", "127.0.0.1", "loopback"),
            ("https://0x7f.1/latest", "127.0.0.1", "loopback"),
            ("https://[::ffff:127.0.0.1]/", "[::ffff:7f00:1]", "not global unicast"),
            ("https://169.254.169.254/latest/meta-data/", "169.254.169.254", "metadata"),
            ("https://metadata.google.internal/", "metadata.google.internal", "metadata"),
            ("//localhost/", "localhost", "loopback"),
            ("https://10.0.0.1/", "10.0.0.1", "RFC 1918"),
            ("http://cdn.example.com/b.png", "cdn.example.com", "a plain http URL"),
            ("https://cdn.example.com:8443/b.png", "cdn.example.com", "a port other than the scheme's own"),
            ("https://user@cdn.example.com/b.png", "cdn.example.com", "a user name or password"),
            ("data:image/png,x", "data", "not https"),
        ] {
            let (shown, broken) = refused_by(location);
            assert_eq!(shown, host, "{location}");
            assert!(broken.contains(rule), "{location}: {broken}");
        }
    }

    #[test]
    fn hops_are_relative_to_the_one_before_and_counted() {
        let policy = AddressPolicy::default();
        let mut chain = chain(&policy);
        for (location, url) in [
            ("/b.png", "https://cdn.example.com/b.png"),
            ("//img.example.org", "https://img.example.org/"),
            ("x/c.png?d", "https://img.example.org/x/c.png?d"),
        ] {
            assert_eq!(chain.follow(Some(location)), Ok(()));
            assert_eq!(chain.url().as_str(), url);
        }
        assert_eq!(chain.follow(Some("/d.png")), Err(NoHop::TooMany));
    }

    #[test]
    fn what_is_no_url_leads_nowhere() {
        let policy = AddressPolicy::default();
        for location in [None, Some("https://"), Some("https://[1/"), Some("//a b/")] {
            let mut chain = chain(&policy);
            assert_eq!(chain.follow(location), Err(NoHop::NoUrl), "{location:?}");
            assert_eq!(chain.url().path(), "/a.png");
        }
    }

    #[test]
    fn a_host_is_shown_up_to_the_length_that_names_have() {
        let (shown, _) = refused_by(&format!("https://{}.local/", "a".repeat(9000)));
        assert_eq!(shown.len(), MAX_HOST_LENGTH);
    }
}
