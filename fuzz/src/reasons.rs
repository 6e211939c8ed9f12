//! Why an answer of X's may come to a code, by docs/errors.md and X's pages on its problems and codes. Where the answer
//! leaves no choice, the code that it has to come to; elsewhere each code needs a reason that is in the answer.

use serde_json::Value;
use twitter_native_core::error_code::ErrorCode::{self, *};
use twitter_native_core::protocol::problem::{Caller, ProblemContext, Question};

/// Errors that no answer of X's comes to: they are for what happens on this side.
pub const NOT_FROM_ANSWERS: [ErrorCode; 9] = [
    Network,
    Timeout,
    Aborted,
    Internal,
    UnknownOutcome,
    CheckpointMismatch,
    MediaForbiddenHost,
    MediaSource,
    MediaProcessing,
];

/// An answer, with all that it says.
#[derive(Debug)]
pub struct Reasons<'a> {
    status: u16,
    question: Question,
    value: Option<&'a Value>,
    words: Vec<String>,
}

impl<'a> Reasons<'a> {
    /// Reads a body, and its JSON if it is some.
    pub fn of(status: u16, question: Question, body: &[u8], value: Option<&'a Value>) -> Self {
        let mut words = Vec::new();
        match value {
            Some(value) => collect(value, &mut words),
            None => {
                let text = String::from_utf8_lossy(body).to_lowercase();
                words.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
                words.push(text);
            }
        }
        Self { status, question, value, words }
    }

    /// Whether the answer may come to this code.
    pub fn allow(&self, code: ErrorCode) -> bool {
        let must = self.of_token_endpoint().or_else(|| self.used_up()).or_else(|| self.by_number());
        !NOT_FROM_ANSWERS.contains(&code) && must.map_or_else(|| self.may(code), |must| code == must)
    }

    /// RFC 6749 §5.2: its word decides, whatever the status. A spent token or code is an `invalid_request` to X.
    fn of_token_endpoint(&self) -> Option<ErrorCode> {
        if self.question.context != ProblemContext::Token {
            return None;
        }
        match self.value?.get("error")?.as_str()? {
            "invalid_grant" => Some(ReauthRequired),
            "invalid_client" | "unauthorized_client" | "access_denied" => Some(Unauthorized),
            "invalid_scope" | "unsupported_grant_type" => Some(InvalidArgument),
            "rate_limited" => Some(RateLimited),
            "temporarily_unavailable" | "server_error" => Some(Upstream),
            "invalid_request" if !self.says_spent() => Some(InvalidArgument),
            _ => None,
        }
    }

    fn says_spent(&self) -> bool {
        self.say(&["the token was invalid", "the authorization code was invalid"])
    }

    /// A cap, a limit on spending and credits are known by the title, with any 4xx.
    fn used_up(&self) -> Option<ErrorCode> {
        let has_more = self.is_refusal() && self.question.context != ProblemContext::Token;
        let title = self.value?.get("title")?.as_str().filter(|_| has_more)?;
        match &*title.to_ascii_lowercase() {
            "usagecapexceeded" | "spendcapreached" => Some(UsageCap),
            "creditsdepleted" => Some(NoCredits),
            _ => None,
        }
    }

    /// v1.1's number says more than a 403, if it is one of those that X has described.
    fn by_number(&self) -> Option<ErrorCode> {
        let value = self.value?;
        let first = &value["errors"][0];
        let is_plain = ["type", "title"].iter().all(|name| value.get(name).or(first.get(name)).is_none());
        let is_token = self.question.context == ProblemContext::Token;
        if self.status != 403
            || !is_plain
            || is_token
            || self.is_about_reply()
            || self.is_named(&["failed", "exceeded", "invalid", "notfound", "conflict"])
        {
            return None;
        }
        let number = value.get("code").unwrap_or(&first["code"]).as_i64()?;
        NUMBERS.iter().find(|(_, numbers)| numbers.contains(&number)).map(|(code, _)| *code)
    }

