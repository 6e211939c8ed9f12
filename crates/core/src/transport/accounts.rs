//! Which accounts tokens belong to, as far as X has said.

use std::collections::HashMap;
use std::sync::Mutex;

use futures_util::future::BoxFuture;

use crate::credentials::Credentials;
use crate::error::Error;
use crate::locks::locked;
use crate::single_flight::{Flight, SingleFlight};

/// Tokens come and go in a long-lived process; beyond this many all are asked for anew.
const MAX_KEPT: usize = 4096;

/// A question to X whose account a token is, of all calls that wait for the answer. It ends with the last of them.
pub(crate) type Question = Flight<Answer>;

type Answer = Result<String, Error>;

/// Account ids by the fingerprints of credentials.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    ids: Mutex<HashMap<[u8; 32], String>>,
    questions: Mutex<HashMap<[u8; 32], SingleFlight<Answer>>>,
}

impl Accounts {
    /// The id of the account that credentials act for, as far as it is known. For tokens that are refreshed it is the
    /// one of the last token that was asked about.
    pub(crate) fn id_of(&self, credentials: &Credentials) -> Option<String> {
        credentials.account_id().map(str::to_owned).or_else(|| self.known(credentials.fingerprint()))
    }

    /// The id that was kept under a fingerprint.
    pub(crate) fn known(&self, fingerprint: [u8; 32]) -> Option<String> {
        locked(&self.ids).get(&fingerprint).cloned()
    }

    pub(crate) fn keep(&self, fingerprint: [u8; 32], id: &str) {
        let mut ids = locked(&self.ids);
        if ids.len() >= MAX_KEPT {
            ids.clear();
        }
        ids.insert(fingerprint, id.to_owned());
    }

    /// The question about a token that is under way, or another one. A failure is not what those get who come later.
    pub(crate) fn question(
        &self,
        token: [u8; 32],
        begin: impl FnOnce() -> BoxFuture<'static, Answer>,
    ) -> Question {
        let mut questions = locked(&self.questions);
        questions.retain(|_, question| question.under_way().is_some());
        let question = questions.entry(token).or_default();
        let under_way = question.under_way().filter(|question| question.peek().is_none_or(Result::is_ok));
        under_way.unwrap_or_else(|| question.begin(begin()))
    }
}

#[cfg(test)]
mod tests;
