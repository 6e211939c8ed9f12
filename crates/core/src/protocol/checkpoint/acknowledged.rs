//! Which segments X has, in a few hundred bytes, and what they held.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::protocol::media::limits::MAX_SEGMENTS;

/// Segments by index, and the sum of their digests: the same whatever order they were acknowledged in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Acknowledged {
    bits: Vec<u8>,
    sum: [u8; 32],
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    /// A bit per segment, the lowest of each byte first, in base64url.
    bits: String,
    /// In base64url.
    sum: String,
}

/// The digest of one segment, made while it is read: of its index, then its bytes.
pub struct SegmentHash(Sha256);

impl SegmentHash {
    /// Begins a segment.
    pub fn new(index: u32) -> Self {
        Self(Sha256::new_with_prefix(index.to_be_bytes()))
    }

    /// Its next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// It has no more bytes.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// The digest of one segment.
pub fn segment_digest<'a>(index: u32, chunks: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hash = SegmentHash::new(index);
    for chunk in chunks {
        hash.update(chunk);
    }
    hash.finish()
}

impl Acknowledged {
    /// No segment is acknowledged.
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|byte| *byte == 0)
    }

    /// Whether X has the segment.
    pub fn has(&self, index: u32) -> bool {
        let (byte, bit) = place(index);
        self.bits.get(byte).is_some_and(|bits| bits & bit != 0)
    }

    /// X has the segment with this digest. A second time changes nothing.
    pub fn add(&mut self, index: u32, digest: &[u8; 32]) {
        if self.has(index) || u64::from(index) >= MAX_SEGMENTS {
            return;
        }
        let (byte, bit) = place(index);
        if self.bits.len() <= byte {
            self.bits.resize(byte + 1, 0);
        }
        if let Some(bits) = self.bits.get_mut(byte) {
            *bits |= bit;
        }
        add(&mut self.sum, digest);
    }

    /// How many segments X has.
    pub fn count(&self) -> u32 {
        self.bits.iter().map(|byte| byte.count_ones()).sum()
    }

    /// The highest index that X has.
    pub fn highest(&self) -> Option<u32> {
        let byte = self.bits.iter().rposition(|byte| *byte != 0)?;
        let bits = self.bits.get(byte)?;
        u32::try_from(byte).ok().map(|byte| byte * 8 + 7 - bits.leading_zeros())
    }

    /// The segments and their contents are the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.count() == other.count() && self.sum == other.sum
    }
}

fn place(index: u32) -> (usize, u8) {
    let byte = usize::try_from(index / 8).unwrap_or(usize::MAX);
    (byte, 1 << (index % 8))
}

/// Adds modulo 2^256: a sum of digests, unlike their exclusive or, can't be steered by a few chosen segments.
fn add(sum: &mut [u8; 32], digest: &[u8; 32]) {
    let mut carry = 0;
    for (byte, added) in sum.iter_mut().zip(digest) {
        let total = u16::from(*byte) + u16::from(*added) + carry;
        let [high, low] = total.to_be_bytes();
        *byte = low;
        carry = u16::from(high);
    }
}

impl From<Acknowledged> for Wire {
    fn from(acknowledged: Acknowledged) -> Self {
        Self {
            bits: URL_SAFE_NO_PAD.encode(&acknowledged.bits),
            sum: URL_SAFE_NO_PAD.encode(acknowledged.sum),
        }
    }
}

impl TryFrom<Wire> for Acknowledged {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        let bits = URL_SAFE_NO_PAD.decode(wire.bits).map_err(|_| "its segments are not base64")?;
        if bits.len() as u64 > MAX_SEGMENTS.div_ceil(8) {
            return Err("it has more segments than X counts");
        }
        let sum = URL_SAFE_NO_PAD.decode(wire.sum).map_err(|_| "its digest is not base64")?;
        let sum: [u8; 32] = sum.try_into().map_err(|_| "its digest has another length")?;
        match bits.last() {
            Some(0) => Err("its segments are not written as they are counted"),
            None if sum != [0; 32] => Err("it has a digest of no segment"),
            _ => Ok(Self { bits, sum }),
        }
    }
}
