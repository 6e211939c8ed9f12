//! Which accounts tokens belong to, as far as X has told.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Tokens come and go in a long-lived process; beyond this many all are asked for anew.
const MAX_KEPT: usize = 4096;

/// Account ids by the fingerprints of credentials.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    ids: Mutex<HashMap<[u8; 32], String>>,
}

impl Accounts {
    pub(crate) fn get(&self, fingerprint: &[u8; 32]) -> Option<String> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).get(fingerprint).cloned()
    }

    pub(crate) fn keep(&self, fingerprint: [u8; 32], id: &str) {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        if ids.len() >= MAX_KEPT {
            ids.clear();
        }
        ids.insert(fingerprint, id.to_owned());
    }
}
