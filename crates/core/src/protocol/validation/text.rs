//! The rules of a post's text.

use super::{PostDraft, PostLimits, Problem, ProblemCode};
use crate::protocol::text::{count_cashtags, is_forbidden_character, parse_tweet_text};

const FIELD: &str = "text";

pub(super) fn check(post: &PostDraft<'_>, limits: &PostLimits, problems: &mut Vec<Problem>) {
    let length = parse_tweet_text(post.text).weighted_length;
    if length == 0 {
        problems.extend(check_empty(post));
    }
    if length > limits.max_weighted_length {
        let limit = limits.max_weighted_length;
        let message = format!("The text counts {length} characters by X's rules; shorten it to {limit}.");
        let mut problem = Problem::new(ProblemCode::TextTooLong, FIELD, message);
        (problem.limit, problem.actual) = (Some(limit.into()), Some(length.into()));
        problems.push(problem);
    }
    problems.extend(check_characters(post.text));
    if let Some(limit) = limits.max_cashtags {
        let count = count_cashtags(post.text);
        if count > limit {
            let message =
                format!("The text has {count} cashtags; X allows {limit} for this access to its API.");
            problems
                .push(Problem::new(ProblemCode::TooManyCashtags, FIELD, message).with_figures(limit, count));
        }
    }
}

fn check_empty(post: &PostDraft<'_>) -> Option<Problem> {
    let message = match (&post.poll, !post.has_media()) {
        (Some(_), _) => "A poll needs a text: the question.",
        (None, true) => "A post needs a text or at least one image, GIF or video.",
        (None, false) => return None,
    };
    Some(Problem::new(ProblemCode::TextEmpty, FIELD, message))
}

/// X's libraries refuse the byte order mark and two noncharacters wherever they are.
fn check_characters(text: &str) -> Option<Problem> {
    let mut forbidden = text.chars().filter(|character| is_forbidden_character(*character));
    let character = forbidden.next()?;
    let count = 1 + forbidden.count();
    let index: usize = text.chars().take_while(|other| *other != character).map(char::len_utf16).sum();
    let message = format!(
        "The text has {count} character(s) that X refuses, the first U+{:04X} at index {index}; remove them.",
        u32::from(character)
    );
    Some(Problem::new(ProblemCode::TextInvalidCharacter, FIELD, message).with_figures(0, count))
}
