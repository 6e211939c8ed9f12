//! Pure rules of the protocols that X speaks: no I/O, no async, no clock, no random source.

pub mod activity;
pub mod addresses;
pub mod checkpoint;
pub mod cost;
pub mod form;
pub mod instant;
pub mod json;
pub mod media;
pub mod multipart;
pub mod oauth1;
pub mod percent;
pub mod pkce;
pub mod post;
pub mod problem;
pub mod publish;
pub mod rate_limit;
pub mod reconcile;
pub mod redaction;
pub mod redirects;
pub mod refusal;
pub mod retry_policy;
pub mod server_time;
pub mod snowflake;
pub mod text;
pub mod validation;
pub mod webhook;
