//! Takes out of a picture what identifies people and places, without touching what is seen: neither pixels, nor colour
//! profile, nor animation, nor orientation. Nothing is decoded.
//!
//! A file is walked part by part, and what is not to be removed stays as it is, where it is. Where a file's structure can't
//! be followed, the rest of it stays too: whether it is a picture at all is for others to judge.

mod cutter;
mod exif;
mod gif;
mod jpeg;
mod png;
mod runs;
mod webp;

use bytes::Bytes;
use cutter::Cutter;
pub use exif::ExifFacts;
use runs::Runs;

use super::category::ContentType;

/// Something in a picture's file that says more than the picture does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metadata {
    /// What the camera wrote down: its model and number, the time, often a small copy of the whole picture.
    Exif,
    /// Where the picture was taken, within the EXIF.
    Gps,
    /// Adobe's XMP, which may repeat all of it and names who edited the picture with what.
    Xmp,
    /// Captions, names and addresses of agencies (IPTC, Photoshop's image resources).
    Iptc,
    /// Comments and other texts.
    Text,
    /// When the picture was last changed.
    Time,
    /// Bytes after the picture's end, such as a telephone's second picture or film, with places of their own.
    Trailer,
}

impl Metadata {
    /// The word that JavaScript sees.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exif => "EXIF",
            Self::Gps => "GPS",
            Self::Xmp => "XMP",
            Self::Iptc => "IPTC",
            Self::Text => "text",
            Self::Time => "time",
            Self::Trailer => "trailer",
        }
    }
}

/// A picture without what identifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripped {
    /// The whole file, in runs.
    pub bytes: Vec<Bytes>,
    /// What was removed, each kind once, in a fixed order.
    pub removed: Vec<Metadata>,
}

impl Stripped {
    /// Its size.
    pub fn length(&self) -> u64 {
        self.bytes.iter().map(|run| run.len() as u64).sum()
    }
}

/// Removes what identifies from a JPEG, PNG, WebP or GIF: EXIF, XMP, IPTC, texts and comments, the time of the last
/// change, and what follows the picture's end. `None` if there is nothing of it, or if the file is of another kind.
///
/// `file` are the runs that it was read in. The result is smaller, shares their memory, and nothing is removed from it when
/// it is given again. A picture that its EXIF says to turn keeps an EXIF that says that alone.
pub fn strip(content_type: ContentType, file: &[Bytes]) -> Option<Stripped> {
    walk(content_type, &Runs::new(file.iter().map(AsRef::as_ref))).finish(file)
}

/// What [`strip`] would remove; of a TIFF, what it says about the camera and the place.
pub fn metadata_of(content_type: ContentType, bytes: &[u8]) -> Vec<Metadata> {
    if content_type == ContentType::Tiff {
        return if exif::read_exif(bytes).has_gps { vec![Metadata::Exif, Metadata::Gps] } else { Vec::new() };
    }
    walk(content_type, &Runs::new([bytes])).removed()
}

/// What the first EXIF of a JPEG, PNG, WebP or TIFF says.
pub fn exif_of(content_type: ContentType, bytes: &[u8]) -> Option<ExifFacts> {
    if content_type == ContentType::Tiff {
        return Some(exif::read_exif(bytes));
    }
    walk(content_type, &Runs::new([bytes])).exif()
}

/// A JPEG runs to its end mark.
pub(super) fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let file = Runs::new([bytes]);
    jpeg::walk(&file, &mut Cutter::new(file.length()))
}

fn walk(content_type: ContentType, file: &Runs<'_>) -> Cutter {
    let mut cutter = Cutter::new(file.length());
    match content_type {
        ContentType::Jpeg => {
            jpeg::walk(file, &mut cutter);
        }
        ContentType::Png => png::walk(file, &mut cutter),
        ContentType::Webp => webp::walk(file, &mut cutter),
        ContentType::Gif => gif::walk(file, &mut cutter),
        _ => {}
    }
    cutter
}

#[cfg(test)]
mod tests;
