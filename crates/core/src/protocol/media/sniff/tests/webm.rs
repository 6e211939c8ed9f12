//! `WebM` files made here.

use super::super::*;
use super::sniff;

/// An element whose size has one byte.
fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    [id, &[0x80 | u8::try_from(content.len()).unwrap()], content].concat()
}

/// A file whose segment and first cluster are as long as they turn out to be.
fn webm(parts: &[&[u8]]) -> Vec<u8> {
    let head = element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", b"webm"));
    let segment = b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff";
    [&head, &segment[..], &parts.concat(), b"\x1f\x43\xb6\x75\xff", &[7; 64]].concat()
}

fn webm_track(kind: u8, codec: &[u8], more: &[u8]) -> Vec<u8> {
    let content = [&element(b"\x83", &[kind]), &element(b"\x86", codec), more].concat();
    element(b"\x16\x54\xae\x6b", &element(b"\xae", &content))
}

#[test]
fn webm_is_known_by_its_elements() {
    let size = [element(b"\xb0", &[1, 64]), element(b"\xba", &[0, 180])].concat();
    let shown = [element(b"\x54\xb0", &[4]), element(b"\x54\xba", &[3])].concat();
    let fields = element(b"\x9a", &[1]);
    let picture = element(b"\xe0", &[size, shown, fields].concat());
    let rate = element(b"\x23\xe3\x83", &8_333_333_u32.to_be_bytes());
    let video = webm_track(1, b"V_AV1\0\0", &[rate, picture].concat());
    let audio = webm_track(2, b"A_EAC3\n", &element(b"\xe1", &element(b"\x9f", &[6])));
    let scale = element(b"\x2a\xd7\xb1", &500_000_u32.to_be_bytes());
    let length = element(b"\x44\x89", &3000.4_f32.to_be_bytes());
    let information = element(b"\x15\x49\xa9\x66", &[scale, length].concat());
    let facts = sniff(&webm(&[&information, &element(b"\xec", &[0; 9]), &video, &video, &audio]));
    assert_eq!(
        facts,
        MediaFacts {
            content_type: Some(ContentType::Webm),
            width: Some(320),
            height: Some(180),
            duration_ms: Some(1500),
            video: Some(VideoTrack {
                codec: Codec::Known("av1"),
                // 4:3 of 16:9.
                pixel_aspect: Some((3, 4)),
                scan: Some(Scan::Interlaced),
                frame_rate_millis: Some(120_000),
                ..VideoTrack::default()
            }),
            audio: Some(AudioTrack {
                codec: Codec::Other("A_EAC3.".to_owned()),
                profile: None,
                channels: Some(6)
            }),
            ..MediaFacts::default()
        }
    );
    // A file in which nothing is said of interlacing, and whose duration is no number.
    let size = [element(b"\xb0", &[1, 64]), element(b"\xba", &[0, 180])].concat();
    let video = webm_track(1, b"V_VP8", &element(b"\xe0", &size));
    let untold = element(b"\x15\x49\xa9\x66", &element(b"\x44\x89", &[1, 2]));
    let facts = sniff(&webm(&[&untold, &video]));
    assert_eq!((facts.width, facts.duration_ms, facts.defect), (Some(320), None, None));
    assert_eq!(facts.video.map(|video| (video.codec, video.scan)), Some((Codec::Known("vp8"), None)));
    // Nothing said, or nothing that makes sense, is nothing known; X has the last word on it.
    for parts in [&[][..], &[&b"\0"[..]], &[&element(b"\xae", &element(b"\x83", &[1]))]] {
        let facts = sniff(&webm(parts));
        assert_eq!((facts.width, facts.video, facts.defect), (None, None, None));
    }
}
