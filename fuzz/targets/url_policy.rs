//! Which URLs and addresses media may come from: judged a second time from the specifications, and a third time by the
//! most lenient reading of the URL's text, since whoever it is handed to may read it so.
#![no_main]

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use libfuzzer_sys::{Corpus, fuzz_target};
use support::input::first_line;
use support::spelling::{self, inet_aton};
use support::{policy, ranges};
use twitter_native_core::protocol::addresses::{AddressPolicy, check_ip, check_url};
use url::Url;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    addresses(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Keep;
    };
    let (line, text) = first_line(text);
    let policy = policy::read(line);
    if let Ok(url) = Url::parse(text) {
        let judgement = check_url(&url, &policy);
        assert_eq!(judgement.is_ok(), policy::allows(&url, &policy), "{url} {policy:?}: {judgement:?}");
        // Whoever asks for nothing gets the narrowest rules.
        if check_url(&url, &AddressPolicy::default()).is_ok() {
            lenient(text);
            assert_eq!((url.scheme(), url.port()), ("https", None));
        }
    }
    Corpus::Keep
});

/// What is allowed names a public host by every reading.
fn lenient(text: &str) {
    let Some(authority) = spelling::authority(text) else {
        panic!("{text:?} has no authority that could be found");
    };
    assert_eq!(
        authority.userinfo.filter(|userinfo| !matches!(userinfo.as_str(), "" | ":")),
        None,
        "{text:?}"
    );
    let host = authority.host.as_str();
    if let Some(address) = inet_aton(host) {
        assert!(ranges::is_public_v4(address), "{text:?} is {}", Ipv4Addr::from_bits(address));
    }
    let name = host.trim_end_matches('.');
    let is_local =
        ["localhost", "local", "internal"].iter().any(|last| name.rsplit('.').next() == Some(last));
    assert!(!is_local, "{text:?}");
}

/// The first bytes as addresses.
fn addresses(bytes: &[u8]) {
    let default = AddressPolicy::default();
    let open = AddressPolicy { allow_private_networks: true, ..AddressPolicy::default() };
    if let Some(four) = bytes.first_chunk::<4>() {
        let bits = u32::from_be_bytes(*four);
        let address = IpAddr::V4(Ipv4Addr::from_bits(bits));
        assert_eq!(check_ip(address, &default).is_ok(), ranges::is_public_v4(bits), "{address}");
        assert!(check_ip(address, &open).is_ok());
    }
    if let Some(sixteen) = bytes.first_chunk::<16>() {
        let bits = u128::from_be_bytes(*sixteen);
        let address = IpAddr::V6(Ipv6Addr::from_bits(bits));
        assert_eq!(check_ip(address, &default).is_ok(), ranges::is_public_v6(bits), "{address}");
        assert!(check_ip(address, &open).is_ok());
    }
}
