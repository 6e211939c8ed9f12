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

#[test]
fn of_more_intents_in_doubt_than_are_remembered_the_one_that_was_sent_first_is_forgotten() {
    let mut claims = Claims::default();
    let text = "claims test: many in doubt";
    let sent = |ms: u64| Arming { armed_at: 1_790_000_000_000 + ms, ..arming(text) };
    for number in (0_u64..).take(MAX_OPEN) {
        claims.note_open(SERVER, &number.to_string(), None, &sent(1_000 - number % 1_000));
    }
    // One that is known already takes nobody's place.
    claims.note_open(SERVER, "7", None, &sent(993));
    assert_eq!(claims.open.len(), MAX_OPEN);
    assert!(claims.open.contains_key("999"));
    claims.note_open(SERVER, "newest", None, &sent(2_000));
    assert_eq!(claims.open.len(), MAX_OPEN);
    assert!(claims.open.contains_key("newest") && !claims.open.contains_key("999"));
}

#[test]
fn of_more_posts_than_are_remembered_the_oldest_is_forgotten() {
    let mut claims = Claims::default();
    for number in 0..=MAX_CLAIMS {
        claims.note_published(SERVER, "somebody", &number.to_string());
    }
    let claimed = |claims: &Claims| claims.others_than(SERVER, "another", "1", &arming("any").seek).claimed;
    let ids = |numbers: std::ops::RangeInclusive<usize>| numbers.map(|number| number.to_string());
    assert_eq!(claimed(&claims), ids(1..=MAX_CLAIMS).collect::<Vec<_>>());
    // It may be claimed anew, in the place of the next one.
    claims.note_published(SERVER, "somebody", "0");
    assert_eq!(claimed(&claims), ids(2..=MAX_CLAIMS).chain(ids(0..=0)).collect::<Vec<_>>());
}
