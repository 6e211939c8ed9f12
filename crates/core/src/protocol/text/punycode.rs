//! The length of a domain label in its ASCII form (RFC 3492), which DNS bounds.

/// DNS allows no longer label (RFC 1035, section 2.3.4).
const MAX_LABEL: usize = 63;

/// Whether a label stays within the 63 octets of DNS once it is written in ASCII.
///
/// Ideographic and full-width full stops part a label further, as in IDNA, yet the whole has to fit.
pub(super) fn label_fits(label: &[u16]) -> bool {
    // No code point takes less than one octet, and a pair of units is one code point.
    if label.is_empty() || label.len() > 2 * MAX_LABEL {
        return false;
    }
    let is_separator = |unit: &u16| matches!(unit, 0x3002 | 0xFF0E | 0xFF61);
    let mut total = label.iter().filter(|unit| is_separator(unit)).count();
    for part in label.split(is_separator) {
        total += encoded_length(part);
    }
    total <= MAX_LABEL
}

fn encoded_length(part: &[u16]) -> usize {
    if part.iter().all(|unit| *unit < 0x80) {
        return part.len();
    }
    let points: Vec<u32> = char::decode_utf16(part.iter().copied())
        .map(|point| point.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from))
        .collect();
    let basic = points.iter().filter(|point| **point < 0x80).count();
    let delimiter = usize::from(basic > 0);
    "xn--".len() + basic + delimiter + extended_length(&points, basic)
}

/// The digits that the code points outside ASCII take: the encoding procedure of RFC 3492, section 6.3, counting
/// digits instead of writing them. The label has at most 126 units, so nothing overflows.
fn extended_length(points: &[u32], basic: usize) -> usize {
    let (mut digits, mut next, mut delta, mut bias) = (0, 0x80, 0_u32, 72);
    let mut handled = u32::try_from(basic).unwrap_or(u32::MAX);
    let mut first = true;
    while let Some(smallest) = points.iter().copied().filter(|point| *point >= next).min() {
        delta += (smallest - next) * (handled + 1);
        next = smallest;
        for point in points {
            if *point < next {
                delta += 1;
            } else if *point == next {
                digits += integer_digits(delta, bias);
                bias = adapt(delta, handled + 1, first);
                (delta, first) = (0, false);
                handled += 1;
            }
        }
        delta += 1;
        next += 1;
    }
    digits
}

fn integer_digits(mut value: u32, bias: u32) -> usize {
    let mut digits = 1;
    let mut position = 36_u32;
    loop {
        let threshold = position.saturating_sub(bias).clamp(1, 26);
        if value < threshold {
            return digits;
        }
        value = (value - threshold) / (36 - threshold);
        digits += 1;
        position += 36;
    }
}

/// The bias for the next integer (RFC 3492, section 6.1).
fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut steps = 0;
    while delta > 455 {
        delta /= 35;
        steps += 36;
    }
    steps + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests;
