//! What comes from JavaScript: read by own properties, checked once, refused by name.

mod asked;
mod bytes;
mod client;
mod content;
mod cost;
mod credentials;
mod delivery;
mod intent;
mod limits;
mod options;
pub(crate) mod properties;
pub(crate) mod reader;
mod source;
mod tokens;
mod webhooks;

pub(crate) use client::{ClientOptions, Environment, MediaPolicyOptions, read_environment};
pub(crate) use content::PublishContentInput;
pub(crate) use cost::{CostSubject, PriceOverrides};
pub(crate) use credentials::{
    AppConfig, HeldCredentials, ManagedTokens, StoredOAuth1, read_bearer, read_token, read_user_credentials,
};
pub(crate) use intent::{IntentHandle, JsIntentStore};
pub(crate) use limits::LimitStore;
pub(crate) use options::{
    CallOptions, IntentOptions, MetricsOptions, Observer, PublishOptions, ReconcileOptions, TimelineOptions,
    UploadDetails, UsageOptions, read_schedule,
};
pub(crate) use reader::{CountedText, FromJs, Path, StringMap, read_argument};

pub(crate) use tokens::JsTokenStore;
pub(crate) use twitter_native_derive::FromJs;
pub(crate) use webhooks::{
    ActivityListOptions, ActivitySubscriptionChanges, NewActivitySubscription, WebhookReplay, read_app_alone,
    read_subscriber,
};
