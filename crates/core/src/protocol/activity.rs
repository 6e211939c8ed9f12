//! What can be subscribed to at X's Activity API, by whom, and with which filter
//! (<https://docs.x.com/x-api/activity/introduction>).

use serde::Serialize;

/// Who may subscribe to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anyone: the app itself, or a user of its.
    Public,
    /// Only the user whose events they are, by OAuth 2.0.
    Private,
}

/// What an event is filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// A user, and maybe a direction.
    User,
    /// A user who does something; it has no direction.
    Actor,
    /// A word.
    Keyword,
    /// Nothing: it is about the app.
    None,
}

macro_rules! event_types {
    ($($name:literal, $audience:ident, $filter:ident;)*) => {
        /// All types of events, with who may subscribe to them and by which filter.
        const EVENT_TYPES: &[(&str, Audience, FilterKind)] =
            &[$(($name, Audience::$audience, FilterKind::$filter),)*];
    };
}

// The enumeration of X's specification 2.167, and `oauth.revoke`, which only X's page lists.
event_types! {
    "block.block", Private, Actor;
    "block.unblock", Private, Actor;
    "broadcast.chat", Private, User;
    "broadcast.end", Public, User;
    "broadcast.start", Public, User;
    "chat.conversation.admin_added", Public, User;
    "chat.conversation.admin_removed", Public, User;
    "chat.conversation.join", Public, User;
    "chat.conversation.member_added", Public, User;
    "chat.conversation.member_removed", Public, User;
    "chat.conversation_join", Public, User;
    "chat.received", Private, User;
    "chat.sent", Private, User;
    "chat.update.group_name", Public, User;
    "chat.update.restrictions", Public, User;
    "dm.indicate_typing", Private, User;
    "dm.read", Private, User;
    "dm.received", Private, User;
    "dm.sent", Private, User;
    "follow.follow", Public, User;
    "follow.unfollow", Public, User;
    "like.create", Private, User;
    "mute.mute", Private, Actor;
    "mute.unmute", Private, Actor;
    "news.new", Public, Keyword;
    "oauth.revoke", Public, None;
    "post.create", Public, User;
    "post.delete", Public, User;
    "post.mention.create", Private, User;
    "post.quote.create", Private, User;
    "post.reply.create", Private, User;
    "post.repost.create", Private, User;
    "profile.update.affiliate_badge", Public, User;
    "profile.update.banner_picture", Public, User;
    "profile.update.bio", Public, User;
    "profile.update.geo", Public, User;
    "profile.update.handle", Public, User;
    "profile.update.profile_picture", Public, User;
    "profile.update.screenname", Public, User;
    "profile.update.url", Public, User;
    "profile.update.verified_badge", Public, User;
    "spaces.end", Public, User;
    "spaces.start", Public, User;
}

/// X's specification.
const MAX_TAG: usize = 200;

/// A type of event that X has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventType {
    name: &'static str,
    audience: Audience,
    filter: FilterKind,
}

impl EventType {
    /// Finds a type by its name.
    pub fn named(name: &str) -> Option<Self> {
        let (name, audience, filter) = EVENT_TYPES.iter().find(|(known, ..)| *known == name)?;
        Some(Self { name, audience: *audience, filter: *filter })
    }

    /// X's name.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The name that X's answers have: one type has an older name, too.
    pub fn canonical_name(self) -> &'static str {
        if self.name == "chat.conversation_join" { "chat.conversation.join" } else { self.name }
    }

    /// Only the user whose events they are may subscribe.
    pub fn is_private(self) -> bool {
        self.audience == Audience::Private
    }

    /// The scope that a user's OAuth 2.0 token needs.
    pub fn scope(self) -> &'static str {
        match self.name.split('.').next().unwrap_or_default() {
            "chat" | "dm" => "dm.read",
            "like" => "like.read",
            "mute" => "mute.read",
            "block" => "block.read",
            _ if self.name == "broadcast.chat" => "broadcast.read",
            _ => "tweet.read",
        }
    }
}

/// Which events of a type are wanted, as X writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// The user whose events they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// A word in news.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// `inbound` or `outbound`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
}

/// What is wrong with an argument: its path within the subscription, and why.
pub type Fault = (&'static str, String);

/// Checks that a filter is one for events of this type.
pub fn check_filter(kind: EventType, filter: &Filter) -> Result<(), Fault> {
    let name = kind.name;
    let needs = |field, what: &str| Err((field, format!("is missing: {name} is filtered by {what}")));
    let unused = |field, what: &str| Err((field, format!("is not for {name}, which is filtered by {what}")));
    let by_user = matches!(kind.filter, FilterKind::User | FilterKind::Actor);
    let what = match kind.filter {
        FilterKind::User | FilterKind::Actor => "userId",
        FilterKind::Keyword => "keyword",
        FilterKind::None => "nothing",
    };
    if by_user && filter.user_id.is_none() {
        return needs("filter.userId", what);
    }
    if !by_user && filter.user_id.is_some() {
        return unused("filter.userId", what);
    }
    if kind.filter == FilterKind::Keyword
        && filter.keyword.as_deref().is_none_or(|word| word.trim().is_empty())
    {
        return needs("filter.keyword", what);
    }
    if kind.filter != FilterKind::Keyword && filter.keyword.is_some() {
        return unused("filter.keyword", what);
    }
    if kind.filter != FilterKind::User && filter.direction.is_some() {
        return unused("filter.direction", what);
    }
    match filter.direction.as_deref() {
        None | Some("inbound" | "outbound") => Ok(()),
        Some(_) => Err(("filter.direction", "must be 'inbound' or 'outbound'".to_owned())),
    }
}

/// Checks what a caller calls a subscription.
pub fn check_tag(tag: &str) -> Result<(), String> {
    let length = tag.chars().count();
    if (1..=MAX_TAG).contains(&length) {
        return Ok(());
    }
    Err(format!("must have 1 to {MAX_TAG} characters, and has {length}"))
}

#[cfg(test)]
mod tests {
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
}
