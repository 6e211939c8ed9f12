//! Checkpoints: what is written is read back as it was and stays small, and a text from anywhere is either refused or a
//! sound checkpoint. Inputs that begin with a brace are texts; of others a checkpoint is made.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::Value;
use support::drafts;
use support::input::Reader;
use twitter_native_core::protocol::checkpoint::{
    Checkpoint, CheckpointError, PostCheckpoint, PostState, VERSION, decode, encode,
};

/// Bytes that a post's or a medium's part may take.
const MOST_BYTES: usize = 2048;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if !bytes.starts_with(b"{") {
        written(&drafts::checkpoint(&mut Reader(bytes)));
        return Corpus::Keep;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
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
    Corpus::Keep
});

fn version_of(text: &str) -> Option<u64> {
    serde_json::from_str::<Value>(text).ok()?.get("version")?.as_u64()
}

fn written(checkpoint: &Checkpoint) {
    let text = encode(checkpoint);
    assert_eq!(decode(&text).as_ref(), Ok(checkpoint), "{text}");
    if let Checkpoint::Post(post) = checkpoint {
        assert!(text.len() < MOST_BYTES * post.media.len().max(1), "{} bytes: {text}", text.len());
    }
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

/// What could lead astray: ids get into paths, epochs are counted up, times are compared, segments are counted.
fn is_sound_post(post: &PostCheckpoint) -> bool {
    let state = match &post.post {
        PostState::Published { tweet_id, .. } => is_id(tweet_id),
        state => state.in_doubt().is_none_or(|arming| arming.epoch > 0 && arming.since <= arming.armed_at),
    };
    let mut uploads = post.media.iter().filter_map(|medium| medium.upload.as_ref());
    let media = uploads.all(|upload| {
        let acknowledged = &upload.acknowledged;
        is_id(&upload.id)
            && upload.bytes > 0
            && upload.segments.iter().all(|(index, bytes)| *index < 1000 && *bytes > 0)
            && acknowledged.highest().is_none_or(|index| index < 1000 && acknowledged.has(index))
            && acknowledged.is_empty() == acknowledged.highest().is_none()
            && acknowledged.count() as usize == (0..2000).filter(|index| acknowledged.has(*index)).count()
    });
    state && media && post.account.iter().all(|id| is_id(id))
}

fn is_id(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
