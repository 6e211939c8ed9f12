//! Checkpoints, and the rows of intents that hold one: what is written is read back as it was and stays small, and a
//! text from anywhere is either refused or sound. Inputs that begin with a brace are texts; of others both are made.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::Value;
use support::drafts;
use support::input::Reader;
use twitter_native_core::protocol::checkpoint::{
    Checkpoint, CheckpointError, PostCheckpoint, PostState, VERSION, decode, encode,
};
use twitter_native_core::protocol::publish::{MAX_ROW_BYTES, Row, RowError, Status, decode_row, encode_row};

/// Bytes that a post's or a medium's part may take.
const MAX_BYTES: usize = 2048;
/// What is written of a row that was read, and may be missing in its text: `"byServerClock":false` and the like.
const DEFAULTS: usize = 100;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if !bytes.starts_with(b"{") {
        let mut reader = Reader(bytes);
        let checkpoint = drafts::checkpoint(&mut reader);
        written(&checkpoint);
        let checkpoint = (reader.below(8) < 7).then_some(checkpoint);
        written_row(&drafts::row(&mut reader, checkpoint));
        return Corpus::Keep;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    read(text);
    read_row(text);
    Corpus::Keep
});

fn read(text: &str) {
    match decode(text) {
        Ok(checkpoint) => {
            assert_eq!(version_of(text), Some(u64::from(VERSION)));
            assert!(is_sound(&checkpoint), "{checkpoint:?}");
            assert_eq!(decode(&encode(&checkpoint)), Ok(checkpoint));
        }
        Err(CheckpointError::FromTheFuture(version)) => {
            assert!(version > VERSION && version_of(text) == Some(version.into()));
        }
        Err(CheckpointError::Unreadable) => {}
    }
}

fn read_row(text: &str) {
    match decode_row(text) {
        Ok(row) => {
            assert_eq!((version_of(text), is_row(text)), (Some(1), true));
            assert!(row.checkpoint.iter().all(is_sound), "{row:?}");
            let again = encode_row(&row);
            assert!(again.len() <= text.len() + DEFAULTS, "{again}");
            assert!(again.len() > MAX_ROW_BYTES || decode_row(&again).as_ref() == Ok(&row), "{again}");
            // What is one is not taken for the other.
            assert_eq!(decode(text), Err(CheckpointError::Unreadable));
            judged(&row);
        }
        Err(RowError::FromTheFuture(version)) => {
            assert!(version > 1 && version_of(text) == Some(version.into()) && is_row(text));
        }
        Err(RowError::Unreadable) => {}
    }
}

fn is_row(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|value| value["kind"] == "intent")
}

/// What stands, may stand or is abandoned is never begun anew.
fn judged(row: &Row) {
    let status = row.status(0);
    assert!(status != Status::Published || !row.published().is_empty(), "{row:?}");
    assert!(status != Status::New || row.checkpoint.is_none(), "{row:?}");
    let may_stand = row.is_in_doubt() || !row.published().is_empty();
    assert!(!row.is_untouched() || !(may_stand || row.decision.is_some()), "{row:?}");
}

fn written_row(row: &Row) {
    let text = encode_row(row);
    assert!(text.len() <= MAX_ROW_BYTES, "{} bytes: {text}", text.len());
    assert_eq!(decode_row(&text).as_ref(), Ok(row), "{text}");
    assert_eq!(decode(&text), Err(CheckpointError::Unreadable));
    judged(row);
    assert_eq!(decode_row(&text[..text.len() - 1]), Err(RowError::Unreadable));
    let later = text.replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(decode_row(&later), Err(RowError::FromTheFuture(2)));
    let earlier = text.replacen("\"version\":1", "\"version\":0", 1);
    assert_eq!(decode_row(&earlier), Err(RowError::Unreadable));
}

fn version_of(text: &str) -> Option<u64> {
    serde_json::from_str::<Value>(text).ok()?.get("version")?.as_u64()
}

fn written(checkpoint: &Checkpoint) {
    let text = encode(checkpoint);
    assert_eq!(decode(&text).as_ref(), Ok(checkpoint), "{text}");
    if let Checkpoint::Post(post) = checkpoint {
        assert!(text.len() < MAX_BYTES * post.media.len().max(1), "{} bytes: {text}", text.len());
    }
    assert_eq!(decode_row(&text), Err(RowError::Unreadable));
    // One letter less is none, and neither is one of a later version.
    assert_eq!(decode(&text[..text.len() - 1]), Err(CheckpointError::Unreadable));
    let later = text.replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(decode(&later), Err(CheckpointError::FromTheFuture(2)));
    let earlier = text.replacen("\"version\":1", "\"version\":0", 1);
    assert_eq!(decode(&earlier), Err(CheckpointError::Unreadable));
}

fn is_sound(checkpoint: &Checkpoint) -> bool {
    match checkpoint {
        Checkpoint::Post(post) => is_sound_post(post),
        Checkpoint::Thread(thread) => {
            thread.published.iter().all(|id| is_id(id)) && thread.current.iter().all(is_sound_post)
        }
    }
}

/// What could lead astray: ids get into paths, epochs are counted up, times are compared, segments are counted and
/// looked up.
fn is_sound_post(post: &PostCheckpoint) -> bool {
    let state = match &post.post {
        PostState::Published { tweet_id, .. } => is_id(tweet_id),
        state => state
            .in_doubt()
            .is_none_or(|arming| (1..=1000).contains(&arming.epoch) && arming.since <= arming.armed_at),
    };
    let mut uploads = post.media.iter().filter_map(|medium| medium.upload.as_ref());
    let media = uploads.all(|upload| {
        let acknowledged = &upload.acknowledged;
        is_id(&upload.id)
            && upload.bytes > 0
            && upload.segments.iter().all(|(index, bytes)| *index < 1000 && *bytes > 0)
            && upload.segments.first().is_none_or(|(index, _)| *index == 0)
            && upload.segments.is_sorted_by(|(one, _), (next, _)| one < next)
            && acknowledged.highest().is_none_or(|index| index < 1000 && acknowledged.has(index))
            && acknowledged.is_empty() == acknowledged.highest().is_none()
            && acknowledged.count() as usize == (0..2000).filter(|index| acknowledged.has(*index)).count()
    });
    state && media && post.account.iter().all(|id| is_id(id))
}

fn is_id(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
