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
        assert!(check_ipv4(net.network()).is_err() && check_ipv4(net.broadcast()).is_err(), "{net} {rule}");
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
    for url in ["https://example.com/", "https://badexample.com/", "https://media.test/", "https://x.test/"] {
        assert!(check(url, &narrow).is_err(), "{url}");
    }
    // Nor is another protocol the host's.
    for url in ["ftp://cdn.example.com/", "wss://media.test:8443/"] {
        assert_eq!(check(url, &narrow).unwrap_err().rule(), "a URL that is not https", "{url}");
    }
    // A listed host is still checked for where it lies.
    assert!(check("https://10.0.0.1/", &narrow).is_err());
}

fn listing(hosts: &[&str]) -> AddressPolicy {
    let allowed_hosts = Some(hosts.iter().map(|host| (*host).to_owned()).collect());
    AddressPolicy { allowed_hosts, ..AddressPolicy::default() }
}

#[test]
fn a_host_that_is_named_with_its_port_may_lie_anywhere_of_ones_own() {
    let own = listing(&[
        "*",
        "localhost:9000",
        "minio.example.com:9000",
        "10.0.0.5:9000",
        "[::1]:9000",
        "[fd12::5]:9000",
    ]);
    for url in [
        "http://localhost:9000/static/a.png",
        "http://LOCALHOST.:9000/static/a.png",
        "http://[::1]:9000/a.png",
        "https://minio.example.com:9000/a.png",
        "https://10.0.0.5:9000/a.png",
        "https://[fd12::5]:9000/a.png",
        "https://cdn.example.com/a.png",
    ] {
        assert_eq!(check(url, &own), Ok(()), "{url}");
    }
    for url in [
        "http://localhost:9001/",
        "https://localhost/",
        "http://127.0.0.1:9000/",
        "http://[::ffff:127.0.0.1]:9000/",
        "http://10.0.0.5:9000/",
        "http://cdn.example.com/",
        "https://cdn.example.com:9000/",
        "https://minio.example.com/",
        "https://10.0.0.5/",
        "https://10.0.0.6:9000/",
        "https://user@minio.example.com:9000/",
    ] {
        assert!(check(url, &own).is_err(), "{url}");
    }
    let with_http = AddressPolicy { allow_http: true, ..listing(&["minio:9000"]) };
    assert_eq!(check("http://minio:9000/a.png", &with_http), Ok(()));
}

#[test]
fn no_list_opens_a_metadata_service_or_a_wildcard_a_private_network() {
    for host in
        ["169.254.169.254", "168.63.129.16", "0.0.0.0", "224.0.0.1", "[fe80::1]", "[fd00:ec2::254]", "[::]"]
    {
        assert!(check(&format!("https://{host}:80/"), &listing(&[&format!("{host}:80")])).is_err(), "{host}");
    }
    for (hosts, url) in [
        ("*:9000", "https://10.0.0.5:9000/"),
        ("*", "https://localhost/"),
        ("*.local:9000", "https://minio.local:9000/"),
        ("localhost", "https://localhost/"),
        ("localhost:99999", "https://localhost:9000/"),
    ] {
        assert!(check(url, &listing(&[hosts])).is_err(), "{hosts} {url}");
    }
    assert_eq!(check("https://cdn.example.com:9000/", &listing(&["*:9000"])), Ok(()));
}

#[test]
fn a_named_host_resolves_to_ones_own_network_and_no_further() {
    let own = listing(&["*", "minio.example.com:9000", "localhost:9000"]);
    let resolved = |name: &str, address: &str| check_resolved(name, address.parse().unwrap(), &own);
    for address in ["10.0.0.5", "127.0.0.1", "::1", "fd12::5", "192.168.1.1", "100.64.0.1", "203.0.114.1"] {
        assert_eq!(resolved("Minio.example.com.", address), Ok(()), "{address}");
    }
    for address in
        ["169.254.169.254", "168.63.129.16", "fe80::1", "fd00:ec2::254", "0.0.0.0", "::ffff:127.0.0.1"]
    {
        assert!(resolved("minio.example.com", address).is_err(), "{address}");
    }
    assert!(resolved("cdn.example.com", "10.0.0.5").is_err());
    assert_eq!(resolved("localhost", "::1"), Ok(()));
    // Else plain http would leave the machine.
    assert!(resolved("localhost", "10.0.0.5").is_err() && resolved("localhost", "203.0.114.1").is_err());
}

#[test]
fn a_refusal_says_what_would_allow_this_host_alone() {
    let message = |url: &str, policy: &AddressPolicy| check(url, policy).unwrap_err().to_string();
    let none = AddressPolicy::default();
    for (url, alone) in [
        (
            "http://localhost:9000/static/a.png",
            "for this host alone mediaPolicy.allowedHosts: ['*', 'localhost:9000']",
        ),
        (
            "https://minio.example.com:9000/a",
            "for this host alone mediaPolicy.allowedHosts: ['*', 'minio.example.com:9000']",
        ),
        ("https://10.0.0.5/a", "for this host alone mediaPolicy.allowedHosts: ['*', '10.0.0.5:443']"),
        ("http://minio:9000/a", "mediaPolicy.allowedHosts: ['*', 'minio:9000'] with mediaPolicy.allowHttp"),
    ] {
        let message = message(url, &none);
        assert!(message.ends_with(alone) && message.contains("would allow it; "), "{message}");
    }
    let listed = message("https://minio.example.com:9000/a", &listing(&["*"]));
    assert!(listed.ends_with("'minio.example.com:9000' in mediaPolicy.allowedHosts"), "{listed}");
    for url in
        ["https://169.254.169.254/", "https://user@cdn.example.com/", "ftp://cdn.example.com/", "data:,x"]
    {
        assert!(!message(url, &none).contains("for this host alone"), "{url}");
    }
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

#[test]
fn what_leads_to_this_machine_says_so_by_itself() {
    let is_loopback = |url: &str| is_loopback_url(&Url::parse(url).unwrap());
    for url in ["http://localhost:9000/", "https://127.8.0.1/", "http://[::1]/"] {
        assert!(is_loopback(url), "{url}");
    }
    for url in
        ["https://api.localhost/", "https://10.0.0.1/", "https://[::2]/", "mailto:me@localhost", "data:,x"]
    {
        assert!(!is_loopback(url), "{url}");
    }
}
