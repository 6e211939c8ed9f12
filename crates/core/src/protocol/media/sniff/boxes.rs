//! The header that each box of an MPEG-4 or `QuickTime` file begins with (ISO 14496-12, 4.2).

/// A box's header.
pub(super) struct BoxHeader<'a> {
    pub(super) kind: &'a [u8; 4],
    /// Bytes of the header.
    pub(super) length: usize,
    /// Bytes of the whole box; 0 means to the end of what it is in.
    pub(super) size: u64,
}

pub(super) const SHORT_HEADER: usize = 8;
/// Of a box whose size takes 64 bits.
pub(super) const LONG_HEADER: usize = 16;
