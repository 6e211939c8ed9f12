//! The rules of a poll (X's reference of "Create Post").

use super::{PollDraft, PostLimits, Problem, ProblemCode};

pub(super) fn check(poll: &PollDraft<'_>, limits: &PostLimits, problems: &mut Vec<Problem>) {
    let (count, fewest, most) = (poll.options.len(), limits.min_poll_options, limits.max_poll_options);
    if count < fewest || count > most {
        let message = format!("A poll has {fewest} to {most} options; this one has {count}.");
        let limit = if count < fewest { fewest } else { most };
        let problem = Problem::new(ProblemCode::PollOptionsCount, "poll.options", message);
        problems.push(problem.with_figures(limit, count));
    }
    for (index, option) in poll.options.iter().enumerate() {
        problems.extend(check_option(option, index, limits.max_poll_option_length));
    }
    problems.extend(check_duration(poll.duration_minutes, limits));
}

fn check_option(option: &str, index: usize, most: usize) -> Option<Problem> {
    let length = option.chars().count();
    if (1..=most).contains(&length) {
        return None;
    }
    let message = format!("An option of a poll has 1 to {most} characters; this one has {length}.");
    let limit = if length == 0 { 1 } else { most };
    let field = format!("poll.options[{index}]");
    Some(Problem::new(ProblemCode::PollOptionLength, field, message).with_figures(limit, length))
}

fn check_duration(minutes: u32, limits: &PostLimits) -> Option<Problem> {
    let (shortest, longest) = (limits.min_poll_minutes, limits.max_poll_minutes);
    if (shortest..=longest).contains(&minutes) {
        return None;
    }
    let message = format!("A poll is open for {shortest} to {longest} minutes, not for {minutes}.");
    let mut problem = Problem::new(ProblemCode::PollDuration, "poll.durationMinutes", message);
    let limit = if minutes < shortest { shortest } else { longest };
    (problem.limit, problem.actual) = (Some(limit.into()), Some(minutes.into()));
    Some(problem)
}
