//! Where media may come from: the rules of the address policy, for a URL that is parsed already.

use std::net::{Ipv4Addr, Ipv6Addr};

use twitter_native_core::protocol::addresses::AddressPolicy;
use url::Url;

use crate::ranges::{is_public_v4, is_public_v6};
use crate::spelling::inet_aton;

/// Reads a policy: `private`, `http` and `hosts=a.example,*.b.example:8443`, with spaces between.
pub fn read(line: &str) -> AddressPolicy {
    let mut policy = AddressPolicy::default();
    for word in line.split(' ') {
        match word {
            "private" => policy.allow_private_networks = true,
            "http" => policy.allow_http = true,
            _ => {
                if let Some(hosts) = word.strip_prefix("hosts=") {
                    policy.allowed_hosts = Some(hosts.split(',').map(str::to_owned).collect());
                }
            }
        }
    }
    policy
}

/// Whether a URL may be asked for.
pub fn allows(url: &Url, policy: &AddressPolicy) -> bool {
    let own_port = match url.scheme() {
        "https" => 443,
        "http" if policy.allow_http => 80,
        _ => return false,
    };
    let port = url.port().unwrap_or(own_port);
    let Some(host) = url.host_str() else {
        return false;
    };
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    let is_listed = match &policy.allowed_hosts {
        Some(hosts) => hosts.iter().any(|entry| is_meant(entry, host, port, own_port)),
        None => policy.allow_private_networks || port == own_port,
    };
    is_listed && (policy.allow_private_networks || is_public(host))
}

/// Whether a host's name or literal may be a public one. Names are resolved later, and their addresses judged then.
fn is_public(host: &str) -> bool {
    if let Some(literal) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return literal.parse::<Ipv6Addr>().is_ok_and(|address| is_public_v6(address.to_bits()));
    }
    match host.parse::<Ipv4Addr>() {
        Ok(address) => is_public_v4(address.to_bits()),
        Err(_) => is_public_name(host),
    }
}

/// A name of the public DNS has a domain, and is no other way to write an address.
fn is_public_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    let can_be_resolved = name.len() <= 253 && labels.iter().all(|label| (1..=63).contains(&label.len()));
    let last = labels.last().copied().unwrap_or_default();
    can_be_resolved
        && labels.len() > 1
        && inet_aton(&name).is_none()
        && !["localhost", "local", "internal"].contains(&last)
        && name != "metadata.goog"
        && !name.ends_with(".metadata.goog")
}

/// Whether an entry of the list means this host: by its name, or by what follows `*.`; at the scheme's own port unless
/// it names another one.
fn is_meant(entry: &str, host: &str, port: u16, own_port: u16) -> bool {
    let entry = entry.to_ascii_lowercase();
    let digits = entry.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (name, tail) = entry.split_at(entry.len() - digits);
    let (name, wanted) = match name.strip_suffix(':') {
        Some(name) if digits > 0 => (name, tail.parse::<u16>().ok()),
        _ => (entry.as_str(), Some(own_port)),
    };
    let host = host.to_ascii_lowercase();
    let host = host.trim_end_matches('.');
    let is_named = match name.strip_prefix("*.") {
        Some(domain) => {
            host.len() > domain.len() + 1
                && host.ends_with(domain)
                && host.as_bytes()[host.len() - domain.len() - 1] == b'.'
        }
        None => host == name,
    };
    is_named && wanted == Some(port)
}
