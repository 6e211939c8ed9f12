//! Which events X reports to an app (<https://docs.x.com/x-api/activity/introduction>).

use http::Method;
use serde::{Deserialize, Deserializer, Serialize};

use super::{check_id, deleted, without_data};
use crate::credentials::{AppCredentials, Credentials};
use crate::error::Error;
use crate::protocol::activity::{EventType, Filter, check_filter, check_tag};
use crate::protocol::json::lenient_count;
use crate::protocol::problem::{PartialProblem, ProblemContext, Reason, lenient_errors};
use crate::protocol::retry_policy::ResendSafety;
use crate::services::oauth::app_itself;
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send_json;
use crate::transport::request::{Body, Request};

const SUBSCRIPTIONS: &str = "/2/activity/subscriptions";
const SUBSCRIPTION: &str = "/2/activity/subscriptions/:id";

// Whether a subscription was created can be seen, which says more than creating it again.
static CREATE: Endpoint = endpoint(Method::POST, SUBSCRIPTIONS, ResendSafety::AfterInspection);
static LIST: Endpoint = endpoint(Method::GET, SUBSCRIPTIONS, ResendSafety::Idempotent);
static UPDATE: Endpoint = endpoint(Method::PUT, SUBSCRIPTION, ResendSafety::Idempotent);
static DELETE: Endpoint = endpoint(Method::DELETE, SUBSCRIPTION, ResendSafety::Idempotent);

const fn endpoint(method: Method, template: &'static str, resend: ResendSafety) -> Endpoint {
    Endpoint { method, host: Host::Api, template, resend, context: ProblemContext::Activity }
}

/// A creation whose answer was lost is sent again this often, if the subscription is not there.
const MAX_CREATIONS: u32 = 3;
/// X's specification.
const MAX_PAGE: u32 = 1000;
/// Self-serve plans have 1,500 subscriptions, partners 150,000.
const MAX_PAGES: usize = 150;

/// Who asks: the app itself, by its own token, or one of its users.
#[derive(Debug)]
pub enum Subscriber {
    /// The app.
    App(AppCredentials),
    /// A user, by a token or by OAuth 1.0a.
    User(Credentials),
}

impl Subscriber {
    fn credentials(&self, call: &Call) -> Result<Credentials, Error> {
        match self {
            Self::App(app) => app_itself(call, app),
            Self::User(credentials) => Ok(credentials.clone()),
        }
    }
}

/// A subscription that is to be created.
#[derive(Clone, Debug, Default)]
pub struct NewSubscription {
    /// X's name of the type of event.
    pub event_type: String,
    /// Which events of the type.
    pub filter: Filter,
    /// What the caller calls it; each event has it.
    pub tag: Option<String>,
    /// Where events go; without it only to the stream.
    pub webhook_id: Option<String>,
}

/// What may be changed of a subscription.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SubscriptionChanges {
    /// What the caller calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// Where events go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_id: Option<String>,
}

/// A subscription.
#[derive(Clone, Debug, Deserialize)]
pub struct Subscription {
    /// Its id.
    #[serde(rename = "subscription_id")]
    pub id: String,
    /// X's name of the type of event.
    #[serde(default)]
    pub event_type: String,
    /// Which events of the type.
    #[serde(default)]
    pub filter: KnownFilter,
    /// What the caller calls it.
    pub tag: Option<String>,
    /// Where events go.
    pub webhook_id: Option<String>,
    /// ISO 8601.
    pub created_at: Option<String>,
    /// ISO 8601.
    pub updated_at: Option<String>,
}

/// A filter as X gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct KnownFilter {
    pub user_id: Option<String>,
    pub keyword: Option<String>,
    pub direction: Option<String>,
}

/// A page of subscriptions.
#[derive(Clone, Debug)]
pub struct SubscriptionPage {
    /// The subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// To read the next page.
    pub next_token: Option<String>,
    /// All that the app has, if X says so.
    pub total: Option<u64>,
}

