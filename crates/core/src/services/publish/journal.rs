//! What a publish writes down, step by step, so that another process can resume it.

use std::sync::{Arc, Mutex, MutexGuard};

use futures_util::future::BoxFuture;
use tokio::sync::Mutex as AsyncMutex;

use super::checkpoint_store::{CheckpointStore, NotKept};
use super::outline::{ContentDigest, Outline};
use super::thread_log::ThreadLog;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::protocol::checkpoint::{
    Checkpoint, MediaCheckpoint, MediaPhase, PostCheckpoint, PostState, UploadCheckpoint, encode,
};
use crate::services::media::UploadLog;
use crate::transport::random;

/// One post's checkpoint, and where it is kept.
pub(super) struct Journal {
    /// Without the digest of its content, which is put in where it leaves the call.
    post: Mutex<PostCheckpoint>,
    /// The one in `post`.
    intent: String,
    content: ContentDigest,
    /// Saves come in the order of what they save.
    turn: AsyncMutex<()>,
    keeper: Keeper,
}

/// Where checkpoints go.
pub(super) enum Keeper {
    /// To the caller, if there is one who wants them.
    Post(Option<Arc<dyn CheckpointStore>>),
    /// Into the thread's.
    Thread(Arc<ThreadLog>),
}

impl Journal {
    /// Begins a post, or resumes one. A checkpoint that belongs to another post is refused.
    pub(super) fn open(
        outline: &Outline,
        kept: Option<PostCheckpoint>,
        keeper: Keeper,
    ) -> Result<Self, Error> {
        let post = match kept {
            Some(kept) => fitting(kept, outline.digest.as_str(), &outline.sources)?,
            None => PostCheckpoint {
                intent: random::alphanumeric(22)?,
                account: None,
                content: String::new(),
                media: outline
                    .sources
                    .iter()
                    .cloned()
                    .map(|source| MediaCheckpoint { source, phase: MediaPhase::Init, upload: None })
                    .collect(),
                post: PostState::New,
            },
        };
        let (intent, content) = (post.intent.clone(), outline.digest.clone());
        Ok(Self { post: Mutex::new(post), intent, content, turn: AsyncMutex::new(()), keeper })
    }

    fn lock(&self) -> MutexGuard<'_, PostCheckpoint> {
        locked(&self.post)
    }

    pub(super) fn state(&self) -> PostState {
        self.lock().post.clone()
    }

    /// All that is known.
    pub(super) fn post(&self) -> PostCheckpoint {
        PostCheckpoint { content: self.content.as_str().to_owned(), ..self.lock().clone() }
    }

    /// The name of the intent.
    pub(super) fn intent(&self) -> &str {
        &self.intent
    }

    pub(super) fn account(&self) -> Option<String> {
        self.lock().account.clone()
    }

    /// What is known of the media, in the order of the post.
    pub(super) fn media(&self) -> Vec<Option<(MediaPhase, UploadCheckpoint)>> {
        self.lock()
            .media
            .iter()
            .map(|medium| medium.upload.clone().map(|upload| (medium.phase, upload)))
            .collect()
    }

    /// Somebody keeps what is written down.
    pub(super) fn is_kept(&self) -> bool {
        match &self.keeper {
            Keeper::Post(store) => store.is_some(),
            Keeper::Thread(log) => log.is_kept(),
        }
    }

    /// Notes who posts. It is written down with the next step.
    pub(super) fn set_account(&self, account: &str) {
        self.lock().account = Some(account.to_owned());
        if let Keeper::Thread(log) = &self.keeper {
            log.set_account(account);
        }
    }

    /// Writes down a step before it is taken: the step may be taken once this has succeeded.
    pub(super) async fn record(&self, change: impl FnOnce(&mut PostCheckpoint) + Send) -> Result<(), Error> {
        let _turn = self.turn.lock().await;
        change(&mut self.lock());
        let kept = match &self.keeper {
            Keeper::Post(None) => Ok(()),
            Keeper::Post(Some(store)) => store.save(encode(&Checkpoint::Post(self.post()))).await,
            Keeper::Thread(log) => log.save(self.post()).await,
        };
        kept.map_err(|NotKept| {
            Error::new(
                ErrorCode::Aborted,
                "the checkpoint could not be saved (onCheckpoint rejected), so nothing more was sent",
            )
        })
    }

    /// Writes down the post's state.
    pub(super) async fn set_state(&self, state: PostState) -> Result<(), Error> {
        self.record(|post| post.post = state).await
    }

    /// Gives an error what the caller can resume with, if something was done that is worth it.
    pub(super) fn attach(&self, error: Error, state: PostState) -> Error {
        let has_upload = self.lock().media.iter().any(|medium| medium.upload.is_some());
        if state == PostState::New && !has_upload {
            return error;
        }
        let post = PostCheckpoint { post: state, ..self.post() };
        let text = match &self.keeper {
            Keeper::Post(_) => encode(&Checkpoint::Post(post)),
            Keeper::Thread(log) => log.encode_with(post),
        };
        error.with(|fields| fields.checkpoint = Some(text))
    }
}

impl UploadLog for Journal {
    fn note(
        &self,
        media_index: u32,
        phase: MediaPhase,
        upload: UploadCheckpoint,
    ) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(self.record(move |post| {
            let index = usize::try_from(media_index).unwrap_or(usize::MAX);
            if let Some(medium) = post.media.get_mut(index) {
                medium.phase = phase;
                medium.upload = Some(upload);
            }
        }))
    }

    fn is_durable(&self) -> bool {
        self.is_kept()
    }
}

/// The checkpoint, if it belongs to what is to be posted.
fn fitting(mut kept: PostCheckpoint, digest: &str, sources: &[String]) -> Result<PostCheckpoint, Error> {
    if kept.content != digest {
        return Err(mismatch(
            "the checkpoint belongs to another post: text, poll, reply or another field differs",
        ));
    }
    if kept.media.len() != sources.len() {
        return Err(mismatch("the checkpoint belongs to a post with another number of media"));
    }
    for ((medium, source), index) in kept.media.iter().zip(sources).zip(0_u32..) {
        if medium.source != *source {
            let why =
                "the checkpoint belongs to a post whose medium has another source, description or subtitles";
            return Err(mismatch(why).with(|fields| fields.media_index = Some(index)));
        }
    }
    if matches!(&kept.post, PostState::Rejected { code } if code == ErrorCode::InvalidMedia.as_str()) {
        // X refused the media that it has; others may fare better.
        for medium in &mut kept.media {
            medium.phase = MediaPhase::Init;
            medium.upload = None;
        }
    }
    Ok(kept)
}

/// A checkpoint that is handed in with something that it does not belong to.
pub(super) fn mismatch(why: &str) -> Error {
    Error::new(ErrorCode::CheckpointMismatch, why).with(|fields| {
        fields.field = Some("options.checkpoint".to_owned());
    })
}
