//! Tracks of videos in boxes made here.

use proptest::prelude::*;

use super::super::*;
use super::{file_of, movie_header, mp4_box, sniff};

/// Writes bits, most significant first.
#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn put(mut self, number: u32, count: u32) -> Self {
        self.0.extend((0..count).rev().map(|bit| number >> bit & 1 == 1));
        self
    }

    /// Exp-Golomb.
    fn golomb(self, number: u32) -> Self {
        let bits = u32::BITS - (number + 1).leading_zeros();
        self.put(0, bits - 1).put(number + 1, bits)
    }

    fn bytes(mut self) -> Vec<u8> {
        while !self.0.len().is_multiple_of(8) {
            self.0.push(false);
        }
        self.0.chunks(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect()
    }
}

/// What the parameter set of a test says.
struct Picture {
    profile: u8,
    chroma: u32,
    depth: u32,
    frames_only: bool,
    aspect: Option<(u32, u32)>,
    /// Units in a tick, and ticks a second.
    timing: Option<(u32, u32)>,
}

const HIGH: Picture =
    Picture { profile: 100, chroma: 1, depth: 8, frames_only: true, aspect: None, timing: None };

fn parameter_set(picture: &Picture) -> Vec<u8> {
    let mut bits = Bits::default().put(picture.profile.into(), 8).put(0, 8).put(31, 8).golomb(0);
    if picture.profile >= 100 {
        bits = bits.golomb(picture.chroma);
        if picture.chroma == 3 {
            bits = bits.put(0, 1);
        }
        bits = bits.golomb(picture.depth - 8).golomb(picture.depth - 8).put(0, 2);
    }
    // Order by type 1 with a cycle of one, references, gaps, size.
    bits = bits.golomb(0).golomb(1).put(0, 1).golomb(1).golomb(2).golomb(1).golomb(3);
    bits = bits.golomb(1).put(0, 1).golomb(79).golomb(44).put(picture.frames_only.into(), 1);
    if !picture.frames_only {
        bits = bits.put(1, 1);
    }
    // Direct inference, cropping, usability.
    bits = bits.put(1, 1).put(1, 1).golomb(0).golomb(0).golomb(0).golomb(4).put(1, 1);
    bits = match picture.aspect {
        Some((width, height)) => bits.put(1, 1).put(255, 8).put(width, 16).put(height, 16),
        None => bits.put(0, 1),
    };
    bits = bits.put(0b11, 2).put(1, 1).put(0, 4).put(1, 1).put(0, 24).put(1, 1).golomb(0).golomb(0);
    bits = match picture.timing {
        Some((units, ticks)) => bits.put(1, 1).put(units, 32).put(ticks, 32).put(1, 1),
        None => bits.put(0, 1),
    };
    let mut unit = vec![0x67];
    for byte in bits.put(0, 2).put(1, 1).bytes() {
        // A decoder must not take it for a start code.
        if byte <= 3 && unit.ends_with(&[0, 0]) {
            unit.push(3);
        }
        unit.push(byte);
    }
    unit
}

fn avc(picture: &Picture) -> Vec<u8> {
    let set = parameter_set(picture);
    let length = u16::try_from(set.len()).unwrap().to_be_bytes();
    let head = [1, picture.profile, 0, 31, 0xff, 0xe1];
    mp4_box(b"avcC", &[&head[..], &length, &set, &[0]].concat())
}

fn description(entry: &[u8]) -> Vec<u8> {
    mp4_box(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], entry].concat())
}

fn video_entry(name: &[u8; 4], boxes: &[u8]) -> Vec<u8> {
    description(&mp4_box(name, &[&[0; 78], boxes].concat()))
}

/// A track of `samples` in `duration` thousandths of a second.
fn track(kind: &[u8; 4], samples: u32, duration: u32, description: &[u8]) -> Vec<u8> {
    timed_track(kind, (samples, duration), description, &[])
}

