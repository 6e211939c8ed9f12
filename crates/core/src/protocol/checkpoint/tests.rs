#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

/// As version 1 writes them; these texts stay as they are.
const POST_V1: &str = r#"{"version":1,"kind":"post","intent":"Zk3","account":"42","content":"q0l","media":[{"source":"s1","phase":"APPEND","upload":{"id":"19","key":"7_19","expiresAt":1790000000000,"category":"tweet_video","contentType":"video/mp4","bytes":9000000,"etag":"\"a\"","segments":[[0,4000000],[1,2000000]],"acknowledged":{"bits":"AQ","sum":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"},"altText":true}}],"post":{"state":"ARMED","epoch":1,"since":1790000000000,"armedAt":1790000000001,"byServerClock":true,"seek":{"text":"t3x","replyTo":"20","mediaIds":["18"]}},"checksum":"NIqLcZ-lku-"}"#;
const THREAD_V1: &str = r#"{"version":1,"kind":"thread","content":"q0l","account":"42","published":["20","21"],"current":{"intent":"Zk3","content":"x","post":{"state":"NEW"}},"checksum":"Pv8nq-poqUm"}"#;

/// A text that was changed, with the checksum that belongs to it then: the checksum is not what refuses it.
fn resealed(text: &str) -> String {
    let body = text.split_once(r#","checksum""#).map_or(text, |(body, _)| body).trim_end_matches('}');
    // As many braces as were opened.
    let depth = body.matches('{').count() - body.matches('}').count();
    let body = format!("{body}{}", "}".repeat(depth));
    let sum = URL_SAFE_NO_PAD.encode(Sha256::digest(&body));
    format!(r#"{},"checksum":"{}"}}"#, &body[..body.len() - 1], &sum[..11])
}

fn post() -> PostCheckpoint {
    match decode(POST_V1).unwrap() {
        Checkpoint::Post(post) => post,
        Checkpoint::Thread(_) => panic!("it is a post's"),
    }
}

#[test]
fn version_1_is_read_and_written_as_it_was() {
    for text in [POST_V1, THREAD_V1] {
        assert_eq!(encode(&decode(text).unwrap()), text);
    }
    let post = post();
    assert_eq!(post.post.in_doubt().map(|arming| arming.epoch), Some(1));
    let upload = post.media.first().and_then(|medium| medium.upload.clone()).unwrap();
    assert!(upload.acknowledged.has(0) && !upload.acknowledged.has(1));
    assert_eq!((upload.acknowledged.count(), upload.acknowledged.highest()), (1, Some(0)));
}

#[test]
fn what_is_cut_off_foreign_or_hostile_is_no_checkpoint() {
    for end in 0..POST_V1.len() {
        assert_eq!(decode(&POST_V1[..end]), Err(CheckpointError::Unreadable), "{end}");
    }
    let with = |from: &str, to: &str| {
        assert!(POST_V1.contains(from), "{from}");
        resealed(&POST_V1.replace(from, to))
    };
    assert_eq!(resealed(POST_V1), POST_V1);
    for text in [
        String::new(),
        "null".into(),
        "[]".into(),
        "{}".into(),
        r#"{"version":1}"#.into(),
        resealed(r#"{"version":0,"kind":"post","intent":"a","content":"b","post":{"state":"NEW"}}"#),
        with(r#""version":1"#, r#""version":"1""#),
        with("\"post\"", "\"other\""),
        with("\"42\"", "\"../42\""),
        with(r#""id":"19""#, r#""id":"19/finalize""#),
        with(r#""epoch":1"#, r#""epoch":4294967295"#),
        with(r#""epoch":1"#, r#""epoch":0"#),
        with(r#""armedAt":1790000000001"#, r#""armedAt":1"#),
        with("[1,2000000]", "[1,0]"),
        with("[1,2000000]", "[0,5]"),
        with("[1,2000000]", "[1000,5]"),
        with("[0,4000000],", ""),
        with(r#""bits":"AQ""#, &format!(r#""bits":"{}""#, "A".repeat(200))),
        with(r#""bits":"AQ""#, r#""bits":"!""#),
        with(r#""bits":"AQ""#, r#""bits":"""#),
        with(r#""bits":"AQ""#, r#""bits":"AA""#),
        with(r#""bits":"AQ""#, r#""bits":"AQA""#),
        with(r#""altText":true"#, r#""__proto__":{}"#),
        with("ARMED", "SENT"),
        format!("{}{POST_V1}", " ".repeat(64 * 1024)),
        resealed(
            r#"{"version":1,"kind":"post","intent":"a","content":"b","post":{"state":"PUBLISHED","tweetId":"x","reconciled":false}}"#,
        ),
        resealed(&THREAD_V1.replace("\"21\"", "\"-21\"")),
    ] {
        assert_eq!(decode(&text), Err(CheckpointError::Unreadable), "{text}");
    }
}

#[test]
fn the_checksum_is_of_what_it_says_and_not_of_how_it_is_written() {
    for text in [POST_V1, THREAD_V1] {
        // A `Value` orders its members by name.
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        for other in [serde_json::to_string_pretty(&value).unwrap(), value.to_string()] {
            assert_ne!(other, text);
            assert_eq!(decode(&other), decode(text));
        }
        let (body, _) = text.split_once(r#","checksum""#).unwrap();
        assert_eq!(decode(&format!("{body}}}")), Err(CheckpointError::Unreadable), "none");
    }
    let sound = resealed(r#"{"version":1,"kind":"thread","content":"x"}"#);
    assert!(decode(&sound).is_ok() && decode(&sound.replace("\"x\"", "\"y\"")).is_err());
}

#[test]
fn every_letter_counts() {
    for text in [POST_V1, THREAD_V1] {
        for at in 0..text.len() {
            for letter in ["0", "1", "9", "a", "Z", "_", "\"", "}", " "] {
                let mut changed = text.to_owned();
                changed.replace_range(at..=at, letter);
                if changed != text {
                    assert!(decode(&changed).is_err(), "{at}: {changed}");
                }
            }
        }
    }
}

#[test]
fn a_medium_is_cut_into_segments_whose_size_may_change() {
    let mut upload = post().media.first().and_then(|medium| medium.upload.clone()).unwrap();
    let cut = |upload: &UploadCheckpoint| upload.cut().collect::<Vec<_>>();
    assert_eq!(cut(&upload), [(0, 4_000_000), (1, 2_000_000), (2, 2_000_000), (3, 1_000_000)]);
    upload.segments = vec![(0, u64::MAX)];
    assert_eq!(cut(&upload), [(0, 9_000_000)]);
    upload.segments = vec![(0, 1)];
    assert_eq!(upload.cut().count(), 1000, "X counts no more");
    upload.segments = Vec::new();
    assert_eq!(upload.cut().count(), 0);
}

#[test]
fn the_sketch_of_a_text_is_kept_and_may_be_missing() {
    let mut post = post();
    let PostState::Armed(arming) = &mut post.post else { panic!("it is armed") };
    assert_eq!(arming.seek.sketch, None);
    arming.seek = Sought::by_text("Some words of a post", None, None).into();
    assert_eq!(arming.seek.sketch.as_ref().map(String::len), Some(23));
    let kept = Checkpoint::Post(post);
    assert_eq!(decode(&encode(&kept)), Ok(kept));
}

#[test]
fn a_later_version_says_so() {
    let text = POST_V1.replace(r#""version":1"#, r#""version":2"#);
    assert_eq!(decode(&text), Err(CheckpointError::FromTheFuture(2)));
    assert_eq!(decode(r#"{"version":7,"anything":[1]}"#), Err(CheckpointError::FromTheFuture(7)));
}

#[test]
fn the_largest_one_of_a_medium_and_a_post_stays_below_two_kilobytes() {
    let mut post = post();
    post.intent = "i".repeat(22);
    post.content = "c".repeat(22);
    if let PostState::Armed(arming) = &mut post.post {
        arming.seek =
            Sought::by_text("Words", Some("9999999999999999999"), Some("9999999999999999999")).into();
    }
    let upload = post.media.first_mut().and_then(|medium| medium.upload.as_mut()).unwrap();
    upload.id = "9".repeat(19);
    upload.key = Some(format!("13_{}", "9".repeat(19)));
    upload.etag = Some("e".repeat(128));
    upload.bytes = u64::MAX;
    upload.segments = (0..7).map(|index| (index * 100, u64::MAX)).collect();
    for index in 0..1000 {
        upload.acknowledged.add(index, &segment_digest(index, [&b"bytes"[..]]));
    }
    assert!(encode(&Checkpoint::Post(post)).len() < 2048);
}

#[test]
fn segments_add_up_in_any_order_and_once() {
    let digests: Vec<[u8; 32]> = (0..20).map(|index| segment_digest(index, [&b"same"[..]])).collect();
    let (mut up, mut down) = (Acknowledged::default(), Acknowledged::default());
    for (index, digest) in (0..).zip(&digests) {
        up.add(index, digest);
        up.add(index, digest);
    }
    for (index, digest) in (0..20).zip(&digests).rev() {
        down.add(index, digest);
    }
    assert!(up.is_same(&down) && up == down);
    assert_eq!((up.count(), up.highest()), (20, Some(19)));
    let mut other = down.clone();
    other.add(25, &digests[0]);
    assert!(!up.is_same(&other) && other.highest() == Some(25));
    assert!(Acknowledged::default().highest().is_none());
}

#[test]
fn a_segment_s_digest_is_of_its_index_and_bytes_however_they_are_cut() {
    let whole = segment_digest(3, [&b"hello, world"[..]]);
    assert_eq!(segment_digest(3, [&b"hello"[..], b", ", b"world"]), whole);
    assert_ne!(segment_digest(4, [&b"hello, world"[..]]), whole);
    assert_ne!(segment_digest(3, [&b"hello, World"[..]]), whole);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        let _read = decode(&text);
    }

    #[test]
    fn a_damaged_one_is_refused(at in 0..POST_V1.len(), letter in "[ -~]") {
        let mut text = POST_V1.to_owned();
        text.replace_range(at..=at, &letter);
        prop_assert_eq!(decode(&text).is_ok(), text == POST_V1);
    }
}

/// A doubt of a post with this text.
fn doubt(text: &str) -> Arming {
    let seek = Sought::by_text(text, None, None).into();
    Arming { epoch: 1, since: 1, armed_at: 1, by_server_clock: false, refused_as_duplicate: false, seek }
}

#[test]
fn a_state_is_called_what_it_is_called_in_a_checkpoint() {
    for state in [
        PostState::New,
        PostState::MediaReady,
        PostState::Armed(doubt("a")),
        PostState::Published { tweet_id: "20".to_owned(), reconciled: false },
        PostState::Rejected { code: "FORBIDDEN".to_owned() },
        PostState::Unknown(doubt("a")),
        PostState::NeedsHuman(doubt("a")),
    ] {
        let checkpoint = Checkpoint::Post(PostCheckpoint { post: state.clone(), ..post() });
        assert!(encode(&checkpoint).contains(&format!("\"state\":\"{}\"", state.name())));
        assert_eq!(inspect(&checkpoint).state, state.name());
    }
}

#[test]
fn a_doubt_shows_what_is_looked_for_and_not_the_text() {
    let shown = format!("{:?}", doubt("the words of the post"));
    assert!(shown.contains(&format!("{:?}", Sought::by_text("the words of the post", None, None))));
    assert!(!shown.contains("the words"));
}