/// Which page to read.
#[derive(Clone, Debug, Default)]
pub struct PageQuery {
    /// Subscriptions per page: 1 to 1000.
    pub max_results: Option<u32>,
    /// The page, from the answer before.
    pub pagination_token: Option<String>,
}

#[derive(Deserialize)]
struct Answer<T> {
    data: Option<T>,
    #[serde(default, deserialize_with = "lenient_errors")]
    errors: Vec<PartialProblem>,
    #[serde(default)]
    meta: Meta,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    next_token: Option<String>,
    #[serde(deserialize_with = "lenient_count")]
    total_subscriptions: Option<u64>,
}

/// One subscription, in any of the shapes that X's specification and its pages show: below a name of its own, as a list
/// of one, or by itself.
struct One(Subscription);

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Shape {
            Named { subscription: Subscription },
            Listed([Subscription; 1]),
            Plain(Subscription),
        }
        Ok(match Shape::deserialize(deserializer)? {
            Shape::Named { subscription } | Shape::Listed([subscription]) | Shape::Plain(subscription) => {
                Self(subscription)
            }
        })
    }
}

/// Subscribes to events. A subscription to the same events that exists already is given back, so an answer that was
/// lost is no reason to have none, nor to have two.
pub async fn create(call: &Call, who: &Subscriber, new: &NewSubscription) -> Result<Subscription, Error> {
    #[derive(Serialize)]
    struct Wire<'a> {
        event_type: &'a str,
        filter: &'a Filter,
        #[serde(skip_serializing_if = "Option::is_none")]
        tag: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        webhook_id: Option<&'a str>,
    }
    check_new(who, new)?;
    let credentials = who.credentials(call)?;
    let body = Body::json(&Wire {
        event_type: &new.event_type,
        filter: &new.filter,
        tag: new.tag.as_deref(),
        webhook_id: new.webhook_id.as_deref(),
    })?;
    let request = Request::new(&CREATE, Authorization::User(&credentials)).body(body);
    let mut creations = 1;
    loop {
        let refused = match send_json::<Answer<One>>(call, &request).await {
            Ok((answer, _)) => return one(answer),
            Err(error) => error,
        };
        let is_open = refused.fields().may_be_processed;
        let is_taken =
            Reason::in_detail(refused.fields().detail.as_deref()) == Some(Reason::DuplicateSubscription);
        if !is_open && !is_taken {
            return Err(refused);
        }
        match find(call, &credentials, new).await {
            Ok(Some(known)) => return Ok(known),
            Ok(None) if is_open && creations < MAX_CREATIONS => creations += 1,
            _ => return Err(refused),
        }
    }
}

fn check_new(who: &Subscriber, new: &NewSubscription) -> Result<(), Error> {
    let refuse = |field: &str, why: String| Error::invalid_argument(format!("subscription.{field}"), why);
    let kind = EventType::named(&new.event_type).ok_or_else(|| {
        refuse("eventType", "must be one of X's types of events, such as post.create".to_owned())
    })?;
    if let Some(id) = &new.filter.user_id {
        check_id("subscription.filter.userId", id)?;
    }
    check_filter(kind, &new.filter).map_err(|(field, why)| refuse(field, why))?;
    check_changes(
        "subscription",
        &SubscriptionChanges { tag: new.tag.clone(), webhook_id: new.webhook_id.clone() },
    )?;
    let by_oauth2 = matches!(who, Subscriber::User(Credentials::OAuth2(_) | Credentials::Managed(_)));
    if kind.is_private() && !by_oauth2 {
        let why = format!(
            "must be the OAuth 2.0 access token, or a TokenManager, of the user whose events they are, with the scope \
             {}: {} is private",
            kind.scope(),
            kind.name(),
        );
        return Err(Error::invalid_argument("credentials", why));
    }
    Ok(())
}

