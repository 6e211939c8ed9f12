use super::*;

const SERVER: &str = "https://claims.example.com/";

fn arming(text: &str) -> Arming {
    Arming {
        epoch: 1,
        since: 1_790_000_000_000,
        armed_at: 1_790_000_000_000,
        by_server_clock: true,
        refused_as_duplicate: false,
        seek: Sought::by_text(text, None, None).into(),
    }
}

fn counted(intent: &str, account: &str, text: &str) -> (usize, usize) {
    let others = others_than(SERVER, intent, account, &arming(text).seek);
    let of_test = others.claimed.iter().filter(|id| id.starts_with("claims-test"));
    (of_test.count(), others.rivals.len())
}

#[test]
fn an_intent_is_no_rival_of_itself_nor_of_another_text_or_account() {
    let text = "claims test: one text";
    open(SERVER, "first", None, &arming(text));
    assert_eq!(counted("first", "1", text), (0, 0));
    assert_eq!(counted("second", "1", text), (0, 1));
    assert_eq!(counted("second", "1", "claims test: another text"), (0, 0));
    open(SERVER, "first", Some("2"), &arming(text));
    assert_eq!(counted("second", "1", text), (0, 0));
    assert_eq!(counted("second", "2", text), (0, 1));
    published(SERVER, "first", "claims-test-1");
    published(SERVER, "first", "claims-test-1");
    assert_eq!(counted("second", "2", text), (1, 0));
    assert_eq!(counted("first", "2", text), (0, 0));
    // Another server may give the same id to another post.
    let elsewhere = others_than("https://other.example.com/", "second", "2", &arming(text).seek);
    assert!(elsewhere.claimed.is_empty() && elsewhere.rivals.is_empty());
    open(SERVER, "second", Some("2"), &arming(text));
    absent("second");
    assert_eq!(counted("first", "2", text), (0, 0));
}
