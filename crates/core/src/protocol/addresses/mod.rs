//! Which addresses media may come from.
//!
//! A URL that a shop's staff types is fetched by a server, so it must not lead into the server's own networks:
//! not by name, not by literal in any spelling, not after a redirect. The tables are IANA's special-purpose
//! registries (RFC 6890 and its updates) and the metadata services of clouds.

mod listed;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use ipnet::{Ipv4Net, Ipv6Net};
use url::{Host, Url};

use listed::{Listing, entry_for, is_localhost, is_loopback, is_named, is_own_network, listing};

/// What an operator allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AddressPolicy {
    /// Private, loopback and other special networks.
    pub allow_private_networks: bool,
    /// Plain http.
    pub allow_http: bool,
    /// Only these hosts: an exact one, `*.example.com` or `*` for all, each with an optional `:port`.
    ///
    /// Who names a host *and* its port opens just these, wherever they lie: `minio:9000` may have an address of the operator's own
    /// network, and `localhost:9000` may be asked by plain http, since that never leaves the machine. Metadata services and
    /// link-local addresses stay closed. Any other entry opens no private network.
    pub allowed_hosts: Option<Vec<String>>,
}

/// Why an address may not be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRefusal {
    rule: &'static str,
    setting: Option<&'static str>,
    /// What would allow this host alone.
    alone: Option<String>,
}

/// What an operator can set, as the options and the environment name it.
const ALLOW_HTTP: &str = "mediaPolicy.allowHttp or X_MEDIA_ALLOW_HTTP=1";
const ALLOW_PRIVATE_NETWORKS: &str = "mediaPolicy.allowPrivateNetworks or X_MEDIA_ALLOW_PRIVATE_NETWORKS=1";
const ALLOW_BOTH: &str = "mediaPolicy.allowHttp with mediaPolicy.allowPrivateNetworks, or X_MEDIA_ALLOW_HTTP=1 with \
                          X_MEDIA_ALLOW_PRIVATE_NETWORKS=1,";
const ALLOWED_HOSTS: &str = "mediaPolicy.allowedHosts";

impl AddressRefusal {
    /// The rule, for example `a private network (RFC 1918)`.
    pub fn rule(&self) -> &'static str {
        self.rule
    }
}

impl fmt::Display for AddressRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "media may not come from {}", self.rule)?;
        if let Some(setting) = self.setting {
            write!(formatter, "; {setting} would allow it")?;
        }
        if let Some(alone) = &self.alone {
            write!(formatter, "; for this host alone {alone}")?;
        }
        Ok(())
    }
}

impl std::error::Error for AddressRefusal {}