/// A track with a table of runs: samples, and how long each lasts.
fn timed_track(
    kind: &[u8; 4],
    (samples, duration): (u32, u32),
    description: &[u8],
    times: &[(u32, u32)],
) -> Vec<u8> {
    let mut header = vec![0; 84];
    (header[3], header[41], header[57]) = (3, 1, 1);
    (header[78], header[82]) = (64, 64);
    (header[76], header[80]) = (0, 0);
    header[76..80].copy_from_slice(&(64_u32 << 16).to_be_bytes());
    header[80..84].copy_from_slice(&(64_u32 << 16).to_be_bytes());
    let mut length = vec![0; 24];
    length[12..16].copy_from_slice(&1000_u32.to_be_bytes());
    length[16..20].copy_from_slice(&duration.to_be_bytes());
    let handler = [b"\0\0\0\0mhlr", &kind[..], &[0; 13]].concat();
    let data_handler = [b"\0\0\0\0dhlrurl ", &[0_u8; 13][..]].concat();
    let sizes = [&[0; 8], &samples.to_be_bytes()[..]].concat();
    let mut runs = [&[0; 4], &u32::try_from(times.len()).unwrap().to_be_bytes()[..]].concat();
    runs.extend(times.iter().flat_map(|(count, delta)| [count.to_be_bytes(), delta.to_be_bytes()].concat()));
    let runs = if times.is_empty() { vec![] } else { mp4_box(b"stts", &runs) };
    let table = mp4_box(b"stbl", &[description, &runs, &mp4_box(b"stsz", &sizes)].concat());
    let information = mp4_box(b"minf", &[mp4_box(b"hdlr", &data_handler), table].concat());
    let media = [mp4_box(b"mdhd", &length), mp4_box(b"hdlr", &handler), information].concat();
    mp4_box(b"trak", &[mp4_box(b"tkhd", &header), mp4_box(b"mdia", &media)].concat())
}

fn video_of(description: &[u8]) -> VideoTrack {
    let facts = sniff(&file_of(&[&movie_header(600), &track(b"vide", 30, 1000, description)]));
    assert_eq!(facts.defect, None);
    facts.video.unwrap()
}

#[test]
fn a_parameter_set_describes_the_picture() {
    let video = |picture: Picture| video_of(&video_entry(b"avc1", &avc(&picture)));
    let high = video(HIGH);
    let expected = VideoTrack {
        codec: Codec::H264,
        profile: Some("High"),
        chroma: Some(Chroma::Yuv420),
        bit_depth: Some(8),
        pixel_aspect: None,
        scan: Some(Scan::Progressive),
        frame_rate_millis: Some(30_000),
    };
    assert_eq!(high, expected);
    let deep = video(Picture { profile: 110, depth: 10, ..HIGH });
    assert_eq!((deep.profile, deep.bit_depth), (Some("High 10"), Some(10)));
    for (chroma, is) in [(0, Chroma::Monochrome), (2, Chroma::Yuv422), (3, Chroma::Yuv444)] {
        assert_eq!(video(Picture { profile: 244, chroma, ..HIGH }).chroma, Some(is));
    }
    let main = video(Picture { profile: 77, ..HIGH });
    assert_eq!((main.profile, main.chroma, main.bit_depth), (Some("Main"), Some(Chroma::Yuv420), Some(8)));
    for (profile, name) in [(66, "Baseline"), (88, "Extended")] {
        assert_eq!(video(Picture { profile, ..HIGH }).profile, Some(name));
    }
    assert_eq!(video(Picture { frames_only: false, ..HIGH }).scan, Some(Scan::MaybeInterlaced));
    // The second one has zeros between which a byte is put.
    for aspect in [(4, 3), (256, 1)] {
        assert_eq!(video(Picture { aspect: Some(aspect), ..HIGH }).pixel_aspect, Some(aspect));
    }
}

#[test]
fn the_container_has_the_last_word() {
    let stretched = avc(&Picture { aspect: Some((4, 3)), frames_only: false, ..HIGH });
    let pixels = mp4_box(b"pasp", &[0, 0, 0, 1, 0, 0, 0, 1]);
    // Three fields are none that it could mean, so what the picture says of itself counts.
    for (fields, scan) in [(1, Scan::Progressive), (2, Scan::Interlaced), (3, Scan::MaybeInterlaced)] {
        let boxes = [&stretched[..], &pixels, &mp4_box(b"fiel", &[fields, 9])].concat();
        let video = video_of(&video_entry(b"avc1", &boxes));
        assert_eq!((video.pixel_aspect, video.scan), (Some((1, 1)), Some(scan)));
    }
    let rate = |samples, duration| {
        let entry = video_entry(b"avc1", &avc(&Picture { timing: Some((1, 100)), ..HIGH }));
        let movie = [movie_header(600), track(b"vide", samples, duration, &entry)];
        sniff(&file_of(&[&movie.concat()])).video.unwrap().frame_rate_millis
    };
    assert_eq!(rate(120, 1000), Some(120_000));
    assert_eq!(rate(u32::MAX, 1), Some(u64::from(u32::MAX) * 1_000_000));
    // Without samples in front the parameter set's timing counts.
    assert_eq!((rate(0, 0), rate(0, 1000), rate(9, 0)), (Some(50_000), Some(50_000), Some(50_000)));
}

