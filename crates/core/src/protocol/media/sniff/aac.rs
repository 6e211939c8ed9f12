//! AAC: elementary stream descriptors (ISO 14496-1 §7.2.6) and the audio configuration (ISO 14496-3 §1.6.2.1).

use super::bits::BitReader;

/// What a stream's descriptors tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stream<'a> {
    /// `objectTypeIndication`: the codec.
    pub(super) object_type: u8,
    /// The codec's own configuration.
    pub(super) configuration: &'a [u8],
}

/// What an audio configuration says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Configuration {
    pub(super) profile: Option<&'static str>,
    /// `None` if they are listed elsewhere.
    pub(super) channels: Option<u32>,
}

const ES_DESCRIPTOR: u8 = 3;
const DECODER_CONFIGURATION: u8 = 4;
const DECODER_SPECIFIC: u8 = 5;
/// Bytes of a decoder configuration before what is specific to the decoder.
const DECODER_FIELDS: usize = 13;

/// Reads an `esds` box's content.
pub(super) fn stream(content: &[u8]) -> Option<Stream<'_>> {
    let fields = descriptor(content.get(4..)?, ES_DESCRIPTOR)?;
    // An id of two bytes, then flags of what else is there before the decoder's configuration.
    let flags = *fields.get(2)?;
    let mut at = 3;
    if flags & 0x80 != 0 {
        at += 2;
    }
    if flags & 0x40 != 0 {
        at += 1 + usize::from(*fields.get(at)?);
    }
    if flags & 0x20 != 0 {
        at += 2;
    }
    let decoder = descriptor(fields.get(at..)?, DECODER_CONFIGURATION)?;
    let specific = decoder.get(DECODER_FIELDS..).and_then(|rest| descriptor(rest, DECODER_SPECIFIC));
    Some(Stream { object_type: *decoder.first()?, configuration: specific.unwrap_or_default() })
}

/// The content of the descriptor that begins here, if it has this tag. One that was cut off is given as far as it goes.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let (first, mut rest) = bytes.split_first()?;
    if *first != tag {
        return None;
    }
    let mut length = 0_usize;
    // Seven bits a byte, at most four bytes.
    for _ in 0..4 {
        let (byte, after) = rest.split_first()?;
        rest = after;
        length = (length << 7) | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(rest.get(..length).unwrap_or(rest))
}

/// Object types (ISO 14496-3 table 1.17).
const AAC_LC: u32 = 2;
const SBR: u32 = 5;
const PS: u32 = 29;
/// `syncExtensionType` that announces spectral band replication after a configuration that older decoders read.
const SBR_EXTENSION: u32 = 0x2b7;

/// Reads an `AudioSpecificConfig`.
pub(super) fn configuration(bytes: &[u8]) -> Option<Configuration> {
    let mut bits = BitReader::new(bytes);
    let object_type = object_type(&mut bits)?;
    skip_frequency(&mut bits)?;
    let channels = match bits.bits(4)? {
        channels @ 1..=6 => Some(channels),
        7 => Some(8),
        _ => None,
    };
    let object_type = match object_type {
        AAC_LC if channels.is_some() && has_extension(&mut bits).unwrap_or(false) => SBR,
        other => other,
    };
    let profile = match object_type {
        1 => Some("Main"),
        AAC_LC => Some("LC"),
        3 => Some("SSR"),
        4 => Some("LTP"),
        SBR => Some("HE-AAC"),
        PS => Some("HE-AACv2"),
        23 => Some("LD"),
        39 => Some("ELD"),
        42 => Some("xHE-AAC"),
        _ => None,
    };
    Some(Configuration { profile, channels })
}

fn object_type(bits: &mut BitReader<'_>) -> Option<u32> {
    match bits.bits(5)? {
        31 => Some(32 + bits.bits(6)?),
        object_type => Some(object_type),
    }
}

fn skip_frequency(bits: &mut BitReader<'_>) -> Option<()> {
    if bits.bits(4)? == 15 {
        bits.bits(24)?;
    }
    Some(())
}

/// Spectral band replication that is announced after the fields of AAC-LC.
fn has_extension(bits: &mut BitReader<'_>) -> Option<bool> {
    bits.flag()?;
    if bits.flag()? {
        bits.bits(14)?;
    }
    bits.flag()?;
    Some(bits.bits(11)? == SBR_EXTENSION && object_type(bits)? == SBR && bits.flag()?)
}
