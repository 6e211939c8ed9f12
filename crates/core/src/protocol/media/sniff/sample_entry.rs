//! Sample descriptions of MPEG-4 and `QuickTime` (ISO 14496-12 §8.5.2): how a track is coded.

use super::tracks::{AudioTrack, Chroma, Codec, Scan, VideoTrack};
use super::{aac, big_endian, h264};

/// Version, flags and the number of entries.
const DESCRIPTION_HEADER: usize = 8;
/// An entry's size and name.
const ENTRY_HEADER: usize = 8;
/// Where an entry's boxes begin, after its fields.
const VIDEO_FIELDS: usize = 86;
const AUDIO_FIELDS: usize = 36;
/// What longer versions of `QuickTime`'s sound descriptions add.
const AUDIO_FIELDS_V1: usize = 16;
const AUDIO_FIELDS_V2: usize = 36;

/// The first entry of a description, which may be cut off.
fn first_entry(description: &[u8]) -> Option<(&[u8], &[u8])> {
    let entries = description.get(DESCRIPTION_HEADER..)?;
    let size = usize::try_from(big_endian(entries.get(..4))).ok()?;
    let entry = entries.get(..size).unwrap_or(entries);
    Some((entry.get(4..ENTRY_HEADER)?, entry))
}

/// The boxes in these bytes, by name; the last one may be cut off.
fn boxes(mut bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let size = usize::try_from(big_endian(bytes.get(..4))).ok()?;
        let name = bytes.get(4..8)?;
        if size < 8 {
            return None;
        }
        let content = bytes.get(8..size).or_else(|| bytes.get(8..))?;
        bytes = bytes.get(size..).unwrap_or_default();
        Some((name, content))
    })
}

/// Reads a picture track's description.
pub(super) fn video(description: &[u8]) -> Option<VideoTrack> {
    let (name, entry) = first_entry(description)?;
    let mut track = VideoTrack { codec: video_codec(name), ..VideoTrack::default() };
    let (mut container_aspect, mut container_scan) = (None, None);
    for (name, content) in boxes(entry.get(VIDEO_FIELDS..).unwrap_or_default()) {
        match name {
            b"avcC" => read_h264(content, &mut track),
            b"hvcC" => {
                track.chroma = content.get(16).and_then(|byte| Chroma::from_format_idc((byte & 3).into()));
                track.bit_depth = content.get(17).map(|byte| 8 + u32::from(byte & 7));
            }
            b"av1C" => read_av1(content, &mut track),
            b"vpcC" => read_vp9(content, &mut track),
            b"esds" => {
                if let Some(stream) = aac::stream(content) {
                    track.codec = mpeg4_codec(stream.object_type);
                }
            }
            b"pasp" => container_aspect = aspect(content),
            // One field a frame is progressive, two are interlaced.
            b"fiel" => {
                container_scan = match content.first() {
                    Some(1) => Some(Scan::Progressive),
                    Some(2) => Some(Scan::Interlaced),
                    _ => None,
                }
            }
            _ => {}
        }
    }
    // Players go by the container.
    track.pixel_aspect = container_aspect.or(track.pixel_aspect);
    track.scan = container_scan.or(track.scan);
    Some(track)
}

fn read_h264(content: &[u8], track: &mut VideoTrack) {
    let h264::Configuration { profile, chroma, bit_depth, scan, pixel_aspect, frame_rate_millis } =
        h264::configuration(content);
    (track.profile, track.chroma, track.bit_depth) = (profile, chroma, bit_depth);
    (track.scan, track.pixel_aspect, track.frame_rate_millis) = (scan, pixel_aspect, frame_rate_millis);
}

/// AV1 codec ISO media file format binding §2.3.3.
fn read_av1(content: &[u8], track: &mut VideoTrack) {
    let Some(flags) = content.get(2) else {
        return;
    };
    let is = |bit: u32| flags >> bit & 1 == 1;
    track.bit_depth = Some(match (is(6), is(5)) {
        (false, _) => 8,
        (true, false) => 10,
        (true, true) => 12,
    });
    track.chroma = Some(match (is(4), is(3), is(2)) {
        (true, _, _) => Chroma::Monochrome,
        (_, true, true) => Chroma::Yuv420,
        (_, true, false) => Chroma::Yuv422,
        (_, false, _) => Chroma::Yuv444,
    });
}

