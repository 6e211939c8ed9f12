//! Rate limits ahead of time: what is left of each window, by what X's headers said and what is under way.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

use futures_util::future::BoxFuture;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::endpoint::Endpoint;
use crate::locks::locked;
use crate::protocol::rate_limit::{Allowance, Full, RateLimit, RateLimits, Window};

/// One line of [`LimitsTable::snapshot`].
#[derive(Clone, Debug)]
pub struct ObservedLimit {
    /// The account whose token was used: its id, or a short digest that is the same for the same token.
    pub account: String,
    /// Method and path template.
    pub endpoint: String,
    /// What is known of it.
    pub limit: RateLimit,
}

/// What is shared among processes that use the same accounts.
pub trait RateLimitStore: Send + Sync {
    /// Takes one request out of a window. Gives the time until which there is none, in milliseconds since the epoch by this
    /// machine's clock; `None` lets the request be sent, also where the store does not know or fails.
    fn reserve(&self, key: String) -> BoxFuture<'_, Option<u64>>;

    /// Takes note of what X's headers said.
    fn observe(&self, key: String, limit: RateLimit);
}

/// Whose requests to an endpoint are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LimitKey {
    account: Arc<str>,
    method: &'static str,
    template: &'static str,
}

impl LimitKey {
    pub(crate) fn new(account: Arc<str>, endpoint: &'static Endpoint) -> Self {
        Self { account, method: endpoint.method.as_str(), template: endpoint.template }
    }

    /// The same for all accounts of an app, if this is one of them.
    fn of_app(&self) -> Option<Self> {
        (!self.is_app()).then(|| Self { account: app(), ..*self })
    }

    /// The rows in which a request counts.
    fn rows(&self) -> impl Iterator<Item = Self> + use<> {
        [Some(self.clone()), self.of_app()].into_iter().flatten()
    }

    fn is_app(&self) -> bool {
        *self.account == *APP
    }

    /// Whose window it is.
    fn of_window(&self, window: Window) -> Self {
        self.of_app().filter(|_| window == Window::AppDay).unwrap_or_else(|| self.clone())
    }

    fn endpoint(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// The name that a store knows it by.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.endpoint(), self.account)
    }
}

/// Whose limits are those of the app.
const APP: &str = "app";

/// The same, as accounts are kept.
pub(crate) fn app() -> Arc<str> {
    static SHARED: LazyLock<Arc<str>> = LazyLock::new(|| APP.into());
    Arc::clone(&SHARED)
}

/// The windows per account and endpoint.
#[derive(Debug, Default)]
pub(crate) struct LimitsTable {
    rows: Mutex<HashMap<LimitKey, Row>>,
    answers: Notify,
}

/// The windows in which the same requests count.
#[derive(Debug, Default)]
struct Row {
    windows: Vec<Allowance>,
    /// Requests that were let go and not answered yet.
    under_way: u64,
}

impl Row {
    /// Takes one request out of each window, or out of none.
    fn reserve(&mut self, now_ms: u64) -> Result<(), (Full, RateLimit)> {
        let under_way = self.under_way;
        let mut taken = 0;
        let full = self.windows.iter_mut().find_map(|window| match window.reserve(now_ms, under_way) {
            Ok(()) => {
                taken += 1;
                None
            }
            Err(full) => Some((full, window.known())),
        });
        if let Some(full) = full {
            self.windows.iter_mut().take(taken).for_each(Allowance::give_back);
            return Err(full);
        }
        self.under_way += 1;
        Ok(())
    }

    /// A request is no longer under way.
    fn end(&mut self, was_sent: bool) {
        self.under_way = self.under_way.saturating_sub(1);
        if !was_sent {
            self.windows.iter_mut().for_each(Allowance::give_back);
        }
    }

    fn observe(&mut self, limit: RateLimit) {
        match self.windows.iter_mut().find(|window| window.known().window == limit.window) {
            Some(window) => window.merge(limit, self.under_way),
            None => self.windows.push(Allowance::new(limit, self.under_way)),
        }
    }

    fn refuse(&mut self, reported: RateLimit, asked_ms: Option<u64>, now_ms: u64) -> u64 {
        if let Some(window) = self.windows.iter_mut().find(|window| window.known().window == reported.window)
        {
            return window.refuse(asked_ms, now_ms);
        }
        let mut window = Allowance::new(reported, self.under_way);
        let until_ms = window.refuse(asked_ms, now_ms);
        self.windows.push(window);
        until_ms
    }

    fn is_unused(&self) -> bool {
        self.under_way == 0 && self.windows.is_empty()
    }

    fn is_over(&self, now_ms: u64) -> bool {
        self.under_way == 0 && self.windows.iter().all(|window| window.is_over(now_ms))
    }
}

