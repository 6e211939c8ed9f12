//! Videos made by ffmpeg, whose facts ffprobe gave.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::Value;

use super::super::*;
use super::{damage, damaged, sniff, sniff_by_ranges, sniff_in_chunks};

/// What ffprobe calls a picture's samples.
fn pixel_format(name: &str) -> (Chroma, u32) {
    match name {
        "yuv420p" => (Chroma::Yuv420, 8),
        "yuv422p" => (Chroma::Yuv422, 8),
        "yuv444p" => (Chroma::Yuv444, 8),
        "yuv420p10le" => (Chroma::Yuv420, 10),
        "yuv422p10le" => (Chroma::Yuv422, 10),
        other => panic!("{other}"),
    }
}

fn ratio(text: &Value, between: char) -> (u32, u32) {
    let (one, other) = text.as_str().unwrap().split_once(between).unwrap();
    (one.parse().unwrap(), other.parse().unwrap())
}

/// Name, bytes, and what ffprobe says.
static SAMPLES: LazyLock<Vec<(String, Vec<u8>, Value)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/video");
    let list = std::fs::read(folder.join("samples.json")).unwrap();
    let list: Vec<Value> = serde_json::from_slice(&list).unwrap();
    list.iter()
        .map(|sample| {
            let file = sample["file"].as_str().unwrap();
            (file.to_owned(), std::fs::read(folder.join(file)).unwrap(), sample["ffprobe"].clone())
        })
        .collect()
});

#[test]
fn ffprobe_says_the_same() {
    assert!(SAMPLES.len() > 20);
    for (file, bytes, ffprobe) in &*SAMPLES {
        let facts = sniff(bytes);
        assert_eq!(facts.defect, None, "{file}");
        let number = |name: &str| ffprobe["video"][name].as_u64().and_then(pixels);
        let video = facts.video.unwrap();
        // A picture that is stretched has the size that it is shown with.
        if video.pixel_aspect.is_none_or(|(width, height)| width == height) {
            assert_eq!((facts.width, facts.height), (number("width"), number("height")), "{file}");
        }
        let duration = ffprobe["duration"].as_str().map(|text| text.parse::<f64>().unwrap());
        // A file in fragments has no duration in front of them.
        if !file.contains("fragments") {
            let ours = facts.duration_ms.map(|ms| Duration::from_millis(ms).as_secs_f64());
            assert_eq!(ours.is_some(), duration.is_some(), "{file}");
            assert!((ours.unwrap_or(0.0) - duration.unwrap_or(0.0)).abs() <= 0.001, "{file} {ours:?}");
        }
        compare_video(file, &video, &ffprobe["video"]);
        compare_audio(file, facts.audio.as_ref(), &ffprobe["audio"]);
    }
}

fn compare_video(file: &str, video: &VideoTrack, ffprobe: &Value) {
    assert_eq!(video.codec.as_str(), ffprobe["codec_name"].as_str().unwrap(), "{file}");
    let is_h264 = video.codec == Codec::H264;
    assert_eq!(video.profile, ffprobe["profile"].as_str().filter(|_| is_h264), "{file}");
    // ProRes and WebM have no configuration that says it.
    let has_more = !file.contains(".webm") && video.codec.as_str() != "prores";
    let (chroma, depth) = pixel_format(ffprobe["pix_fmt"].as_str().unwrap());
    assert_eq!(
        (video.chroma, video.bit_depth),
        (has_more.then_some(chroma), has_more.then_some(depth)),
        "{file}"
    );
    let aspect = ratio(&ffprobe["sample_aspect_ratio"], ':');
    assert_eq!(video.pixel_aspect.unwrap_or((1, 1)), aspect, "{file}");
    let is_progressive = ffprobe["field_order"] == "progressive";
    match video.scan {
        None => assert!(!is_h264, "{file}"),
        Some(scan) => assert_eq!(scan == Scan::Progressive, is_progressive, "{file}"),
    }
    if let Some(rate) = video.frame_rate_millis {
        let (frames, seconds) = ratio(&ffprobe["avg_frame_rate"], '/');
        let theirs = u64::from(frames) * 1000 / u64::from(seconds);
        assert!(rate.abs_diff(theirs) <= 1, "{file} {rate} {theirs}");
    } else {
        // Its samples come after what is read, and x264 does not call the rate fixed.
        assert_eq!(file, "h264-fragments.mp4");
    }
}

fn compare_audio(file: &str, audio: Option<&AudioTrack>, ffprobe: &Value) {
    let Some(audio) = audio else {
        assert!(ffprobe.is_null(), "{file}");
        return;
    };
    assert!(ffprobe["codec_name"].as_str().unwrap().starts_with(audio.codec.as_str()), "{file}");
    assert_eq!(audio.profile, ffprobe["profile"].as_str(), "{file}");
    assert_eq!(audio.channels.map(u64::from), ffprobe["channels"].as_u64(), "{file}");
}

#[test]
fn no_more_is_read_of_a_video_than_its_headers() {
    for (file, bytes, _) in &*SAMPLES {
        let (facts, read) = sniff_by_ranges(bytes);
        assert_eq!(facts, sniff(bytes), "{file}");
        assert!(read < 1600, "{file}: {read} of {} bytes", bytes.len());
    }
}

proptest! {
    #[test]
    fn damage_does_no_harm(place in any::<prop::sample::Index>(), chunk in 1_usize..700, damage in damage()) {
        let bytes = damaged(&SAMPLES[place.index(SAMPLES.len())].1, &damage);
        let facts = sniff(&bytes);
        prop_assert_eq!(&sniff_in_chunks(&bytes, chunk), &facts);
        let (by_ranges, read) = sniff_by_ranges(&bytes);
        prop_assert!(read <= bytes.len());
        prop_assert_eq!(MediaFacts { defect: None, ..by_ranges }, MediaFacts { defect: None, ..facts });
    }
}