    /// Whether there is a reason for the code in the status or in the words.
    fn may(&self, code: ErrorCode) -> bool {
        let Question { context, caller, .. } = self.question;
        let status = self.status;
        let is_token = context == ProblemContext::Token;
        let is_create = context == ProblemContext::CreatePost;
        let is_number = |code| self.has_number(code);
        match code {
            UsageCap => {
                self.is_refusal()
                    && self.say(&["usagecapexceeded", "usage-capped", "spendcapreached", "spend-cap-reached"])
                    || status == 403 && self.say(&["spend cap", "spending limit"])
                    || self.is_named(&["webhooklimitexceeded", "subscriptionlimitexceeded"])
            }
            NoCredits => status == 402 || self.is_refusal() && self.say(&["credits"]),
            Unauthorized => {
                status == 401
                    || self.is_open() && is_number(code)
                    || is_token && self.say(&["client", "denied"])
            }
            RateLimited => {
                status == 429
                    || self.is_open() && (is_number(code) || self.say(&["rate-limit-exceeded"]))
                    || is_token && self.say(&["rate_limited"])
            }
            Upstream => {
                (500..600).contains(&status)
                    || is_token && self.say(&["temporarily_unavailable", "server_error"])
            }
            NotFound => {
                matches!(status, 404 | 410)
                    || self.is_about_reply()
                    || self.is_named(&["webhookidinvalid", "subscriptionnotfound"])
                    || self.is_open()
                        && (is_number(code) || self.say(&["resource-not-found", "resource-unavailable"]))
            }
            MediaTooLarge => self.is_too_large(),
            InvalidArgument => {
                matches!(status, 414 | 431)
                    || matches!(status, 400 | 422)
                        && matches!(
                            context,
                            ProblemContext::General | ProblemContext::Activity | ProblemContext::Token
                        )
                    || self.is_named(&[
                        "validationfailed",
                        "duplicateurlfailed",
                        "duplicatesubscriptionfailed",
                    ])
                    || is_token && self.say(&["invalid_", "unsupported_grant_type"])
            }
            InvalidTweet => {
                matches!(status, 400 | 422) && is_create
                    || self.is_open() && is_number(code)
                    || status == 403 && self.say(&["cashtag"])
                    || status == 403 && is_create && self.say(&["not permitted to perform this action"])
            }
            InvalidMedia => {
                matches!(status, 400 | 422)
                    && (context == ProblemContext::Media || is_create && self.say(&["media"]))
                    || self.is_open() && is_number(code)
                    || status == 403 && self.say(&["video"])
            }
            DuplicateTweet => {
                self.is_open() && is_number(code) || status == 403 && self.say(&["duplicate content"])
            }
            MissingScope => {
                status == 403
                    && caller == Caller::OAuth2
                    && self.value.is_some_and(is_bare)
                    && self.say(&["forbidden"])
            }
            Forbidden => {
                status == 403 && !self.must_be_scope()
                    || self.is_open() && status != 403 && self.is_forbidden()
            }
            InProgress => self.is_named(&["replayconflicterror"]),
            ReauthRequired => is_token && (self.says_spent() || self.say(&["invalid_grant"])),
            UnexpectedResponse => {
                !self.is_too_large() && !matches!(status, 400..=404 | 410 | 414 | 422 | 429 | 431 | 500..=599)
            }
            _ => false,
        }
    }

    /// A name that X gives to refusals of webhooks and subscriptions, in lower case.
    fn is_named(&self, names: &[&str]) -> bool {
        self.question.context == ProblemContext::Activity && self.is_refusal() && self.say(names)
    }

    fn is_refusal(&self) -> bool {
        (400..500).contains(&self.status)
    }

    /// A status that leaves the answer's words a say.
    fn is_open(&self) -> bool {
        self.is_refusal()
            && !matches!(self.status, 401 | 402 | 404 | 410 | 414 | 429 | 431)
            && !self.is_too_large()
    }

    fn is_too_large(&self) -> bool {
        self.status == 413 && self.question.context == ProblemContext::Media
    }

    /// The post that is to be answered is gone.
    fn is_about_reply(&self) -> bool {
        matches!(self.status, 400 | 403 | 404)
            && self.question.context == ProblemContext::CreatePost
            && self.say(&["deleted or not visible to you"])
    }

    /// A refusal in a shape of X's that says nothing at all is about scopes, where there are some.
    fn must_be_scope(&self) -> bool {
        let says_nothing = |value: &Value| {
            let members = value.as_object().into_iter().flatten();
            let mut others =
                members.filter(|(name, _)| !matches!(name.as_str(), "title" | "detail" | "status"));
            value["title"] == "Forbidden" && value["detail"] == "Forbidden" && others.next().is_none()
        };
        self.question.caller == Caller::OAuth2 && self.value.is_some_and(says_nothing)
    }

    fn is_forbidden(&self) -> bool {
        self.has_number(Forbidden)
            || self.say(&[
                "not-authorized",
                "unauthorized",
                "disallowed",
                "forbidden",
                "permissions",
                "unsupported",
            ])
    }

    /// Whether one of these words, which are in lower case, is anywhere.
    fn say(&self, words: &[&str]) -> bool {
        self.words.iter().any(|text| words.iter().any(|word| text.contains(word)))
    }

    fn has_number(&self, code: ErrorCode) -> bool {
        let numbers = NUMBERS.iter().filter(|(of, _)| *of == code).flat_map(|(_, numbers)| *numbers);
        numbers.map(i64::to_string).any(|number| self.say(&[&number]))
    }
}

/// v1.1's numbers (X's former page on response codes).
const NUMBERS: &[(ErrorCode, &[i64])] = &[
    (Unauthorized, &[32, 89, 99, 135, 215]),
    (Forbidden, &[63, 64, 87, 326]),
    (NotFound, &[34, 144, 385, 421, 422]),
    (RateLimited, &[88, 185, 344]),
    (InvalidTweet, &[186, 323, 386, 407]),
    (InvalidMedia, &[324, 325]),
    (DuplicateTweet, &[187]),
];

/// All texts, names and numbers, in lower case.
fn collect(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) => words.push(text.to_lowercase()),
        Value::Number(number) => words.push(number.to_string()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, words)),
        Value::Object(members) => {
            for (name, value) in members {
                words.push(name.to_lowercase());
                collect(value, words);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Nothing at its top says more than that it is forbidden, or that something is wrong.
fn is_bare(value: &Value) -> bool {
    const EMPTY: [&str; 5] = [
        "",
        "forbidden",
        "bad request",
        "invalid request",
        "one or more parameters to your request was invalid",
    ];
    let texts = ["title", "detail"].into_iter().filter_map(|name| value.get(name)?.as_str());
    texts
        .chain(value.as_str())
        .all(|text| EMPTY.contains(&&*text.trim().trim_end_matches('.').to_ascii_lowercase()))
}
