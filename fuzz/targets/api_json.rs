//! X's answers: any body comes to a code for which it has a reason; what is shown of it is a line of bounded length,
//! without the values that X echoes and those that were sent; an answer that can't be read is not quoted. The first
//! line has the status, the context, who asked, what for, and a value that was sent.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use support::input::first_line_of_bytes;
use support::line::{assert_line, is_breaking};
use support::reasons::{NOT_FROM_ANSWERS, Reasons};
use twitter_native_core::error_code::ErrorCode::*;
use twitter_native_core::protocol::envelope::Answer;
use twitter_native_core::protocol::json;
use twitter_native_core::protocol::post::WirePost;
use twitter_native_core::protocol::problem::{
    Caller, PartialProblem, Problem, ProblemContext, Question, errors_alone, interpret, interpret_partial,
};

/// X's own words are of at most 500 characters, and a name of a plan may stand in what is said after them.
const MAX_ADVICE: usize = 800;

fuzz_target!(|bytes: &[u8]| {
    let (head, body) = first_line_of_bytes(bytes);
    let head = String::from_utf8_lossy(head);
    let mut head = head.splitn(5, ' ');
    let mut word = || head.next().unwrap_or_default();
    let status = word().parse::<u16>().unwrap_or(400);
    let question = question(word(), word(), word());
    let sent = [word().to_owned()];
    let value = serde_json::from_slice::<Value>(body).ok();

    let problem = interpret(status, body, question, &sent);
    assert_eq!(problem.status, status);
    let reasons = Reasons::of(status, question, body, value.as_ref());
    assert!(reasons.allow(problem.code), "{question:?} {problem:?}");
    when_again(&problem);
    assert_eq!(problem.is_clock_skew(), problem.code == Unauthorized && problem.api_code == Some(135));
    shown(&problem, value.as_ref(), body);
    without(&sent[0], &problem, body);
    advised(&problem, question);

    // Numbers and depths that serde_json can't hold are skipped where nobody asks for them.
    if let (Some(post), Some(value)) = (answers::<WirePost>(body), &value) {
        is_as_told(&post, value);
    }
    answers::<Vec<WirePost>>(body);
    if let Some(words) = errors_alone(body) {
        assert_line(&words);
        // X writes one error without its list, too.
        let has_more = |errors: &Value| match errors {
            Value::Array(all) => !all.is_empty(),
            errors => errors.is_object() || errors.is_string(),
        };
        let is_alone =
            |value: &Value| value.get("data").is_none_or(Value::is_null) && has_more(&value["errors"]);
        assert!(value.as_ref().is_none_or(is_alone), "{value:?}");
    }
});

fn question(context: &str, caller: &str, what: &str) -> Question {
    let context = match context {
        "create" => ProblemContext::CreatePost,
        "media" => ProblemContext::Media,
        "token" => ProblemContext::Token,
        "activity" => ProblemContext::Activity,
        _ => ProblemContext::General,
    };
    let caller = match caller {
        "oauth1" => Caller::OAuth1,
        "app" => Caller::App,
        _ => Caller::OAuth2,
    };
    Question { context, caller, writes: what != "reads" }
}

/// Credits come back within minutes and an account's daily limit within the hour; of its windows X tells the end.
fn when_again(problem: &Problem) {
    assert_eq!(problem.retryable, matches!(problem.code, RateLimited | NoCredits | Upstream));
    assert_eq!(problem.is_rate_limit(), problem.status == 429 && problem.code == RateLimited);
    let minutes = match problem.code {
        NoCredits => Some(5),
        RateLimited if problem.status == 403 => Some(60),
        _ => None,
    };
    assert_eq!(problem.pause_ms, minutes.map(|minutes| minutes * 60_000));
}

fn texts(problem: &Problem) -> impl Iterator<Item = &String> {
    [&problem.title, &problem.detail, &problem.problem_type].into_iter().flatten()
}

