//! What an operator's list of hosts says of a URL.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::default_port;

/// What the list says of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listing {
    /// There is no list.
    NoList,
    /// An entry names this very host and port: it may be reached wherever it lies.
    Named,
    /// An entry means it. Where it lies is judged as without a list.
    Meant,
    /// No entry means it.
    Not,
}

/// What a list of [entries](super::AddressPolicy::allowed_hosts) says of a URL.
pub(super) fn listing(allowed: Option<&[String]>, url: &Url) -> Listing {
    let Some(allowed) = allowed else {
        return Listing::NoList;
    };
    let Some(host) = url.host_str() else {
        return Listing::Not;
    };
    let (host, port) = (plain(host), url.port_or_known_default());
    let entries = || allowed.iter().map(|entry| Entry::read(entry));
    let of_host = || entries().filter(|entry| entry.port.is_some() && entry.name == host);
    if of_host().any(|entry| entry.port == port) {
        Listing::Named
    } else if of_host().next().is_some() {
        // Its address may be private, so that no other entry opens another port of it.
        Listing::Not
    } else if entries().any(|entry| entry.means(&host) && port == entry.port.or(default_port(url))) {
        Listing::Meant
    } else {
        Listing::Not
    }
}

/// Whether an entry names this host with a port.
pub(super) fn is_named(allowed: Option<&[String]>, host: &str) -> bool {
    let host = plain(host);
    let mut entries = allowed.unwrap_or_default().iter().map(|entry| Entry::read(entry));
    entries.any(|entry| entry.port.is_some() && entry.name == host)
}

fn plain(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// An entry of the list. Without a port it means the scheme's own.
struct Entry {
    name: String,
    port: Option<u16>,
}

impl Entry {
    fn read(entry: &str) -> Self {
        let (name, port) = match entry.rsplit_once(':') {
            Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => {
                // A port that there is not means no host at all.
                port.parse().map_or(("", None), |port| (name, Some(port)))
            }
            _ => (entry, None),
        };
        Self { name: name.to_ascii_lowercase(), port }
    }

    fn means(&self, host: &str) -> bool {
        match self.name.strip_prefix('*') {
            Some("") => true,
            Some(domain) if domain.starts_with('.') => host.len() > domain.len() && host.ends_with(domain),
            _ => host == self.name,
        }
    }
}

/// The entry that names a URL's host and port.
pub(super) fn entry_for(url: &Url) -> Option<String> {
    Some(format!("{}:{}", plain(url.host_str()?), url.port_or_known_default()?))
}

/// Whether a host is this machine, whatever a resolver may say of it.
pub(super) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => is_localhost(name),
    }
}

/// Names of this machine (RFC 6761 §6.3).
pub(super) fn is_localhost(name: &str) -> bool {
    let name = plain(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether a named host may lie at this address: in the operator's own network, but not where a cloud hands out secrets.
pub(super) fn is_own_network(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_own_ipv4(address),
        IpAddr::V6(address) => is_own_ipv6(address),
    }
}

fn is_own_ipv4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    address.is_loopback() || address.is_private() || is_shared
}

/// Loopback, and unique local addresses (RFC 4193) but for those of clouds' metadata services.
fn is_own_ipv6(address: Ipv6Addr) -> bool {
    const AWS_METADATA: [u16; 2] = [0xfd00, 0x0ec2];
    let [first, second, ..] = address.segments();
    let is_unique_local = first & 0xfe00 == 0xfc00;
    address.is_loopback() || is_unique_local && [first, second] != AWS_METADATA
}
