#![allow(clippy::unwrap_used)]

use super::*;
use bench_support::job::text_of;

const BYTES: u64 = 3_000_000;

fn settings(media_per_post: u64) -> MockSettings {
    MockSettings { posts: 2, media_per_post, kind: Kind::Video, bytes: BYTES, ..MockSettings::default() }
}

fn segment(content: &Content, start: u64, end: u64) -> Segment {
    let (mut checksum, mut at) = (crc32fast::Hasher::new(), start);
    while at < end {
        let piece = content.piece(at, end);
        checksum.update(&piece);
        at += piece.len() as u64;
    }
    Segment { checksum, bytes: end - start }
}

/// Uploads a medium in three segments that go to these places.
fn upload(ledger: &Ledger, id: u64, number: u64, places: [u32; 3]) -> Result<(), Refusal> {
    let content = Content::new(Kind::Video, BYTES, number);
    ledger.open(id, &settings(1), "tweet_video", BYTES)?;
    for (place, start) in places.into_iter().zip([0, 1_000_000, 2_000_000]) {
        ledger.append(id, place, segment(&content, start, start + 1_000_000))?;
    }
    ledger.finalize(id)
}

fn problems(ledger: &Ledger, media_per_post: u64) -> Vec<String> {
    let report = ledger.report(&settings(media_per_post), 0.0);
    serde_json::from_value(report.get("problems").unwrap().clone()).unwrap()
}

#[test]
fn posts_count_once_each() {
    let ledger = Ledger::new(&settings(0));
    assert!(ledger.post(&settings(0), &text_of(1), &[]).is_ok());
    assert_eq!(problems(&ledger, 0), ["1 posts in place of 2"]);
    assert!(ledger.post(&settings(0), &text_of(1), &[]).is_err());
    assert!(ledger.post(&settings(0), &text_of(2), &[]).is_err());
    assert!(ledger.post(&settings(0), "Number 0", &[]).is_err());
    assert!(ledger.post(&settings(0), &text_of(0), &[]).is_ok());
    assert_eq!(problems(&ledger, 0), [""; 0]);
}

#[test]
fn media_are_judged_in_the_order_of_their_segments() {
    let ledger = Ledger::new(&settings(1));
    assert_eq!(upload(&ledger, 1, 0, [0, 1, 2]), Ok(()));
    assert_eq!(upload(&ledger, 2, 1, [0, 2, 1]), Err((400, "medium 2 has a wrong checksum".to_owned())));
    assert_eq!(upload(&ledger, 3, 1, [0, 1, 3]), Err((400, "segment 2 of medium 3 is missing".to_owned())));
    assert!(upload(&ledger, 4, 7, [0, 1, 2]).is_err());
    assert_eq!(upload(&ledger, 5, 1, [0, 1, 2]), Ok(()));
    assert!(ledger.post(&settings(1), &text_of(0), &["5".to_owned()]).is_err());
    assert!(ledger.post(&settings(1), &text_of(0), &[]).is_err());
    assert!(ledger.post(&settings(1), &text_of(0), &["1".to_owned()]).is_ok());
    assert!(ledger.post(&settings(1), &text_of(1), &["1".to_owned()]).is_err());
    assert!(ledger.post(&settings(1), &text_of(1), &["5".to_owned()]).is_ok());
    assert_eq!(problems(&ledger, 1), ["5 uploads in place of 2"]);
}

#[test]
fn a_segment_may_not_be_too_long() {
    let ledger = Ledger::new(&settings(1));
    ledger.open(1, &settings(1), "tweet_video", BYTES).unwrap();
    let segment = Segment { checksum: crc32fast::Hasher::new(), bytes: MAX_SEGMENT_BYTES + 1 };
    assert_eq!(ledger.append(1, 0, segment).unwrap_err().0, 413);
    assert_eq!(ledger.open(2, &settings(1), "tweet_video", BYTES - 1).unwrap_err().0, 400);
}

#[test]
fn nonces_and_metrics_count_once() {
    let settings = MockSettings { metrics: 2, ..MockSettings::default() };
    let ledger = Ledger::new(&settings);
    assert!(ledger.spend_nonce("a".to_owned()).is_ok());
    assert!(ledger.spend_nonce("a".to_owned()).is_err());
    assert!(ledger.measure(&settings, measured_id(1)).is_ok());
    assert!(ledger.measure(&settings, measured_id(1)).is_err());
    assert!(ledger.measure(&settings, measured_id(2)).is_err());
    assert!(ledger.measure(&settings, measured_id(1) + 1).is_err());
}
