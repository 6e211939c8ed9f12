//! A thread's checkpoint: the posts that exist, and how far the one after them is.

use std::sync::{Arc, Mutex, MutexGuard};

use super::checkpoint_store::{CheckpointStore, NotKept};
use crate::locks::locked;
use crate::protocol::checkpoint::{Checkpoint, PostCheckpoint, PostState, ThreadCheckpoint, encode};

/// Keeps a thread's checkpoint.
pub(super) struct ThreadLog {
    thread: Mutex<ThreadCheckpoint>,
    store: Option<Arc<dyn CheckpointStore>>,
}

impl ThreadLog {
    pub(super) fn new(thread: ThreadCheckpoint, store: Option<Arc<dyn CheckpointStore>>) -> Self {
        Self { thread: Mutex::new(thread), store }
    }

    fn lock(&self) -> MutexGuard<'_, ThreadCheckpoint> {
        locked(&self.thread)
    }

    pub(super) fn is_kept(&self) -> bool {
        self.store.is_some()
    }

    pub(super) fn published(&self) -> Vec<String> {
        self.lock().published.clone()
    }

    pub(super) fn account(&self) -> Option<String> {
        self.lock().account.clone()
    }

    pub(super) fn set_account(&self, account: &str) {
        self.lock().account = Some(account.to_owned());
    }

    /// The part that was under way.
    pub(super) fn current(&self) -> Option<PostCheckpoint> {
        self.lock().current.clone()
    }

    /// Keeps how far a part is.
    pub(super) async fn save(&self, post: PostCheckpoint) -> Result<(), NotKept> {
        let text = {
            let mut thread = self.lock();
            put(&mut thread, post);
            self.store.is_some().then(|| encode(&Checkpoint::Thread(thread.clone())))
        };
        match (&self.store, text) {
            (Some(store), Some(text)) => store.save(text).await,
            _ => Ok(()),
        }
    }

    /// The thread's checkpoint with a part as far as it is.
    pub(super) fn encode_with(&self, post: PostCheckpoint) -> String {
        let mut thread = self.lock().clone();
        put(&mut thread, post);
        encode(&Checkpoint::Thread(thread))
    }

    /// The thread's checkpoint, if something of it was done.
    pub(super) fn encode_begun(&self) -> Option<String> {
        let thread = self.lock().clone();
        let is_begun = !thread.published.is_empty() || thread.current.is_some();
        is_begun.then(|| encode(&Checkpoint::Thread(thread)))
    }
}

/// A part that exists joins the others; any other one is the current one.
fn put(thread: &mut ThreadCheckpoint, post: PostCheckpoint) {
    if let PostState::Published { tweet_id, .. } = post.post {
        thread.current = None;
        if thread.published.last() != Some(&tweet_id) {
            thread.published.push(tweet_id);
        }
    } else {
        thread.current = Some(post);
    }
}
