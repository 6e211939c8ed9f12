//! Which addresses media may come from.
//!
//! A URL that a shop's staff types is fetched by a server, so it must not lead into the server's own networks:
//! not by name, not by literal in any spelling, not after a redirect. The tables are IANA's special-purpose
//! registries (RFC 6890 and its updates) and the metadata services of clouds.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use ipnet::{Ipv4Net, Ipv6Net};
use url::{Host, Url};

/// What an operator allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AddressPolicy {
    /// Private, loopback and other special networks.
    pub allow_private_networks: bool,
    /// Plain http.
    pub allow_http: bool,
    /// Only these hosts: an exact name or `*.example.com`, each with an optional `:port`.
    pub allowed_hosts: Option<Vec<String>>,
}

/// Why an address may not be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRefusal {
    rule: &'static str,
    setting: Option<&'static str>,
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

    /// The setting that would allow it, if there is one.
    pub fn setting(&self) -> Option<&'static str> {
        self.setting
    }
}

impl fmt::Display for AddressRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "media may not come from {}", self.rule)?;
        match self.setting {
            Some(setting) => write!(formatter, "; {setting} would allow it"),
            None => Ok(()),
        }
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
/// once they are resolved, by [`check_ip`].
pub fn check_url(url: &Url, policy: &AddressPolicy) -> Result<(), AddressRefusal> {
    match url.scheme() {
        "https" => {}
        "http" if policy.allow_http => {}
        "http" => return refuse_unless(opened_by(url, policy), "a plain http URL"),
        _ => return refuse("a URL that is not https"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("a URL with a user name or password");
    }
    let Some(host) = url.host() else {
        return refuse("a URL without a host");
    };
    if let Some(allowed) = &policy.allowed_hosts {
        if !allowed.iter().any(|pattern| host_matches(pattern, url)) {
            return refuse_unless(ALLOWED_HOSTS, "a host that the operator did not list");
        }
    } else if !policy.allow_private_networks && url.port_or_known_default() != default_port(url) {
        return refuse_unless(ALLOW_PRIVATE_NETWORKS, "a port other than the scheme's own");
    }
    match host {
        Host::Ipv4(address) => check_ip(IpAddr::V4(address), policy),
        Host::Ipv6(address) => check_ip(IpAddr::V6(address), policy),
        Host::Domain(name) => check_name(name, policy),
    }
}

/// What a plain http URL needs, which often leads to a private network, too.
fn opened_by(url: &Url, policy: &AddressPolicy) -> &'static str {
    let with_http = AddressPolicy { allow_http: true, ..policy.clone() };
    match check_url(url, &with_http) {
        Err(refusal) if refusal.setting == Some(ALLOW_PRIVATE_NETWORKS) => ALLOW_BOTH,
        _ => ALLOW_HTTP,
    }
}

/// Checks an address that is about to be connected to.
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

