//! The emoji that twitter-text 3.1.0 counts as one character, as published with twemoji-parser 11.0.2 (Emoji 11).
//!
//! The tables are frozen on purpose: X counts by that library, which gives newer sequences the weight of their parts.

/// Emoji joined with U+200D that follow no rule; where one begins like another, the longer one comes first.
pub(super) const JOINED: &[&str] = &[
    "\u{1F468}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F48B}\u{200D}\u{1F468}",
    "\u{1F468}\u{200D}\u{1F468}\u{200D}\u{1F466}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F468}\u{200D}\u{1F467}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F468}\u{200D}\u{1F467}\u{200D}\u{1F467}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F466}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F467}",
    "\u{1F469}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F48B}\u{200D}\u{1F468}",
    "\u{1F469}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F48B}\u{200D}\u{1F469}",
    "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F466}\u{200D}\u{1F466}",
    "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}",
    "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F467}",
    "\u{1F468}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F468}",
    "\u{1F468}\u{200D}\u{1F466}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F467}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F467}\u{200D}\u{1F467}",
    "\u{1F468}\u{200D}\u{1F468}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F468}\u{200D}\u{1F467}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "\u{1F469}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F468}",
    "\u{1F469}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F469}",
    "\u{1F469}\u{200D}\u{1F466}\u{200D}\u{1F466}",
    "\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}",
    "\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F467}",
    "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F466}",
    "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}",
    "\u{1F3F4}\u{200D}\u{2620}\u{FE0F}",
    "\u{1F441}\u{200D}\u{1F5E8}",
    "\u{1F468}\u{200D}\u{1F466}",
    "\u{1F468}\u{200D}\u{1F467}",
    "\u{1F469}\u{200D}\u{1F466}",
    "\u{1F469}\u{200D}\u{1F467}",
    "\u{1F46F}\u{200D}\u{2640}\u{FE0F}",
    "\u{1F46F}\u{200D}\u{2642}\u{FE0F}",
    "\u{1F93C}\u{200D}\u{2640}\u{FE0F}",
    "\u{1F93C}\u{200D}\u{2642}\u{FE0F}",
    "\u{1F9DE}\u{200D}\u{2640}\u{FE0F}",
    "\u{1F9DE}\u{200D}\u{2642}\u{FE0F}",
    "\u{1F9DF}\u{200D}\u{2640}\u{FE0F}",
    "\u{1F9DF}\u{200D}\u{2642}\u{FE0F}",
];

/// For the regional indicators A to Z, the letters that make a flag with them.
pub(super) const FLAGS: [&str; 26] = [
    "CDEFGILMOQRSTUWXZ",
    "ABDEFGHIJLMNOQRSTVWYZ",
    "ACDFGHIKLMNOPRUVWXYZ",
    "EGJKMOZ",
    "ACEGHRSTU",
    "IJKMOR",
    "ABDEFGHILMNPQRSTUWY",
    "KMNRTU",
    "CDELMNOQRST",
    "EMOP",
    "EGHIMNPRWYZ",
    "ABCIKRSTUVY",
    "ACDEFGHKLMNOPQRSTUVWXYZ",
    "ACEFGILOPRUZ",
    "M",
    "AEFGHKLMNRSTWY",
    "A",
    "EOSUW",
    "ABCDEGHIJKLMNORSTVXYZ",
    "ACDFGHJKLMNORTVWZ",
    "AGMNSYZ",
    "ACEGINU",
    "FS",
    "K",
    "ET",
    "AMW",
];

/// The tags of the flags of England, Scotland and Wales, as the ASCII letters that they mirror.
pub(super) const SUBDIVISIONS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];

/// Whether an emoji is in [`JOINED`] as the first of a sequence.
pub(super) fn starts_joined(point: u32) -> bool {
    matches!(point, 0x1F3F3 | 0x1F3F4 | 0x1F441 | 0x1F468 | 0x1F469 | 0x1F46F | 0x1F93C | 0x1F9DE | 0x1F9DF)
}

/// Whether a man or a woman joined with the emoji is one emoji.
pub(super) fn is_profession(point: u32) -> bool {
    matches!(
        point,
        0x1F33E
            | 0x1F373
            | 0x1F393
            | 0x1F3A4
            | 0x1F3A8
            | 0x1F3EB
            | 0x1F3ED
            | 0x1F4BB
            | 0x1F4BC
            | 0x1F527
            | 0x1F52C
            | 0x1F680
            | 0x1F692
            | 0x1F9B0..=0x1F9B3
    )
}

/// As [`is_profession`], with the variation selector U+FE0F after it.
pub(super) fn is_profession_symbol(point: u32) -> bool {
    matches!(point, 0x2695 | 0x2696 | 0x2708)
}

/// Whether a gender may be joined to the emoji, with a skin tone before it or not.
pub(super) fn takes_gender(point: u32) -> bool {
    matches!(point,
        0x1F3C3 | 0x1F3C4 | 0x1F3CA | 0x1F46E | 0x1F471 | 0x1F473 | 0x1F477 | 0x1F481 | 0x1F482
        | 0x1F486 | 0x1F487 | 0x1F645..=0x1F647 | 0x1F64B | 0x1F64D | 0x1F64E | 0x1F6A3
        | 0x1F6B4..=0x1F6B6 | 0x1F926 | 0x1F935 | 0x1F937..=0x1F939 | 0x1F93D | 0x1F93E | 0x1F9B8
        | 0x1F9B9 | 0x1F9D6..=0x1F9DD)
}

