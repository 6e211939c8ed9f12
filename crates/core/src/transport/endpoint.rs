//! What an endpoint of X is, apart from one request to it.

use http::Method;

use crate::protocol::problem::ProblemContext;
use crate::protocol::retry_policy::ResendSafety;

/// Which of the configured base URLs an endpoint lives under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// `apiBaseUrl`.
    Api,
    /// `uploadBaseUrl`, for the v1.1 media endpoint.
    Upload,
}

/// An endpoint: where it is and how its failures are to be read.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) host: Host,
    /// The path with `:name` in place of values, the way rate limits and observers name it.
    pub(crate) template: &'static str,
    /// Whether a request that may have been processed can be sent again.
    pub(crate) resend: ResendSafety,
    /// What its error answers are about.
    pub(crate) context: ProblemContext,
}
