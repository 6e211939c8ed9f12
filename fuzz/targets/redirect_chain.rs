//! A chain of redirects asks for no URL that the policy refuses, has at most so many hops, and stays where it is when
//! it can't go on. Lines: policy and number of hops, the URL, then each `Location`; `-` for an answer without one.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use support::line::assert_line;
use support::policy;
use twitter_native_core::protocol::redirects::{RedirectChain, RedirectError};
use url::Url;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    let mut lines = text.split('\n');
    let line = lines.next().unwrap_or_default();
    let policy = policy::read(line);
    let most = line.bytes().filter(|byte| *byte == b'>').count() as u32;
    let Ok(url) = Url::parse(lines.next().unwrap_or_default()) else {
        return Corpus::Keep;
    };
    let begun = RedirectChain::begin(url.clone(), &policy, most);
    assert_eq!(begun.is_ok(), policy::allows(&url, &policy));
    let Ok(mut chain) = begun else {
        return Corpus::Keep;
    };
    let mut hops = 0;
    for line in lines {
        let location = (line != "-").then_some(line);
        let before = chain.url().clone();
        let target = location.and_then(|location| before.join(location).ok());
        match chain.follow(location) {
            Ok(()) => {
                hops += 1;
                assert!(policy::allows(chain.url(), &policy), "{}", chain.url());
                assert_eq!(Some(chain.url()), target.as_ref());
            }
            Err(why) => {
                assert_eq!(*chain.url(), before);
                stopped(&why, hops == most, target.as_ref().map(|url| policy::allows(url, &policy)));
            }
        }
    }
    assert!(hops <= most);
    Corpus::Keep
});

/// It stopped for the reason that holds.
fn stopped(why: &RedirectError, is_used_up: bool, is_allowed: Option<bool>) {
    match why {
        RedirectError::TooMany => assert!(is_used_up),
        RedirectError::InvalidUrl => assert!(!is_used_up && is_allowed.is_none()),
        RedirectError::Refused { host, refusal } => {
            assert!(!is_used_up && is_allowed == Some(false));
            assert_line(host);
            assert_line(&refusal.to_string());
            assert!(host.len() <= 253, "{host}");
        }
    }
}