fn check_changes(argument: &str, changes: &SubscriptionChanges) -> Result<(), Error> {
    if let Some(tag) = &changes.tag {
        check_tag(tag).map_err(|why| Error::invalid_argument(format!("{argument}.tag"), why))?;
    }
    match &changes.webhook_id {
        Some(id) => check_id(&format!("{argument}.webhookId"), id),
        None => Ok(()),
    }
}

/// The subscription to the same events, delivered to the same place.
async fn find(
    call: &Call,
    credentials: &Credentials,
    new: &NewSubscription,
) -> Result<Option<Subscription>, Error> {
    let Filter { user_id, keyword, direction } = new.filter.clone();
    let filter = KnownFilter { user_id, keyword, direction };
    let event_type = EventType::named(&new.event_type).map_or("", EventType::canonical_name);
    let mut query = PageQuery { max_results: Some(MAX_PAGE), pagination_token: None };
    for _ in 0..MAX_PAGES {
        let page = page(call, credentials, &query).await?;
        let known = page.subscriptions.into_iter().find(|known| {
            known.event_type == event_type && known.filter == filter && known.webhook_id == new.webhook_id
        });
        if known.is_some() || page.next_token.is_none() {
            return Ok(known);
        }
        query.pagination_token = page.next_token;
    }
    Ok(None)
}

/// Lists subscriptions, a page at a time.
pub async fn list(call: &Call, who: &Subscriber, query: &PageQuery) -> Result<SubscriptionPage, Error> {
    if query.max_results.is_some_and(|count| !(1..=MAX_PAGE).contains(&count)) {
        return Err(Error::invalid_argument("options.maxResults", format!("must be from 1 to {MAX_PAGE}")));
    }
    if query.pagination_token.as_deref() == Some("") {
        return Err(Error::invalid_argument("options.paginationToken", "must not be empty"));
    }
    page(call, &who.credentials(call)?, query).await
}

async fn page(call: &Call, credentials: &Credentials, query: &PageQuery) -> Result<SubscriptionPage, Error> {
    let mut request = Request::new(&LIST, Authorization::User(credentials));
    let pairs = [
        ("max_results", query.max_results.map(|count| count.to_string())),
        ("pagination_token", query.pagination_token.clone()),
    ];
    for (name, value) in pairs {
        if let Some(value) = value {
            request = request.query(name, value);
        }
    }
    let (answer, _) = send_json::<Answer<Vec<Subscription>>>(call, &request).await?;
    match answer.data {
        None if !answer.errors.is_empty() => Err(without_data(&answer.errors)),
        subscriptions => Ok(SubscriptionPage {
            subscriptions: subscriptions.unwrap_or_default(),
            next_token: answer.meta.next_token,
            total: answer.meta.total_subscriptions,
        }),
    }
}

/// Changes what a subscription is called, or where its events go.
pub async fn update(
    call: &Call,
    app: &AppCredentials,
    id: &str,
    changes: &SubscriptionChanges,
) -> Result<Subscription, Error> {
    check_id("subscriptionId", id)?;
    if changes.tag.is_none() && changes.webhook_id.is_none() {
        let why = "must have a tag or a webhookId: nothing else of a subscription can be changed";
        return Err(Error::invalid_argument("changes", why));
    }
    check_changes("changes", changes)?;
    let app = app_itself(call, app)?;
    let request = Request::new(&UPDATE, Authorization::User(&app)).path_value(id).body(Body::json(changes)?);
    let (answer, _) = send_json::<Answer<One>>(call, &request).await?;
    one(answer)
}

/// Deletes a subscription. One that is gone already counts as deleted.
pub async fn delete(call: &Call, app: &AppCredentials, id: &str) -> Result<bool, Error> {
    check_id("subscriptionId", id)?;
    let app = app_itself(call, app)?;
    deleted(call, &Request::new(&DELETE, Authorization::User(&app)).path_value(id)).await
}

fn one(answer: Answer<One>) -> Result<Subscription, Error> {
    answer.data.map(|One(subscription)| subscription).ok_or_else(|| without_data(&answer.errors))
}

#[cfg(test)]
mod tests;
