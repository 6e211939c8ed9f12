#![allow(clippy::unwrap_used)]

use super::*;

fn filter(user_id: Option<&str>, keyword: Option<&str>, direction: Option<&str>) -> Filter {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Filter { user_id: owned(user_id), keyword: owned(keyword), direction: owned(direction) }
}

#[test]
fn names_are_unique_and_sorted() {
    assert!(EVENT_TYPES.windows(2).all(|pair| matches!(pair, [(one, ..), (two, ..)] if one < two)));
    assert!(EventType::named("post.created").is_none());
}

#[test]
fn private_events_need_the_scope_of_their_kind() {
    for (name, private, scope) in [
        ("post.create", false, "tweet.read"),
        ("post.reply.create", true, "tweet.read"),
        ("like.create", true, "like.read"),
        ("dm.sent", true, "dm.read"),
        ("chat.received", true, "dm.read"),
        ("mute.mute", true, "mute.read"),
        ("block.unblock", true, "block.read"),
        ("broadcast.chat", true, "broadcast.read"),
        ("broadcast.start", false, "tweet.read"),
    ] {
        let kind = EventType::named(name).unwrap();
        assert_eq!((kind.is_private(), kind.scope()), (private, scope), "{name}");
    }
}

#[test]
fn each_type_has_its_filter() {
    let user = Some("42");
    for (name, good) in [
        ("post.create", filter(user, None, None)),
        ("like.create", filter(user, None, Some("inbound"))),
        ("mute.mute", filter(user, None, None)),
        ("news.new", filter(None, Some("lamps"), None)),
        ("oauth.revoke", Filter::default()),
    ] {
        assert_eq!(check_filter(EventType::named(name).unwrap(), &good), Ok(()), "{name}");
    }
    for (name, bad, field) in [
        ("post.create", Filter::default(), "filter.userId"),
        ("post.create", filter(user, Some("lamps"), None), "filter.keyword"),
        ("like.create", filter(user, None, Some("sideways")), "filter.direction"),
        ("block.block", filter(user, None, Some("outbound")), "filter.direction"),
        ("news.new", Filter::default(), "filter.keyword"),
        ("news.new", filter(None, Some("  "), None), "filter.keyword"),
        ("news.new", filter(user, Some("lamps"), None), "filter.userId"),
        ("oauth.revoke", filter(user, None, None), "filter.userId"),
    ] {
        let fault = check_filter(EventType::named(name).unwrap(), &bad);
        assert_eq!(fault.unwrap_err().0, field, "{name} {bad:?}");
    }
}

#[test]
fn a_tag_has_1_to_200_characters() {
    assert_eq!(check_tag(&"ü".repeat(200)), Ok(()));
    assert!(check_tag("").is_err() && check_tag(&"a".repeat(201)).is_err());
}
