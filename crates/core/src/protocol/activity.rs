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

/// Hands X's types of events to a macro: each with who may subscribe to it and by which filter. They are the enumeration of
/// X's specification 2.167, and `oauth.revoke`, which only X's page lists.
#[macro_export]
macro_rules! with_event_types {
    ($then:ident) => {
        $then! {
            BlockBlock => "block.block", Private, Actor;
            BlockUnblock => "block.unblock", Private, Actor;
            BroadcastChat => "broadcast.chat", Private, User;
            BroadcastEnd => "broadcast.end", Public, User;
            BroadcastStart => "broadcast.start", Public, User;
            ChatConversationAdminAdded => "chat.conversation.admin_added", Public, User;
            ChatConversationAdminRemoved => "chat.conversation.admin_removed", Public, User;
            ChatConversationJoin => "chat.conversation.join", Public, User;
            ChatConversationMemberAdded => "chat.conversation.member_added", Public, User;
            ChatConversationMemberRemoved => "chat.conversation.member_removed", Public, User;
            ChatConversationJoinOlder => "chat.conversation_join", Public, User;
            ChatReceived => "chat.received", Private, User;
            ChatSent => "chat.sent", Private, User;
            ChatUpdateGroupName => "chat.update.group_name", Public, User;
            ChatUpdateRestrictions => "chat.update.restrictions", Public, User;
            DmIndicateTyping => "dm.indicate_typing", Private, User;
            DmRead => "dm.read", Private, User;
            DmReceived => "dm.received", Private, User;
            DmSent => "dm.sent", Private, User;
            FollowFollow => "follow.follow", Public, User;
            FollowUnfollow => "follow.unfollow", Public, User;
            LikeCreate => "like.create", Private, User;
            MuteMute => "mute.mute", Private, Actor;
            MuteUnmute => "mute.unmute", Private, Actor;
            NewsNew => "news.new", Public, Keyword;
            OauthRevoke => "oauth.revoke", Public, None;
            PostCreate => "post.create", Public, User;
            PostDelete => "post.delete", Public, User;
            PostMentionCreate => "post.mention.create", Private, User;
            PostQuoteCreate => "post.quote.create", Private, User;
            PostReplyCreate => "post.reply.create", Private, User;
            PostRepostCreate => "post.repost.create", Private, User;
            ProfileUpdateAffiliateBadge => "profile.update.affiliate_badge", Public, User;
            ProfileUpdateBannerPicture => "profile.update.banner_picture", Public, User;
            ProfileUpdateBio => "profile.update.bio", Public, User;
            ProfileUpdateGeo => "profile.update.geo", Public, User;
            ProfileUpdateHandle => "profile.update.handle", Public, User;
            ProfileUpdateProfilePicture => "profile.update.profile_picture", Public, User;
            ProfileUpdateScreenname => "profile.update.screenname", Public, User;
            ProfileUpdateUrl => "profile.update.url", Public, User;
            ProfileUpdateVerifiedBadge => "profile.update.verified_badge", Public, User;
            SpacesEnd => "spaces.end", Public, User;
            SpacesStart => "spaces.start", Public, User;
        }
    };
}

macro_rules! event_types {
    ($($variant:ident => $name:literal, $audience:ident, $filter:ident;)*) => {
        /// All types of events, with who may subscribe to them and by which filter.
        const EVENT_TYPES: &[(&str, Audience, FilterKind)] =
            &[$(($name, Audience::$audience, FilterKind::$filter),)*];
    };
}

with_event_types!(event_types);

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
mod tests;
