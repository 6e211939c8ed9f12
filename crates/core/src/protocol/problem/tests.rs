#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

fn code(status: u16, body: &str, context: ProblemContext) -> ErrorCode {
    interpret(status, body.as_bytes(), context).code
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
        prop_assert!(problem.detail.is_none_or(|detail| detail.chars().count() <= 500));
    }
}

#[test]
fn a_success_may_tell_of_errors_alone() {
    for (body, told) in [
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
        assert_eq!(errors_alone(body.as_bytes()).as_deref(), told, "{body}");
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
