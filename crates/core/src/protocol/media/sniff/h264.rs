//! H.264: the decoder configuration (ISO 14496-15 §5.3.3.1) and its sequence parameter set (ITU-T H.264 §7.3.2.1.1 and
//! Annex E), as far as X has rules on it.

use super::big_endian;
use super::bits::BitReader;
use super::tracks::{Chroma, Scan};

/// What a configuration says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Configuration {
    pub(super) profile: Option<&'static str>,
    pub(super) chroma: Option<Chroma>,
    pub(super) bit_depth: Option<u32>,
    pub(super) scan: Option<Scan>,
    pub(super) pixel_aspect: Option<(u32, u32)>,
    /// Frames in 1000 seconds, if they are said to come at a fixed rate.
    pub(super) frame_rate_millis: Option<u64>,
}

/// Bytes of a configuration before its first parameter set's length.
const CONFIGURATION_HEADER: usize = 6;
/// No sequence parameter set that is looked at has more bytes; those that cameras write have fewer than 100.
const MAX_PARAMETER_SET: usize = 1024;
/// `aspect_ratio_idc` that is followed by the two numbers themselves.
const EXTENDED_SAR: u32 = 255;
/// ITU-T H.264 table E-1, from `aspect_ratio_idc` 1 on.
const PIXEL_ASPECTS: [(u32, u32); 16] = [
    (1, 1),
    (12, 11),
    (10, 11),
    (16, 11),
    (40, 33),
    (24, 11),
    (20, 11),
    (32, 11),
    (80, 33),
    (18, 11),
    (15, 11),
    (64, 33),
    (160, 99),
    (4, 3),
    (3, 2),
    (2, 1),
];

/// Reads an `avcC` box's content. What is missing or makes no sense is left out.
pub(super) fn configuration(content: &[u8]) -> Configuration {
    let mut found = Configuration::default();
    let (Some(profile), Some(constraints)) = (content.get(1), content.get(2)) else {
        return found;
    };
    found.profile = profile_name(*profile, *constraints);
    if !has_chroma_format((*profile).into()) {
        (found.chroma, found.bit_depth) = (Some(Chroma::Yuv420), Some(8));
    }
    let has_one = content.get(5).is_some_and(|count| count & 0x1f > 0);
    let Some(rest) = content.get(CONFIGURATION_HEADER + 2..).filter(|_| has_one) else {
        return found;
    };
    let length = big_endian(content.get(CONFIGURATION_HEADER..CONFIGURATION_HEADER + 2));
    let length = usize::try_from(length).unwrap_or(usize::MAX).min(MAX_PARAMETER_SET);
    // The first byte is the NAL unit's header: type 7 is a sequence parameter set.
    if let Some((header, unit)) = rest.get(..length).and_then(<[u8]>::split_first)
        && header & 0x1f == 7
    {
        let _ = read_parameter_set(&payload(unit), &mut found);
    }
    found
}

/// The payload of a NAL unit, without the bytes that keep start codes out of it (ITU-T H.264 §7.4.1.1).
fn payload(unit: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(unit.len());
    let mut zeros = 0;
    for byte in unit {
        if zeros >= 2 && *byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if *byte == 0 { zeros + 1 } else { 0 };
        bytes.push(*byte);
    }
    bytes
}

