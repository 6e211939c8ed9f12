//! What a post refers to, and what cannot be combined with what (X's reference of "Create Post").

use super::{PostDraft, PostLimits, Problem, ProblemCode};
use crate::protocol::snowflake::is_snowflake;

/// Who may reply, as X names it. `everyone` is X's default, which a request leaves out.
const REPLY_SETTINGS: [&str; 5] = ["everyone", "following", "mentionedUsers", "subscribers", "verified"];

/// Media, poll, quoted post and card exclude one another.
pub(super) fn check_exclusions(post: &PostDraft<'_>, problems: &mut Vec<Problem>) {
    let (media, poll, card) = (post.has_media(), post.poll.is_some(), post.has_card);
    let quote = post.quote_tweet_id.is_some();
    let pairs = [
        (
            poll && media,
            ProblemCode::PollWithMedia,
            "poll",
            "A poll cannot be combined with media; drop one of them.",
        ),
        (
            quote && media,
            ProblemCode::QuoteWithMedia,
            "quoteTweetId",
            "A quoted post cannot be combined with media; drop one of them.",
        ),
        (
            quote && poll,
            ProblemCode::QuoteWithPoll,
            "quoteTweetId",
            "A quoted post cannot be combined with a poll; drop one of them.",
        ),
        (
            card && media,
            ProblemCode::CardWithMedia,
            "cardUri",
            "A card cannot be combined with media; drop one of them.",
        ),
        (
            card && poll,
            ProblemCode::CardWithPoll,
            "cardUri",
            "A card cannot be combined with a poll; drop one of them.",
        ),
        (
            card && quote,
            ProblemCode::CardWithQuote,
            "cardUri",
            "A card cannot be combined with a quoted post; drop one of them.",
        ),
        (
            card && post.has_direct_message_link,
            ProblemCode::CardWithDirectMessageLink,
            "cardUri",
            "A card cannot be combined with a link to direct messages; drop one of them.",
        ),
    ];
    for (broken, code, field, message) in pairs {
        if broken {
            problems.push(Problem::new(code, field, message));
        }
    }
}

pub(super) fn check(post: &PostDraft<'_>, limits: &PostLimits, problems: &mut Vec<Problem>) {
    let single = [
        ("replyTo", post.reply_to),
        ("quoteTweetId", post.quote_tweet_id),
        ("communityId", post.community_id),
        ("previousPostId", post.previous_post_id),
    ];
    for (field, id) in single {
        problems.extend(id.and_then(|id| check_id(id, || field.to_owned())));
    }
    check_ids(&post.media_ids, "mediaIds", problems);
    check_ids(&post.exclude_reply_user_ids, "excludeReplyUserIds", problems);
    check_ids(&post.tagged_user_ids, "taggedUserIds", problems);
    if post.reply_settings.is_some_and(|settings| !REPLY_SETTINGS.contains(&settings)) {
        let message = format!("Reply settings are one of {}.", REPLY_SETTINGS.join(", "));
        problems.push(Problem::new(ProblemCode::InvalidReplySettings, "replySettings", message));
    }
    check_companions(post, limits, problems);
}

/// Fields that mean something only beside another one.
fn check_companions(post: &PostDraft<'_>, limits: &PostLimits, problems: &mut Vec<Problem>) {
    let (tagged, most) = (post.tagged_user_ids.len(), limits.max_tagged_users);
    if tagged > most {
        let message = format!("At most {most} users can be tagged in a post; this one tags {tagged}.");
        let problem = Problem::new(ProblemCode::TooManyTaggedUsers, "taggedUserIds", message);
        problems.push(problem.with_figures(most, tagged));
    }
    if tagged > 0 && !post.has_media() {
        let message = "Users are tagged in media; add media or mention the users in the text.";
        problems.push(Problem::new(ProblemCode::TaggedUsersWithoutMedia, "taggedUserIds", message));
    }
    if !post.exclude_reply_user_ids.is_empty() && post.reply_to.is_none() {
        let message = "Users can be left out of a reply only; set replyTo or drop them.";
        problems.push(Problem::new(ProblemCode::ExcludedUsersWithoutReply, "excludeReplyUserIds", message));
    }
    if post.share_with_followers && post.community_id.is_none() {
        let message = "Only a post to a community can be shared with followers; set communityId.";
        problems.push(Problem::new(ProblemCode::ShareWithoutCommunity, "shareWithFollowers", message));
    }
}

fn check_ids(ids: &[&str], list: &str, problems: &mut Vec<Problem>) {
    let found = ids.iter().enumerate().filter_map(|(index, id)| check_id(id, || format!("{list}[{index}]")));
    problems.extend(found);
}

pub(super) fn check_id(id: &str, field: impl Fn() -> String) -> Option<Problem> {
    if is_snowflake(id) {
        return None;
    }
    let message = "An id of X is a string of 1 to 19 digits.";
    Some(Problem::new(ProblemCode::InvalidId, field(), message))
}
