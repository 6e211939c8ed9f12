use super::*;

const PROBLEM: &str = r#"{"title":"Forbidden","detail":"Forbidden","type":"about:blank"}"#;
const CODED: &str = r#"{"errors":[{"code":187,"message":"Status is a duplicate."}]}"#;
const ERROR: &str = r#"{"code":1,"message":"No"}"#;

fn refuses(status: u16, body: &str) -> bool {
    is_refusal(status, body.as_bytes())
}

#[test]
fn each_row_of_the_table() {
    for (status, problem, coded, error) in [
        (400, true, true, true),
        (401, true, true, true),
        (402, true, false, true),
        (403, true, true, true),
        (404, true, true, true),
        (413, true, false, true),
        (415, true, false, true),
        (422, true, true, true),
        (429, true, true, true),
    ] {
        let found = (refuses(status, PROBLEM), refuses(status, CODED), refuses(status, ERROR));
        assert_eq!(found, (problem, coded, error), "{status}");
        assert!(!refuses(status, ""), "{status} without a body");
        assert!(!refuses(status, "<html><body>Forbidden</body></html>"), "{status} with HTML");
    }
    assert_eq!(REFUSALS.len(), 9);
}

#[test]
fn no_other_status_refuses_a_post() {
    let known: Vec<u16> = REFUSALS.iter().map(|(status, _)| *status).collect();
    for status in (0..=u16::MAX).filter(|status| !known.contains(status)) {
        for body in [PROBLEM, CODED, ERROR] {
            assert!(!refuses(status, body), "{status}");
        }
    }
}

/// As X has been seen to answer, or documents it.
#[test]
fn what_x_answers_is_a_refusal() {
    for (status, body) in [
        (
            400,
            r#"{"errors":[{"parameters":{"text":["x"]},"message":"no"}],"title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.twitter.com/2/problems/invalid-request"}"#,
        ),
        (401, r#"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}"#),
        (401, r#"{"errors":[{"code":135,"message":"Timestamp out of bounds."}]}"#),
        (
            402,
            r#"{"detail":"credits depleted","status":402,"title":"Payment Required","type":"https://api.x.com/2/problems/credits-depleted"}"#,
        ),
        (
            402,
            r#"{"account_id":1,"title":"CreditsDepleted","detail":"x","type":"https://api.twitter.com/2/problems/credits"}"#,
        ),
        (
            403,
            r#"{"title":"Forbidden","type":"about:blank","detail":"You are not allowed to create a Tweet with duplicate content."}"#,
        ),
        (
            403,
            r#"{"title":"Forbidden","detail":"Your monthly spend cap has been reached.","type":"https://api.x.com/2/problems/spend-cap-reached"}"#,
        ),
        (
            403,
            r#"{"client_id":"1","reason":"client-not-enrolled","required_enrollment":"x","registration_url":"x","title":"Client Forbidden","detail":"x","type":"https://api.twitter.com/2/problems/client-forbidden"}"#,
        ),
        (
            429,
            r#"{"title":"Too Many Requests","detail":"Too Many Requests","type":"about:blank","status":429}"#,
        ),
        (429, r#"{"errors":[{"code":88,"message":"Rate limit exceeded"}]}"#),
        (
            429,
            r#"{"title":"UsageCapExceeded","period":"Monthly","scope":"Product","type":"https://api.twitter.com/2/problems/usage-capped"}"#,
        ),
    ] {
        assert!(refuses(status, body), "{status} {body}");
    }
}

#[test]
fn what_others_answer_is_none() {
    for (status, body) in [
        (403, r#"{"message":"Forbidden"}"#),
        (403, r#"{"error":"blocked","code":"waf"}"#),
        (403, r#"{"title":"Access denied"}"#),
        (
            429,
            r#"{"title":"Error 1015","type":"https://cdn.example.com/1015","status":429,"detail":"Slow down"}"#,
        ),
        (403, r#"{"title":"Forbidden","type":7,"detail":"Forbidden"}"#),
        (403, r#"{"success":false,"errors":[{"code":1020}]}"#),
        (403, r#"{"title":"Access denied","status":"none"}"#),
        (403, r#"{"errors":["blocked"]}"#),
        (403, r#"{"errors":[]}"#),
        (403, r#"{"errors":{"code":1,"message":"No"}}"#),
        (403, r#"{"title":"Bad Gateway","type":"about:blank","status":502}"#),
        (403, r#"{"data":{"id":"1"},"title":"Forbidden","type":"about:blank"}"#),
        (403, r#"{"title":"Forbidden","type":"about:bl"#),
        (403, r#""Forbidden""#),
        (403, "[]"),
        (403, "null"),
        (429, "Slow down!"),
        (401, r#"{"error":"invalid_token","error_description":"expired"}"#),
    ] {
        assert!(!refuses(status, body), "{status} {body}");
    }
    assert!(!is_refusal(403, b"\xff\xfe"));
}
