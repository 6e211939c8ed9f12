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
mod listeners;
mod media;
mod options;
pub(crate) mod properties;
pub(crate) mod reader;
mod source;
mod tokens;
mod webhooks;

pub(crate) use client::*;
pub(crate) use content::*;
pub(crate) use cost::*;
pub(crate) use credentials::*;
pub(crate) use intent::*;
pub(crate) use limits::*;
pub(crate) use listeners::*;
pub(crate) use options::*;
pub(crate) use reader::*;
pub(crate) use tokens::*;
pub(crate) use webhooks::*;

pub(crate) use twitter_native_derive::FromJs;
