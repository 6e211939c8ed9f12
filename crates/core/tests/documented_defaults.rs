//! napi takes a field's `@default` from its comment, so nothing but this ties it to what happens without the field.
#![allow(clippy::unwrap_used, clippy::panic)]

use twitter_native_core::config::{ClientConfig, ClientSettings};
use twitter_native_core::protocol::cost::Prices;

/// The first word after the `@default` of a field.
fn documented<'a>(source: &'a str, field: &str) -> &'a str {
    let declared =
        source.find(&format!("pub {field}: Option<")).unwrap_or_else(|| panic!("no field {field}"));
    let before = &source[..declared];
    let comment = before.rfind("/// @default ").unwrap_or_else(|| panic!("{field} has no @default"));
    let (default, rest) = before[comment + "/// @default ".len()..].split_once('\n').unwrap();
    assert!(!rest.contains("pub "), "{field} has no @default");
    default.split([' ', ',']).next().unwrap()
}

#[test]
fn a_client_without_options_has_those_that_its_types_document() {
    let source = include_str!("../../../src/input/client.rs");
    let config = ClientConfig::resolve(&ClientSettings::default()).unwrap();
    let actual = [
        ("max_attempts", config.retry.max_attempts.to_string()),
        ("base_delay_ms", config.retry.base_delay_ms.to_string()),
        ("max_delay_ms", config.retry.max_delay_ms.to_string()),
        ("max_wait_ms", config.retry.max_rate_limit_wait_ms.to_string()),
        ("budget", config.retry_budget.to_string()),
        ("concurrency", config.upload.concurrency.to_string()),
        ("max_buffered_bytes", config.upload.max_buffered_bytes.to_string()),
        ("process_buffered_bytes", config.upload.process_buffered_bytes.to_string()),
        ("allow_http", config.media_policy.addresses.allow_http.to_string()),
        ("allow_private_networks", config.media_policy.addresses.allow_private_networks.to_string()),
        ("max_bytes", config.media_policy.max_bytes.to_string()),
        ("max_redirects", config.media_policy.max_redirects.to_string()),
        ("connect_timeout_ms", config.connect_timeout.as_millis().to_string()),
        ("request_timeout_ms", config.request_timeout.as_millis().to_string()),
    ];
    for (field, value) in &actual {
        assert_eq!(documented(source, field), value, "{field}");
    }
    // Three more are addresses of X, after a variable of the environment.
    assert_eq!(source.matches("@default").count(), actual.len() + 3);
}

#[test]
fn prices_without_options_are_those_that_their_types_document() {
    let source = include_str!("../../../src/input/cost.rs");
    let prices = Prices::default();
    for (field, price) in [
        ("post", prices.post),
        ("post_with_link", prices.post_with_link),
        ("summoned_reply", prices.summoned_reply),
        ("alt_text", prices.alt_text),
        ("subtitles", prices.subtitles),
        ("media_upload", prices.media_upload),
        ("post_read", prices.post_read),
        ("owned_read", prices.owned_read),
        ("user_read", prices.user_read),
        ("delete", prices.delete),
        ("event", prices.event),
    ] {
        assert_eq!(documented(source, field), price.dollars().to_string(), "{field}");
    }
}
