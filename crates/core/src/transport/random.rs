//! Randomness from the operating system.

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

/// Up to 64 letters and digits, each equally likely: enough for nonces and multipart boundaries.
pub(crate) fn alphanumeric(length: usize) -> Result<String, Error> {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        // 248 is the largest multiple of 62 in a byte; what lies above would favour the first letters.
        let drawn = bytes::<64>()?;
        text.extend(
            drawn
                .iter()
                .filter(|byte| **byte < 248)
                .filter_map(|byte| ALPHANUMERIC.get(usize::from(byte % 62)))
                .map(|byte| char::from(*byte))
                .take(length - text.len()),
        );
    }
    Ok(text)
}

/// A number in 0..1 for the jitter of a back-off. Falls to the middle when the system has no randomness, since
/// a back-off must not fail.
pub(crate) fn jitter() -> f64 {
    bytes::<4>().map_or(0.5, |drawn| f64::from(u32::from_le_bytes(drawn)) / (f64::from(u32::MAX) + 1.0))
}
