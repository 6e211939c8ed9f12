//! What a person can do about a refusal, where X's own words do not say.

use super::classify::is_bare;
use super::parsed::Parsed;
use super::{Caller, ProblemContext, Question, Reason};
use crate::error_code::ErrorCode;

/// X's page on app permissions.
const PERMISSION: &str = "Check the app's permission in X's developer console: it must be Read and write, and the access \
                          token must have been issued after that was set, so issue it again.";

/// Sentences for after X's words.
pub(super) fn advice(code: ErrorCode, status: u16, parsed: &Parsed, question: Question) -> Option<String> {
    if question.context == ProblemContext::Activity
        && let Some(reason) = Reason::of(parsed)
    {
        return Some(format!("{}.", reason.advice()));
    }
    let advice = match code {
        ErrorCode::MissingScope => return Some(missing_scope(question)),
        ErrorCode::Forbidden => return forbidden(parsed, question),
        ErrorCode::Unauthorized => unauthorized(parsed, question)?,
        ErrorCode::ReauthRequired => {
            "The token or code is spent, revoked or expired: use the access token while it lasts, then have the user \
             authorize again"
        }
        ErrorCode::NoCredits => {
            "Buy credits in X's developer console; if auto-recharge is on, it adds some within 5 minutes, unless a \
             balance of zero or less has paused it"
        }
        ErrorCode::UsageCap => used_up(parsed),
        ErrorCode::RateLimited if status == 403 => {
            "This is the account's own daily limit, which X counts in parts of the day"
        }
        ErrorCode::DuplicateTweet => {
            "Check the account before changing the text: the post may already be there"
        }
        ErrorCode::InvalidTweet if says(parsed, "not permitted to perform this action") => {
            "Usually the text is longer than the account may post: 280 characters, 25,000 with Premium"
        }
        ErrorCode::InvalidMedia
            if says(parsed, "media ids are invalid") || says(parsed, "invalid media id") =>
        {
            "Upload the media again: an id expires, and works only for the account that uploaded it and once X has \
             processed the media"
        }
        ErrorCode::MediaTooLarge if status == 413 => {
            "X accepts no request of this size: use smaller segments (upload.segmentBytes) or a smaller file"
        }
        ErrorCode::InvalidArgument if matches!(status, 414 | 431) => {
            "The token, or the list of ids, is too long for a request"
        }
        _ => return None,
    };
    Some(format!("{advice}."))
}

fn missing_scope(question: Question) -> String {
    let scopes = scopes(question);
    format!(
        "The token lacks a scope: this call needs {scopes}. Have the user authorize again with all of them."
    )
}

/// `words` are in lower case.
fn says(parsed: &Parsed, words: &str) -> bool {
    parsed.detail.as_deref().is_some_and(|detail| detail.to_ascii_lowercase().contains(words))
}

/// The scopes of X's page on authentication, by what was asked for.
fn scopes(question: Question) -> &'static str {
    match (question.context, question.writes) {
        (ProblemContext::Media, _) => "media.write",
        (ProblemContext::Activity, _) => {
            "tweet.read, and for other events than those of posts their own, such as like.read"
        }
        (ProblemContext::CreatePost, _) | (_, true) => "tweet.write, tweet.read and users.read",
        _ => "tweet.read and users.read",
    }
}

fn forbidden(parsed: &Parsed, question: Question) -> Option<String> {
    let kind = parsed.problem_type.as_deref().unwrap_or_default();
    let is_bare = is_bare(parsed);
    if is_bare && question.caller == Caller::OAuth1 {
        return Some(format!("OAuth 1.0a has no scopes. {PERMISSION}"));
    }
    if kind == "oauth1-permissions" || parsed.api_code == Some(261) {
        return Some(PERMISSION.to_owned());
    }
    if kind == "client-forbidden" || matches!(parsed.api_code, Some(87 | 453)) {
        return Some(not_enrolled(parsed));
    }
    let advice = match parsed.api_code {
        _ if is_about_others(parsed) => {
            "Self-serve plans may reply to, quote or mention others through the API only where the author has \
             mentioned or quoted the account; Enterprise plans and X itself are not limited so"
        }
        Some(220) => {
            "X accepts other credentials for this call: a user's instead of the app's, or the other way round"
        }
        Some(226) => "X suspects automation: wait some hours before the next post",
        Some(63 | 64 | 326) => "The account's owner has to log in to X and settle it there",
        _ if kind == "user-suspended" => "X has suspended the account",
        _ if !parsed.is_json && parsed.title.is_some() => {
            "The answer is a gateway's page: the request did not reach X's API"
        }
        _ => return None,
    };
    Some(format!("{advice}."))
}

fn not_enrolled(parsed: &Parsed) -> String {
    let plan = parsed.required_enrollment.as_deref().map(|plan| format!(" ({plan})")).unwrap_or_default();
    format!(
        "The app has no access to this call: in X's developer console, attach it to a project whose plan includes \
         it{plan}."
    )
}

/// Replies, quotes and mentions that X keeps for those who were summoned (X's changelog of 2026-02-23 and 2026-04-20).
fn is_about_others(parsed: &Parsed) -> bool {
    [
        "reply to or quote",
        "have not been mentioned",
        "reply to this conversation",
        "quoting this post",
        "quote_tweet_id",
    ]
    .iter()
    .any(|words| says(parsed, words))
        || (says(parsed, "mention") && says(parsed, "not allowed"))
}

/// X's words say enough, if there are some.
fn unauthorized(parsed: &Parsed, question: Question) -> Option<&'static str> {
    if parsed.api_code == Some(135) {
        return Some("X refuses the time of the signature: check this machine's clock");
    }
    let is_bare = parsed.detail.as_deref().is_none_or(|detail| detail == "Unauthorized");
    let advice = match (question.context, question.caller) {
        (ProblemContext::Token, _) => "Check the app's client id and secret, or its API key and secret",
        (_, Caller::OAuth1) => "Check all four OAuth 1.0a values; if the token was revoked, issue a new one",
        (_, Caller::OAuth2) => "Refresh the access token; if it was revoked, have the user authorize again",
        (_, Caller::App) => "Check the app's API key and secret",
    };
    is_bare.then_some(advice)
}

fn used_up(parsed: &Parsed) -> &'static str {
    let is_spending = parsed.problem_type.as_deref() == Some("spend-cap-reached")
        || parsed.title.as_deref().is_some_and(|title| title.eq_ignore_ascii_case("SpendCapReached"))
        || says(parsed, "spend cap")
        || says(parsed, "spending limit");
    if is_spending {
        "The spending limit of X's developer console is reached: it holds until it is raised or the billing cycle ends"
    } else {
        "The plan's cap is reached: it holds until the plan is raised or the cycle ends"
    }
}
