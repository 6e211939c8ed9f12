//! Sends a request until it is answered for good: the loop around attempts, and what an answer becomes.

mod reading;

use std::time::Duration;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout_at};

use super::answer::RawAnswer;
use super::attempt::send_once;
use super::call::{Call, RequestEvent};
use super::clock::{epoch_ms, since_epoch};
use super::failure::TransportFailure;
use super::limits_table::{LimitKey, Reservation};
use super::random;
use super::refusal::not_before;
use super::request::Request;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::json;
use crate::protocol::problem::{self, Problem};
use crate::protocol::rate_limit::{self, Full, RateLimit, RateLimits};
use crate::protocol::retry_policy::{Attempt, Decision, Outcome, ResendSafety, StopReason, decide};
use crate::secret::Secret;
use reading::{Reading, failure, interpret, outcome_of};

/// What is known of a request that succeeded, apart from its body.
#[derive(Clone, Debug)]
pub(crate) struct Receipt {
    /// Attempts made, the successful one included.
    pub(crate) attempts: u32,
    /// Of an upload: how long the successful one took.
    pub(crate) took: Option<Duration>,
    /// The tightest rate limit that the headers gave.
    pub(crate) rate_limit: Option<RateLimit>,
}

/// Sends the request and reads the answer's JSON.
pub(crate) async fn send_json<T>(call: &Call, request: &Request<'_>) -> Result<(T, Receipt), Error>
where
    T: DeserializeOwned + Send,
{
    let mut read: Option<T> = None;
    let receipt = send(call, request, &mut |body| {
        read = Some(json::read(body)?);
        Ok(())
    })
    .await?;
    read.map(|value| (value, receipt))
        .ok_or_else(|| Error::new(ErrorCode::Internal, "an answer was accepted without being read"))
}

/// Sends the request; any 2xx is success, whatever its body is, unless that tells of nothing but errors.
pub(crate) async fn send_unit(call: &Call, request: &Request<'_>) -> Result<Receipt, Error> {
    send(call, request, &mut |body| match problem::errors_alone(body) {
        Some(detail) => Err(format!("it contains only errors: {detail}")),
        None => Ok(()),
    })
    .await
}

/// Sends the request and hands the answer's body to `accept`, which says why it can't be used if it can't.
pub(crate) async fn send(
    call: &Call,
    request: &Request<'_>,
    accept: &mut (dyn FnMut(&Bytes) -> Result<(), String> + Send),
) -> Result<Receipt, Error> {
    let mut exchange = Exchange::new(call, request);
    loop {
        exchange.attempts += 1;
        // Before the gate, since refreshing a token may take its time.
        let token = exchange.token().await?;
        let mut reservation = exchange.reserve().await?;
        if let Some(gate) = request.gate {
            gate.pass().await?;
        }
        let begun = Instant::now();
        #[cfg(feature = "test-hooks")]
        exchange.panic_at(crate::test_hooks::Stage::BeforeSending);
        reservation.mark_sent();
        // On the heap: it is large, and each layer above would hold it again.
        let sent = Box::pin(send_once(call, request, token.as_ref())).await?;
        #[cfg(feature = "test-hooks")]
        exchange.panic_at(crate::test_hooks::Stage::AfterAnswer);
        let key = reservation.key().clone();
        let limits = exchange.note(begun, &sent, reservation);
        let took = sent.as_ref().ok().and_then(|answer| answer.took);
        let reading = Reading::of(sent, accept);
        match request.endpoint.resend {
            ResendSafety::CreatePost if reading.is_definite(request) => call.clear_post_doubt(),
            ResendSafety::SingleUseToken if reading.is_definite(request) => call.token_is_settled(),
            _ => {}
        }
        if let Reading::Accepted = reading {
            return Ok(exchange.succeeded(&limits, took));
        }
        if exchange.takes_another_token(&reading, token).await? {
            continue;
        }
        tokio::time::sleep(exchange.next_delay(reading, &limits, &key)?).await;
    }
}

/// Requests that wait for the same window are spread over this time after its end.
const RESET_SPREAD: Duration = Duration::from_secs(3);

/// One request on its way through its attempts.
struct Exchange<'a> {
    call: &'a Call,
    request: &'a Request<'a>,
    attempts: u32,
    clock_was_set: bool,
    /// The token that is used after X has refused the one before.
    other_token: Option<Secret>,
}

impl<'a> Exchange<'a> {
    fn new(call: &'a Call, request: &'a Request<'a>) -> Self {
        Self { call, request, attempts: 0, clock_was_set: false, other_token: None }
    }

