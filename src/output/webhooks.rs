//! Webhooks and subscriptions to events.

use napi_derive::napi;
use twitter_native_core::services::{activity, webhooks};

use super::number;

/// A URL that X delivers an app's events to.
#[napi(object, object_from_js = false)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Where events go.
    pub url: String,
    /// It gave the right answer to X's last check. Otherwise nothing is delivered.
    pub valid: bool,
    /// ISO 8601.
    pub created_at: Option<String>,
}

impl From<webhooks::Webhook> for Webhook {
    fn from(webhook: webhooks::Webhook) -> Self {
        Self { id: webhook.id, url: webhook.url, valid: webhook.valid, created_at: webhook.created_at }
    }
}

/// Webhooks on their way to JavaScript.
pub struct Webhooks(pub(crate) Vec<webhooks::Webhook>);

impl From<Webhooks> for Vec<Webhook> {
    fn from(webhooks: Webhooks) -> Self {
        webhooks.0.into_iter().map(Webhook::from).collect()
    }
}

/// What X's check of a webhook came to.
#[napi(object, object_from_js = false)]
pub struct ValidatedWebhook {
    /// Its answer was right, so events are delivered.
    pub valid: bool,
}

/// A webhook or subscription after it was deleted.
#[napi(object, object_from_js = false)]
pub struct Deletion {
    /// It is gone.
    pub deleted: bool,
}

/// Whether something is gone, on its way to JavaScript.
pub struct IsDeleted(pub(crate) bool);

impl From<IsDeleted> for Deletion {
    fn from(is_deleted: IsDeleted) -> Self {
        Self { deleted: is_deleted.0 }
    }
}

/// Whether a webhook is valid, on its way to JavaScript.
pub struct IsValid(pub(crate) bool);

impl From<IsValid> for ValidatedWebhook {
    fn from(is_valid: IsValid) -> Self {
        Self { valid: is_valid.0 }
    }
}

/// A delivery of past events that X has begun.
#[napi(object, object_from_js = false)]
pub struct WebhookReplayJob {
    /// Its id.
    pub job_id: String,
    /// ISO 8601.
    pub created_at: Option<String>,
}

impl From<webhooks::ReplayJob> for WebhookReplayJob {
    fn from(job: webhooks::ReplayJob) -> Self {
        Self { job_id: job.job_id, created_at: job.created_at }
    }
}

/// The filter of a subscription.
#[napi(object, object_from_js = false)]
pub struct KnownActivityFilter {
    /// The user whose events they are.
    pub user_id: Option<String>,
    /// A word in news.
    pub keyword: Option<String>,
    /// `inbound` or `outbound`.
    pub direction: Option<String>,
}

/// A subscription to events.
#[napi(object, object_from_js = false)]
pub struct ActivitySubscription {
    /// Its id.
    pub id: String,
    /// What X reports.
    #[napi(ts_type = "ActivityEventType")]
    pub event_type: String,
    /// Whose.
    pub filter: KnownActivityFilter,
    /// What it is called.
    pub tag: Option<String>,
    /// Where events go, in addition to X's stream.
    pub webhook_id: Option<String>,
    /// ISO 8601.
    pub created_at: Option<String>,
    /// ISO 8601.
    pub updated_at: Option<String>,
}

impl From<activity::Subscription> for ActivitySubscription {
    fn from(known: activity::Subscription) -> Self {
        let activity::KnownFilter { user_id, keyword, direction } = known.filter;
        Self {
            id: known.id,
            event_type: known.event_type,
            filter: KnownActivityFilter { user_id, keyword, direction },
            tag: known.tag,
            webhook_id: known.webhook_id,
            created_at: known.created_at,
            updated_at: known.updated_at,
        }
    }
}

/// A page of subscriptions.
#[napi(object, object_from_js = false)]
pub struct ActivitySubscriptionPage {
    /// The subscriptions.
    pub subscriptions: Vec<ActivitySubscription>,
    /// To read the next page: `options.paginationToken`.
    pub next_token: Option<String>,
    /// All that the app has, where X says so.
    pub total: Option<i64>,
}

impl From<activity::SubscriptionPage> for ActivitySubscriptionPage {
    fn from(page: activity::SubscriptionPage) -> Self {
        Self {
            subscriptions: page.subscriptions.into_iter().map(ActivitySubscription::from).collect(),
            next_token: page.next_token,
            total: page.total.map(number),
        }
    }
}
