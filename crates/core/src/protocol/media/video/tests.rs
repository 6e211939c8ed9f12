use super::*;
use crate::protocol::media::limits::{advise as advise_all, check as check_all};

/// A video that breaks no rule and needs no advice.
fn sound_video() -> MediaFacts {
    MediaFacts {
        content_type: Some(ContentType::Mp4),
        width: Some(1280),
        height: Some(720),
        duration_ms: Some(10_000),
        video: Some(VideoTrack {
            codec: Codec::H264,
            profile: Some("High"),
            chroma: Some(Chroma::Yuv420),
            bit_depth: Some(8),
            pixel_aspect: Some((1, 1)),
            scan: Some(Scan::Progressive),
            frame_rate_millis: Some(60_000),
        }),
        audio: Some(AudioTrack { codec: Codec::AAC, profile: Some("LC"), channels: Some(2) }),
        ..MediaFacts::default()
    }
}

type Row = (&'static str, Option<&'static str>, Option<u64>, Option<u64>);

fn rows(problems: Vec<MediaProblem>) -> Vec<Row> {
    problems.into_iter().map(|it| (it.code, it.field, it.limit, it.actual)).collect()
}

/// The broken rules and the advice.
fn judge(facts: &MediaFacts) -> (Vec<Row>, Vec<Row>) {
    let category = MediaCategory::TweetVideo;
    (rows(check_all(facts, Some(1), category)), rows(advise_all(facts, Some(1), category)))
}

fn picture(change: impl FnOnce(&mut VideoTrack)) -> MediaFacts {
    let mut facts = sound_video();
    change(facts.video.as_mut().expect("a picture"));
    facts
}

fn sound(change: impl FnOnce(&mut AudioTrack)) -> MediaFacts {
    let mut facts = sound_video();
    change(facts.audio.as_mut().expect("a sound"));
    facts
}

#[test]
fn what_x_asks_for_is_neither_refused_nor_advised_against() {
    assert_eq!(judge(&sound_video()), (vec![], vec![]));
    let silent = MediaFacts { audio: None, ..sound_video() };
    assert_eq!(judge(&silent), (vec![], vec![]));
    let unknown = MediaFacts { video: None, ..silent };
    assert_eq!(judge(&unknown), (vec![], vec![]));
}

#[test]
fn a_requirement_is_a_rule() {
    let bare = |code, field| vec![(code, Some(field), None, None)];
    for (facts, rule) in [
        (picture(|it| it.codec = Codec::Known("hevc")), bare("video_codec", "video.codec")),
        (picture(|it| it.chroma = Some(Chroma::Yuv422)), bare("video_chroma", "video.chroma")),
        (picture(|it| it.chroma = Some(Chroma::Yuv444)), bare("video_chroma", "video.chroma")),
        (picture(|it| it.chroma = Some(Chroma::Monochrome)), bare("video_chroma", "video.chroma")),
        (picture(|it| it.pixel_aspect = Some((4, 3))), bare("video_pixel_aspect", "video.pixelAspect")),
        (picture(|it| it.pixel_aspect = Some((98, 100))), bare("video_pixel_aspect", "video.pixelAspect")),
        (picture(|it| it.scan = Some(Scan::Interlaced)), bare("video_interlaced", "video.interlaced")),
        (sound(|it| it.codec = Codec::Known("ac3")), bare("audio_codec", "audio.codec")),
        (sound(|it| it.profile = Some("HE-AAC")), bare("audio_profile", "audio.profile")),
    ] {
        assert_eq!(judge(&facts), (rule, vec![]));
    }
    let fast = picture(|it| it.frame_rate_millis = Some(60_500));
    assert_eq!(
        judge(&fast),
        (vec![("video_frame_rate", Some("video.frameRate"), Some(60), Some(61))], vec![])
    );
    let surround = sound(|it| it.channels = Some(6));
    assert_eq!(
        judge(&surround),
        (vec![("audio_channels", Some("audio.channels"), Some(2), Some(6))], vec![])
    );
}

#[test]
fn what_is_off_by_rounding_breaks_no_rule() {
    for rate in [23_976, 59_940, 60_499] {
        assert_eq!(judge(&picture(|it| it.frame_rate_millis = Some(rate))), (vec![], vec![]));
    }
    for aspect in [(427, 426), (99, 100), (404, 405)] {
        assert_eq!(judge(&picture(|it| it.pixel_aspect = Some(aspect))), (vec![], vec![]));
    }
    assert_eq!(judge(&sound(|it| it.channels = Some(1))), (vec![], vec![]));
}

#[test]
fn a_recommendation_is_advice() {
    let profile = ("video_profile", Some("video.profile"), None, None);
    for name in ["Main", "Constrained Baseline", "High 10"] {
        assert_eq!(judge(&picture(|it| it.profile = Some(name))), (vec![], vec![profile]));
    }
    let deep = picture(|it| it.bit_depth = Some(10));
    let depth = ("video_bit_depth", Some("video.bitDepth"), Some(8), Some(10));
    assert_eq!(judge(&deep), (vec![], vec![depth]));
    let maybe = picture(|it| it.scan = Some(Scan::MaybeInterlaced));
    let scan = ("video_may_be_interlaced", Some("video.interlaced"), None, None);
    assert_eq!(judge(&maybe), (vec![], vec![scan]));
}

#[test]
fn codecs_that_are_not_known_here_or_come_in_webm_are_left_to_x() {
    let video = ("video_codec", Some("video.codec"), None, None);
    let audio = ("audio_codec", Some("audio.codec"), None, None);
    let unknown = picture(|it| it.codec = Codec::Other("ai15".to_owned()));
    assert_eq!(judge(&unknown), (vec![], vec![video]));
    let unknown = sound(|it| it.codec = Codec::Other("apac".to_owned()));
    assert_eq!(judge(&unknown), (vec![], vec![audio]));
    let webm = MediaFacts {
        content_type: Some(ContentType::Webm),
        audio: Some(AudioTrack { codec: Codec::Known("opus"), profile: None, channels: Some(2) }),
        ..picture(|it| (it.codec, it.profile) = (Codec::Known("vp9"), None))
    };
    assert_eq!(judge(&webm), (vec![], vec![video, audio]));
}

#[test]
fn sizes_and_durations_have_their_limits_on_both_sides() {
    let size =
        |width, height| judge(&MediaFacts { width: Some(width), height: Some(height), ..sound_video() }).0;
    for right in [(32, 32), (96, 32), (32, 96), (1920, 1080)] {
        assert_eq!(size(right.0, right.1), []);
    }
    assert_eq!(size(31, 40), [("video_too_small", Some("width"), Some(32), Some(31))]);
    assert_eq!(size(40, 31), [("video_too_small", Some("height"), Some(32), Some(31))]);
    assert_eq!(size(301, 100), [("video_aspect", None, Some(3), None)]);
    let lasting = |ms| judge(&MediaFacts { duration_ms: Some(ms), ..sound_video() }).0;
    assert_eq!((lasting(500), lasting(7_500_000)), (vec![], vec![]));
    assert_eq!(lasting(499), [("video_too_short", Some("durationMs"), Some(500), Some(499))]);
    assert_eq!(
        lasting(7_500_001),
        [("video_too_long", Some("durationMs"), Some(7_500_000), Some(7_500_001))]
    );
}
