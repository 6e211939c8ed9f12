//! From what X said to one of our codes.

use super::ProblemContext;
use super::body::Told;
use crate::error_code::ErrorCode;

/// v1.1's codes (X's former page on response codes), as far as they say more than the status.
const API_CODES: &[(i64, ErrorCode)] = &[
    (32, ErrorCode::Unauthorized),
    (34, ErrorCode::NotFound),
    (63, ErrorCode::Forbidden),
    (64, ErrorCode::Forbidden),
    (87, ErrorCode::Forbidden),
    (88, ErrorCode::RateLimited),
    (89, ErrorCode::Unauthorized),
    (99, ErrorCode::Unauthorized),
    (135, ErrorCode::Unauthorized),
    (144, ErrorCode::NotFound),
    (185, ErrorCode::RateLimited),
    (186, ErrorCode::InvalidTweet),
    (187, ErrorCode::DuplicateTweet),
    (215, ErrorCode::Unauthorized),
    (323, ErrorCode::InvalidTweet),
    (324, ErrorCode::InvalidMedia),
    (325, ErrorCode::InvalidMedia),
    (326, ErrorCode::Forbidden),
    (344, ErrorCode::RateLimited),
    (385, ErrorCode::NotFound),
    (386, ErrorCode::InvalidTweet),
    (407, ErrorCode::InvalidTweet),
    (421, ErrorCode::NotFound),
    (422, ErrorCode::NotFound),
];

/// Problem types, by the last segment of their URI.
const PROBLEM_TYPES: &[(&str, ErrorCode)] = &[
    ("resource-not-found", ErrorCode::NotFound),
    ("resource-unavailable", ErrorCode::NotFound),
    ("not-authorized-for-resource", ErrorCode::Forbidden),
    ("not-authorized-for-field", ErrorCode::Forbidden),
    ("field-unauthorized", ErrorCode::Forbidden),
    ("disallowed-resource", ErrorCode::Forbidden),
    ("client-forbidden", ErrorCode::Forbidden),
    ("oauth1-permissions", ErrorCode::Forbidden),
    ("unsupported-authentication", ErrorCode::Forbidden),
    ("usage-capped", ErrorCode::UsageCap),
    ("rate-limit-exceeded", ErrorCode::RateLimited),
    ("credits", ErrorCode::NoCredits),
    ("credits-depleted", ErrorCode::NoCredits),
];

pub(super) fn classify(status: u16, told: &Told, context: ProblemContext) -> ErrorCode {
    if context == ProblemContext::Token
        && let Some(code) = token_endpoint(status, told)
    {
        return code;
    }
    match status {
        402 => ErrorCode::NoCredits,
        429 => exhausted(told),
        401 => ErrorCode::Unauthorized,
        403 => forbidden(told, context),
        404 | 410 => ErrorCode::NotFound,
        413 if context == ProblemContext::Media => ErrorCode::MediaTooLarge,
        400 | 422 => bad_request(told, context),
        400..=499 => classify_partial(told),
        500..=599 => ErrorCode::Upstream,
        _ => ErrorCode::UnexpectedResponse,
    }
}

/// A problem whose status says nothing, as in a 2xx answer.
pub(super) fn classify_partial(told: &Told) -> ErrorCode {
    by_code(told).or_else(|| by_type(told)).unwrap_or(ErrorCode::UnexpectedResponse)
}

/// Whether the same call may succeed later without anything being changed.
pub(super) fn is_retryable(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::RateLimited | ErrorCode::Upstream | ErrorCode::Network | ErrorCode::Timeout)
}

fn by_code(told: &Told) -> Option<ErrorCode> {
    API_CODES.iter().find(|(code, _)| told.api_code == Some(*code)).map(|(_, code)| *code)
}

fn by_type(told: &Told) -> Option<ErrorCode> {
    let kind = told.problem_type.as_deref()?;
    PROBLEM_TYPES.iter().find(|(name, _)| *name == kind).map(|(_, code)| *code)
}

/// RFC 6749 §5.2, and X's wording for tokens and codes that are used up.
fn token_endpoint(status: u16, told: &Told) -> Option<ErrorCode> {
    let spent = || {
        let detail = told.detail.as_deref().unwrap_or_default();
        detail.contains("the token was invalid") || detail.contains("the authorization code was invalid")
    };
    match told.oauth_error.as_deref()? {
        "invalid_grant" => Some(ErrorCode::ReauthRequired),
        "invalid_request" if spent() => Some(ErrorCode::ReauthRequired),
        "invalid_request" | "invalid_scope" | "unsupported_grant_type" => Some(ErrorCode::InvalidArgument),
        "invalid_client" | "unauthorized_client" | "access_denied" => Some(ErrorCode::Unauthorized),
        "rate_limited" => Some(ErrorCode::RateLimited),
        "temporarily_unavailable" | "server_error" => Some(ErrorCode::Upstream),
        _ if status == 401 => Some(ErrorCode::Unauthorized),
        _ => None,
    }
}

fn exhausted(told: &Told) -> ErrorCode {
    let capped = told.title.as_deref().is_some_and(|title| title.eq_ignore_ascii_case("UsageCapExceeded"));
    match by_type(told) {
        Some(ErrorCode::UsageCap) => ErrorCode::UsageCap,
        _ if capped => ErrorCode::UsageCap,
        _ => ErrorCode::RateLimited,
    }
}

fn forbidden(told: &Told, context: ProblemContext) -> ErrorCode {
    let says = |words: &str| told.detail.as_deref().is_some_and(|detail| detail.contains(words));
    let titled = |title: &str| told.title.as_deref().is_some_and(|told| told.eq_ignore_ascii_case(title));
    if titled("SpendCapReached") {
        return ErrorCode::UsageCap;
    }
    if let Some(code) = by_code(told).or_else(|| by_type(told)) {
        return code;
    }
    if says("duplicate content") {
        return ErrorCode::DuplicateTweet;
    }
    if says("cashtag") {
        return ErrorCode::InvalidTweet;
    }
    if says("to post a video longer than") || says("video duration exceeded") {
        return ErrorCode::InvalidMedia;
    }
    // A token without a scope gets a bare refusal, with nothing but the status and its name.
    let bare = titled("Forbidden") && (told.detail.is_none() || says("Forbidden"));
    match context {
        _ if bare => ErrorCode::MissingScope,
        ProblemContext::CreatePost if says("You are not permitted to perform this action") => {
            ErrorCode::InvalidTweet
        }
        _ => ErrorCode::Forbidden,
    }
}

fn bad_request(told: &Told, context: ProblemContext) -> ErrorCode {
    let about_media = told.parameters.iter().any(|name| name.contains("media"))
        || told.detail.as_deref().is_some_and(|detail| detail.contains("media IDs are invalid"));
    if let Some(code) = by_code(told) {
        return code;
    }
    match context {
        ProblemContext::CreatePost if about_media => ErrorCode::InvalidMedia,
        ProblemContext::CreatePost => ErrorCode::InvalidTweet,
        ProblemContext::Media => ErrorCode::InvalidMedia,
        ProblemContext::General | ProblemContext::Token => {
            by_type(told).unwrap_or(ErrorCode::InvalidArgument)
        }
    }
}
