//! The one error of this crate.

use std::fmt;

use crate::error_code::ErrorCode;
use crate::operation::Operation;
use crate::protocol::publish::Candidate;
use crate::protocol::rate_limit::RateLimit;

/// Why an operation failed. Cheap to move: everything lies in one box.
///
/// It never holds a secret: texts that come from X are redacted and shortened before they get here.
#[derive(Clone)]
pub struct Error(Box<ErrorFields>);

/// The fields of an [`Error`], as JavaScript sees them.
#[derive(Clone, Debug)]
pub struct ErrorFields {
    /// What went wrong, from a closed list.
    pub code: ErrorCode,
    /// The operation that failed; empty until the call's own operation is known.
    pub operation: &'static str,
    /// One sentence for a person.
    pub message: String,
    /// X's HTTP status, if X answered.
    pub status: Option<u16>,
    /// The last path segment of X's problem type, for example `resource-not-found`.
    pub problem_type: Option<String>,
    /// X's own words, redacted and at most 500 characters.
    pub detail: Option<String>,
    /// A caller may try the same call again.
    pub retryable: bool,
    /// When to try again, in milliseconds since the epoch.
    pub retry_at_ms: Option<u64>,
    /// The rate limit that X's headers gave.
    pub rate_limit: Option<RateLimit>,
    /// Which medium of the post it is about, counted from 0.
    pub media_index: Option<u32>,
    /// The argument it is about, as a path such as `media[0].altText`.
    pub field: Option<String>,
    /// What to hand in again to go on, as JSON.
    pub checkpoint: Option<String>,
    /// What lies below, in words.
    pub cause: Option<String>,
    /// Posts that may be the one whose outcome is unknown.
    pub candidates: Vec<Candidate>,
    /// The request may have been processed, and what became of it can be asked.
    pub may_be_processed: bool,
}

impl Error {
    /// An error with a code and a sentence; the other fields are set by the `with_` methods.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self(Box::new(ErrorFields {
            code,
            operation: "",
            message: message.into(),
            status: None,
            problem_type: None,
            detail: None,
            retryable: false,
            retry_at_ms: None,
            rate_limit: None,
            media_index: None,
            field: None,
            checkpoint: None,
            cause: None,
            candidates: Vec::new(),
            may_be_processed: false,
        }))
    }

    /// An argument that can't be used; `why` follows the field's name, for example `must be a string`.
    pub fn invalid_argument(field: impl Into<String>, why: impl fmt::Display) -> Self {
        let field = field.into();
        let message = format!("{field} {why}");
        Self::new(ErrorCode::InvalidArgument, message).with(|fields| fields.field = Some(field))
    }

    /// Changes fields in place.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut ErrorFields)) -> Self {
        change(&mut self.0);
        self
    }

    /// Says what lies below. The text must hold no URL with a query and no secret.
    #[must_use]
    pub fn with_cause(self, cause: impl fmt::Display) -> Self {
        self.with(|fields| fields.cause = Some(cause.to_string()))
    }

    /// Names the operation, once: the innermost one that knows itself wins. The message starts with the words
    /// that callers know, for example `Tweet creation failed: …`.
    #[must_use]
    pub fn during(self, operation: Operation) -> Self {
        if !self.0.operation.is_empty() {
            return self;
        }
        self.with(|fields| {
            fields.operation = operation.name();
            if let Some(words) = operation.failure() {
                fields.message = format!("{words}: {}", fields.message);
            }
        })
    }

    /// An error that came after an operation's success: a post may exist.
    #[must_use]
    pub fn after_success(self, operation: Operation) -> Self {
        let error = if operation.posts() {
            self.with(|fields| {
                fields.code = ErrorCode::UnknownOutcome;
                fields.message = format!("{}; it may have been published", fields.message);
            })
        } else {
            self
        };
        error.during(operation)
    }

    /// The error's code.
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// All fields, to read.
    pub fn fields(&self) -> &ErrorFields {
        &self.0
    }

    /// All fields, to keep.
    pub fn into_fields(self) -> ErrorFields {
        *self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests;