#[test]
fn a_frame_rate_that_varies_is_reported_on_average() {
    let rate = |times: &[(u32, u32)]| {
        let picture = timed_track(b"vide", (30, 1000), &video_entry(b"avc1", &avc(&HIGH)), times);
        sniff(&file_of(&[&movie_header(600), &picture])).video.unwrap().frame_rate_millis
    };
    assert_eq!(rate(&[(30, 8), (13, 20)]), Some(86_000));
    // A table that is too long to look at leaves it to the headers.
    assert_eq!(rate(&[(1, 8); 500]), Some(125_000));
    assert_eq!(rate(&[(1, 8); 600]), Some(30_000));
    assert_eq!(rate(&[(u32::MAX, u32::MAX); 9]), None);
    assert_eq!(rate(&[(u32::MAX, 0)]), None);
}

#[test]
fn other_codecs_are_known_by_their_entries() {
    let codec = |name: &[u8; 4]| video_of(&video_entry(name, &[])).codec;
    assert_eq!(codec(b"hvc1"), Codec::Known("hevc"));
    assert_eq!(codec(b"apcn"), Codec::Known("prores"));
    assert_eq!(codec(b"\0ab\xff"), Codec::Other(".ab.".to_owned()));
    for (name, expected) in
        [(b"vp08", "vp8"), (b"mp4v", "mpeg4"), (b"mjpa", "mjpeg"), (b"h263", "h263"), (b"AVdn", "dnxhd")]
    {
        assert_eq!(codec(name), Codec::Known(expected));
    }
    let mut hevc = vec![0; 23];
    (hevc[16], hevc[17]) = (0xfe, 0xfa);
    let hevc = video_of(&video_entry(b"hev1", &mp4_box(b"hvcC", &hevc)));
    assert_eq!((hevc.chroma, hevc.bit_depth), (Some(Chroma::Yuv422), Some(10)));
    for (flags, chroma, depth) in [
        (0b0000_1100, Chroma::Yuv420, 8),
        (0b0100_1000, Chroma::Yuv422, 10),
        (0b0110_0000, Chroma::Yuv444, 12),
        (0b0001_1100, Chroma::Monochrome, 8),
    ] {
        let video = video_of(&video_entry(b"av01", &mp4_box(b"av1C", &[0x81, 0, flags, 0])));
        assert_eq!((video.chroma, video.bit_depth), (Some(chroma), Some(depth)));
    }
    for (byte, chroma, depth) in
        [(0x80, Chroma::Yuv420, 8), (0xa4, Chroma::Yuv422, 10), (0x86, Chroma::Yuv444, 8)]
    {
        let video =
            video_of(&video_entry(b"vp09", &mp4_box(b"vpcC", &[1, 0, 0, 0, 0, 10, byte, 2, 2, 2, 0, 0])));
        assert_eq!((video.chroma, video.bit_depth), (Some(chroma), Some(depth)));
    }
}

/// A sound track's entry of `QuickTime`'s `version`.
fn sound_entry(name: &[u8; 4], version: u8, channels: u8, boxes: &[u8]) -> Vec<u8> {
    let mut fields = vec![0; [28, 44, 64][usize::from(version)]];
    fields[9] = version;
    fields[if version == 2 { 43 } else { 17 }] = channels;
    description(&mp4_box(name, &[&fields, boxes].concat()))
}

fn stream(object_type: u8, configuration: &[u8]) -> Vec<u8> {
    let length = |content: &[u8]| u8::try_from(content.len()).unwrap();
    let specific = [&[5, length(configuration)], configuration].concat();
    let decoder = [&[object_type], &[0; 12][..], &specific].concat();
    // A length may have more bytes than it needs. The flags announce a dependency.
    let decoder = [&[4, 0x80, 0x80, 0x80, length(&decoder)], &decoder[..]].concat();
    let fields = [&[0, 1, 0x80, 0, 2], &decoder[..]].concat();
    mp4_box(b"esds", &[&[0, 0, 0, 0, 3, length(&fields)], &fields[..]].concat())
}

