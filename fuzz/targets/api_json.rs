//! X's answers: any body comes to a code that fits its status; what is shown of it is a line of bounded length, without
//! the values that X echoes; an answer that can't be read is not quoted. The first line has the status and the context.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use support::input::first_line_of_bytes;
use support::line::assert_line;
use twitter_native_core::error_code::ErrorCode::{self, *};
use twitter_native_core::protocol::json;
use twitter_native_core::protocol::post::{Answer, WirePost};
use twitter_native_core::protocol::problem::{
    PartialProblem, Problem, ProblemContext, errors_alone, interpret, interpret_partial,
};

/// Errors that no answer of X's comes to: they are for what happens on this side.
const NOT_FROM_ANSWERS: [ErrorCode; 9] = [
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

fuzz_target!(|bytes: &[u8]| {
    let (head, body) = first_line_of_bytes(bytes);
    let head = String::from_utf8_lossy(head);
    let (status, context) = head.split_once(' ').unwrap_or((&head, ""));
    let status = status.parse::<u16>().unwrap_or(400);
    let context = match context {
        "create" => ProblemContext::CreatePost,
        "media" => ProblemContext::Media,
        "token" => ProblemContext::Token,
        _ => ProblemContext::General,
    };
    let value = serde_json::from_slice::<Value>(body).ok();

    let problem = interpret(status, body, context);
    assert_eq!(problem.status, status);
    assert_eq!(problem.retryable, matches!(problem.code, RateLimited | Upstream));
    assert_eq!(problem.is_rate_limit(), status == 429 && problem.code == RateLimited);
    assert!(context == ProblemContext::Token || fits(status, context, problem.code), "{problem:?}");
    shown(&problem, value.as_ref(), body);

    // Numbers and depths that serde_json can't hold are skipped where nobody asks for them.
    if let (Some(post), Some(value)) = (answers::<WirePost>(body), &value) {
        is_as_told(&post, value);
    }
    answers::<Vec<WirePost>>(body);
    if let Some(words) = errors_alone(body) {
        assert_line(&words);
        let is_alone = |value: &Value| {
            value.get("data").is_none_or(Value::is_null)
                && value["errors"].as_array().is_some_and(|all| !all.is_empty())
        };
        assert!(value.as_ref().is_none_or(is_alone), "{value:?}");
    }
});

/// Statuses that leave no choice, or little.
fn fits(status: u16, context: ProblemContext, code: ErrorCode) -> bool {
    match status {
        401 => code == Unauthorized,
        402 => code == NoCredits,
        404 | 410 => code == NotFound,
        413 if context == ProblemContext::Media => code == MediaTooLarge,
        429 => matches!(code, RateLimited | UsageCap),
        500..=599 => code == Upstream,
        400..=499 => !NOT_FROM_ANSWERS.contains(&code) && code != Upstream,
        _ => code == UnexpectedResponse,
    }
}

fn shown(problem: &Problem, value: Option<&Value>, body: &[u8]) {
    let texts = [&problem.title, &problem.detail, &problem.problem_type];
    for text in texts.into_iter().flatten() {
        assert_line(text);
        for echo in value.map(echoes).unwrap_or_default() {
            // What stands elsewhere too may be shown from there.
            let is_once = body.windows(echo.len()).filter(|window| *window == echo.as_bytes()).count() == 1;
            assert!(!is_once || !text.contains(echo), "{echo} is shown");
        }
    }
    assert!(
        problem
            .problem_type
            .iter()
            .all(|word| !word.contains(|letter: char| letter == '/' || letter.is_whitespace()))
    );
}

/// The values in `errors[].parameters`, as far as they are long enough to be told from other words.
fn echoes(value: &Value) -> Vec<&str> {
    let errors = value["errors"].as_array().into_iter().flatten();
    let parameters =
        errors.filter_map(|error| error["parameters"].as_object()).flat_map(|values| values.values());
    let values = parameters.flat_map(|values| values.as_array().into_iter().flatten());
    values.filter_map(Value::as_str).filter(|text| text.len() >= 8).collect()
}

/// A post has the id and the text that the answer tells, the longer one where there are two.
fn is_as_told(post: &WirePost, value: &Value) {
    let data = &value["data"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let note = ["note_tweet", "note_post"].into_iter().map(|name| &data[name]).find(|note| note.is_object());
    if data.is_object() {
        assert_eq!(post.id, text(&data["id"]));
        assert_eq!(post.full_text(), note.map_or_else(|| text(&data["text"]), |note| text(&note["text"])));
    }
}

/// Reads an answer with `data` of one shape.
fn answers<T: serde::de::DeserializeOwned>(body: &[u8]) -> Option<T> {
    match json::read::<Answer<T>>(body) {
        Ok(answer) => {
            answer.errors.iter().for_each(partial);
            answer.data
        }
        Err(why) => {
            let is_ours = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || " ,()JSONX".contains(letter)
            };
            assert!(why.len() < 100 && why.chars().all(is_ours), "{why}");
            None
        }
    }
}

fn partial(partial: &PartialProblem) {
    let problem = interpret_partial(partial);
    assert_eq!((problem.status, problem.retryable), (200, false));
    assert!(!NOT_FROM_ANSWERS.contains(&problem.code));
    assert_eq!(problem.problem_type.as_deref(), partial.problem_type());
    for text in [&problem.title, &problem.detail, &problem.problem_type].into_iter().flatten() {
        assert_line(text);
    }
}
