#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

fn asked(context: ProblemContext) -> Question {
    Question { context, caller: Caller::OAuth2, writes: true }
}

fn interpret(status: u16, body: &[u8], context: ProblemContext) -> Problem {
    super::interpret(status, body, asked(context), &[])
}

fn code(status: u16, body: &str, context: ProblemContext) -> ErrorCode {
    interpret(status, body.as_bytes(), context).code
}

#[test]
fn refusals_of_webhooks_go_by_their_names() {
    for (words, expected) in [
        ("CrcValidationFailed: Invalid response_token", ErrorCode::InvalidArgument),
        ("UrlValidationFailed: the port", ErrorCode::InvalidArgument),
        ("DuplicateUrlFailed", ErrorCode::InvalidArgument),
        ("WebhookLimitExceeded: 1", ErrorCode::UsageCap),
        ("SubscriptionLimitExceeded: 1500", ErrorCode::UsageCap),
        ("WebhookIdInvalid: no such webhook", ErrorCode::NotFound),
        ("SubscriptionNotFound: no such subscription", ErrorCode::NotFound),
        ("ReplayConflictError: one is under way", ErrorCode::InProgress),
        ("CrcValidationFailedTwice", ErrorCode::InvalidArgument),
    ] {
        let body = format!(
            r#"{{"errors":[{{"message":"{words}"}}],"title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.twitter.com/2/problems/invalid-request"}}"#
        );
        let problem = interpret(400, body.as_bytes(), ProblemContext::Activity);
        assert_eq!(problem.code, expected, "{words}");
        assert_eq!(problem.advice.is_some(), !words.ends_with("Twice"), "{words}");
        assert!(problem.words().starts_with(words), "{problem:?}");
        // Elsewhere these words mean nothing.
        assert_eq!(code(400, &body, ProblemContext::General), ErrorCode::InvalidArgument, "{words}");
    }
    let partial = r#"{"title":"WebhookIdInvalid","detail":"gone"}"#;
    assert_eq!(interpret_partial(&serde_json::from_str(partial).unwrap()).code, ErrorCode::NotFound);
}

