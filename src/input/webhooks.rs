//! Webhooks and subscriptions to events.

use napi::bindgen_prelude::{JsObjectValue, Unknown};
use napi_derive::napi;
use twitter_native_core::credentials::AppCredentials;
use twitter_native_core::error::Error;
use twitter_native_core::protocol::activity::Filter;
use twitter_native_core::services::activity::{NewSubscription, PageQuery, Subscriber, SubscriptionChanges};
use twitter_native_core::services::webhooks::ReplayRequest;
use twitter_native_derive::FromJs;

use super::credentials::{AppConfig, is_handle, read_user_credentials};
use super::reader::{FromJs, Path, read_argument, read_object, readable, type_of};

const APP_ONLY: &str =
    "must be the app's own credentials, { apiKey, apiSecret }: X takes no user's token here";

/// The app's credentials, for what X lets no user do. The JavaScript layer always gives an object, and hands on an
/// `accessToken`, which is none of theirs, so that it can be refused.
pub(crate) fn read_app_alone(config: Unknown<'_>) -> Result<AppCredentials, Error> {
    let path = Path::Argument("config");
    match type_of(&config, &path)? {
        napi::ValueType::Object if !is_handle(config) => {}
        _ => return Err(path.refuse(APP_ONLY)),
    }
    if readable(read_object(config, &path)?.has_own_property("accessToken"), &path)? {
        return Err(path.refuse(APP_ONLY));
    }
    read_argument::<AppConfig>(config, "config").map(AppCredentials::from)
}

/// Who subscribes: a user, or without credentials the app itself.
pub(crate) fn read_subscriber(credentials: Unknown<'_>, app: Unknown<'_>) -> Result<Subscriber, Error> {
    match type_of(&credentials, &Path::Argument("credentials"))? {
        napi::ValueType::Undefined | napi::ValueType::Null => {
            let app: Option<AppConfig> = read_argument(app, "options")?;
            Ok(Subscriber::App(app.map(AppCredentials::from).unwrap_or_default()))
        }
        _ => read_user_credentials(credentials, "credentials").map(Subscriber::User),
    }
}

/// A time in milliseconds since the epoch, which the JavaScript layer makes of a Date.
pub struct Moment(u64);

impl FromJs for Moment {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        u64::from_js(value, path)
            .map(Self)
            .map_err(|_| path.refuse("must be a valid Date, or milliseconds since the epoch"))
    }
}

/// Which past events to deliver again. X counts in whole minutes: seconds are left out.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct WebhookReplay {
    /// The webhook that missed them.
    pub webhook_id: String,
    /// The oldest: a Date, or milliseconds since the epoch, within the last 24 hours.
    #[napi(ts_type = "Date | number")]
    pub from: Moment,
    /// The newest, at most 24 hours after the oldest.
    #[napi(ts_type = "Date | number")]
    pub to: Moment,
}

impl From<WebhookReplay> for ReplayRequest {
    fn from(replay: WebhookReplay) -> Self {
        Self { webhook_id: replay.webhook_id, from_ms: replay.from.0, to_ms: replay.to.0 }
    }
}

/// Which events of a type to report.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct ActivityFilter {
    /// The user whose events they are; for all types but `news.new` and `oauth.revoke`.
    pub user_id: Option<String>,
    /// A word, for `news.new`.
    pub keyword: Option<String>,
    /// Only what others do to the user, or what the user does; without it both. Not for `mute.*` and `block.*`.
    #[napi(ts_type = "'inbound' | 'outbound'")]
    pub direction: Option<String>,
}

impl From<ActivityFilter> for Filter {
    fn from(filter: ActivityFilter) -> Self {
        Self { user_id: filter.user_id, keyword: filter.keyword, direction: filter.direction }
    }
}

/// A subscription that is to be created.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct NewActivitySubscription {
    /// What to report.
    #[napi(ts_type = "ActivityEventType")]
    pub event_type: String,
    /// Whose; not for `oauth.revoke`.
    pub filter: Option<ActivityFilter>,
    /// What to call it, in 1 to 200 characters; each event has it.
    pub tag: Option<String>,
    /// Where to deliver events. Without it they only go to X's stream.
    pub webhook_id: Option<String>,
}

impl From<NewActivitySubscription> for NewSubscription {
    fn from(new: NewActivitySubscription) -> Self {
        Self {
            event_type: new.event_type,
            filter: new.filter.unwrap_or_default().into(),
            tag: new.tag,
            webhook_id: new.webhook_id,
        }
    }
}

/// What to change of a subscription; what is left out stays. For other events or filters, delete it and create another.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(FromJs)]
pub struct ActivitySubscriptionChanges {
    /// What to call it, in 1 to 200 characters.
    pub tag: Option<String>,
    /// Where to deliver events.
    pub webhook_id: Option<String>,
}

impl From<ActivitySubscriptionChanges> for SubscriptionChanges {
    fn from(changes: ActivitySubscriptionChanges) -> Self {
        Self { tag: changes.tag, webhook_id: changes.webhook_id }
    }
}

/// Which page of subscriptions to read, and how to call.
#[napi(object, object_from_js = false, object_to_js = false)]
#[derive(Default, FromJs)]
pub struct ActivityListOptions {
    /// Subscriptions per page: 1 to 1000.
    pub max_results: Option<u32>,
    /// The page to read: `nextToken` of the one before.
    pub pagination_token: Option<String>,
}

impl From<ActivityListOptions> for PageQuery {
    fn from(options: ActivityListOptions) -> Self {
        Self { max_results: options.max_results, pagination_token: options.pagination_token }
    }
}
