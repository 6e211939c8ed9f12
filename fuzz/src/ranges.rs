//! The addresses that media may come from, as numbers: IANA's registries of special-purpose addresses, and the
//! address at which one cloud's hosts serve their guests.

/// First and last address of each network that is out of bounds.
const IPV4: [(u32, u32); 19] = [
    (0x0000_0000, 0x00ff_ffff),
    (0x0a00_0000, 0x0aff_ffff),
    (0x6440_0000, 0x647f_ffff),
    (0x7f00_0000, 0x7fff_ffff),
    (0xa83f_8110, 0xa83f_8110),
    (0xa9fe_0000, 0xa9fe_ffff),
    (0xac10_0000, 0xac1f_ffff),
    (0xc000_0000, 0xc000_00ff),
    (0xc000_0200, 0xc000_02ff),
    (0xc01f_c400, 0xc01f_c4ff),
    (0xc034_c100, 0xc034_c1ff),
    (0xc058_6300, 0xc058_63ff),
    (0xc0a8_0000, 0xc0a8_ffff),
    (0xc0af_3000, 0xc0af_30ff),
    (0xc612_0000, 0xc613_ffff),
    (0xc633_6400, 0xc633_64ff),
    (0xcb00_7100, 0xcb00_71ff),
    (0xe000_0000, 0xefff_ffff),
    (0xf000_0000, 0xffff_ffff),
];

/// Whether an IPv4 address lies on the internet.
pub fn is_public_v4(address: u32) -> bool {
    !IPV4.iter().any(|(first, last)| (*first..=*last).contains(&address))
}

/// Whether an IPv6 address lies on the internet: in 2000::/3, and in none of the networks in there that are for
/// something else.
pub fn is_public_v6(address: u128) -> bool {
    let leading = |bits: u32| address >> (128 - bits);
    leading(3) == 0b001
        && leading(23) != 0x2001_0000 >> 9
        && leading(32) != 0x2001_0db8
        && leading(16) != 0x2002
        && leading(48) != 0x2620_004f_8000
        && leading(20) != 0x0003_fff0
}