#[test]
fn each_shape_of_error_is_understood() {
    use ErrorCode::*;
    use ProblemContext::{CreatePost, General, Media, Token};
    let duplicate = r#"{"detail":"You are not allowed to create a Tweet with duplicate content.","type":"about:blank","title":"Forbidden","status":403}"#;
    let media_ids = r#"{"errors":[{"parameters":{"media.media_ids":["1"]},"message":"Your media IDs are invalid."}],"title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.twitter.com/2/problems/invalid-request"}"#;
    for (status, body, context, expected) in [
        (
            401,
            r#"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}"#,
            General,
            Unauthorized,
        ),
        (401, r#"{"errors":[{"code":89,"message":"Invalid or expired token."}]}"#, General, Unauthorized),
        (403, duplicate, CreatePost, DuplicateTweet),
        (403, r#"{"errors":[{"code":187,"message":"Status is a duplicate."}]}"#, CreatePost, DuplicateTweet),
        (
            403,
            r#"{"detail":"Forbidden","type":"about:blank","title":"Forbidden","status":403}"#,
            Media,
            MissingScope,
        ),
        (
            403,
            r#"{"detail":"You are not permitted to perform this action.","type":"about:blank","title":"Forbidden"}"#,
            CreatePost,
            InvalidTweet,
        ),
        (
            403,
            r#"{"title":"Authorization Error","type":"https://api.x.com/2/problems/not-authorized-for-resource"}"#,
            CreatePost,
            Forbidden,
        ),
        (
            403,
            r#"{"type":"https://api.x.com/2/problems/client-forbidden","reason":"client-not-enrolled"}"#,
            General,
            Forbidden,
        ),
        (403, r#"{"title":"SpendCapReached"}"#, CreatePost, UsageCap),
        (
            403,
            r#"{"detail":"This user is not allowed to post a video longer than 2 minutes.","title":"Forbidden"}"#,
            CreatePost,
            InvalidMedia,
        ),
        (400, media_ids, CreatePost, InvalidMedia),
        (
            400,
            r#"{"errors":[{"message":"x"}],"detail":"The Tweet contains an invalid URL."}"#,
            CreatePost,
            InvalidTweet,
        ),
        (404, "<html>nothing here</html>", General, NotFound),
        (413, "", Media, MediaTooLarge),
        (418, "a teapot", CreatePost, UnexpectedResponse),
        (402, r#"{"title":"CreditsDepleted"}"#, CreatePost, NoCredits),
        (429, r#"{"title":"Too Many Requests","type":"about:blank"}"#, General, RateLimited),
        (429, r#"{"title":"UsageCapExceeded","period":"Monthly"}"#, General, UsageCap),
        (429, r#"{"type":"https://api.twitter.com/2/problems/usage-capped"}"#, General, UsageCap),
        (500, "", General, Upstream),
        (503, "<html>", General, Upstream),
        (302, "", General, UnexpectedResponse),
        (
            400,
            r#"{"error":"invalid_request","error_description":"Value passed for the token was invalid."}"#,
            Token,
            ReauthRequired,
        ),
        (400, r#"{"error":"invalid_grant"}"#, Token, ReauthRequired),
        (400, r#"{"error":"temporarily_unavailable"}"#, Token, Upstream),
        (400, r#"{"error":"server_error"}"#, Token, Upstream),
        (400, r#"{"error":"rate_limited"}"#, Token, RateLimited),
        (401, r#"{"error":"something_new"}"#, Token, Unauthorized),
        (
            400,
            r#"{"error":"invalid_request","error_description":"Missing required parameter [code_verifier]."}"#,
            Token,
            InvalidArgument,
        ),
        (
            401,
            r#"{"error":"unauthorized_client","error_description":"Missing valid authorization header"}"#,
            Token,
            Unauthorized,
        ),
        (
            403,
            r#"{"errors":[{"code":99,"message":"Unable to verify your credentials"}]}"#,
            Token,
            Unauthorized,
        ),
        (503, r#"{"error":"temporarily_unavailable"}"#, Token, Upstream),
    ] {
        assert_eq!(code(status, body, context), expected, "{status} {body}");
    }
}

#[test]
fn a_plan_that_is_used_up_and_a_target_that_is_gone_are_known_by_whatever_says_so() {
    use ErrorCode::*;
    use ProblemContext::{CreatePost, General, Media};
    for (status, body, context, expected) in [
        (
            403,
            r#"{"title":"Forbidden","detail":"Your monthly spend cap has been reached.","type":"https://api.x.com/2/problems/spend-cap-reached"}"#,
            General,
            UsageCap,
        ),
        (429, r#"{"type":"https://api.x.com/2/problems/spend-cap-reached"}"#, General, UsageCap),
        (402, r#"{"type":"https://api.x.com/2/problems/spend-cap-reached"}"#, General, UsageCap),
        (
            403,
            r#"{"title":"Forbidden","detail":"Your account has hit its spending limit for this billing cycle"}"#,
            General,
            UsageCap,
        ),
        (429, r#"{"title":"CreditsDepleted"}"#, CreatePost, NoCredits),
        (403, r#"{"type":"https://api.x.com/2/problems/credits-depleted"}"#, CreatePost, NoCredits),
        (
            403,
            r#"{"title":"Forbidden","type":"about:blank","detail":"You attempted to reply to a Tweet that is deleted or not visible to you."}"#,
            CreatePost,
            NotFound,
        ),
        (403, r#"{"errors":[{"code":385,"message":"x"}]}"#, CreatePost, NotFound),
        (404, r#"{"errors":[{"code":421,"message":"x"}]}"#, CreatePost, NotFound),
        (403, r#"{"errors":[{"code":422,"message":"x"}]}"#, CreatePost, NotFound),
        (431, "", General, InvalidArgument),
        (400, "media type unrecognized", Media, InvalidMedia),
    ] {
        assert_eq!(code(status, body, context), expected, "{status} {body}");
    }
}

fn problem_of(status: u16, body: &str, question: Question) -> Problem {
    super::interpret(status, body.as_bytes(), question, &[])
}

#[test]
fn a_bare_refusal_is_about_scopes_where_there_are_some() {
    const BARE: &str = r#"{"title":"Forbidden","type":"about:blank","status":403,"detail":"Forbidden"}"#;
    let question = |context, caller, writes| Question { context, caller, writes };
    for (question, code, advice) in [
        (question(ProblemContext::CreatePost, Caller::OAuth2, true), ErrorCode::MissingScope, "tweet.write"),
        (question(ProblemContext::General, Caller::OAuth2, true), ErrorCode::MissingScope, "tweet.write"),
        (
            question(ProblemContext::General, Caller::OAuth2, false),
            ErrorCode::MissingScope,
            "needs tweet.read and users.read",
        ),
        (question(ProblemContext::Media, Caller::OAuth2, false), ErrorCode::MissingScope, "media.write"),
        (question(ProblemContext::CreatePost, Caller::OAuth1, true), ErrorCode::Forbidden, "Read and write"),
        (question(ProblemContext::Media, Caller::OAuth1, true), ErrorCode::Forbidden, "Read and write"),
        (question(ProblemContext::Token, Caller::App, true), ErrorCode::Forbidden, ""),
    ] {
        let problem = problem_of(403, BARE, question);
        assert_eq!(problem.code, code, "{question:?}");
        assert!(problem.advice.unwrap_or_default().contains(advice), "{question:?}");
    }
    for body in
        ["", "Forbidden", "<html><title>Forbidden</title></html>", r#"{"detail":"Forbidden","type":"x/y"}"#]
    {
        assert_eq!(code(403, body, ProblemContext::CreatePost), ErrorCode::Forbidden, "{body}");
    }
}

#[test]
fn what_may_pass_says_when_to_look_again() {
    for (status, body, pause_ms) in [
        (402, "", Some(300_000)),
        (403, r#"{"errors":[{"code":185,"message":"x"}]}"#, Some(3_600_000)),
        (429, "", None),
        (503, "", None),
    ] {
        let problem = interpret(status, body.as_bytes(), ProblemContext::CreatePost);
        assert_eq!((problem.retryable, problem.pause_ms), (true, pause_ms), "{status}");
    }
    let capped = interpret(429, br#"{"title":"UsageCapExceeded"}"#, ProblemContext::CreatePost);
    assert_eq!((capped.retryable, capped.pause_ms), (false, None));
}

#[test]
fn a_sentence_in_any_shape_is_reported() {
    const SENTENCE: &str = "Something is wrong";
    for body in [
        "Something is wrong",
        "\u{feff} Something is wrong\r\n",
        r#""Something is wrong""#,
        r#"{"error":"Something is wrong","request":"/1.1/media/upload.json"}"#,
        r#"{"code":38,"message":"Something is wrong"}"#,
        r#"{"errors":["Something is wrong"]}"#,
        r#"{"errors":"Something is wrong"}"#,
        r#"{"errors":[null,7,{"message":"Something is wrong"},{"message":"Something is wrong"}]}"#,
        r#"{"detail":"One or more parameters to your request was invalid.","errors":[{"message":"Something is wrong"}]}"#,
        "<?xml version='1.0'?><errors><error code=\"1\">Something\n  is wrong</error></errors>",
        "<hash><error>Something is wrong</error><request>/oauth/access_token?oauth_token=x</request></hash>",
    ] {
        let problem = interpret(400, body.as_bytes(), ProblemContext::General);
        assert_eq!(problem.detail.as_deref(), Some(SENTENCE), "{body}");
    }
    let page = interpret(502, b"<html><head><title>Bad gateway</title></head>", ProblemContext::General);
    assert_eq!((page.title.as_deref(), page.detail.as_deref()), (Some("Bad gateway"), None));
    for body in ["", "7", "null", "{\"errors\":[", "\u{0}\u{1}", "<html>", "<errors><error></error></errors>"]
    {
        let problem = interpret(400, body.as_bytes(), ProblemContext::General);
        assert_eq!((problem.detail.as_deref(), &*problem.words()), (None, "Bad Request"), "{body:?}");
    }
}

#[test]
fn x_s_own_words_in_brackets_stay() {
    for (given, shown) in [
        ("types are [OAuth 1.0a User Context].", "types are [OAuth 1.0a User Context]."),
        ("value [abc] is not one of [a,b]", "value […] is not one of [a,b]"),
        ("Missing required parameter [code_verifier].", "Missing required parameter [code_verifier]."),
        ("$.media.media_ids[0]: integer found", "$.media.media_ids[0]: integer found"),
        ("with ids: [12], [[3]] and [", "with ids: […], […] and […]"),
        ("media id 1234567890123456789 of 30000", "media id … of 30000"),
    ] {
        let body = serde_json::json!({ "detail": given }).to_string();
        assert_eq!(interpret(403, body.as_bytes(), ProblemContext::General).detail.as_deref(), Some(shown));
    }
}

#[test]
fn what_was_sent_is_taken_out() {
    let body = r#"{"errors":[{"parameters":{"text":["my words"],"n":[4711]},"message":"my words, 4711, amy wordsy"}]}"#;
    let detail = |body: &str, sent: &[String]| {
        super::interpret(400, body.as_bytes(), asked(ProblemContext::CreatePost), sent).detail.unwrap()
    };
    assert_eq!(detail(body, &[]), "…, …, amy wordsy");
    let sent = ["What nobody else may read".to_owned(), "tweet_image".to_owned(), "12345678".to_owned()];
    let echo = r#"{"detail":"What nobody else may read 12345678 tweet_image"}"#;
    assert_eq!(detail(echo, &sent), "… … tweet_image");
}

#[test]
fn errors_of_any_kind_beside_data_do_no_harm() {
    #[derive(serde::Deserialize)]
    struct Answer {
        data: u32,
        #[serde(default, deserialize_with = "lenient_errors")]
        errors: Vec<PartialProblem>,
    }
    for (errors, count) in
        [("null", 0), ("7", 0), ("{}", 1), ("[]", 0), ("\"x\"", 1), ("[\"x\",null,{\"detail\":\"y\"}]", 3)]
    {
        let answer: Answer = serde_json::from_str(&format!("{{\"data\":1,\"errors\":{errors}}}")).unwrap();
        assert_eq!((answer.data, answer.errors.len()), (1, count), "{errors}");
        answer.errors.iter().for_each(|problem| assert!(!interpret_partial(problem).words().is_empty()));
    }
    let deep = format!("{{\"data\":1,\"errors\":[{}{}]}}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(serde_json::from_str::<Answer>(&deep).unwrap().data, 1);
}

#[test]
fn the_clock_is_recognised() {
    let body = br#"{"errors":[{"code":135,"message":"Timestamp out of bounds."}]}"#;
    assert!(interpret(401, body, ProblemContext::General).is_clock_skew());
}

#[test]
fn values_that_were_sent_are_not_repeated() {
    let body = br#"{"errors":[{"parameters":{"text":["my secret text"]},"message":"The text [my secret text] is bad.\u0007"}],"title":"Invalid Request"}"#;
    let problem = interpret(400, body, ProblemContext::CreatePost);
    assert_eq!(problem.detail.as_deref(), Some("The text […] is bad. "));
    assert!(!format!("{problem:?}").contains("secret"));
}

#[test]
fn a_type_is_its_last_segment() {
    let problem = interpret(
        404,
        br#"{"type":"https://api.x.com/2/problems/resource-not-found/"}"#,
        ProblemContext::General,
    );
    assert_eq!(problem.problem_type.as_deref(), Some("resource-not-found"));
}

#[test]
fn members_of_the_wrong_kind_are_passed_over() {
    let body = br#"{"title":5,"detail":["x"],"errors":{"a":1},"code":"88","type":null}"#;
    let problem = interpret(429, body, ProblemContext::General);
    assert_eq!((problem.title, problem.detail, problem.api_code), (None, None, Some(88)));
}

#[test]
fn a_deep_body_does_no_harm() {
    let deep = "[".repeat(200_000);
    assert_eq!(code(400, &deep, ProblemContext::General), ErrorCode::InvalidArgument);
    assert_eq!(
        code(400, &format!("{{\"errors\":{deep}"), ProblemContext::General),
        ErrorCode::InvalidArgument
    );
}

proptest! {
    #[test]
    fn any_answer_is_understood_somehow(status in 300_u16..600, body in prop::collection::vec(any::<u8>(), 0..256)) {
        let problem = interpret(status, &body, ProblemContext::General);
        prop_assert!(!problem.words().is_empty() && problem.words().chars().count() <= 500);
    }

    #[test]
    fn a_value_that_x_repeats_is_not_shown(value in "[A-Z\u{e0}-\u{ff} \\[\\]\\\\\"\n]{3,40}", before in "[a-z ]{0,9}", after in "[a-z ]{0,9}") {
        let (value, message) = (value.trim(), format!("{before} {} {after}", value.trim()));
        prop_assume!(value.chars().count() >= 3 && value.chars().any(char::is_uppercase));
        let body = serde_json::json!({ "errors": [{ "parameters": { "text": [value] }, "message": message }] });
        let problem = interpret(400, body.to_string().as_bytes(), ProblemContext::CreatePost);
        prop_assert!(!problem.words().contains(value), "{:?}", problem.words());
    }
}

#[test]
fn a_success_may_report_errors_alone() {
    for (body, expected) in [
        (
            r#"{"errors":[{"detail":"Something is missing","title":"Not Found Error"}]}"#,
            Some("Something is missing"),
        ),
        (r#"{"errors":[{}]}"#, Some("no details")),
        (r#"{"data":{"expires_at":1},"errors":[{"detail":"A part is missing"}]}"#, None),
        (r#"{"data":{"expires_at":1}}"#, None),
        (r#"{"errors":[]}"#, None),
        ("", None),
        ("OK", None),
    ] {
        assert_eq!(errors_alone(body.as_bytes()).as_deref(), expected, "{body}");
    }
}

#[test]
fn what_is_shown_is_one_line_of_bounded_length() {
    let long = "x".repeat(9000);
    for (kind, shown) in [
        ("a\u{0}b", None),
        ("line\nbreak", None),
        (&*long, None),
        ("https://x.com/problems/odd/", Some("odd")),
    ] {
        let body = serde_json::json!({ "type": kind, "title": "a\u{2028}b", "detail": "c\u{2029}d\u{1b}e" });
        let problem = interpret(400, body.to_string().as_bytes(), ProblemContext::General);
        assert_eq!(problem.problem_type.as_deref(), shown, "{kind:?}");
        assert_eq!((problem.title.as_deref(), problem.detail.as_deref()), (Some("a b"), Some("c d e")));
    }
}

#[test]
fn credentials_of_the_wrong_kind_are_reported_with_the_right_one() {
    let body =
        r#"{"errors":[{"code":220,"message":"Your credentials do not allow access to this resource."}]}"#;
    let question = Question { context: ProblemContext::General, caller: Caller::App, writes: false };
    let problem = problem_of(403, body, question);
    assert_eq!(problem.code, ErrorCode::Forbidden);
    assert!(problem.advice.unwrap_or_default().contains("a user's instead of the app's"));
}
