//! The character classes of twitter-text's URL grammar, over UTF-16 code units.
//!
//! twitter-text matches without regard to case, so each class holds every unit that folds into it: that is why a
//! few letters far from the named blocks (`ι`, `ⱥ`) belong to the accented Latin ones.

/// Whether a unit may be in a domain label: anything but punctuation, spaces, direction marks and the
/// characters that no post may hold. Half a surrogate pair counts, `-` and `_` do not.
pub(super) fn is_domain(unit: u16) -> bool {
    !matches!(unit,
        0x09..=0x0D | 0x20..=0x21 | 0x23..=0x2F | 0x3A..=0x40 | 0x5B..=0x5F | 0x7B..=0x7E
        | 0x85 | 0xA0 | 0x061C | 0x1680 | 0x180E | 0x2000..=0x200A | 0x200E..=0x200F
        | 0x2028..=0x202F | 0x205F | 0x2066..=0x2069 | 0x3000 | 0xFEFF | 0xFFFE..=0xFFFF)
}

/// Whether a unit may be inside a domain label, where `-` and `_` join what [`is_domain`] allows.
pub(super) fn is_label(unit: u16) -> bool {
    is_domain(unit) || unit == HYPHEN || unit == UNDERSCORE
}

/// Whether a link may start right after this unit. E-mail addresses, hashtags and cashtags are kept out by it.
pub(super) fn precedes_url(unit: u16) -> bool {
    !matches!(unit,
        0x23..=0x24 | 0x30..=0x39 | 0x40..=0x5A | 0x61..=0x7A | 0xFF03 | 0xFF20)
        && !is_forbidden(unit)
}

/// Whether a link without a scheme is refused because of the unit right before it.
pub(super) fn spoils_bare_url(unit: u16) -> bool {
    matches!(unit, 0x2D..=0x2F | UNDERSCORE)
}

/// Whether a unit may be in the path of a link, outside its parentheses.
pub(super) fn is_path(unit: u16) -> bool {
    matches!(unit,
        0x21 | 0x23..=0x27 | 0x2A..=0x3B | 0x3D | 0x40..=0x5B | 0x5D | 0x5F | 0x61..=0x7A | 0x7C | 0x7E | 0x2013)
        || is_accented_latin(unit)
        || is_cyrillic(unit)
}

/// Whether a path may end with this unit; trailing punctuation is no part of a link.
pub(super) fn ends_path(unit: u16) -> bool {
    matches!(unit, 0x23 | 0x2B | 0x2D | 0x2F..=0x39 | 0x3D | 0x41..=0x5A | 0x5F | 0x61..=0x7A)
        || is_accented_latin(unit)
        || is_cyrillic(unit)
}

/// Whether a unit may be in the query of a link.
pub(super) fn is_query(unit: u16) -> bool {
    matches!(unit,
        0x21 | 0x23..=0x3B | 0x3D | 0x3F..=0x5B | 0x5D | 0x5F | 0x61..=0x7A | 0x7C | 0x7E)
}

/// Whether a query may end with this unit.
pub(super) fn ends_query(unit: u16) -> bool {
    matches!(unit, 0x23 | 0x26 | 0x2D | 0x2F..=0x39 | 0x3D | 0x41..=0x5A | 0x5F | 0x61..=0x7A)
}

/// Whether a unit may be in a label of a link without a scheme: ASCII or accented Latin.
pub(super) fn is_latin_label(unit: u16) -> bool {
    matches!(unit, 0x2D | 0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A) || is_accented_latin(unit)
}

/// Whether a post may not have this unit anywhere.
pub(super) fn is_forbidden(unit: u16) -> bool {
    matches!(unit, 0xFEFF | 0xFFFE | 0xFFFF)
}

/// Whether a unit is white space to twitter-text.
pub(super) fn is_space(unit: u16) -> bool {
    matches!(unit,
        0x09..=0x0D | 0x20 | 0x85 | 0xA0 | 0x1680 | 0x180E | 0x2000..=0x200A | 0x2028..=0x2029
        | 0x202F | 0x205F | 0x3000)
}

/// Whether a cashtag may end before this unit: ECMAScript's white space, or ASCII punctuation.
pub(super) fn is_cashtag_end(unit: u16) -> bool {
    matches!(unit,
        0x09..=0x0D | 0x20..=0x21 | 0x23..=0x2F | 0x3A..=0x40 | 0x5B..=0x5F | 0x7B..=0x7E
        | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028..=0x2029 | 0x202F | 0x205F | 0x3000 | 0xFEFF)
}

/// Whether a unit is an ASCII digit.
pub(super) fn is_digit(unit: u16) -> bool {
    matches!(unit, 0x30..=0x39)
}

/// Whether a unit is an ASCII letter or digit.
pub(super) fn is_alphanumeric(unit: u16) -> bool {
    matches!(unit, 0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A)
}

pub(super) const HYPHEN: u16 = 0x2D;
pub(super) const DOT: u16 = 0x2E;
pub(super) const UNDERSCORE: u16 = 0x5F;

fn is_accented_latin(unit: u16) -> bool {
    matches!(unit,
        0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x253..=0x254 | 0x256..=0x257 | 0x259 | 0x25B
        | 0x260 | 0x263 | 0x268..=0x269 | 0x26F | 0x272 | 0x275 | 0x280 | 0x283 | 0x288..=0x28C
        | 0x292 | 0x2BB | 0x300..=0x36F | 0x399 | 0x3B9 | 0x1E00..=0x1EFF | 0x1FBE
        | 0x2C65..=0x2C66 | 0x2C7E..=0x2C7F | 0xA7DC)
}

fn is_cyrillic(unit: u16) -> bool {
    matches!(unit, 0x400..=0x4FF | 0x1C80..=0x1C87)
}
