//! Where X delivers an app's events (<https://docs.x.com/x-api/webhooks/introduction>).

use http::Method;
use serde::{Deserialize, Serialize};

use super::{check_id, deleted, without_data};
use crate::credentials::{AppCredentials, Credentials};
use crate::error::Error;
use crate::protocol::envelope::Answer;
use crate::protocol::instant::minute_digits;
use crate::protocol::problem::{ProblemContext, Reason};
use crate::protocol::retry_policy::ResendSafety;
use crate::protocol::webhook::{check_url, is_same_url};
use crate::services::oauth::app_itself;
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send_json;
use crate::transport::request::{Body, Request};

// Whether a webhook was created can be seen, which says more than creating it again.
static CREATE: Endpoint = endpoint(Method::POST, "/2/webhooks", ResendSafety::AfterInspection);
static LIST: Endpoint = endpoint(Method::GET, "/2/webhooks", ResendSafety::Idempotent);
static VALIDATE: Endpoint = endpoint(Method::PUT, "/2/webhooks/:id", ResendSafety::Idempotent);
static DELETE: Endpoint = endpoint(Method::DELETE, "/2/webhooks/:id", ResendSafety::Idempotent);
// A second job would deliver the events once more. It can't be asked whether there is one.
static REPLAY: Endpoint = endpoint(Method::POST, "/2/webhooks/replay", ResendSafety::AfterInspection);

const fn endpoint(method: Method, template: &'static str, resend: ResendSafety) -> Endpoint {
    Endpoint { method, host: Host::Api, template, resend, context: ProblemContext::Activity }
}

/// A creation whose answer was lost is sent again this often, if the webhook is not there.
const MAX_CREATIONS: u32 = 3;
/// What X keeps for a replay, and the longest time that one covers.
const MAX_REPLAY_MS: u64 = 24 * 3600 * 1000;

/// A URL that X delivers events to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Where events go.
    pub url: String,
    /// It has answered X's last check; otherwise nothing is delivered.
    pub valid: bool,
    /// ISO 8601.
    pub created_at: Option<String>,
}

/// A delivery of past events that X has begun.
#[derive(Clone, Debug, Deserialize)]
pub struct ReplayJob {
    /// Its id.
    pub job_id: String,
    /// ISO 8601.
    pub created_at: Option<String>,
}

/// Past events that are to be delivered again.
#[derive(Clone, Debug)]
pub struct ReplayRequest {
    /// The webhook that missed them.
    pub webhook_id: String,
    /// The oldest, in milliseconds since the epoch.
    pub from_ms: u64,
    /// The newest, in milliseconds since the epoch.
    pub to_ms: u64,
}

/// Registers a URL; X checks it at once, and answers when the check is over. One that is registered already is given
/// back, so an answer that was lost is no reason to have none, nor to have two.
pub async fn create(call: &Call, app: &AppCredentials, url: &str) -> Result<Webhook, Error> {
    #[derive(Serialize)]
    struct New<'a> {
        url: &'a str,
    }
    check_url(url, &call.client().config().api_base_url)
        .map_err(|why| Error::invalid_argument("url", why))?;
    let app = app_itself(call, app)?;
    let request = Request::new(&CREATE, Authorization::User(&app)).body(Body::json(&New { url })?);
    let mut creations = 1;
    loop {
        let refused = match send_json::<Answer<Webhook>>(call, &request).await {
            Ok((answer, _)) => return data_of(answer),
            Err(error) => error,
        };
        let is_open = refused.fields().may_be_processed;
        if !is_open && !is_taken(&refused) {
            return Err(refused);
        }
        match all(call, &app).await {
            Ok(known) => {
                if let Some(webhook) = known.into_iter().find(|webhook| is_same_url(&webhook.url, url)) {
                    return Ok(webhook);
                }
            }
            Err(_) => return Err(refused),
        }
        if !is_open || creations >= MAX_CREATIONS {
            return Err(refused);
        }
        creations += 1;
    }
}

/// X has no place for another webhook, maybe since the same URL has it: plans have one place or a few.
fn is_taken(refused: &Error) -> bool {
    matches!(
        Reason::in_detail(refused.fields().detail.as_deref()),
        Some(Reason::DuplicateUrl | Reason::WebhookLimit)
    )
}

/// Lists the app's webhooks.
pub async fn list(call: &Call, app: &AppCredentials) -> Result<Vec<Webhook>, Error> {
    all(call, &app_itself(call, app)?).await
}

async fn all(call: &Call, app: &Credentials) -> Result<Vec<Webhook>, Error> {
    let request = Request::new(&LIST, Authorization::User(app))
        .query("webhook_config.fields", "created_at,id,url,valid");
    let (answer, _) = send_json::<Answer<Vec<Webhook>>>(call, &request).await?;
    match answer.data {
        None if !answer.errors.is_empty() => Err(without_data(&answer.errors)),
        webhooks => Ok(webhooks.unwrap_or_default()),
    }
}

/// Has X check a webhook again, which enables it if its answer is right; says whether it is valid now.
pub async fn validate(call: &Call, app: &AppCredentials, id: &str) -> Result<bool, Error> {
    #[derive(Deserialize)]
    struct Validated {
        valid: bool,
    }
    check_id("webhookId", id)?;
    let app = app_itself(call, app)?;
    let request = Request::new(&VALIDATE, Authorization::User(&app)).path_value(id);
    let (answer, _) = send_json::<Answer<Validated>>(call, &request).await?;
    data_of(answer).map(|validated| validated.valid)
}

/// Deletes a webhook. One that is gone already counts as deleted.
pub async fn delete(call: &Call, app: &AppCredentials, id: &str) -> Result<bool, Error> {
    check_id("webhookId", id)?;
    let app = app_itself(call, app)?;
    deleted(call, &Request::new(&DELETE, Authorization::User(&app)).path_value(id)).await
}

/// Has X deliver events of the last 24 hours again, those that were delivered too.
pub async fn replay(call: &Call, app: &AppCredentials, asked: &ReplayRequest) -> Result<ReplayJob, Error> {
    #[derive(Serialize)]
    struct New<'a> {
        webhook_id: &'a str,
        from_date: String,
        to_date: String,
    }
    check_id("replay.webhookId", &asked.webhook_id)?;
    match asked.to_ms.checked_sub(asked.from_ms) {
        None => return Err(Error::invalid_argument("replay.to", "must not be before replay.from")),
        Some(span) if span > MAX_REPLAY_MS => {
            return Err(Error::invalid_argument("replay.to", "must be at most 24 hours after replay.from"));
        }
        Some(_) => {}
    }
    let body = New {
        webhook_id: &asked.webhook_id,
        from_date: minute_digits(asked.from_ms),
        to_date: minute_digits(asked.to_ms),
    };
    let app = app_itself(call, app)?;
    let request = Request::new(&REPLAY, Authorization::User(&app)).body(Body::json(&body)?);
    let (answer, _) = send_json::<Answer<ReplayJob>>(call, &request).await?;
    data_of(answer)
}

fn data_of<T>(answer: Answer<T>) -> Result<T, Error> {
    answer.data.ok_or_else(|| without_data(&answer.errors))
}
