//! What is known of a video's picture and sound tracks.

/// How a picture is coded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VideoTrack {
    /// The codec.
    pub codec: Codec,
    /// The codec's profile, for H.264.
    pub profile: Option<&'static str>,
    /// The chroma format.
    pub chroma: Option<Chroma>,
    /// Bits of a sample of the picture.
    pub bit_depth: Option<u32>,
    /// Width and height of a pixel.
    pub pixel_aspect: Option<(u32, u32)>,
    /// Whether frames are coded whole.
    pub scan: Option<Scan>,
    /// Frames in 1000 seconds, on average.
    pub frame_rate_millis: Option<u64>,
}

/// How a sound is coded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AudioTrack {
    /// The codec.
    pub codec: Codec,
    /// The codec's profile, for AAC.
    pub profile: Option<&'static str>,
    /// Channels.
    pub channels: Option<u32>,
}

/// A codec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codec {
    /// One that is known here, by its usual short name.
    Known(&'static str),
    /// The name that the container gives it, with what is not printable replaced.
    Other(String),
}

impl Codec {
    /// H.264.
    pub const H264: Self = Self::Known("h264");
    /// AAC.
    pub const AAC: Self = Self::Known("aac");

    /// The name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(name) => name,
            Self::Other(name) => name,
        }
    }

    /// Takes a name that the container gives.
    pub(super) fn other(name: &[u8]) -> Self {
        let printable = |byte: &u8| if byte.is_ascii_graphic() { char::from(*byte) } else { '.' };
        Self::Other(name.iter().map(printable).collect())
    }
}

impl Default for Codec {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// How colours are sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chroma {
    /// No colours.
    Monochrome,
    /// Halved in both directions.
    Yuv420,
    /// Halved in width.
    Yuv422,
    /// In full.
    Yuv444,
}

impl Chroma {
    /// The usual notation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monochrome => "4:0:0",
            Self::Yuv420 => "4:2:0",
            Self::Yuv422 => "4:2:2",
            Self::Yuv444 => "4:4:4",
        }
    }

    /// `chroma_format_idc` of H.264 and HEVC.
    pub(super) const fn from_format_idc(number: u32) -> Option<Self> {
        match number {
            0 => Some(Self::Monochrome),
            1 => Some(Self::Yuv420),
            2 => Some(Self::Yuv422),
            3 => Some(Self::Yuv444),
            _ => None,
        }
    }
}

/// Whether frames are coded whole or as two fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// Whole frames.
    Progressive,
    /// The stream may have fields; only its pictures tell whether it does.
    MaybeInterlaced,
    /// Fields.
    Interlaced,
}

impl Scan {
    /// Says whether frames are coded as fields, if that is sure.
    pub const fn is_interlaced(self) -> Option<bool> {
        match self {
            Self::Progressive => Some(false),
            Self::MaybeInterlaced => None,
            Self::Interlaced => Some(true),
        }
    }
}
