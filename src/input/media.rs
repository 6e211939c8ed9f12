//! What is done with media before they go up.

use napi::bindgen_prelude::Unknown;
use napi_derive::napi;
use twitter_native_core::error::Error;
use twitter_native_core::protocol::media::preparation::Prepare;
use twitter_native_derive::FromJs;

use super::reader::{FromJs, Path};

/// What is done with media before they go up.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct MediaOptions {
    /// What is done with pictures and videos. Subtitles always go up as they are, and so do animated GIFs of more than 5 MB.
    ///
    /// - `strip` removes what identifies people and places, without decoding: EXIF with the GPS position, XMP, IPTC, texts
    ///   and comments, the time of the last change, and what follows the picture's end. Pixels, colour profile,
    ///   animation and orientation stay as they are. A picture without any of it goes up unchanged, to the last bit. Of an
    ///   MP4 or `QuickTime` video it blanks the place that a telephone wrote down (`©xyz`, `loci`, and Apple's
    ///   `com.apple.quicktime.location.…`): these boxes become empty ones of the same size, so the video is as long as it
    ///   was, and nothing is read ahead for it. What else a video says stays: XMP, times, the camera, tracks of positions.
    /// - `fit` does that too, and makes of a still picture what X takes where X would refuse it: JPEG, PNG and WebP of more
    ///   than 5 MB or 8,192 pixels a side, BMP and TIFF. It is scaled and encoded anew, as JPEG, or as PNG if it has
    ///   transparent parts, with its aspect and colour profile, turned as its EXIF says. The source may have 64 MB and
    ///   8192 × 8192 pixels in all. Of HEIC and AVIF, and of what is broken, an `INVALID_MEDIA` says what to do.
    /// - `off` does nothing.
    /// @default 'strip'
    #[napi(ts_type = "'fit' | 'strip' | 'off'")]
    pub prepare: Option<Prepare>,
}

impl FromJs for Prepare {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        match String::from_js(value, path)?.as_str() {
            "fit" => Ok(Self::Fit),
            "strip" => Ok(Self::Strip),
            "off" => Ok(Self::Off),
            _ => Err(path.refuse("must be 'fit', 'strip' or 'off'")),
        }
    }
}