/// A request that was taken out of its windows. What is dropped before it was sent counts for nothing.
#[derive(Debug)]
pub(crate) struct Reservation<'a> {
    table: &'a LimitsTable,
    key: LimitKey,
    was_sent: bool,
    has_ended: bool,
}

impl Reservation<'_> {
    /// Whose windows these are.
    pub(crate) fn key(&self) -> &LimitKey {
        &self.key
    }

    /// From now on X may have counted the request.
    pub(crate) fn mark_sent(&mut self) {
        self.was_sent = true;
    }

    /// Takes note of how the request ended: whether X can have counted it, and what its answer said.
    pub(crate) fn end(mut self, was_sent: bool, reported: &RateLimits) {
        self.has_ended = true;
        self.table.end(&self.key, was_sent, reported);
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        if !self.has_ended {
            self.table.end(&self.key, self.was_sent, &RateLimits::default());
        }
    }
}

/// Accounts come and go in a long-lived process; beyond this many rows, those whose windows ended are dropped.
const MAX_ROWS: usize = 4096;

impl LimitsTable {
    fn lock(&self) -> MutexGuard<'_, HashMap<LimitKey, Row>> {
        locked(&self.rows)
    }

    /// The next answer to any request. Ask before the reservation that has to wait for it.
    pub(crate) fn next_answer(&self) -> Notified<'_> {
        self.answers.notified()
    }

    /// Takes one request out of each window that it counts in. If one of them has none left, nothing is taken, and
    /// what is known of that one comes back with the reason.
    pub(crate) fn reserve(&self, key: &LimitKey, now_ms: u64) -> Result<Reservation<'_>, (Full, RateLimit)> {
        let mut rows = self.lock();
        if rows.len() >= MAX_ROWS {
            rows.retain(|_, row| !row.is_over(now_ms));
        }
        rows.entry(key.clone()).or_default().reserve(now_ms)?;
        if let Some(app) = key.of_app()
            && let Err(full) = rows.entry(app).or_default().reserve(now_ms)
        {
            rows.entry(key.clone()).or_default().end(false);
            return Err(full);
        }
        Ok(self.reservation(key))
    }

    /// Lets a request go that nobody could decide about: X decides.
    pub(crate) fn let_go(&self, key: &LimitKey) -> Reservation<'_> {
        let mut rows = self.lock();
        for key in key.rows() {
            rows.entry(key).or_default().under_way += 1;
        }
        self.reservation(key)
    }

    fn reservation(&self, key: &LimitKey) -> Reservation<'_> {
        Reservation { table: self, key: key.clone(), was_sent: false, has_ended: false }
    }

    /// A request is no longer under way. What its answer said is taken over at the same time: who waits for it has both.
    fn end(&self, key: &LimitKey, was_sent: bool, reported: &RateLimits) {
        let mut rows = self.lock();
        for of_row in key.rows() {
            let is_its = |window| key.is_app() || of_row.is_app() == (window == Window::AppDay);
            let row = rows.entry(of_row.clone()).or_default();
            row.end(was_sent);
            reported.all().iter().filter(|limit| is_its(limit.window)).for_each(|limit| row.observe(*limit));
            if row.is_unused() {
                rows.remove(&of_row);
            }
        }
        drop(rows);
        self.answers.notify_waiters();
    }

    /// X refused a request since a window is used up: the one that its headers show as empty, else the endpoint's own.
    /// Gives the time at which to try again.
    pub(crate) fn refuse(
        &self,
        key: &LimitKey,
        limits: &RateLimits,
        asked_ms: Option<u64>,
        now_ms: u64,
    ) -> u64 {
        let reported = limits.effective().unwrap_or(RateLimit {
            window: Window::Endpoint,
            limit: None,
            remaining: Some(0),
            reset_epoch_secs: None,
        });
        self.lock().entry(key.of_window(reported.window)).or_default().refuse(reported, asked_ms, now_ms)
    }

    /// All rows, in a stable order.
    pub(crate) fn snapshot(&self) -> Vec<ObservedLimit> {
        let rows = self.lock();
        let mut all: Vec<ObservedLimit> = rows
            .iter()
            .flat_map(|(key, row)| {
                row.windows.iter().map(|window| ObservedLimit {
                    account: key.account.to_string(),
                    endpoint: key.endpoint(),
                    limit: window.known(),
                })
            })
            .collect();
        all.sort_by(|a, b| {
            let order =
                |row: &ObservedLimit| (row.account.clone(), row.endpoint.clone(), row.limit.window.as_str());
            order(a).cmp(&order(b))
        });
        all
    }
}

/// Eight hexadecimal digits that tell accounts apart and say nothing of the token.
pub(crate) fn short_digest(fingerprint: [u8; 32]) -> String {
    let [first, second, third, fourth, ..] = fingerprint;
    format!("{:08x}", u32::from_be_bytes([first, second, third, fourth]))
}

#[cfg(test)]
mod tests;
