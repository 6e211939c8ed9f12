#![allow(clippy::unwrap_used)]

use super::*;

/// X's specification has numbers as texts since 2.167; before they were numbers.
#[test]
fn numbers_and_texts_are_read() {
    for (number, text) in [("42", r#""7""#), (r#""42""#, "7")] {
        let body = format!(
            r#"{{"data":{{"project_id":{text},"project_usage":{number},"project_cap":"3000000","cap_reset_day":{text},
                "daily_project_usage":{{"project_id":"7","usage":[{{"date":"2026-11-27T00:00:00.000Z","usage":{number}}}]}},
                "daily_client_app_usage":[{{"client_app_id":{text},"usage_result_count":1,
                "usage":[{{"date":"2026-11-27T00:00:00.000Z","usage":null}}]}}]}}}}"#
        );
        let usage = data_of(serde_json::from_str::<Answer<WireUsage>>(&body).unwrap()).unwrap();
        assert_eq!((usage.project_id.as_deref(), usage.project_usage), (Some("7"), Some(42)));
        assert_eq!((usage.project_cap, usage.cap_reset_day), (Some(3_000_000), Some(7)));
        let days = usage.daily_project_usage.unwrap().usage.unwrap();
        assert_eq!(days.first().unwrap().posts_read, Some(42));
        let apps = usage.daily_client_app_usage.unwrap();
        let app = apps.first().unwrap();
        assert_eq!((app.app_id.as_deref(), app.days.first().unwrap().posts_read), (Some("7"), None));
    }
}

#[test]
fn a_balance_may_be_negative_or_missing() {
    let body = r#"{"data":{"prepaid_balance":-0.35,"free_balance":"1.5","total_balance":"much"}}"#;
    let credits = data_of(serde_json::from_str::<Answer<Credits>>(body).unwrap()).unwrap();
    assert_eq!((credits.prepaid_usd, credits.free_usd, credits.total_usd), (Some(-0.35), Some(1.5), None));
}

#[test]
fn an_answer_of_errors_alone_is_an_error() {
    let body = r#"{"errors":[{"title":"Not Found Error","detail":"Nothing here","type":"https://api.x.com/2/problems/resource-not-found"}]}"#;
    let error = data_of(serde_json::from_str::<Answer<WireUsage>>(body).unwrap()).err().unwrap();
    assert_eq!((error.code(), error.to_string().as_str()), (ErrorCode::NotFound, "Nothing here"));
    let error = data_of(serde_json::from_str::<Answer<WireUsage>>("{}").unwrap()).err().unwrap();
    assert_eq!(error.code(), ErrorCode::UnexpectedResponse);
}