    /// Takes the request out of its rate limits, waiting for the next window as long as the caller allows.
    async fn reserve(&self) -> Result<Reservation<'a>, Error> {
        let account = self.request.authorization.account(self.call.client().accounts());
        let key = LimitKey::new(account, self.request.endpoint);
        let begun = Instant::now();
        loop {
            let reservation = self.reserve_here(&key, begun).await?;
            let Some(store) = self.call.limit_store() else { return Ok(reservation) };
            let Some(until_ms) = store.reserve(key.name()).await else { return Ok(reservation) };
            // Others must not wait for the answer to a request that waits itself.
            drop(reservation);
            self.wait_for_window(begun, until_ms, None).await?;
        }
    }

    /// The same in this process alone. Where only the requests under way decide, their answers are awaited for as long as
    /// an attempt may take: segments may be waiting in turn for the very request that waits here.
    async fn reserve_here(&self, key: &LimitKey, begun: Instant) -> Result<Reservation<'a>, Error> {
        let limits = self.call.client().limits();
        let mut patience = None;
        loop {
            let next_answer = limits.next_answer();
            match limits.reserve(key, self.now_ms()) {
                Ok(reservation) => return Ok(reservation),
                Err((Full::Until(until_ms), limit)) => {
                    let until_ms = self.call.client().server_clock().local_ms(until_ms);
                    self.wait_for_window(begun, until_ms, Some(limit)).await?;
                }
                Err((Full::Undecided, _)) => {
                    let longest = self.call.client().config().request_timeout;
                    let end = *patience.get_or_insert_with(|| Instant::now() + longest);
                    if timeout_at(end, next_answer).await.is_err() {
                        return Ok(limits.let_go(key));
                    }
                }
            }
        }
    }

    /// Waits until a window ends by this machine's clock, a little longer so that not all who wait begin at once; or says
    /// when to try again, if it would be too long since the wait began: a store may refuse again and again.
    async fn wait_for_window(
        &self,
        begun: Instant,
        until_ms: u64,
        limit: Option<RateLimit>,
    ) -> Result<(), Error> {
        let wait_ms = until_ms.saturating_sub(epoch_ms());
        let delay = Duration::from_millis(wait_ms).saturating_add(RESET_SPREAD.mul_f64(random::jitter()));
        let whole_wait_ms = millis(begun.elapsed()).saturating_add(wait_ms);
        let is_too_long = whole_wait_ms > self.call.client().config().retry.max_rate_limit_wait_ms
            || self.call.remaining().is_some_and(|left| delay >= left);
        if !is_too_long {
            tokio::time::sleep(delay).await;
            return Ok(());
        }
        let figures = limit.and_then(|limit| limit.limit).map(|most| format!(" of {most} requests"));
        let message =
            format!("the rate limit{} is used up, so nothing was sent", figures.unwrap_or_default());
        let error = Error::new(ErrorCode::RateLimited, message).with(|fields| fields.rate_limit = limit);
        Err(not_before(error, until_ms.max(epoch_ms())))
    }

    /// Now, by the clock that rate limits go by.
    fn now_ms(&self) -> u64 {
        self.call.client().server_clock().limits_epoch_ms()
    }

    async fn token(&self) -> Result<Option<Secret>, Error> {
        match &self.other_token {
            Some(token) => Ok(Some(token.clone())),
            None => self.request.authorization.current_token().await,
        }
    }

    /// X refused a token that can be replaced: worth one more attempt, once.
    async fn takes_another_token(&mut self, reading: &Reading, token: Option<Secret>) -> Result<bool, Error> {
        let is_refused = !reading.is_unpromised(self.request)
            && matches!(reading, Reading::Refused(answer) if answer.status == http::StatusCode::UNAUTHORIZED);
        let (true, None, Some(token)) = (is_refused, &self.other_token, token) else {
            return Ok(false);
        };
        self.other_token = self.request.authorization.another_token(&token).await?;
        Ok(self.other_token.is_some())
    }

    /// Tells the observer, and keeps the rate limits.
    fn note(
        &self,
        begun: Instant,
        sent: &Result<RawAnswer, TransportFailure>,
        reservation: Reservation<'_>,
    ) -> RateLimits {
        let limits = match sent {
            Ok(answer) => {
                self.call.client().server_clock().observe(answer.header("date"), begun.elapsed());
                rate_limit::parse(answer.texts())
            }
            Err(_) => RateLimits::default(),
        };
        let endpoint = self.request.endpoint;
        let duration = begun.elapsed();
        self.call.observe(|| RequestEvent {
            operation: self.call.operation().name(),
            method: endpoint.method.as_str(),
            host: self.call.client().host(endpoint.host),
            path: endpoint.template,
            status: sent.as_ref().ok().map(|answer| answer.status.as_u16()),
            attempt: self.attempts,
            started_at: since_epoch().saturating_sub(duration),
            duration,
            rate_limit: limits.effective(),
            failure: sent.as_ref().err().map(|failure| failure.description.clone()),
        });
        if let (Some(store), Some(limit)) = (self.call.limit_store(), limits.effective()) {
            store.observe(reservation.key().name(), limit);
        }
        let was_sent = sent.as_ref().err().is_none_or(|failure| !failure.surely_unsent);
        reservation.end(was_sent, &limits);
        limits
    }

    fn succeeded(&self, limits: &RateLimits, took: Option<Duration>) -> Receipt {
        if self.attempts == 1 {
            self.call.client().retry_budget().succeeded_at_once();
        }
        Receipt { attempts: self.attempts, took, rate_limit: limits.effective() }
    }

    /// How long to wait before the next attempt, or why there is none.
    fn next_delay(
        &mut self,
        reading: Reading,
        limits: &RateLimits,
        key: &LimitKey,
    ) -> Result<Duration, Error> {
        let problem = match &reading {
            Reading::Refused(answer) => Some(interpret(answer, self.request)),
            _ => None,
        };
        if self.set_clock(&reading, problem.as_ref()) {
            return Ok(Duration::ZERO);
        }
        let now_ms = self.now_ms();
        let outcome = match &reading {
            reading if reading.is_unpromised(self.request) => Outcome::Interrupted,
            Reading::Refused(answer) if problem.as_ref().is_some_and(Problem::is_rate_limit) => {
                let asked =
                    answer.header("retry-after").and_then(|text| rate_limit::parse_retry_after(text, now_ms));
                Outcome::RateLimited {
                    until_ms: self.call.client().limits().refuse(key, limits, asked, now_ms),
                }
            }
            _ => outcome_of(&reading, problem.as_ref()),
        };
        let mut budget = self.call.client().retry_budget();
        let decision = decide(
            &Attempt {
                resend: self.request.endpoint.resend,
                outcome: &outcome,
                attempt: self.attempts,
                remaining_deadline_ms: self.call.remaining().map(millis),
                now_epoch_ms: now_ms,
                budget_available: budget.has_retry(),
            },
            &self.call.client().config().retry,
            random::jitter(),
        );
        match decision {
            Decision::RetryAfter { delay_ms } => {
                budget.retried();
                Ok(Duration::from_millis(delay_ms))
            }
            Decision::Stop(reason) => {
                let retry_at_ms = self.retry_at_ms(&reason, problem.as_ref());
                let error = failure(reading, problem, &reason, limits, self.request.endpoint.resend);
                Err(match retry_at_ms {
                    Some(at_ms) => not_before(error, at_ms),
                    None => error,
                })
            }
        }
    }

    /// When the caller may try again, by its own clock: X tells resets by its own.
    fn retry_at_ms(&self, reason: &StopReason, problem: Option<&Problem>) -> Option<u64> {
        match reason {
            StopReason::RateLimited { retry_at_ms } => {
                Some(self.call.client().server_clock().local_ms(*retry_at_ms))
            }
            _ => Some(epoch_ms().saturating_add(problem?.pause_ms?)),
        }
    }

    #[cfg(feature = "test-hooks")]
    fn panic_at(&self, stage: crate::test_hooks::Stage) {
        let user_agent = &self.call.client().config().user_agent;
        crate::test_hooks::panic_at(user_agent, stage, self.request.endpoint.template);
    }

    /// X refused a signature and gave its time, which is another one: worth one more attempt, once.
    fn set_clock(&mut self, reading: &Reading, problem: Option<&Problem>) -> bool {
        let (Reading::Refused(answer), Some(problem)) = (reading, problem) else {
            return false;
        };
        if reading.is_unpromised(self.request) {
            return false;
        }
        let (clock, date) = (self.call.client().server_clock(), answer.header("date"));
        let may_be_off = self.request.authorization.is_signed()
            && problem.code == ErrorCode::Unauthorized
            && clock.is_off(date);
        if self.clock_was_set || !(problem.is_clock_skew() || may_be_off) {
            return false;
        }
        self.clock_was_set = clock.learn(date);
        self.clock_was_set
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