const IPV4_RULES: &[(&str, &str)] = &[
    ("0.0.0.0/8", "this network (RFC 791)"),
    ("10.0.0.0/8", "a private network (RFC 1918)"),
    ("100.64.0.0/10", "a carrier's shared network (RFC 6598)"),
    ("127.0.0.0/8", "loopback"),
    ("168.63.129.16/32", "a cloud's host service"),
    ("169.254.0.0/16", "a link-local or metadata address (RFC 3927)"),
    ("172.16.0.0/12", "a private network (RFC 1918)"),
    ("192.0.0.0/24", "an IETF protocol assignment (RFC 6890)"),
    ("192.0.2.0/24", "a documentation network (RFC 5737)"),
    ("192.31.196.0/24", "an AS112 network (RFC 7535)"),
    ("192.52.193.0/24", "an AMT network (RFC 7450)"),
    ("192.88.99.0/24", "a 6to4 relay (RFC 7526)"),
    ("192.168.0.0/16", "a private network (RFC 1918)"),
    ("192.175.48.0/24", "an AS112 network (RFC 7534)"),
    ("198.18.0.0/15", "a benchmark network (RFC 2544)"),
    ("198.51.100.0/24", "a documentation network (RFC 5737)"),
    ("203.0.113.0/24", "a documentation network (RFC 5737)"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", "a reserved or broadcast address"),
];

/// The only IPv6 addresses that are routed on the internet.
const IPV6_GLOBAL: &str = "2000::/3";

const IPV6_RULES: &[(&str, &str)] = &[
    ("2001::/23", "an IETF protocol assignment such as Teredo (RFC 4380)"),
    ("2001:db8::/32", "a documentation network (RFC 3849)"),
    ("2002::/16", "a 6to4 network (RFC 3056)"),
    ("2620:4f:8000::/48", "an AS112 network (RFC 7534)"),
    ("3fff::/20", "a documentation network (RFC 9637)"),
];

/// Names that are refused with everything below them.
const NAME_RULES: &[(&str, &str)] = &[
    ("localhost", "loopback"),
    ("internal", "an internal name or metadata service"),
    ("metadata.goog", "an internal name or metadata service"),
    ("local", "a local name (RFC 6762)"),
];

/// RFC 1035 §2.3.4.
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

struct Tables {
    ipv4: Vec<(Ipv4Net, &'static str)>,
    ipv6: Vec<(Ipv6Net, &'static str)>,
    ipv6_global: Option<Ipv6Net>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    ipv4: IPV4_RULES.iter().filter_map(|(net, rule)| Some((net.parse().ok()?, *rule))).collect(),
    ipv6: IPV6_RULES.iter().filter_map(|(net, rule)| Some((net.parse().ok()?, *rule))).collect(),
    ipv6_global: IPV6_GLOBAL.parse().ok(),
});

/// Checks a URL before it is requested, at the start and after each redirect. Names are checked again as addresses
/// once they are resolved, by [`check_resolved`].
pub fn check_url(url: &Url, policy: &AddressPolicy) -> Result<(), AddressRefusal> {
    judge(url, policy).map_err(|refusal| AddressRefusal { alone: opened_alone(url, policy), ..refusal })
}

fn judge(url: &Url, policy: &AddressPolicy) -> Result<(), AddressRefusal> {
    let listing = listing(policy.allowed_hosts.as_deref(), url);
    let is_at_home = listing == Listing::Named && url.host().is_some_and(|host| is_loopback(&host));
    match url.scheme() {
        "https" => {}
        "http" if policy.allow_http || is_at_home => {}
        "http" => return refuse_unless(opened_by(url, policy), "a plain http URL"),
        _ => return refuse("a URL that is not https"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("a URL with a user name or password");
    }
    let Some(host) = url.host() else {
        // No parser gives such a URL of the web.
        return refuse("a URL without a host");
    };
    match listing {
        Listing::Not => return refuse_unless(ALLOWED_HOSTS, "a host that the operator did not list"),
        Listing::NoList
            if !policy.allow_private_networks && url.port_or_known_default() != default_port(url) =>
        {
            return refuse_unless(ALLOW_PRIVATE_NETWORKS, "a port other than the scheme's own");
        }
        Listing::NoList | Listing::Meant | Listing::Named => {}
    }
    let is_named = listing == Listing::Named;
    match host {
        Host::Ipv4(address) => check_address(IpAddr::V4(address), policy, is_named),
        Host::Ipv6(address) => check_address(IpAddr::V6(address), policy, is_named),
        Host::Domain(name) => check_name(name, policy, is_named),
    }
}

/// The settings that open this host and nothing else, if some do.
fn opened_alone(url: &Url, policy: &AddressPolicy) -> Option<String> {
    let entry = entry_for(url)?;
    let mut hosts = policy.allowed_hosts.clone().unwrap_or_else(|| vec!["*".to_owned()]);
    hosts.push(entry.clone());
    let listed = AddressPolicy { allowed_hosts: Some(hosts), ..policy.clone() };
    let how = match policy.allowed_hosts {
        Some(_) => format!("'{entry}' in {ALLOWED_HOSTS}"),
        None => format!("{ALLOWED_HOSTS}: ['*', '{entry}']"),
    };
    if judge(url, &listed).is_ok() {
        return Some(how);
    }
    let with_http = AddressPolicy { allow_http: true, ..listed };
    judge(url, &with_http).is_ok().then(|| format!("{how} with mediaPolicy.allowHttp"))
}

/// What a plain http URL needs, which often leads to a private network, too.
fn opened_by(url: &Url, policy: &AddressPolicy) -> &'static str {
    let with_http = AddressPolicy { allow_http: true, ..policy.clone() };
    match judge(url, &with_http) {
        Err(refusal) if refusal.setting == Some(ALLOW_PRIVATE_NETWORKS) => ALLOW_BOTH,
        _ => ALLOW_HTTP,
    }
}

/// Checks an address that is about to be connected to, for a name that [`check_url`] let pass.
pub fn check_resolved(name: &str, address: IpAddr, policy: &AddressPolicy) -> Result<(), AddressRefusal> {
    let is_named = is_named(policy.allowed_hosts.as_deref(), name);
    // Plain http was allowed to it because it does not leave the machine.
    if is_named && is_localhost(name) && !policy.allow_private_networks && !address.is_loopback() {
        return refuse("a name of this machine that leads elsewhere");
    }
    check_address(address, policy, is_named)
}

fn check_address(address: IpAddr, policy: &AddressPolicy, is_named: bool) -> Result<(), AddressRefusal> {
    if is_named && is_own_network(address) { Ok(()) } else { check_ip(address, policy) }
}

/// Checks an address by itself.
pub fn check_ip(address: IpAddr, policy: &AddressPolicy) -> Result<(), AddressRefusal> {
    if policy.allow_private_networks {
        return Ok(());
    }
    match address {
        IpAddr::V4(address) => check_ipv4(address),
        IpAddr::V6(address) => check_ipv6(address),
    }
}

fn check_ipv4(address: Ipv4Addr) -> Result<(), AddressRefusal> {
    match TABLES.ipv4.iter().find(|(net, _)| net.contains(&address)) {
        Some((_, rule)) => refuse_unless(ALLOW_PRIVATE_NETWORKS, rule),
        None => Ok(()),
    }
}

fn check_ipv6(address: Ipv6Addr) -> Result<(), AddressRefusal> {
    // Mapped, compatible, translated, NAT64, unique local, link-local and multicast all lie outside of 2000::/3.
    if !TABLES.ipv6_global.is_some_and(|net| net.contains(&address)) {
        return refuse_unless(
            ALLOW_PRIVATE_NETWORKS,
            "an IPv6 address that is not global unicast (loopback, private, mapped, NAT64, multicast)",
        );
    }
    match TABLES.ipv6.iter().find(|(net, _)| net.contains(&address)) {
        Some((_, rule)) => refuse_unless(ALLOW_PRIVATE_NETWORKS, rule),
        None => Ok(()),
    }
}

fn check_name(name: &str, policy: &AddressPolicy, is_named: bool) -> Result<(), AddressRefusal> {
    if policy.allow_private_networks {
        return Ok(());
    }
    // One dot at the end says that the name is whole.
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    if name.len() > MAX_NAME || name.split('.').any(|label| !(1..=MAX_LABEL).contains(&label.len())) {
        return refuse("a name that the DNS can't have");
    }
    if is_named {
        return Ok(());
    }
    let is_below =
        |suffix: &str| name.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    match NAME_RULES.iter().find(|(suffix, _)| is_below(suffix)) {
        Some((_, rule)) => refuse_unless(ALLOW_PRIVATE_NETWORKS, rule),
        None if !name.contains('.') => refuse_unless(ALLOW_PRIVATE_NETWORKS, "a name without a domain"),
        None => Ok(()),
    }
}

fn default_port(url: &Url) -> Option<u16> {
    match url.scheme() {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    }
}

fn refuse(rule: &'static str) -> Result<(), AddressRefusal> {
    Err(AddressRefusal { rule, setting: None, alone: None })
}

fn refuse_unless(setting: &'static str, rule: &'static str) -> Result<(), AddressRefusal> {
    Err(AddressRefusal { rule, setting: Some(setting), alone: None })
}

/// The URL leads to this machine. Names below `localhost` do not count: a resolver may send them elsewhere.
pub(crate) fn is_loopback_url(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests;