/// VP codec ISO media file format binding, `VPCodecConfigurationBox`.
fn read_vp9(content: &[u8], track: &mut VideoTrack) {
    let Some(byte) = content.get(6) else {
        return;
    };
    track.bit_depth = Some(u32::from(byte >> 4));
    track.chroma = match byte >> 1 & 7 {
        0 | 1 => Some(Chroma::Yuv420),
        2 => Some(Chroma::Yuv422),
        3 => Some(Chroma::Yuv444),
        _ => None,
    };
}

fn aspect(content: &[u8]) -> Option<(u32, u32)> {
    let word = |from: usize| u32::try_from(big_endian(Some(content.get(from..from + 4)?))).ok();
    Some((word(0)?, word(4)?)).filter(|(width, height)| *width > 0 && *height > 0)
}

/// Reads a sound track's description.
pub(super) fn audio(description: &[u8]) -> Option<AudioTrack> {
    let (name, entry) = first_entry(description)?;
    let number = |from: usize, to: usize| u32::try_from(big_endian(entry.get(from..to))).ok();
    // `QuickTime`'s versions of the entry; ISO 14496-12 has another one, in a later version of the description.
    let version = if description.first() == Some(&0) { number(16, 18)? } else { 0 };
    let (more, channels) = match version {
        1 => (AUDIO_FIELDS_V1, number(24, 26)),
        2 => (AUDIO_FIELDS_V2, number(48, 52)),
        _ => (0, number(24, 26)),
    };
    let mut track = AudioTrack {
        codec: audio_codec(name),
        profile: None,
        channels: channels.filter(|channels| *channels > 0),
    };
    for (name, content) in boxes(entry.get(AUDIO_FIELDS + more..).unwrap_or_default()) {
        match name {
            b"esds" => read_stream(content, &mut track),
            b"wave" => {
                let inner = boxes(content).find(|(name, _)| *name == b"esds");
                if let Some((_, content)) = inner {
                    read_stream(content, &mut track);
                }
            }
            _ => {}
        }
    }
    Some(track)
}

/// Numbers of registered object types (<https://mp4ra.org/registered-types/object-types>).
fn read_stream(content: &[u8], track: &mut AudioTrack) {
    let Some(stream) = aac::stream(content) else {
        return;
    };
    track.codec = mpeg4_codec(stream.object_type);
    track.profile = match stream.object_type {
        0x66 => Some("Main"),
        0x67 => Some("LC"),
        0x68 => Some("SSR"),
        _ => None,
    };
    if stream.object_type == 0x40
        && let Some(found) = aac::configuration(stream.configuration)
    {
        track.profile = found.profile;
        track.channels = found.channels.or(track.channels);
    }
}

fn mpeg4_codec(object_type: u8) -> Codec {
    match object_type {
        0x20 => Codec::Known("mpeg4"),
        0x21 => Codec::H264,
        0x40 | 0x66..=0x68 => Codec::AAC,
        0x60..=0x65 => Codec::Known("mpeg2"),
        0x69 | 0x6b => Codec::Known("mp3"),
        0x6a => Codec::Known("mpeg1"),
        0x6c => Codec::Known("mjpeg"),
        other => Codec::Other(format!("mp4 object type 0x{other:02x}")),
    }
}

fn video_codec(name: &[u8]) -> Codec {
    Codec::Known(match name {
        b"avc1" | b"avc2" | b"avc3" | b"avc4" | b"dva1" | b"dvav" => return Codec::H264,
        b"hvc1" | b"hev1" | b"hvc2" | b"hev2" | b"dvh1" | b"dvhe" => "hevc",
        b"av01" => "av1",
        b"vp08" => "vp8",
        b"vp09" => "vp9",
        b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "prores",
        b"mp4v" => "mpeg4",
        b"jpeg" | b"mjpa" | b"mjpb" => "mjpeg",
        b"s263" | b"h263" => "h263",
        b"AVdn" | b"AVdh" => "dnxhd",
        other => return Codec::other(other),
    })
}

fn audio_codec(name: &[u8]) -> Codec {
    Codec::Known(match name {
        b"mp4a" => return Codec::AAC,
        b".mp3" => "mp3",
        b"ac-3" => "ac3",
        b"ec-3" => "eac3",
        b"Opus" => "opus",
        b"alac" => "alac",
        b"fLaC" => "flac",
        b"samr" | b"sawb" => "amr",
        b"lpcm" | b"sowt" | b"twos" | b"in24" | b"in32" | b"fl32" | b"fl64" | b"ipcm" | b"fpcm" => "pcm",
        other => return Codec::other(other),
    })
}
