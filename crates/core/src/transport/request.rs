//! One request to X, complete but for its authorization, and replayable for each attempt.

use std::fmt;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::HeaderValue;
use serde::Serialize;

use super::authorization::{Authorization, SignedParts};
use super::endpoint::Endpoint;
use super::multipart::Multipart;
use super::progress::Progress;
use super::watch::Watch;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::form::encode_form;

/// A request's body. Cloning it copies no media: byte runs are reference-counted.
#[derive(Clone)]
pub(crate) enum Body {
    Empty,
    Json(Bytes),
    /// Decoded pairs; they take part in an OAuth 1.0a signature (RFC 5849 §3.4.1.3.1).
    Form(Vec<(&'static str, String)>),
    Multipart(Multipart),
}

/// Forms hold tokens, so no value is shown.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("Empty"),
            Self::Json(text) => write!(formatter, "Json({} bytes)", text.len()),
            Self::Form(pairs) => {
                formatter.write_str("Form")?;
                formatter.debug_set().entries(pairs.iter().map(|(name, _)| name)).finish()
            }
            Self::Multipart(multipart) => multipart.fmt(formatter),
        }
    }
}

impl Body {
    /// Writes `value` as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, Error> {
        match serde_json::to_vec(value) {
            Ok(text) => Ok(Self::Json(Bytes::from(text))),
            Err(cause) => {
                Err(Error::new(ErrorCode::Internal, "a request could not be written as JSON")
                    .with_cause(cause))
            }
        }
    }

    pub(crate) fn content_type(&self) -> Option<HeaderValue> {
        match self {
            Self::Empty => None,
            Self::Json(_) => Some(HeaderValue::from_static("application/json")),
            Self::Form(_) => Some(HeaderValue::from_static("application/x-www-form-urlencoded")),
            Self::Multipart(multipart) => multipart.content_type().parse().ok(),
        }
    }

    /// The pairs that an OAuth 1.0a signature covers.
    fn signed_pairs(&self) -> &[(&'static str, String)] {
        match self {
            Self::Form(pairs) => pairs,
            _ => &[],
        }
    }

    /// Media, which a line may take its time for.
    pub(crate) fn is_upload(&self) -> bool {
        matches!(self, Self::Multipart(_))
    }

    /// The body for one attempt; `watch` hears when it is sent, `progress` how an upload gets on. A multipart body
    /// is nobody's to watch: sending it twice does no harm.
    pub(crate) fn to_reqwest(
        &self,
        watch: Option<&Watch>,
        progress: Option<&Progress>,
    ) -> Option<reqwest::Body> {
        if let Self::Multipart(multipart) = self {
            return Some(multipart.to_reqwest(progress));
        }
        self.bytes().map(|bytes| match watch {
            Some(watch) => watch.over(bytes),
            None => reqwest::Body::from(bytes),
        })
    }

    /// The whole body, if there is one that is not media.
    pub(crate) fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Json(text) => Some(text.clone()),
            Self::Form(pairs) => Some(Bytes::from(encode_form(pairs))),
            Self::Empty | Self::Multipart(_) => None,
        }
    }
}

/// Is asked before each attempt of a request that must not be sent without a mark of it.
pub(crate) trait Gate: Send + Sync {
    /// Returns once the attempt may begin, or says why it may not.
    fn pass(&self) -> BoxFuture<'_, Result<(), Error>>;
}

impl fmt::Debug for dyn Gate + '_ {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Gate")
    }
}

/// One request to an endpoint.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) endpoint: &'static Endpoint,
    /// The path with its values in place; ids in it were checked to be digits.
    pub(crate) path: String,
    /// Decoded query pairs.
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Body,
    pub(crate) authorization: Authorization<'a>,
    pub(crate) gate: Option<&'a dyn Gate>,
}

impl<'a> Request<'a> {
    /// A request to an endpoint whose path has no values in it.
    pub(crate) fn new(endpoint: &'static Endpoint, authorization: Authorization<'a>) -> Self {
        Self {
            endpoint,
            path: endpoint.template.to_owned(),
            query: Vec::new(),
            body: Body::Empty,
            authorization,
            gate: None,
        }
    }

    /// What an OAuth 1.0a signature covers of it besides its URL.
    pub(crate) fn signed_parts(&self) -> SignedParts<'_> {
        SignedParts { method: &self.endpoint.method, pairs: self.body.signed_pairs() }
    }

    /// Puts `value` in place of the path's only `:name`.
    pub(crate) fn path_value(mut self, value: &str) -> Self {
        self.path = self
            .endpoint
            .template
            .split('/')
            .map(|part| if part.starts_with(':') { value } else { part })
            .collect::<Vec<_>>()
            .join("/");
        self
    }

    pub(crate) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    pub(crate) fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    pub(crate) fn gate(mut self, gate: &'a dyn Gate) -> Self {
        self.gate = Some(gate);
        self
    }
}

#[cfg(test)]
mod tests;