/// Notes what is read until the set ends.
fn read_parameter_set(payload: &[u8], found: &mut Configuration) -> Option<()> {
    let mut bits = BitReader::new(payload);
    let profile = bits.bits(8)?;
    // Constraint flags and the level.
    bits.bits(16)?;
    bits.unsigned()?;
    if has_chroma_format(profile) {
        let chroma = bits.unsigned()?;
        if chroma == 3 {
            bits.flag()?;
        }
        let (luma, colour) = (bits.unsigned()?, bits.unsigned()?);
        found.chroma = Chroma::from_format_idc(chroma);
        found.bit_depth = Some(8 + luma.max(colour)).filter(|depth| *depth <= 14);
        bits.flag()?;
        if bits.flag()? {
            skip_scaling_lists(&mut bits, if chroma == 3 { 12 } else { 8 })?;
        }
    }
    skip_picture_order(&mut bits)?;
    // Reference frames, gaps, width and height.
    bits.unsigned()?;
    bits.flag()?;
    bits.unsigned()?;
    bits.unsigned()?;
    let frames_only = bits.flag()?;
    found.scan = Some(if frames_only { Scan::Progressive } else { Scan::MaybeInterlaced });
    if !frames_only {
        bits.flag()?;
    }
    bits.flag()?;
    if bits.flag()? {
        for _ in 0..4 {
            bits.unsigned()?;
        }
    }
    if bits.flag()? { read_usability(&mut bits, found) } else { Some(()) }
}

/// §7.3.2.1.1.1.
fn skip_scaling_lists(bits: &mut BitReader<'_>, lists: u32) -> Option<()> {
    for list in 0..lists {
        if !bits.flag()? {
            continue;
        }
        let (mut last, mut next) = (8_i64, 8_i64);
        for _ in 0..if list < 6 { 16 } else { 64 } {
            if next != 0 {
                next = (last + bits.signed()?).rem_euclid(256);
            }
            last = if next == 0 { last } else { next };
        }
    }
    Some(())
}

fn skip_picture_order(bits: &mut BitReader<'_>) -> Option<()> {
    bits.unsigned()?;
    match bits.unsigned()? {
        0 => {
            bits.unsigned()?;
        }
        1 => {
            bits.flag()?;
            bits.signed()?;
            bits.signed()?;
            let cycle = bits.unsigned()?;
            for _ in 0..cycle.min(255) {
                bits.signed()?;
            }
        }
        _ => {}
    }
    Some(())
}

/// Video usability information (§E.1.1): the pixels' aspect and the frames' timing.
fn read_usability(bits: &mut BitReader<'_>, found: &mut Configuration) -> Option<()> {
    if bits.flag()? {
        let aspect = match bits.bits(8)? {
            EXTENDED_SAR => Some((bits.bits(16)?, bits.bits(16)?)),
            number => (number as usize).checked_sub(1).and_then(|place| PIXEL_ASPECTS.get(place).copied()),
        };
        found.pixel_aspect = aspect.filter(|(width, height)| *width > 0 && *height > 0);
    }
    if bits.flag()? {
        bits.flag()?;
    }
    if bits.flag()? {
        bits.bits(4)?;
        if bits.flag()? {
            bits.bits(24)?;
        }
    }
    if bits.flag()? {
        bits.unsigned()?;
        bits.unsigned()?;
    }
    if bits.flag()? {
        let (units, timescale) = (u64::from(bits.bits(32)?), u64::from(bits.bits(32)?));
        let is_fixed = bits.flag()?;
        // A frame has two ticks, one for each field.
        found.frame_rate_millis =
            (timescale * 1000).checked_div(units * 2).filter(|rate| is_fixed && *rate > 0);
    }
    Some(())
}

/// Profiles whose parameter set has the chroma format; the others have 4:2:0 with 8 bits.
const fn has_chroma_format(profile: u32) -> bool {
    matches!(profile, 100 | 110 | 122 | 244 | 44 | 83 | 86 | 118 | 128 | 138 | 139 | 134 | 135)
}

/// ITU-T H.264 Annex A.
const fn profile_name(profile: u8, constraints: u8) -> Option<&'static str> {
    match profile {
        66 if constraints & 0x40 != 0 => Some("Constrained Baseline"),
        66 => Some("Baseline"),
        77 => Some("Main"),
        88 => Some("Extended"),
        100 => Some("High"),
        110 => Some("High 10"),
        122 => Some("High 4:2:2"),
        244 => Some("High 4:4:4 Predictive"),
        44 => Some("CAVLC 4:4:4 Intra"),
        _ => None,
    }
}
