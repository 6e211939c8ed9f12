//! The way to X and to media sources: HTTP, attempts, signing of requests, checked addresses.

pub(crate) mod accounts;
pub(crate) mod answer;
pub(crate) mod attempt;
pub(crate) mod authorization;
pub mod call;
pub mod client;
pub(crate) mod clock;
pub(crate) mod endpoint;
pub(crate) mod exchange;
pub(crate) mod failure;
pub(crate) mod guard;
pub(crate) mod http_clients;
pub(crate) mod limits_table;
mod lookups;
pub(crate) mod multipart;
pub(crate) mod opened;
pub(crate) mod progress;
pub(crate) mod random;
pub(crate) mod redact;
pub(crate) mod refusal;
pub(crate) mod request;
pub(crate) mod source;
pub(crate) mod tls;
pub(crate) mod turn;
pub(crate) mod watch;
