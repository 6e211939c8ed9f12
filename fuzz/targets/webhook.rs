//! Webhooks: exactly one signature of a body is right, it agrees with another library's HMAC, and no challenge is
//! answered whose answer could sign an event. Lines: secret, header, then the body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use support::input::first_line_of_bytes;
use support::mac::hmac_sha256;
use twitter_native_core::protocol::webhook::{crc_response, verify_signature};

fuzz_target!(|bytes: &[u8]| {
    let (secret, rest) = first_line_of_bytes(bytes);
    let (header, body) = first_line_of_bytes(rest);
    let (secret, header) = (String::from_utf8_lossy(secret), String::from_utf8_lossy(header));
    let right = format!("sha256={}", hmac_sha256(secret.as_bytes(), body));

    assert_eq!(verify_signature(body, &header, &secret), header == right);
    assert!(verify_signature(body, &right, &secret));
    for wrong in [&right[1..], &right[..right.len() - 1], &format!("{right} "), &right.to_uppercase()] {
        assert!(!verify_signature(body, wrong, &secret), "{wrong}");
    }
    if let Some((first, rest)) = body.split_first() {
        assert!(!verify_signature(&[&[first ^ 1], rest].concat(), &right, &secret));
        assert!(!verify_signature(rest, &right, &secret));
    }

    for challenge in [&*header, &String::from_utf8_lossy(body)] {
        let is_word = challenge.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
        let answer = crc_response(challenge, &secret);
        assert_eq!(answer.is_some(), is_word && (1..=128).contains(&challenge.len()), "{challenge:?}");
        if let Some(answer) = answer {
            assert!(verify_signature(challenge.as_bytes(), &answer, &secret));
        }
    }
});