fn shown(problem: &Problem, value: Option<&Value>, body: &[u8]) {
    let echoes = value.map(echoes).unwrap_or_default();
    for text in texts(problem) {
        assert_line(text);
        for echo in echoes.iter().filter(|echo| !may_arise(echo, body)) {
            assert!(!stands_alone(text, echo), "{echo:?} is shown: {text:?}");
        }
    }
    assert!(
        problem
            .problem_type
            .iter()
            .all(|word| !word.contains(|letter: char| letter == '/' || letter.is_whitespace()))
    );
}

/// What somebody wrote is not shown, and neither is an id; a word such as `tweet_image` may be X's own.
fn without(sent: &str, problem: &Problem, body: &[u8]) {
    let is_written = sent.len() >= 40 || sent.contains(' ') || sent.bytes().all(|byte| byte.is_ascii_digit());
    if sent.len() >= 8 && is_written && !may_arise(sent, body) {
        for text in texts(problem) {
            assert!(!text.contains(sent), "{sent:?} is shown: {text:?}");
        }
    }
}

/// A text that may be put together of what stands in the answer otherwise: across a line's end, and around what was
/// taken out.
fn may_arise(text: &str, body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(body);
    let is_broken = body.contains('\\') || body.contains(is_breaking);
    text.contains('…') || text.contains(is_breaking) || (is_broken && text.contains(' '))
}

/// Whether a value is in a text, and no part of a longer word there.
fn stands_alone(text: &str, value: &str) -> bool {
    let is_joined = |outer: Option<char>, inner: Option<char>| {
        let outer_joins = outer.is_some_and(|letter| letter.is_alphanumeric() || letter == '…');
        outer_joins && inner.is_some_and(char::is_alphanumeric)
    };
    let is_cut = text.chars().count() == 500 && text.ends_with(value);
    let mut places = text.match_indices(value);
    !is_cut
        && places.any(|(at, _)| {
            let (before, behind) = (&text[..at], &text[at + value.len()..]);
            !is_joined(before.chars().next_back(), value.chars().next())
                && !is_joined(behind.chars().next(), value.chars().next_back())
        })
}

/// The values in `errors[].parameters`, as far as they are long enough to be told from other words. X names some ten of
/// them at most.
fn echoes(value: &Value) -> Vec<&str> {
    let errors = value["errors"].as_array().into_iter().flatten().take(4);
    let parameters =
        errors.filter_map(|error| error["parameters"].as_object()).flat_map(|values| values.values().take(4));
    let values = parameters.filter_map(Value::as_array).filter(|values| values.len() <= 2).flatten();
    values.filter_map(Value::as_str).filter(|text| text.len() >= 8 && !overlaps_itself(text)).collect()
}

/// Where such a text stands twice, one place may hide the other.
fn overlaps_itself(text: &str) -> bool {
    text.char_indices().skip(1).any(|(at, _)| text.starts_with(&text[at..]))
}

/// What a person can do: sentences on one line, that name the scopes, if these are lacking.
fn advised(problem: &Problem, question: Question) {
    let advice = problem.advice.as_deref();
    if let Some(advice) = advice {
        assert!(advice.chars().count() <= MAX_ADVICE && !advice.contains(is_breaking), "{advice:?}");
        assert!(advice.ends_with('.'), "{advice:?}");
    }
    if problem.code == MissingScope {
        let scope = match (question.context, question.writes) {
            (ProblemContext::Media, _) => "media.write",
            (ProblemContext::Activity, _) => "like.read",
            (ProblemContext::CreatePost, _) | (_, true) => "tweet.write",
            (ProblemContext::General | ProblemContext::Token, false) => "tweet.read",
        };
        assert!(advice.is_some_and(|advice| advice.contains(scope)), "{advice:?}");
    }
    if matches!(problem.code, NoCredits | UsageCap | DuplicateTweet) {
        assert!(advice.is_some());
    }
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
    assert_eq!((problem.pause_ms, problem.advice.as_deref()), (None, None));
    assert!(!NOT_FROM_ANSWERS.contains(&problem.code));
    let is_whole = problem.problem_type.as_deref() == partial.problem_type();
    // Ids, and what stands in brackets, are taken out.
    let is_changed = |shown: &String| shown.contains(['…', '[']);
    assert!(is_whole || problem.problem_type.iter().any(is_changed), "{problem:?}");
    texts(&problem).for_each(|text| assert_line(text));
}
