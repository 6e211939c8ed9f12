//! Which accounts tokens belong to, as far as X has told.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::credentials::Credentials;

/// Tokens come and go in a long-lived process; beyond this many all are asked for anew.
const MAX_KEPT: usize = 4096;

/// Account ids by the fingerprints of credentials.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    ids: Mutex<HashMap<[u8; 32], String>>,
}

impl Accounts {
    /// The id of the account that credentials act for, as far as it is known.
    pub(crate) fn id_of(&self, credentials: &Credentials) -> Option<String> {
        if let Some(id) = credentials.account_id() {
            return Some(id.to_owned());
        }
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).get(&credentials.fingerprint()).cloned()
    }

    pub(crate) fn keep(&self, fingerprint: [u8; 32], id: &str) {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        if ids.len() >= MAX_KEPT {
            ids.clear();
        }
        ids.insert(fingerprint, id.to_owned());
    }
}
