//! What a medium is does not depend on how its bytes come in: whole, in runs, or with what does not matter jumped over.
//! GIFs are walked a second time. The first byte says how many bytes follow with the lengths of runs; then the medium.
#![no_main]

use libfuzzer_sys::fuzz_target;
use support::gif::{self, End};
use support::input::{Reader, cut};
use support::line::assert_line;
use twitter_native_core::protocol::media::category::{ContentType, MediaCategory};
use twitter_native_core::protocol::media::limits::{advise, check};
use twitter_native_core::protocol::media::sniff::{MediaFacts, MediaSniffer};

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader(bytes);
    let count = reader.below(8) as usize;
    let lengths = reader.take(count);
    let medium = reader.0;

    let facts = read(&[medium]);
    assert_eq!(read(&cut(medium, lengths)), facts);
    assert_eq!(read_with_jumps(medium, lengths), facts);
    consistent(&facts);
    beginnings(medium, &facts);
    if facts.content_type == Some(ContentType::Gif) {
        walked(medium, &facts);
    }
    for category in [
        MediaCategory::TweetImage,
        MediaCategory::TweetGif,
        MediaCategory::TweetVideo,
        MediaCategory::Subtitles,
    ] {
        let length = Some(medium.len() as u64);
        for problem in check(&facts, length, category).iter().chain(&advise(&facts, length, category)) {
            assert_line(&problem.message);
        }
    }
});

fn read(runs: &[&[u8]]) -> MediaFacts {
    let mut sniffer = MediaSniffer::new();
    let mut given = 0;
    for run in runs {
        let wanted = sniffer.next_wanted();
        assert_eq!(wanted.is_none(), sniffer.is_done());
        assert!(wanted.is_none_or(|wanted| wanted.start >= given && wanted.end.saturating_sub(wanted.start) <= 4096));
        sniffer.push(run);
        given += run.len() as u64;
    }
    ended(sniffer)
}

/// As a probe reads: from where the sniffer wants to go on, unless that lies after the end.
fn read_with_jumps(medium: &[u8], lengths: &[u8]) -> MediaFacts {
    let mut sniffer = MediaSniffer::new();
    let mut lengths = lengths.iter().map(|length| usize::from(*length).max(1)).cycle();
    let mut at = 0;
    while !sniffer.is_done() && at < medium.len() {
        let wanted = usize::try_from(sniffer.next_offset()).unwrap_or(usize::MAX);
        assert!(wanted >= at);
        if wanted < medium.len() {
            sniffer.jump();
            at = wanted;
        }
        let end = medium.len().min(at + lengths.next().unwrap_or(64));
        sniffer.push(&medium[at..end]);
        at = end;
    }
    ended(sniffer)
}

fn ended(mut sniffer: MediaSniffer) -> MediaFacts {
    sniffer.end();
    assert!(sniffer.is_done() && sniffer.next_wanted().is_none());
    sniffer.facts().clone()
}

fn consistent(facts: &MediaFacts) {
    use ContentType::{Gif, Jpeg, Mp4, Png, QuickTime, Webm, Webp};
    let is = |kinds: &[ContentType]| facts.content_type.is_some_and(|kind| kinds.contains(&kind));
    assert!(facts.content_type.is_some());
    assert_eq!(facts.width.is_some(), facts.height.is_some());
    assert!(facts.width.is_none() || is(&[Jpeg, Png, Gif, Webp, Mp4, QuickTime, Webm]));
    assert!(facts.duration_ms.is_none() || is(&[Mp4, QuickTime, Webm]));
    assert!((facts.video.is_none() && facts.audio.is_none()) || is(&[Mp4, QuickTime, Webm]));
    for codec in facts.video.iter().map(|it| &it.codec).chain(facts.audio.iter().map(|it| &it.codec)) {
        assert_line(codec.as_str());
    }
    assert!(facts.frames.is_none() || is(&[Gif, Png]));
    assert!(facts.animated.is_none() || is(&[Gif, Png, Webp]));
    assert!(facts.defect.is_none_or(|defect| !defect.is_empty()));
}

/// What anyone can tell from a file's first bytes.
fn beginnings(medium: &[u8], facts: &MediaFacts) {
    let beginnings: [(&[u8], ContentType); 5] = [
        (b"\xff\xd8\xff", ContentType::Jpeg),
        (b"\x89PNG\r\n\x1a\n", ContentType::Png),
        (b"GIF87a", ContentType::Gif),
        (b"GIF89a", ContentType::Gif),
        (b"WEBVTT\n", ContentType::Vtt),
    ];
    for (beginning, kind) in beginnings {
        assert!(!medium.starts_with(beginning) || facts.content_type == Some(kind), "{facts:?}");
    }
    if facts.content_type == Some(ContentType::Png) && medium.get(12..16) == Some(b"IHDR") {
        let number = |at: usize| {
            medium.get(at..at + 4).map(|bytes| bytes.iter().fold(0, |n, byte| n << 8 | u32::from(*byte)))
        };
        assert!(medium.len() < 24 || (facts.width, facts.height) == (number(16), number(20)));
    }
}

fn walked(medium: &[u8], facts: &MediaFacts) {
    let walk = gif::walk(medium);
    assert_eq!(facts.frames.unwrap_or(0), walk.frames);
    assert_eq!(facts.animated, Some(walk.frames > 1));
    let is_whole = walk.end == End::Trailer || (walk.end == End::Between && walk.frames > 0);
    assert_eq!(facts.defect.is_none(), is_whole, "{walk:?} {facts:?}");
    let mut probe = MediaSniffer::new().counting_at_most(2);
    probe.push(medium);
    assert_eq!(ended(probe).frames.unwrap_or(0), walk.frames.min(3));
}
