//! What a transport failure means: whether the request can have been processed.

use std::error::Error as StdError;

/// A request that got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TransportFailure {
    /// The request surely was not processed: no connection, or the connection refused to take it.
    pub(crate) surely_unsent: bool,
    /// It was a time-out.
    pub(crate) timed_out: bool,
    /// What happened, without a URL.
    pub(crate) description: String,
}

impl TransportFailure {
    /// Reads a reqwest error.
    ///
    /// hyper's "incomplete message" is not among the unsent ones: the peer closed after it may have read the
    /// request, and may have acted on it.
    pub(crate) fn from_reqwest(error: reqwest::Error) -> Self {
        let surely_unsent = error.is_connect() || error.is_builder() || was_refused_unread(&error);
        let timed_out = error.is_timeout();
        Self { surely_unsent, timed_out, description: describe(&error.without_url()) }
    }

    /// Reads h2's error about one request.
    pub(crate) fn from_http2(error: &h2::Error) -> Self {
        Self { surely_unsent: was_unsent_over_http2(error), timed_out: false, description: describe(error) }
    }

    /// The same, of an answer's body: the request was processed, whatever became of its answer.
    pub(crate) fn after_head(self) -> Self {
        Self { surely_unsent: false, ..self }
    }

    /// What an answer's body is can't be read.
    pub(crate) fn of_body(error: &std::io::Error) -> Self {
        Self { surely_unsent: false, timed_out: false, description: describe(error) }
    }

    /// A request that can't be written.
    pub(crate) fn not_written(error: &http::Error) -> Self {
        Self { surely_unsent: true, timed_out: false, description: describe(error) }
    }

    /// Each connection was closed before it took the request.
    pub(crate) fn closed_again() -> Self {
        Self {
            surely_unsent: true,
            timed_out: false,
            description: "the connection was closed before the request was sent, again and again".to_owned(),
        }
    }

    /// The same, of a request that is known not to have left.
    pub(crate) fn unsent(self) -> Self {
        Self { surely_unsent: true, ..self }
    }

    /// An attempt that had its time and got no answer.
    pub(crate) fn attempt_timed_out() -> Self {
        Self {
            surely_unsent: false,
            timed_out: true,
            description: "no answer within the attempt's time".to_owned(),
        }
    }
}

/// hyper cancelled the request before it wrote it, or HTTP/2 said that the stream was not processed: it was refused,
/// or comes after the last one that the peer's GOAWAY names (RFC 9113 §8.7). h2 gives the latter error to no other
/// stream.
fn was_refused_unread(error: &reqwest::Error) -> bool {
    #[cfg(feature = "test-hooks")]
    if crate::test_hooks::incomplete_message_is_unsent() {
        let mut hyper = causes(error).filter_map(|cause| cause.downcast_ref::<hyper::Error>());
        return hyper.any(|error| error.is_incomplete_message() || error.is_canceled());
    }
    causes(error).any(|cause| {
        cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled)
            || cause.downcast_ref::<h2::Error>().is_some_and(was_not_processed)
    })
}

fn was_unsent_over_http2(error: &h2::Error) -> bool {
    #[cfg(feature = "test-hooks")]
    if crate::test_hooks::incomplete_message_is_unsent() && error.is_io() {
        return true;
    }
    was_not_processed(error)
}

fn was_not_processed(error: &h2::Error) -> bool {
    error.is_remote()
        && (error.is_go_away() || (error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM)))
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let current = next?;
        next = current.source();
        Some(current)
    })
}

/// The chain of causes in one line.
fn describe(error: &(dyn StdError + 'static)) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in causes(error) {
        let text = cause.to_string();
        // Each level tends to repeat what is below it.
        if !parts.iter().any(|part| part.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ")
}

#[cfg(test)]
mod tests;