fn audio_of(description: &[u8]) -> AudioTrack {
    let picture = track(b"vide", 30, 1000, &video_entry(b"avc1", &avc(&HIGH)));
    let sound = track(b"soun", 40, 1000, description);
    // Which of them comes first does not matter.
    let facts = sniff(&file_of(&[&movie_header(600), &sound, &picture]));
    assert_eq!(facts, sniff(&file_of(&[&movie_header(600), &picture, &sound])));
    facts.audio.unwrap()
}

#[test]
fn a_sound_gives_its_profile_and_channels() {
    // Object type, frequency index, channels; then what may announce spectral band replication.
    let lc = |channels: u32| Bits::default().put(2, 5).put(4, 4).put(channels, 4).put(0, 3);
    let parsed = |configuration: Bits| {
        let audio = audio_of(&sound_entry(b"mp4a", 0, 2, &stream(0x40, &configuration.bytes())));
        assert_eq!(audio.codec, Codec::AAC);
        (audio.profile, audio.channels)
    };
    assert_eq!(parsed(lc(1)), (Some("LC"), Some(1)));
    assert_eq!(parsed(lc(6)), (Some("LC"), Some(6)));
    assert_eq!(parsed(lc(7)), (Some("LC"), Some(8)));
    assert_eq!(parsed(lc(0)), (Some("LC"), Some(2)));
    assert_eq!(parsed(lc(2).put(0x2b7, 11).put(5, 5).put(1, 1)), (Some("HE-AAC"), Some(2)));
    assert_eq!(parsed(lc(2).put(0x2b7, 11).put(5, 5).put(0, 1)), (Some("LC"), Some(2)));
    // A core coder's delay comes before what announces it.
    let delayed = Bits::default().put(2, 5).put(4, 4).put(2, 4).put(0b01, 2).put(0, 14).put(0, 1);
    assert_eq!(parsed(delayed.put(0x2b7, 11).put(5, 5).put(1, 1)), (Some("HE-AAC"), Some(2)));
    for (object_type, profile) in
        [(1, Some("Main")), (3, Some("SSR")), (4, Some("LTP")), (23, Some("LD")), (6, None)]
    {
        assert_eq!(parsed(Bits::default().put(object_type, 5).put(4, 4).put(2, 4)), (profile, Some(2)));
    }
    assert_eq!(parsed(Bits::default().put(31, 5).put(7, 6).put(3, 4).put(2, 4)), (Some("ELD"), Some(2)));
    let extended = |object_type| Bits::default().put(object_type, 5).put(15, 4).put(22_050, 24).put(2, 4);
    assert_eq!(parsed(extended(5)), (Some("HE-AAC"), Some(2)));
    assert_eq!(parsed(extended(29)), (Some("HE-AACv2"), Some(2)));
    assert_eq!(parsed(Bits::default().put(31, 5).put(10, 6).put(3, 4).put(2, 4)), (Some("xHE-AAC"), Some(2)));
}

#[test]
fn what_a_stream_holds_is_known_by_its_object_type() {
    for (object_type, codec, profile) in [
        (0x66, Codec::AAC, Some("Main")),
        (0x67, Codec::AAC, Some("LC")),
        (0x68, Codec::AAC, Some("SSR")),
        (0x69, Codec::Known("mp3"), None),
        (0xdd, Codec::Other("mp4 object type 0xdd".to_owned()), None),
    ] {
        let audio = audio_of(&sound_entry(b"mp4a", 0, 2, &stream(object_type, &[])));
        assert_eq!((audio.codec, audio.profile), (codec, profile));
    }
    for (object_type, codec) in [
        (0x20, Codec::Known("mpeg4")),
        (0x21, Codec::H264),
        (0x61, Codec::Known("mpeg2")),
        (0x6a, Codec::Known("mpeg1")),
        (0x6c, Codec::Known("mjpeg")),
    ] {
        assert_eq!(video_of(&video_entry(b"mp4v", &stream(object_type, &[]))).codec, codec);
    }
    for (name, expected) in [
        (b".mp3", "mp3"),
        (b"ac-3", "ac3"),
        (b"ec-3", "eac3"),
        (b"Opus", "opus"),
        (b"alac", "alac"),
        (b"fLaC", "flac"),
        (b"samr", "amr"),
    ] {
        assert_eq!(audio_of(&sound_entry(name, 0, 2, &[])).codec, Codec::Known(expected));
    }
}

