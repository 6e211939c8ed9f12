//! Which accounts tokens belong to, as far as X has told.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::credentials::Credentials;
use crate::error::Error;

/// Tokens come and go in a long-lived process; beyond this many all are asked for anew.
const MAX_KEPT: usize = 4096;

/// A question to X of one call, held until it is answered. It keeps what the question failed of for the calls that wait
/// for it, so that they do not ask one after the other.
pub(crate) type Inquiry = tokio::sync::Mutex<Option<Error>>;

/// Account ids by the fingerprints of credentials.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    ids: Mutex<HashMap<[u8; 32], String>>,
    inquiries: Mutex<HashMap<[u8; 32], Weak<Inquiry>>>,
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

    /// The question about a token that calls at once share.
    pub(crate) fn inquiry(&self, token: [u8; 32]) -> Arc<Inquiry> {
        let mut inquiries = locked(&self.inquiries);
        if let Some(under_way) = inquiries.get(&token).and_then(Weak::upgrade) {
            return under_way;
        }
        inquiries.retain(|_, inquiry| inquiry.strong_count() > 0);
        let begun = Arc::new(Inquiry::default());
        inquiries.insert(token, Arc::downgrade(&begun));
        begun
    }

    /// Has the next call ask anew, whoever still waits for the answer to this question.
    pub(crate) fn close(&self, token: [u8; 32], inquiry: &Arc<Inquiry>) {
        let mut inquiries = locked(&self.inquiries);
        if inquiries.get(&token).is_some_and(|other| std::ptr::eq(other.as_ptr(), Arc::as_ptr(inquiry))) {
            inquiries.remove(&token);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
