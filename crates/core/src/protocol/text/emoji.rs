//! Emoji of several characters, which count as one.
//!
//! An emoji of one character weighs what any character of its plane weighs, so only sequences have to be known.

use super::emoji_tables::{
    FLAGS, JOINED, SUBDIVISIONS, is_profession, is_profession_symbol, starts_joined, takes_gender,
    takes_gender_modified, takes_skin_tone, takes_variation, takes_variation_and_skin_tone,
};

const JOINER: u32 = 0x200D;
const VARIATION: u32 = 0xFE0F;
const TEXT_VARIATION: u32 = 0xFE0E;
const KEYCAP: u32 = 0x20E3;
const REGIONAL_A: u32 = 0x1F1E6;
const TAG_BASE: u32 = 0xE0000;
const TAG_END: u32 = 0xE007F;
const BLACK_FLAG: u32 = 0x1F3F4;

/// The length, in UTF-16 code units, of the emoji sequence of two or more characters that starts at `start`.
pub(super) fn sequence_length(text: &[u16], start: usize) -> Option<usize> {
    if text.get(start + 1).is_none_or(|next| *next < 0x80) {
        return None;
    }
    let (point, after) = read(text, start)?;
    // Whatever continues after the first character does so with a selector, a joiner, a keycap or a pair.
    if !text.get(after).is_some_and(|next| matches!(next, 0x200D | 0x20E3 | 0xD800..=0xDBFF | 0xFE0F)) {
        return None;
    }
    let end = joined(text, start, point, after)
        .or_else(|| keycap(text, point, after))
        .or_else(|| modified(text, point, after))
        .or_else(|| flag(text, point, after))?;
    Some(end - start)
}

/// The code point at `at` and where the next one starts.
fn read(text: &[u16], at: usize) -> Option<(u32, usize)> {
    let high = u32::from(*text.get(at)?);
    if (0xD800..0xDC00).contains(&high)
        && let Some(low) =
            text.get(at + 1).map(|low| u32::from(*low)).filter(|low| (0xDC00..0xE000).contains(low))
    {
        return Some((0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), at + 2));
    }
    Some((high, at + 1))
}

/// Where the text continues if `expected` is at `at`.
fn eat(text: &[u16], at: usize, expected: u32) -> Option<usize> {
    read(text, at).filter(|(point, _)| *point == expected).map(|(_, after)| after)
}

fn eat_skin_tone(text: &[u16], at: usize) -> Option<usize> {
    read(text, at).filter(|(point, _)| (0x1F3FB..=0x1F3FF).contains(point)).map(|(_, after)| after)
}

fn joined(text: &[u16], start: usize, point: u32, after: usize) -> Option<usize> {
    let toned = eat_skin_tone(text, after);
    if matches!(point, 0x1F468 | 0x1F469)
        && let Some(end) = profession(text, toned.unwrap_or(after))
    {
        return Some(end);
    }
    if takes_gender_modified(point)
        && let Some(end) = toned.or_else(|| eat(text, after, VARIATION)).and_then(|at| gender(text, at))
    {
        return Some(end);
    }
    if takes_gender(point)
        && let Some(end) = gender(text, toned.unwrap_or(after))
    {
        return Some(end);
    }
    let has_joiner = eat(text, eat(text, after, VARIATION).unwrap_or(after), JOINER).is_some();
    if !has_joiner || !starts_joined(point) {
        return None;
    }
    let rest = text.get(start..)?;
    JOINED.iter().find_map(|sequence| {
        let length = sequence.encode_utf16().count();
        (rest.len() >= length && sequence.encode_utf16().eq(rest.iter().copied().take(length)))
            .then_some(start + length)
    })
}

fn profession(text: &[u16], at: usize) -> Option<usize> {
    let (point, after) = read(text, eat(text, at, JOINER)?)?;
    if is_profession_symbol(point) {
        eat(text, after, VARIATION)
    } else {
        is_profession(point).then_some(after)
    }
}

fn gender(text: &[u16], at: usize) -> Option<usize> {
    let (point, after) = read(text, eat(text, at, JOINER)?)?;
    matches!(point, 0x2640 | 0x2642).then(|| eat(text, after, VARIATION)).flatten()
}

fn keycap(text: &[u16], point: u32, after: usize) -> Option<usize> {
    let key = matches!(point, 0x23 | 0x2A | 0x30..=0x39);
    key.then(|| eat(text, eat(text, after, VARIATION).unwrap_or(after), KEYCAP)).flatten()
}

fn modified(text: &[u16], point: u32, after: usize) -> Option<usize> {
    if takes_variation(point) {
        return eat(text, after, VARIATION);
    }
    if takes_skin_tone(point) {
        return eat_skin_tone(text, after);
    }
    if !takes_variation_and_skin_tone(point) || eat(text, after, TEXT_VARIATION).is_some() {
        return None;
    }
    let varied = eat(text, after, VARIATION);
    eat_skin_tone(text, varied.unwrap_or(after)).or(varied)
}

fn flag(text: &[u16], point: u32, after: usize) -> Option<usize> {
    if point == BLACK_FLAG {
        return SUBDIVISIONS.iter().find_map(|letters| {
            let tags = letters.bytes().map(|letter| TAG_BASE + u32::from(letter)).chain([TAG_END]);
            tags.into_iter().try_fold(after, |at, tag| eat(text, at, tag))
        });
    }
    let first = usize::try_from(point.checked_sub(REGIONAL_A)?).ok()?;
    let seconds = FLAGS.get(first)?;
    let (second, end) = read(text, after)?;
    let letter = u8::try_from(second.checked_sub(REGIONAL_A)?).ok()?.checked_add(b'A')?;
    seconds.as_bytes().contains(&letter).then_some(end)
}