fn check_name(name: &str, policy: &AddressPolicy) -> Result<(), AddressRefusal> {
    if policy.allow_private_networks {
        return Ok(());
    }
    // One dot at the end says that the name is whole.
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    if name.len() > MAX_NAME || name.split('.').any(|label| !(1..=MAX_LABEL).contains(&label.len())) {
        return refuse("a name that the DNS can't have");
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

/// A listed host means its scheme's own port, unless the entry names one.
fn host_matches(pattern: &str, url: &Url) -> bool {
    let (pattern, port) = match pattern.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => {
            (name, port.parse().ok())
        }
        _ => (pattern, default_port(url)),
    };
    if url.port_or_known_default() != port {
        return false;
    }
    let Some(host) = url.host_str() else {
        return false;
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let pattern = pattern.to_ascii_lowercase();
    match pattern.strip_prefix("*.") {
        Some(domain) => host.strip_suffix(domain).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        None => host == pattern,
    }
}

fn refuse(rule: &'static str) -> Result<(), AddressRefusal> {
    Err(AddressRefusal { rule, setting: None })
}

fn refuse_unless(setting: &'static str, rule: &'static str) -> Result<(), AddressRefusal> {
    Err(AddressRefusal { rule, setting: Some(setting) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use proptest::prelude::*;

    use super::*;

    fn check(url: &str, policy: &AddressPolicy) -> Result<(), AddressRefusal> {
        check_url(&Url::parse(url).unwrap(), policy)
    }

    fn refused(url: &str) -> bool {
        // What no parser takes can't be requested either.
        Url::parse(url).map_or(true, |url| check_url(&url, &AddressPolicy::default()).is_err())
    }

    #[test]
    fn every_table_entry_is_a_network() {
        assert_eq!(TABLES.ipv4.len(), IPV4_RULES.len());
        assert_eq!(TABLES.ipv6.len(), IPV6_RULES.len());
        assert!(TABLES.ipv6_global.is_some());
    }

    #[test]
    fn loopback_is_refused_in_every_spelling() {
        for host in [
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "127.1",
            "0",
            "127.0.0.1.",
            "[::ffff:127.0.0.1]",
            "[::1]",
            "[::]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "x@127.0.0.1",
            "１２７.０.０.１",
            "0x7f000001",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "a.localhost",
            "①②⑦.0.0.1",
        ] {
            assert!(refused(&format!("https://{host}/a.png")), "{host}");
        }
    }

    #[test]
    fn names_of_internal_networks_are_refused() {
        for host in [
            "metadata.google.internal",
            "printer.local",
            "redis",
            "db.prod.internal.",
            "metadata.goog",
            "a.metadata.goog.",
        ] {
            assert!(refused(&format!("https://{host}/a.png")), "{host}");
        }
        assert!(!refused("https://notmetadata.goog/") && !refused("https://internal.example/"));
    }

    #[test]
    fn names_that_no_resolver_should_be_asked_for_are_refused() {
        let (label, name) = ("a".repeat(64), "abcdefg.".repeat(32));
        for host in [
            "127.0.0.1..",
            "localhost..",
            "a..example.com",
            ".example.com",
            &format!("{label}.com"),
            &format!("{name}com"),
        ] {
            assert!(refused(&format!("https://{host}/a.png")), "{host}");
        }
        let longest = format!("https://{}.{}com./", "a".repeat(63), "abcdefg.".repeat(22));
        assert_eq!(check(&longest, &AddressPolicy::default()), Ok(()));
    }

    #[test]
    fn the_edges_of_each_network_are_refused_and_their_neighbours_are_not() {
        for (net, rule) in &TABLES.ipv4 {
            assert!(
                check_ipv4(net.network()).is_err() && check_ipv4(net.broadcast()).is_err(),
                "{net} {rule}"
            );
        }
        for address in [
            "1.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "168.63.129.15",
        ] {
            assert_eq!(check_ipv4(address.parse().unwrap()), Ok(()), "{address}");
        }
        for address in
            ["fc00::1", "fe80::1", "fec0::1", "ff02::1", "100::1", "64:ff9b:1::1", "2001::1", "2002::1"]
        {
            assert!(check_ipv6(address.parse().unwrap()).is_err(), "{address}");
        }
        assert_eq!(check_ipv6("2606:4700::1111".parse().unwrap()), Ok(()));
    }

    #[test]
    fn only_https_on_its_port_and_without_userinfo() {
        assert_eq!(check("https://cdn.example.com/a.png", &AddressPolicy::default()), Ok(()));
        for url in [
            "http://cdn.example.com/",
            "https://cdn.example.com:8443/",
            "https://user@cdn.example.com/",
            "https://:pw@cdn.example.com/",
            "ftp://cdn.example.com/",
            "file:///etc/passwd",
            "data:image/png,x",
        ] {
            assert!(refused(url), "{url}");
        }
    }

    #[test]
    fn an_operator_can_open_and_narrow() {
        let open = AddressPolicy { allow_private_networks: true, allow_http: true, allowed_hosts: None };
        assert_eq!(check("http://127.0.0.1:4000/a.png", &open), Ok(()));
        let narrow = AddressPolicy {
            allowed_hosts: Some(vec!["*.example.com".into(), "media.test:8443".into(), "10.0.0.1".into()]),
            ..AddressPolicy::default()
        };
        assert_eq!(check("https://cdn.example.com/", &narrow), Ok(()));
        assert_eq!(check("https://media.test:8443/", &narrow), Ok(()));
        for url in
            ["https://example.com/", "https://badexample.com/", "https://media.test/", "https://x.test/"]
        {
            assert!(check(url, &narrow).is_err(), "{url}");
        }
        // A listed host is still checked for where it lies.
        assert!(check("https://10.0.0.1/", &narrow).is_err());
    }

    proptest! {
        #[test]
        fn what_is_refused_as_ipv4_is_refused_inside_ipv6(bits in any::<u32>()) {
            let address = Ipv4Addr::from(bits);
            let [a, b, c, d] = address.octets();
            let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            for embedded in [
                address.to_ipv6_mapped(),
                Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
            ] {
                prop_assert!(check_ipv6(embedded).is_err());
            }
        }
    }
}