/// Whether a gender may be joined to the emoji, after a skin tone or U+FE0F only.
pub(super) fn takes_gender_modified(point: u32) -> bool {
    matches!(point, 0x26F9 | 0x1F3CB | 0x1F3CC | 0x1F574 | 0x1F575)
}

/// Whether the character is an emoji together with U+FE0F.
pub(super) fn takes_variation(point: u32) -> bool {
    matches!(point,
        0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2194..=0x2199 | 0x21A9 | 0x21AA
        | 0x231A | 0x231B | 0x2328 | 0x23CF | 0x23ED..=0x23EF | 0x23F1 | 0x23F2 | 0x23F8..=0x23FA
        | 0x24C2 | 0x25AA | 0x25AB | 0x25B6 | 0x25C0 | 0x25FB..=0x25FE | 0x2600..=0x2604 | 0x260E
        | 0x2611 | 0x2614 | 0x2615 | 0x2618 | 0x2620 | 0x2622 | 0x2623 | 0x2626 | 0x262A | 0x262E
        | 0x262F | 0x2638..=0x263A | 0x2640 | 0x2642 | 0x2648..=0x2653 | 0x265F | 0x2660 | 0x2663
        | 0x2665 | 0x2666 | 0x2668 | 0x267B | 0x267F | 0x2692..=0x2697 | 0x2699 | 0x269B | 0x269C
        | 0x26A0 | 0x26A1 | 0x26AA | 0x26AB | 0x26B0 | 0x26B1 | 0x26BD | 0x26BE | 0x26C4 | 0x26C5
        | 0x26C8 | 0x26CF | 0x26D1 | 0x26D3 | 0x26D4 | 0x26E9 | 0x26EA | 0x26F0..=0x26F5 | 0x26F8
        | 0x26FA | 0x26FD | 0x2702 | 0x2708 | 0x2709 | 0x270F | 0x2712 | 0x2714 | 0x2716 | 0x271D
        | 0x2721 | 0x2733 | 0x2734 | 0x2744 | 0x2747 | 0x2757 | 0x2763 | 0x2764 | 0x27A1 | 0x2934
        | 0x2935 | 0x2B05..=0x2B07 | 0x2B1B | 0x2B1C | 0x2B50 | 0x2B55 | 0x3030 | 0x303D | 0x3297
        | 0x3299 | 0x1F004 | 0x1F170 | 0x1F171 | 0x1F17E | 0x1F17F | 0x1F202 | 0x1F21A | 0x1F22F
        | 0x1F237 | 0x1F321 | 0x1F324..=0x1F32C | 0x1F336 | 0x1F37D | 0x1F396 | 0x1F397
        | 0x1F399..=0x1F39B | 0x1F39E | 0x1F39F | 0x1F3CD | 0x1F3CE | 0x1F3D4..=0x1F3DF | 0x1F3F3
        | 0x1F3F5 | 0x1F3F7 | 0x1F43F | 0x1F441 | 0x1F4FD | 0x1F549 | 0x1F54A | 0x1F56F | 0x1F570
        | 0x1F573 | 0x1F576..=0x1F579 | 0x1F587 | 0x1F58A..=0x1F58D | 0x1F5A5 | 0x1F5A8 | 0x1F5B1
        | 0x1F5B2 | 0x1F5BC | 0x1F5C2..=0x1F5C4 | 0x1F5D1..=0x1F5D3 | 0x1F5DC..=0x1F5DE | 0x1F5E1
        | 0x1F5E3 | 0x1F5E8 | 0x1F5EF | 0x1F5F3 | 0x1F5FA | 0x1F6CB | 0x1F6CD..=0x1F6CF
        | 0x1F6E0..=0x1F6E5 | 0x1F6E9 | 0x1F6F0 | 0x1F6F3)
}

/// Whether the emoji may be followed by a skin tone.
pub(super) fn takes_skin_tone(point: u32) -> bool {
    matches!(point,
        0x270A | 0x270B | 0x1F385 | 0x1F3C2..=0x1F3C4 | 0x1F3C7 | 0x1F3CA | 0x1F442 | 0x1F443
        | 0x1F446..=0x1F450 | 0x1F466..=0x1F469 | 0x1F46E | 0x1F470..=0x1F478 | 0x1F47C
        | 0x1F481..=0x1F483 | 0x1F485..=0x1F487 | 0x1F4AA | 0x1F57A | 0x1F595 | 0x1F596
        | 0x1F645..=0x1F647 | 0x1F64B..=0x1F64F | 0x1F6A3 | 0x1F6B4..=0x1F6B6 | 0x1F6C0 | 0x1F6CC
        | 0x1F918..=0x1F91C | 0x1F91E | 0x1F91F | 0x1F926 | 0x1F930..=0x1F939 | 0x1F93D | 0x1F93E
        | 0x1F9B5 | 0x1F9B6 | 0x1F9B8 | 0x1F9B9 | 0x1F9D1..=0x1F9DD)
}

/// Whether the emoji may be followed by U+FE0F, a skin tone, or both.
pub(super) fn takes_variation_and_skin_tone(point: u32) -> bool {
    matches!(
        point,
        0x261D | 0x26F7 | 0x26F9 | 0x270C | 0x270D | 0x1F3CB | 0x1F3CC | 0x1F574 | 0x1F575 | 0x1F590
    )
}
