//! Where a medium's redirects lead: each hop is judged before it is requested.

use url::Url;

use super::addresses::{AddressPolicy, AddressRefusal, check_url};

/// The longest name of a host (RFC 1035 §2.3.4); of a longer one no more is shown.
const MAX_HOST_LENGTH: usize = 253;

/// A medium's URL, and the redirects after it that were followed.
#[derive(Clone, Debug)]
pub struct RedirectChain<'a> {
    policy: &'a AddressPolicy,
    url: Url,
    left: u32,
}

/// Why there is no next hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectError {
    /// There were as many as may be.
    TooMany,
    /// The answer does not say whither.
    InvalidUrl,
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
    pub fn follow(&mut self, location: Option<&str>) -> Result<(), RedirectError> {
        let left = self.left.checked_sub(1).ok_or(RedirectError::TooMany)?;
        let url =
            location.and_then(|location| self.url.join(location).ok()).ok_or(RedirectError::InvalidUrl)?;
        check_url(&url, self.policy)
            .map_err(|refusal| RedirectError::Refused { host: shown_host(&url), refusal })?;
        self.url = url;
        self.left = left;
        Ok(())
    }
}

fn shown_host(url: &Url) -> String {
    url.host_str().unwrap_or(url.scheme()).chars().take(MAX_HOST_LENGTH).collect()
}

#[cfg(test)]
mod tests;
