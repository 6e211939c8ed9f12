//! How alike two texts are, when of one of them nothing but 16 bytes are left.
//!
//! The sketch holds one bit of each of 128 `MinHash`es over the text's groups of three letters (b-bit minwise hashing: Li
//! and König, 2010). Of two texts that share the part J of their groups, about J + (1 − J) / 2 of the bits agree. No
//! letter of the text can be read from it.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What a written sketch begins with; one of another version says nothing.
const VERSION: char = '1';
const BITS: u64 = 128;
/// Texts that share more of their groups than that are alike. Those of two different posts share a tenth.
const ALIKE: f64 = 0.45;

/// A text's groups of three letters, as hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Groups(BTreeSet<u64>);

impl Groups {
    pub(super) fn of(body: &str) -> Self {
        let letters: Vec<char> = std::iter::once('\u{2}')
            .chain(body.chars().flat_map(char::to_lowercase))
            .chain(std::iter::once('\u{3}'))
            .collect();
        if body.is_empty() {
            return Self(BTreeSet::new());
        }
        Self(
            letters
                .windows(3)
                .map(|group| group.iter().fold(0, |hash, letter| mixed(hash ^ u64::from(*letter))))
                .collect(),
        )
    }

    /// Both texts are at hand: the part of the groups that they share decides.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let shared = count(self.0.intersection(&other.0).count());
        let all = count(self.0.union(&other.0).count());
        all > 0.0 && shared / all >= ALIKE
    }
}

/// What is kept of a text to tell how alike another one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sketch(Option<u128>);

impl Sketch {
    pub(super) fn of(groups: &Groups) -> Self {
        let lowest = |seed| groups.0.iter().map(|group| mixed(group ^ mixed(seed))).min();
        (0..BITS).map(lowest).collect::<Option<Vec<u64>>>().map_or(Self(None), |hashes| {
            Self(Some(hashes.iter().fold(0, |bits, hash| (bits << 1) | u128::from(hash & 1))))
        })
    }

    pub(super) fn write(self) -> String {
        let bytes = self.0.map(u128::to_be_bytes);
        format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(bytes.as_ref().map_or(&[][..], |bytes| bytes)))
    }

    /// `None` if it was written otherwise than by this version.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(VERSION)?).ok()?;
        if bytes.is_empty() {
            return Some(Self(None));
        }
        Some(Self(Some(u128::from_be_bytes(bytes.try_into().ok()?))))
    }

    pub(super) fn is_like(self, groups: &Groups) -> bool {
        let (Some(one), Some(other)) = (self.0, Self::of(groups).0) else {
            return false;
        };
        let agreeing = f64::from((!(one ^ other)).count_ones()) / 128.0;
        agreeing >= ALIKE + (1.0 - ALIKE) / 2.0
    }
}

#[allow(clippy::cast_precision_loss, reason = "no text has 2^52 letters")]
fn count(number: usize) -> f64 {
    number as f64
}

/// `SplitMix64`'s finalizer.
fn mixed(value: u64) -> u64 {
    let mut value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests;
