//! Which posts other intents account for, as far as this process knows.
//!
//! Nothing that X shows distinguishes two posts of one text. An intent in doubt must therefore not take the post of
//! another one for its own: neither one that is known to be the other's, nor one that may as well be.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

use crate::locks::locked;
use crate::protocol::checkpoint::{Arming, LazySought, Sought};
use crate::protocol::publish::{OtherIntents, rival_of};
use crate::protocol::reconcile::Rival;
use crate::transport::call::Call;
use crate::transport::endpoint::Host;

/// Posts that are remembered: more than are published while one is in doubt.
const MAX_CLAIMS: usize = 4096;
/// Intents in doubt that are remembered.
const MAX_OPEN: usize = 1024;

/// An intent whose post may exist without our knowing.
struct Open {
    server: String,
    /// Unknown until somebody had to ask for it.
    account: Option<String>,
    seek: LazySought,
    time: Rival,
}

/// A post that exists, and the intent that it is of.
struct Claim {
    post: Arc<Post>,
    intent: String,
}

#[derive(PartialEq, Eq, Hash)]
struct Post {
    server: String,
    id: String,
}

#[derive(Default)]
struct Claims {
    published: VecDeque<Claim>,
    /// The posts of `published`: each post of a busy process would otherwise search thousands.
    known: HashSet<Arc<Post>>,
    open: HashMap<String, Open>,
}

impl Claims {
    fn others_than(&self, server: &str, intent: &str, account: &str, seek: &Sought) -> OtherIntents {
        let theirs =
            self.published.iter().filter(|claim| claim.post.server == server && claim.intent != intent);
        let claimed = theirs.map(|claim| claim.post.id.clone()).collect();
        let is_rival = |open: &Open| {
            open.server == server
                && open.seek.is_alike(seek)
                && open.account.as_deref().is_none_or(|theirs| theirs == account)
        };
        let others = self.open.iter().filter(|(of, open)| of.as_str() != intent && is_rival(open));
        OtherIntents { claimed, rivals: others.map(|(_, open)| open.time).collect() }
    }

    fn note_open(&mut self, server: &str, intent: &str, account: Option<&str>, arming: &Arming) {
        if self.open.len() >= MAX_OPEN && !self.open.contains_key(intent) {
            let oldest =
                self.open.iter().min_by_key(|(_, open)| open.time.until_ms).map(|(of, _)| of.clone());
            oldest.and_then(|oldest| self.open.remove(&oldest));
        }
        let time = rival_of(arming);
        let account = account.map(str::to_owned);
        let open = Open { server: server.to_owned(), account, seek: arming.seek.clone(), time };
        self.open.insert(intent.to_owned(), open);
    }

    fn note_published(&mut self, server: &str, intent: &str, id: &str) {
        self.open.remove(intent);
        let post = Arc::new(Post { server: server.to_owned(), id: id.to_owned() });
        if !self.known.insert(Arc::clone(&post)) {
            return;
        }
        if self.published.len() >= MAX_CLAIMS
            && let Some(oldest) = self.published.pop_front()
        {
            self.known.remove(&oldest.post);
        }
        self.published.push_back(Claim { post, intent: intent.to_owned() });
    }
}

static CLAIMS: LazyLock<Mutex<Claims>> = LazyLock::new(Mutex::default);

fn claims() -> MutexGuard<'static, Claims> {
    locked(&CLAIMS)
}

/// Where a call's posts go. An id names a post at one server alone.
pub(super) fn server(call: &Call) -> &str {
    call.client().base_url(Host::Api).as_str()
}

/// What others than one intent account for, as far as this process knows.
pub(super) fn others_than(server: &str, intent: &str, account: &str, seek: &Sought) -> OtherIntents {
    claims().others_than(server, intent, account, seek)
}

/// An intent's post is about to be sent, or is in doubt.
pub(super) fn open(server: &str, intent: &str, account: Option<&str>, arming: &Arming) {
    claims().note_open(server, intent, account, arming);
}

/// An intent's post exists.
pub(super) fn published(server: &str, intent: &str, id: &str) {
    claims().note_published(server, intent, id);
}

/// Nothing of an intent's exists.
pub(super) fn absent(intent: &str) {
    claims().open.remove(intent);
}

#[cfg(test)]
mod tests;
