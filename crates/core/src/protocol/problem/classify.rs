//! From what X said to one of our codes.

use super::parsed::Parsed;
use super::{Caller, ProblemContext, Question, Reason};
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
    ("spend-cap-reached", ErrorCode::UsageCap),
];

/// Titles of problems whose type says nothing, or is missing.
const TITLES: &[(&str, ErrorCode)] = &[
    ("UsageCapExceeded", ErrorCode::UsageCap),
    ("SpendCapReached", ErrorCode::UsageCap),
    ("CreditsDepleted", ErrorCode::NoCredits),
];

/// Auto-recharge tops credits up at most once in this time (X's page on pricing).
const RECHARGE_MS: u64 = 5 * 60_000;
/// X spreads an account's daily limit over parts of the day (X's former page on its limits).
const DAILY_PAUSE_MS: u64 = 60 * 60_000;

pub(super) fn classify(status: u16, parsed: &Parsed, question: Question) -> ErrorCode {
    let context = question.context;
    if context == ProblemContext::Token
        && let Some(code) = token_endpoint(status, parsed)
    {
        return code;
    }
    if let Some(code) = used_up(parsed).filter(|_| (400..500).contains(&status)) {
        return code;
    }
    if context == ProblemContext::Activity
        && let Some(reason) = Reason::of(parsed).filter(|_| (400..500).contains(&status))
    {
        return reason.code();
    }
    match status {
        402 => ErrorCode::NoCredits,
        429 => ErrorCode::RateLimited,
        401 => ErrorCode::Unauthorized,
        400 | 403 | 404 if is_reply_to_nothing(parsed, context) => ErrorCode::NotFound,
        403 => forbidden(parsed, question),
        404 | 410 => ErrorCode::NotFound,
        413 if context == ProblemContext::Media => ErrorCode::MediaTooLarge,
        // Headers or query are too large: the token, or a list of ids.
        414 | 431 => ErrorCode::InvalidArgument,
        400 | 422 => bad_request(parsed, context),
        400..=499 => classify_partial(parsed),
        500..=599 => ErrorCode::Upstream,
        _ => ErrorCode::UnexpectedResponse,
    }
}

/// A problem whose status says nothing, as in a 2xx answer.
pub(super) fn classify_partial(parsed: &Parsed) -> ErrorCode {
    by_code(parsed)
        .or_else(|| by_type(parsed))
        .or_else(|| used_up(parsed))
        .unwrap_or(ErrorCode::UnexpectedResponse)
}

/// Whether the same call may succeed later without anything being changed.
pub(super) fn is_retryable(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::RateLimited
            | ErrorCode::NoCredits
            | ErrorCode::Upstream
            | ErrorCode::Network
            | ErrorCode::Timeout
            | ErrorCode::InProgress
    )
}

/// How long to wait before the same call is made again, where X does not say.
pub(super) fn pause_ms(code: ErrorCode, status: u16) -> Option<u64> {
    match code {
        ErrorCode::NoCredits => Some(RECHARGE_MS),
        ErrorCode::RateLimited if status == 403 => Some(DAILY_PAUSE_MS),
        _ => None,
    }
}

fn by_code(parsed: &Parsed) -> Option<ErrorCode> {
    API_CODES.iter().find(|(code, _)| parsed.api_code == Some(*code)).map(|(_, code)| *code)
}

fn by_type(parsed: &Parsed) -> Option<ErrorCode> {
    let kind = parsed.problem_type.as_deref()?;
    PROBLEM_TYPES.iter().find(|(name, _)| *name == kind).map(|(_, code)| *code)
}

/// RFC 6749 §5.2, and X's wording for tokens and codes that are used up.
fn token_endpoint(status: u16, parsed: &Parsed) -> Option<ErrorCode> {
    let spent = || {
        let detail = parsed.detail.as_deref().unwrap_or_default();
        detail.contains("the token was invalid") || detail.contains("the authorization code was invalid")
    };
    match parsed.oauth_error.as_deref()? {
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

/// The plan's cap, the spending limit or the credits: X reports it with 402, 403 and 429.
fn used_up(parsed: &Parsed) -> Option<ErrorCode> {
    let title = parsed.title.as_deref().unwrap_or_default();
    let by_title = TITLES.iter().find(|(name, _)| title.eq_ignore_ascii_case(name)).map(|(_, code)| *code);
    by_title
        .or_else(|| by_type(parsed).filter(|code| matches!(code, ErrorCode::UsageCap | ErrorCode::NoCredits)))
}

/// The post that this one replies to is gone: v1.1's codes say the same.
fn is_reply_to_nothing(parsed: &Parsed, context: ProblemContext) -> bool {
    context == ProblemContext::CreatePost && says(parsed, "deleted or not visible to you")
}

fn says(parsed: &Parsed, words: &str) -> bool {
    parsed.detail.as_deref().is_some_and(|detail| detail.contains(words))
}

/// A refusal with nothing but the status and its name.
pub(super) fn is_bare(parsed: &Parsed) -> bool {
    let is_name = |text: &Option<String>| {
        text.as_deref().is_none_or(|text| text.trim_end_matches('.').eq_ignore_ascii_case("forbidden"))
    };
    let says_something = parsed.title.is_some() || parsed.detail.is_some();
    parsed.is_json
        && says_something
        && parsed.problem_type.is_none()
        && is_name(&parsed.title)
        && is_name(&parsed.detail)
}

fn forbidden(parsed: &Parsed, question: Question) -> ErrorCode {
    if let Some(code) = by_code(parsed).or_else(|| by_type(parsed)) {
        return code;
    }
    if says(parsed, "spend cap") || says(parsed, "spending limit") {
        return ErrorCode::UsageCap;
    }
    if says(parsed, "duplicate content") {
        return ErrorCode::DuplicateTweet;
    }
    if says(parsed, "cashtag") {
        return ErrorCode::InvalidTweet;
    }
    if says(parsed, "to post a video longer than") || says(parsed, "video duration exceeded") {
        return ErrorCode::InvalidMedia;
    }
    match question.context {
        // OAuth 1.0a has no scopes, and asking for a token needs none.
        _ if is_bare(parsed) && question.caller == Caller::OAuth2 => ErrorCode::MissingScope,
        ProblemContext::CreatePost if says(parsed, "You are not permitted to perform this action") => {
            ErrorCode::InvalidTweet
        }
        _ => ErrorCode::Forbidden,
    }
}

fn bad_request(parsed: &Parsed, context: ProblemContext) -> ErrorCode {
    let about_media = parsed.parameters.iter().any(|name| name.contains("media"))
        || says(parsed, "media IDs are invalid")
        || says(parsed, "media_ids");
    if let Some(code) = by_code(parsed) {
        return code;
    }
    match context {
        ProblemContext::CreatePost if about_media => ErrorCode::InvalidMedia,
        ProblemContext::CreatePost => ErrorCode::InvalidTweet,
        ProblemContext::Media => ErrorCode::InvalidMedia,
        ProblemContext::General | ProblemContext::Activity | ProblemContext::Token => {
            by_type(parsed).unwrap_or(ErrorCode::InvalidArgument)
        }
    }
}
