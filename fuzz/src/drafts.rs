//! Checkpoints, and rows of intents, as this package writes them, made of an input's bytes.

use twitter_native_core::error_code::ErrorCode;
use twitter_native_core::protocol::checkpoint::{
    Acknowledged, Arming, Checkpoint, MediaCheckpoint, MediaPhase, PostCheckpoint, PostState, PreparedUpload,
    Sought, ThreadCheckpoint, UploadCheckpoint, segment_digest,
};
use twitter_native_core::protocol::media::category::{ContentType, MediaCategory};
use twitter_native_core::protocol::publish::{Candidate, Decision, Failure, Lease, Row};

use crate::input::Reader;

const DIGITS: &[u8] = b"0123456789";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// What may stand in a header's value (RFC 9110 §5.5); JSON writes two of these with an escape.
const VISIBLE: &[u8] = b"\"\\ !#$%&'()*+,-./:;<=>?@[]^_`{|}~09azAZ";

/// A checkpoint of a post or a thread.
pub fn checkpoint(reader: &mut Reader<'_>) -> Checkpoint {
    if reader.below(4) > 0 {
        return Checkpoint::Post(post(reader));
    }
    let count = reader.below(100);
    Checkpoint::Thread(ThreadCheckpoint {
        content: digest(reader),
        account: reader.flag().then(|| id(reader)),
        published: (0..count).map(|_| id(reader)).collect(),
        current: reader.flag().then(|| post(reader)),
    })
}

/// An intent's row with this checkpoint, if it has one.
pub fn row(reader: &mut Reader<'_>, checkpoint: Option<Checkpoint>) -> Row {
    let lease = reader.flag().then(|| Lease { owner: digest(reader), until: reader.number(6) });
    let failure = reader.flag().then(|| {
        let code = code(reader);
        Failure { code, message: reader.word(500, VISIBLE) }
    });
    let count = reader.below(11);
    Row {
        lease,
        checkpoint,
        parts: reader.below(101) as u32,
        looks: reader.number(4) as u32,
        candidates: (0..count).map(|_| candidate(reader)).collect(),
        failure,
        decision: [None, Some(Decision::Retry), Some(Decision::Abandon)][reader.below(3) as usize],
    }
}

fn candidate(reader: &mut Reader<'_>) -> Candidate {
    Candidate { id: id(reader), why: reader.word(100, VISIBLE) }
}

fn code(reader: &mut Reader<'_>) -> String {
    ErrorCode::ALL[reader.below(ErrorCode::ALL.len() as u64) as usize].as_str().to_owned()
}

fn id(reader: &mut Reader<'_>) -> String {
    format!("{}{}", reader.below(10), reader.word(18, DIGITS))
}

/// 128 bits in base64.
fn digest(reader: &mut Reader<'_>) -> String {
    reader.word(22, BASE64)
}

fn post(reader: &mut Reader<'_>) -> PostCheckpoint {
    let count = reader.below(5);
    PostCheckpoint {
        intent: digest(reader),
        account: reader.flag().then(|| id(reader)),
        content: digest(reader),
        media: (0..count).map(|_| medium(reader)).collect(),
        post: state(reader),
    }
}

fn state(reader: &mut Reader<'_>) -> PostState {
    match reader.below(7) {
        0 => PostState::New,
        1 => PostState::MediaReady,
        2 => PostState::Armed(arming(reader)),
        3 => PostState::Published { tweet_id: id(reader), reconciled: reader.flag() },
        4 => PostState::Rejected { code: code(reader) },
        5 => PostState::Unknown(arming(reader)),
        _ => PostState::NeedsHuman(arming(reader)),
    }
}

fn arming(reader: &mut Reader<'_>) -> Arming {
    let (since, later) = (reader.number(6), reader.number(6));
    let media = reader.below(5);
    Arming {
        epoch: 1 + reader.below(1000) as u32,
        since,
        armed_at: since + later,
        by_server_clock: reader.flag(),
        refused_as_duplicate: reader.flag(),
        seek: Sought {
            sketch: reader.flag().then(|| digest(reader)),
            text: digest(reader),
            reply_to: reader.flag().then(|| id(reader)),
            quotes: reader.flag().then(|| id(reader)),
            media_ids: (0..media).map(|_| id(reader)).collect(),
            hidden: reader.flag(),
        }
        .into(),
    }
}

fn medium(reader: &mut Reader<'_>) -> MediaCheckpoint {
    let phases = [
        MediaPhase::Init,
        MediaPhase::Append,
        MediaPhase::Finalize,
        MediaPhase::Processing,
        MediaPhase::Ready,
    ];
    MediaCheckpoint {
        source: digest(reader),
        phase: phases[reader.below(5) as usize],
        upload: (reader.below(4) > 0).then(|| upload(reader)),
    }
}

fn upload(reader: &mut Reader<'_>) -> UploadCheckpoint {
    let categories = [MediaCategory::TweetImage, MediaCategory::AmplifyVideo, MediaCategory::Subtitles];
    let types = [ContentType::Jpeg, ContentType::QuickTime, ContentType::Mp4];
    UploadCheckpoint {
        id: id(reader),
        key: reader.flag().then(|| format!("13_{}", id(reader))),
        expires_at: reader.number(8),
        category: categories[reader.below(3) as usize].as_str().to_owned(),
        content_type: types[reader.below(3) as usize].as_str().to_owned(),
        bytes: reader.number(8).max(1),
        etag: reader.flag().then(|| reader.word(128, VISIBLE)),
        segments: segments(reader),
        acknowledged: acknowledged(reader),
        alt_text: reader.flag(),
        subtitles: reader.number(1) as u32,
        processed: reader.flag(),
        prepared: reader.flag().then(|| PreparedUpload {
            action: ["strip", "fit"][reader.below(2) as usize].to_owned(),
            bytes: reader.number(4).max(1),
        }),
    }
}

/// Runs of equal segments: a size is halved from 5 MB to 64 KB at most.
fn segments(reader: &mut Reader<'_>) -> Vec<(u32, u64)> {
    let mut runs = Vec::new();
    let (mut index, mut bytes) = (0, 1 + reader.number(3));
    for _ in 0..reader.below(8) {
        runs.push((index as u32, bytes));
        index += 1 + reader.below(140);
        bytes = bytes.div_ceil(2);
    }
    runs
}

fn acknowledged(reader: &mut Reader<'_>) -> Acknowledged {
    let mut acknowledged = Acknowledged::default();
    let (first, count) = (reader.below(1024) as u32, reader.below(1024) as u32);
    let digest = segment_digest(first, [reader.take(2)]);
    for index in first..(first + count).min(1010) {
        acknowledged.add(index, &digest);
    }
    acknowledged
}