#[test]
fn sounds_of_quicktime_have_longer_entries() {
    let inner = stream(0x40, &Bits::default().put(2, 5).put(4, 4).put(2, 4).bytes());
    let wave = mp4_box(b"wave", &[mp4_box(b"frma", b"mp4a"), inner.clone()].concat());
    for (version, boxes) in [(0, &inner), (1, &wave), (1, &inner), (2, &wave)] {
        let audio = audio_of(&sound_entry(b"mp4a", version, 6, boxes));
        assert_eq!((audio.profile, audio.channels), (Some("LC"), Some(2)), "version {version}");
    }
    for version in 0..3 {
        let audio = audio_of(&sound_entry(b"sowt", version, 6, &[]));
        assert_eq!((audio.codec, audio.channels), (Codec::Known("pcm"), Some(6)));
    }
    let mp3 = audio_of(&sound_entry(b"mp4a", 0, 2, &stream(0x6b, &[])));
    assert_eq!((mp3.codec, mp3.profile), (Codec::Known("mp3"), None));
    assert_eq!(audio_of(&sound_entry(b"apac", 0, 4, &[])).codec, Codec::Other("apac".to_owned()));
}

#[test]
fn what_stands_before_a_streams_configuration_is_passed_over() {
    // An id, flags, then a dependency, a URL and a clock's id, each if its flag is set.
    for (flags, before) in
        [(0x40, &[3, b'a', b'b', b'c'][..]), (0x20, &[0, 7]), (0xe0, &[0, 2, 1, b'x', 0, 7])]
    {
        let decoder = [&[4, 15, 0x69][..], &[0; 12], &[5, 0]].concat();
        let fields = [&[0, 1, flags], before, &decoder].concat();
        let esds = [&[0, 0, 0, 0, 3, u8::try_from(fields.len()).unwrap()], &fields[..]].concat();
        let audio = audio_of(&sound_entry(b"mp4a", 0, 2, &mp4_box(b"esds", &esds)));
        assert_eq!(audio.codec, Codec::Known("mp3"), "{flags:#x}");
    }
}

#[test]
fn a_configuration_that_is_too_short_or_makes_no_sense_leaves_the_codec_alone() {
    for (entry, name) in [(b"av01", b"av1C"), (b"vp09", b"vpcC")] {
        let video = video_of(&video_entry(entry, &mp4_box(name, &[1])));
        assert_eq!((video.chroma, video.bit_depth), (None, None));
        assert_ne!(video.codec, Codec::H264);
    }
    // A box that is shorter than its own header ends the list.
    let pixels = mp4_box(b"pasp", &[0, 0, 0, 4, 0, 0, 0, 3]);
    let broken = [&[0, 0, 0, 4][..], b"free", &pixels].concat();
    assert_eq!(video_of(&video_entry(b"hvc1", &broken)).pixel_aspect, None);
    // Zeros without an end are no number.
    let set = [&[0x67, 100, 0, 31][..], &[0; 12]].concat();
    let avc = [&[1, 100, 0, 31, 0xff, 0xe1, 0, 16][..], &set].concat();
    let video = video_of(&video_entry(b"avc1", &mp4_box(b"avcC", &avc)));
    assert_eq!((video.codec, video.chroma, video.scan), (Codec::H264, None, None));
}

#[test]
fn a_parameter_set_may_end_anywhere() {
    let full = avc(&Picture { aspect: Some((4, 3)), ..HIGH });
    for length in 8..full.len() {
        let cut = mp4_box(b"avcC", &full[8..length]);
        let video = video_of(&video_entry(b"avc1", &cut));
        assert_eq!(video.codec, Codec::H264);
        assert!(video.profile.is_none_or(|profile| profile == "High"));
    }
}

proptest! {
    #[test]
    fn any_bits_are_a_configuration(bits in prop::collection::vec(any::<u8>(), 0..300), name in 0..6_usize) {
        let names = [b"avcC", b"hvcC", b"av1C", b"vpcC", b"esds", b"pasp"];
        let content = if name == 0 {
            let length = u16::try_from(bits.len() + 2).unwrap().to_be_bytes();
            [&[1, 100, 0, 31, 0xff, 0xe1], &length[..], &[0x67, 100], &bits].concat()
        } else {
            bits
        };
        let facts = sniff(&file_of(&[
            &movie_header(600),
            &track(b"vide", 30, 1000, &video_entry(b"avc1", &mp4_box(names[name], &content))),
            &track(b"soun", 30, 1000, &sound_entry(b"mp4a", 0, 2, &mp4_box(names[name], &content))),
        ]));
        prop_assert!(facts.video.is_some() && facts.audio.is_some());
        prop_assert!(facts.video.unwrap().bit_depth.is_none_or(|depth| depth <= 15));
    }
}
