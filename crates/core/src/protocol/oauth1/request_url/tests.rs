#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::protocol::form::decode_form_bytes;

proptest! {
    /// What is taken for plain has the parts that a parser finds.
    #[test]
    fn plain_urls_are_what_a_parser_makes_of_them(
        url in "https?://[a-zA-Z0-9.:@-]{0,12}(xn--)?[a-z0-9.-]{0,8}(/[!-~ é]{0,12}){0,2}(\\?[!-~ ]{0,12})?(#[!-~]{0,4})?"
    ) {
        let Some(quick) = plain(&url) else { return Ok(()) };
        let slow = parsed(&Url::parse(&url).unwrap(), &url).unwrap();
        prop_assert_eq!(&quick.base, &slow.base);
        let pairs = |parts: &Parts<'_>| parts.query.as_deref().map(decode_form_bytes);
        prop_assert_eq!(pairs(&quick), pairs(&slow));
    }
}

#[test]
fn most_urls_are_plain() {
    let parts = plain("https://api.x.com/2/tweets?ids=20#there").unwrap();
    assert_eq!((&*parts.base, parts.query.as_deref()), ("https://api.x.com/2/tweets", Some("ids=20")));
    for other in [
        "https://127.0.0.1/",
        "https://api.x.com",
        "https://api.x.com:80/",
        "https://a@b.c/",
        "https://X.com/",
    ] {
        assert_eq!(plain(other), None, "{other}");
    }
}
