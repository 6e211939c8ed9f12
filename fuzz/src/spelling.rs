//! Who a URL's text names, as the most lenient reader would have it: somebody who takes every spelling of an address
//! that a browser, a resolver or C's `inet_aton` has ever taken.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

/// The part of a URL between its scheme and its path.
#[derive(Debug)]
pub struct Authority {
    /// What stands before the last `@`.
    pub userinfo: Option<String>,
    /// The host in lower case, with escapes, wide letters and odd dots undone. Brackets are kept.
    pub host: String,
}

/// Finds the authority of an http or https URL.
pub fn authority(text: &str) -> Option<Authority> {
    let text = text.trim_matches(|letter: char| letter <= ' ');
    let text: String = text.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
    let (scheme, rest) = text.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.trim_start_matches(['/', '\\']);
    let rest = rest.split(['/', '\\', '?', '#']).next()?;
    let (userinfo, host) = match rest.rsplit_once('@') {
        Some((userinfo, host)) => (Some(userinfo.to_owned()), host),
        None => (None, rest),
    };
    let host = match host.find(']') {
        Some(end) if host.starts_with('[') => &host[..=end],
        _ => host.rsplit_once(':').map_or(host, |(host, _)| host),
    };
    Some(Authority { userinfo, host: folded(host) })
}

fn folded(host: &str) -> String {
    let host = percent_decode_str(host).decode_utf8_lossy();
    let host = host.chars().filter(|letter| !is_ignored(*letter)).nfkc().collect::<String>();
    host.to_lowercase().replace(['。', '．', '｡'], ".")
}

/// Letters that names are compared without.
fn is_ignored(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{2060}' | '\u{2064}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// An IPv4 address in any of the forms of `inet_aton`: one to four numbers, each decimal, octal or hexadecimal, the
/// last of which fills what is left. Dots after it do not count.
pub fn inet_aton(host: &str) -> Option<u32> {
    let numbers: Option<Vec<u64>> = host.trim_end_matches('.').split('.').map(number).collect();
    let numbers = numbers?;
    let (last, first) = numbers.split_last()?;
    if first.len() > 3 || first.iter().any(|number| *number > 255) {
        return None;
    }
    let room = 32 - 8 * first.len();
    if *last >= 1 << room {
        return None;
    }
    let high = first.iter().fold(0, |address, number| (address << 8) | number);
    u32::try_from((high << room) | last).ok()
}

fn number(text: &str) -> Option<u64> {
    let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (digits, radix) = match hexadecimal {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (&text[1..], 8),
        None => (text, 10),
    };
    if digits.is_empty() {
        return hexadecimal.map(|_| 0);
    }
    // A sign is no digit, though Rust's own parser takes one.
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u64::from_str_radix(digits, radix).ok())?
}
