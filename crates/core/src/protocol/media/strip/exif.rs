//! EXIF (CIPA DC-008), which is a TIFF without pictures: whether it has a location, and how to turn the picture.

/// Tag of the orientation, in the first directory.
const ORIENTATION: u16 = 0x0112;
/// Tag that points to the directory of the place.
const GPS: u16 = 0x8825;
/// Values of one unsigned 16-bit number.
const SHORT: u16 = 3;
/// What some writers put before the TIFF where there should be none.
const PREFIX: &[u8] = b"Exif\0\0";

/// What an EXIF says that matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExifFacts {
    /// How to turn the picture, 1 to 8 (1: not at all), if it is given.
    pub orientation: Option<u16>,
    /// It says where the picture was taken.
    pub has_gps: bool,
}

impl ExifFacts {
    /// The orientation, if the picture is not upright as it is.
    pub fn turned(self) -> Option<u16> {
        self.orientation.filter(|orientation| (2..=8).contains(orientation))
    }
}

/// Byte order of a TIFF.
#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let pair = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(pair),
            Self::Big => u16::from_be_bytes(pair),
        })
    }

    fn long(self, bytes: &[u8], at: usize) -> Option<usize> {
        let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let number = match self {
            Self::Little => u32::from_le_bytes(four),
            Self::Big => u32::from_be_bytes(four),
        };
        usize::try_from(number).ok()
    }
}

/// Reads the first directory, as far as it can be read.
pub(super) fn read_exif(bytes: &[u8]) -> ExifFacts {
    let tiff = bytes.strip_prefix(PREFIX).unwrap_or(bytes);
    let mut facts = ExifFacts::default();
    let _unreadable = read_directory(tiff, &mut facts);
    facts
}

fn read_directory(tiff: &[u8], facts: &mut ExifFacts) -> Option<()> {
    let order = match tiff.get(..2)? {
        b"II" => Order::Little,
        b"MM" => Order::Big,
        _ => return None,
    };
    let directory = order.long(tiff, 4)?;
    let count = order.short(tiff, directory)?;
    for index in 0..usize::from(count) {
        let entry = directory.checked_add(2)?.checked_add(12 * index)?;
        match order.short(tiff, entry)? {
            ORIENTATION if order.short(tiff, entry.checked_add(2)?)? == SHORT => {
                facts.orientation = facts.orientation.or(order.short(tiff, entry.checked_add(8)?));
            }
            GPS => facts.has_gps = true,
            _ => {}
        }
    }
    Some(())
}

/// A TIFF that says nothing but how to turn the picture.
pub(super) fn orientation_alone(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01".to_vec();
    tiff.extend(ORIENTATION.to_be_bytes());
    tiff.extend(SHORT.to_be_bytes());
    tiff.extend(1_u32.to_be_bytes());
    tiff.extend(orientation.to_be_bytes());
    // The value's other half, and that there is no second directory.
    tiff.extend([0; 6]);
    tiff
}
