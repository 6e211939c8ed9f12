//! Which posts other intents account for, as far as this process knows.
//!
//! Two posts of one text are told apart by nothing that X shows. An intent in doubt must therefore not take the post of
//! another one for its own: neither one that is known to be the other's, nor one that may as well be.

use std::collections::{HashMap, VecDeque};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use crate::protocol::checkpoint::{Arming, Sought};
use crate::protocol::reconcile::{Others, Rival};

/// Posts that are remembered: more than are published while one is in doubt.
const MAX_CLAIMS: usize = 4096;
/// Intents in doubt that are remembered.
const MAX_OPEN: usize = 1024;
/// How long after it was armed a post may still be created: 5 s until it is sent, 30 s on its way, and as long again.
const LONGEST_ON_ITS_WAY_MS: u64 = 70_000;
/// What X's clocks may be apart.
const CLOCK_MARGIN_MS: u64 = 2_000;

/// An intent whose post may stand without our knowing.
struct Open {
    /// Unknown until somebody had to ask for it.
    account: Option<String>,
    seek: Sought,
    time: Rival,
}

#[derive(Default)]
struct Claims {
    /// Ids of posts, and the intents that they are of.
    published: VecDeque<(String, String)>,
    open: HashMap<String, Open>,
}

static CLAIMS: LazyLock<Mutex<Claims>> = LazyLock::new(Mutex::default);

fn claims() -> MutexGuard<'static, Claims> {
    CLAIMS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What others than one intent account for.
pub(super) struct OtherIntents {
    claimed: Vec<String>,
    rivals: Vec<Rival>,
}

impl OtherIntents {
    pub(super) fn than(intent: &str, account: &str, seek: &Sought) -> Self {
        let claims = claims();
        let claimed =
            claims.published.iter().filter(|(_, of)| of != intent).map(|(id, _)| id.clone()).collect();
        let is_rival = |open: &Open| {
            open.seek.is_alike(seek) && open.account.as_deref().is_none_or(|theirs| theirs == account)
        };
        let others = claims.open.iter().filter(|(of, open)| of.as_str() != intent && is_rival(open));
        Self { claimed, rivals: others.map(|(_, open)| open.time).collect() }
    }

    pub(super) fn others(&self) -> Others<'_> {
        Others { claimed: &self.claimed, rivals: &self.rivals }
    }
}

/// An intent's post is about to be sent, or is in doubt.
pub(super) fn open(intent: &str, account: Option<&str>, arming: &Arming) {
    let mut claims = claims();
    if claims.open.len() >= MAX_OPEN && !claims.open.contains_key(intent) {
        let oldest = claims.open.iter().min_by_key(|(_, open)| open.time.until_ms).map(|(of, _)| of.clone());
        oldest.and_then(|oldest| claims.open.remove(&oldest));
    }
    let time = Rival {
        from_ms: arming.since.saturating_sub(CLOCK_MARGIN_MS),
        until_ms: arming.armed_at.saturating_add(LONGEST_ON_ITS_WAY_MS),
    };
    let account = account.map(str::to_owned);
    claims.open.insert(intent.to_owned(), Open { account, seek: arming.seek.clone(), time });
}

/// An intent's post stands.
pub(super) fn published(intent: &str, id: &str) {
    let mut claims = claims();
    claims.open.remove(intent);
    if claims.published.iter().any(|(known, _)| known == id) {
        return;
    }
    if claims.published.len() >= MAX_CLAIMS {
        claims.published.pop_front();
    }
    claims.published.push_back((id.to_owned(), intent.to_owned()));
}

/// Nothing of an intent's stands.
pub(super) fn absent(intent: &str) {
    claims().open.remove(intent);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arming(text: &str) -> Arming {
        Arming {
            epoch: 1,
            since: 1_790_000_000_000,
            armed_at: 1_790_000_000_000,
            by_server_clock: true,
            refused_as_duplicate: false,
            seek: Sought::by_text(text, None, None),
        }
    }

    fn counted(intent: &str, account: &str, text: &str) -> (usize, usize) {
        let others = OtherIntents::than(intent, account, &arming(text).seek);
        let of_test = others.claimed.iter().filter(|id| id.starts_with("claims-test"));
        (of_test.count(), others.rivals.len())
    }

    #[test]
    fn an_intent_is_no_rival_of_itself_nor_of_another_text_or_account() {
        let text = "claims test: one text";
        open("first", None, &arming(text));
        assert_eq!(counted("first", "1", text), (0, 0));
        assert_eq!(counted("second", "1", text), (0, 1));
        assert_eq!(counted("second", "1", "claims test: another text"), (0, 0));
        open("first", Some("2"), &arming(text));
        assert_eq!(counted("second", "1", text), (0, 0));
        assert_eq!(counted("second", "2", text), (0, 1));
        published("first", "claims-test-1");
        published("first", "claims-test-1");
        assert_eq!(counted("second", "2", text), (1, 0));
        assert_eq!(counted("first", "2", text), (0, 0));
        open("second", Some("2"), &arming(text));
        absent("second");
        assert_eq!(counted("first", "2", text), (0, 0));
    }
}
