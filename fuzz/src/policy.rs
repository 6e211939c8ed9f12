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
        "http" => 80,
        _ => return false,
    };
    let port = url.port().unwrap_or(own_port);
    let Some(host) = url.host_str() else {
        return false;
    };
    let is_named = policy.allowed_hosts.iter().flatten().any(|entry| names(entry, host, Some(port)));
    if url.scheme() == "http" && !policy.allow_http && !(is_named && is_this_machine(host)) {
        return false;
    }
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    let is_listed = match &policy.allowed_hosts {
        Some(hosts) => hosts.iter().any(|entry| is_meant(entry, host, port, own_port)),
        None => policy.allow_private_networks || port == own_port,
    };
    // A host that is named with its port has only the ports that are named.
    let is_narrowed = policy.allowed_hosts.iter().flatten().any(|entry| names(entry, host, None));
    if is_narrowed && !is_named {
        return false;
    }
    is_listed && (policy.allow_private_networks || is_public(host) || (is_named && is_own(host)))
}

/// Whether an entry is this very host with a port; with this one, if one is given.
fn names(entry: &str, host: &str, port: Option<u16>) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let entry = entry.to_ascii_lowercase();
    let Some(wanted) = entry.strip_prefix(&format!("{host}:")) else {
        return false;
    };
    let is_number = !wanted.is_empty() && wanted.bytes().all(|byte| byte.is_ascii_digit());
    let wanted = if is_number { wanted.parse::<u16>().ok() } else { None };
    wanted.is_some_and(|wanted| port.is_none_or(|port| port == wanted))
}

fn is_this_machine(host: &str) -> bool {
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let is_loopback = host.parse::<Ipv4Addr>().is_ok_and(|address| address.octets()[0] == 127);
    is_loopback || host == "[::1]" || name == "localhost" || name.ends_with(".localhost")
}

/// Whether it may lie in a network of the operator's own: a name is judged again once it is resolved.
fn is_own(host: &str) -> bool {
    if let Some(literal) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        let Ok(address) = literal.parse::<Ipv6Addr>() else { return false };
        let bits = address.to_bits();
        return bits == 1 || (bits >> 121 == 0xfc >> 1 && bits >> 96 != 0xfd00_0ec2);
    }
    match host.parse::<Ipv4Addr>().map(|address| address.octets()) {
        Ok([10 | 127, ..] | [192, 168, ..] | [172, 16..=31, ..] | [100, 64..=127, ..]) => true,
        Ok(_) => false,
        Err(_) => {
            let name = host.strip_suffix('.').unwrap_or(host);
            name.len() <= 253 && name.split('.').all(|label| (1..=63).contains(&label.len()))
        }
    }
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
        None if name == "*" => true,
        Some(domain) => {
            host.len() > domain.len() + 1
                && host.ends_with(domain)
                && host.as_bytes()[host.len() - domain.len() - 1] == b'.'
        }
        None => host == name,
    };
    is_named && wanted == Some(port)
}
