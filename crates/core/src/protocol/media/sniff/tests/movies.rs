//! Movie boxes in files made here.

use super::super::*;
use super::{file_of, movie, mp4_box, sniff, track};

#[test]
fn a_video_from_before_the_file_type_box_is_one() {
    for first in [&b"\0\0\0\x08wide"[..], b""] {
        let facts = sniff(&[first, &movie(false), &mp4_box(b"mdat", &[7; 30])].concat());
        assert_eq!(facts.content_type, Some(ContentType::QuickTime));
        assert_eq!((facts.duration_ms, facts.width, facts.defect), (Some(2500), Some(1280), None));
    }
}

#[test]
fn a_longer_header_gives_the_same_duration() {
    let header = |duration: u64| {
        let mut header = vec![0; 112];
        header[0] = 1;
        header[20..24].copy_from_slice(&600_u32.to_be_bytes());
        header[24..32].copy_from_slice(&duration.to_be_bytes());
        mp4_box(b"mvhd", &header)
    };
    let picture = track(b"vide", 3, (64, 48), false);
    let duration = |of: u64| sniff(&file_of(&[&header(of), &picture])).duration_ms;
    assert_eq!(duration(1500), Some(2500));
    // A whole day too long for four bytes.
    assert_eq!(duration(1 << 33), Some((1 << 33) * 1000 / 600));
    assert_eq!(duration(u64::MAX), None);
}

#[test]
fn boxes_that_no_movie_can_follow_say_so() {
    let file_type = mp4_box(b"ftyp", b"isom\0\0\0\0");
    let endless = [&file_type[..], b"\0\0\0\0mdat", &[7; 30]].concat();
    assert_eq!(sniff(&endless).defect, Some("a video without a movie box"));
    for tiny in [&b"\0\0\0\x05free"[..], b"\0\0\0\x01free\0\0\0\0\0\0\0\x0c"] {
        let bytes = [&file_type[..], tiny, &[0; 30]].concat();
        assert_eq!(sniff(&bytes).defect, Some("an MPEG-4 box smaller than its own header"));
    }
}
