//! What comes from JavaScript: read by own properties, checked once, refused by name.

mod client;
mod content;
mod credentials;
mod options;
mod reader;
mod source;

pub(crate) use client::{ClientOptions, Environment};
pub(crate) use content::{MediaInput, PublishContent};
pub(crate) use credentials::{AppConfig, OAuth1CredentialsInput, read_token, read_user_credentials};
pub(crate) use options::{CallOptions, MetricsOptions, PublishOptions, TimelineOptions};
pub(crate) use reader::{FromJs, Path, read_argument};
