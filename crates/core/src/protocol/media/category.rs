//! Kinds of media, and X's categories and content types for them.

/// What a medium is to a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A still picture.
    Image,
    /// An animated GIF.
    Gif,
    /// A video.
    Video,
    /// SRT or VTT text for a video.
    Subtitles,
}

impl MediaKind {
    /// The word for messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Gif => "gif",
            Self::Video => "video",
            Self::Subtitles => "subtitles",
        }
    }
}

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($variant:ident => $text:literal, $doc:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $(#[doc = $doc] $variant,)* }

        impl $name {
            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads the word on the wire.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

named! {
    /// `media_category` of an upload. X accepts a wrong one and fails at the post.
    MediaCategory {
        TweetImage => "tweet_image", "A picture for a post.";
        TweetGif => "tweet_gif", "An animated GIF for a post.";
        TweetVideo => "tweet_video", "A video for a post.";
        AmplifyVideo => "amplify_video", "A video for an advertiser's post.";
        DmImage => "dm_image", "A picture for a direct message.";
        DmGif => "dm_gif", "An animated GIF for a direct message.";
        DmVideo => "dm_video", "A video for a direct message.";
        Subtitles => "subtitles", "Subtitles of a video.";
    }
}

impl MediaCategory {
    /// The kind of medium that belongs into the category.
    pub const fn kind(self) -> MediaKind {
        match self {
            Self::TweetImage | Self::DmImage => MediaKind::Image,
            Self::TweetGif | Self::DmGif => MediaKind::Gif,
            Self::TweetVideo | Self::AmplifyVideo | Self::DmVideo => MediaKind::Video,
            Self::Subtitles => MediaKind::Subtitles,
        }
    }

    /// The category of a post's medium of this kind.
    pub const fn for_post(kind: MediaKind) -> Self {
        match kind {
            MediaKind::Image => Self::TweetImage,
            MediaKind::Gif => Self::TweetGif,
            MediaKind::Video => Self::TweetVideo,
            MediaKind::Subtitles => Self::Subtitles,
        }
    }
}

named! {
    /// What the bytes are. X's `media_type` has the same words, for those that it takes.
    ContentType {
        Jpeg => "image/jpeg", "JPEG.";
        Png => "image/png", "PNG, also animated.";
        Gif => "image/gif", "GIF.";
        Webp => "image/webp", "`WebP`.";
        Bmp => "image/bmp", "BMP.";
        Tiff => "image/tiff", "TIFF.";
        Heic => "image/heic", "HEIF, the form of telephones' pictures.";
        Avif => "image/avif", "AVIF.";
        Mp4 => "video/mp4", "MPEG-4.";
        QuickTime => "video/quicktime", "`QuickTime`.";
        Webm => "video/webm", "`WebM`.";
        Matroska => "video/x-matroska", "Matroska that is no `WebM`.";
        Mp4Audio => "audio/mp4", "MPEG-4 with sound alone.";
        MpegTs => "video/mp2t", "MPEG transport stream.";
        Srt => "text/srt", "`SubRip` subtitles.";
        Vtt => "text/vtt", "`WebVTT` subtitles.";
        Html => "text/html", "A web page, usually one that says that the medium is not there.";
        Xml => "text/xml", "XML, such as a store's error message or an SVG picture.";
        Unknown => "application/octet-stream", "Nothing that X accepts.";
    }
}

impl ContentType {
    /// What the medium is to a post, by its bytes alone, or `None` if X does not accept it. X lists animations as GIF
    /// only, so a PNG or WebP is a still image to it even when it moves.
    pub const fn kind(self, animated: bool) -> Option<MediaKind> {
        match self {
            Self::Gif if animated => Some(MediaKind::Gif),
            Self::Jpeg | Self::Png | Self::Gif | Self::Webp => Some(MediaKind::Image),
            Self::Mp4 | Self::QuickTime | Self::Webm | Self::MpegTs => Some(MediaKind::Video),
            Self::Srt | Self::Vtt => Some(MediaKind::Subtitles),
            Self::Bmp
            | Self::Tiff
            | Self::Heic
            | Self::Avif
            | Self::Matroska
            | Self::Mp4Audio
            | Self::Html
            | Self::Xml
            | Self::Unknown => None,
        }
    }

    /// The type that a `Content-Type` header or a file name's extension claims, if it claims one that is known here.
    pub fn declared(text: &str) -> Option<Self> {
        let text = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match text.as_str() {
            "jpg" | "jpeg" | "image/jpg" | "image/pjpeg" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "gif" => Some(Self::Gif),
            "webp" => Some(Self::Webp),
            "bmp" => Some(Self::Bmp),
            "tif" | "tiff" => Some(Self::Tiff),
            "heic" | "heif" | "image/heif" => Some(Self::Heic),
            "avif" => Some(Self::Avif),
            "m4a" | "m4b" => Some(Self::Mp4Audio),
            "mp4" | "m4v" => Some(Self::Mp4),
            "mov" | "qt" => Some(Self::QuickTime),
            "webm" => Some(Self::Webm),
            "mkv" => Some(Self::Matroska),
            "ts" => Some(Self::MpegTs),
            "srt" | "application/x-subrip" => Some(Self::Srt),
            "vtt" => Some(Self::Vtt),
            "htm" | "html" => Some(Self::Html),
            "xml" | "application/xml" => Some(Self::Xml),
            other => Self::parse(other).filter(|known| *known != Self::Unknown),
        }
    }

    /// A claim that is as good as the truth: players take MP4 and `QuickTime` for each other.
    pub fn agrees_with(self, claimed: Self) -> bool {
        let family = |kind| if kind == Self::QuickTime { Self::Mp4 } else { kind };
        family(self) == family(claimed)
    }
}
