//! Randomness from the operating system.

use std::cell::RefCell;

use crate::error::Error;
use crate::error_code::ErrorCode;

const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Fills an array from the operating system's random source.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut buffer = [0; N];
    match getrandom::fill(&mut buffer) {
        Ok(()) => Ok(buffer),
        Err(cause) => {
            Err(Error::new(ErrorCode::Internal, "the operating system gave no random bytes")
                .with_cause(cause))
        }
    }
}

/// Up to 64 letters and digits, each equally likely: enough for names and multipart boundaries.
pub(crate) fn alphanumeric(length: usize) -> Result<String, Error> {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        append(&mut text, length, &bytes::<64>()?);
    }
    Ok(text)
}

/// Appends one letter or digit for each byte, but for some, until the text is so long.
fn append(text: &mut String, length: usize, drawn: &[u8]) {
    // 248 is the largest multiple of 62 in a byte; what lies above would favour the first letters.
    let letters = drawn.iter().filter(|byte| **byte < 248);
    let letters = letters.filter_map(|byte| ALPHANUMERIC.get(usize::from(byte % 62)));
    text.extend(letters.map(|byte| char::from(*byte)).take(length.saturating_sub(text.len())));
}

/// A nonce of 32 hexadecimal digits. It has to be unique and is no secret, so the system is asked for many at once: a
/// call for each would take as long as the signature.
pub(crate) fn nonce() -> Result<String, Error> {
    const DRAWN: usize = 16;
    thread_local! {
        static POOL: RefCell<(usize, [u8; 1024])> = const { RefCell::new((1024, [0; 1024])) };
    }
    POOL.with_borrow_mut(|(at, pool)| {
        if *at >= pool.len() {
            (*at, *pool) = (0, bytes()?);
        }
        let drawn = pool.iter().skip(*at).take(DRAWN);
        let mut text = String::with_capacity(2 * DRAWN);
        text.extend(drawn.flat_map(|byte| [byte >> 4, byte & 0xf]).map(hex_digit));
        *at += DRAWN;
        Ok(text)
    })
}

fn hex_digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('0')
}

/// A number in 0..1 for the jitter of a back-off. Falls to the middle when the system has no randomness, since
/// a back-off must not fail.
pub(crate) fn jitter() -> f64 {
    bytes::<4>().map_or(0.5, |drawn| f64::from(u32::from_le_bytes(drawn)) / (f64::from(u32::MAX) + 1.0))
}
