//! Which answers to `POST /2/tweets` are refusals, so that nothing was published.
//!
//! Only X can say that it did not take a post, and it says so in few ways. Any other answer may come from something
//! that sits between X and us and that lost X's answer: the post may exist. So the table below is closed. What is not
//! in it leaves the outcome unknown, and the timeline is read.
//!
//! `425 Too Early` is no refusal: the server has not begun to work on the request, and asks for it to be sent again
//! (RFC 8470 §5.2). The retry policy knows that.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::json::from_text;

/// The shapes of bodies in which X refuses a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// `{"title", "detail", "type", "status"}`, with `errors` in which each has a `message`, or without.
    /// <https://docs.x.com/x-api/fundamentals/response-codes-and-errors>
    Problem,
    /// `{"errors":[{"code", "message"}]}`: v1.1's codes, which v2 gives as well.
    Coded,
    /// `{"code", "message"}`: `Error` in X's `OpenAPI` description.
    Error,
}

const EACH: &[Shape] = &[Shape::Problem, Shape::Coded, Shape::Error];
const PROBLEMS: &[Shape] = &[Shape::Problem, Shape::Error];

/// Each status with which X refuses a post, and in which shapes. None of them comes without a body: an empty `413` is
/// known of media's segments alone, and an empty `404` of routes that do not exist.
const REFUSALS: &[(u16, &[Shape])] = &[
    // A field is wrong, a medium is not known; code 215, 323, 324, 325 and 407.
    (400, EACH),
    // The token is bad or has expired, the clock is off; code 32, 89, 135 and 215. Looked at before the post is.
    (401, EACH),
    // The credits are used up.
    (402, PROBLEMS),
    // A duplicate, not permitted, suspended, over a day's limit; codes such as 186, 187, 226, 261, 326, 385 and 453.
    (403, EACH),
    // The post that is answered is gone: resource-not-found, code 34 and 144.
    (404, EACH),
    // The body is too large for X to read.
    (413, PROBLEMS),
    // Not JSON.
    (415, PROBLEMS),
    // As 400.
    (422, EACH),
    // A window, a cap; code 88.
    (429, EACH),
];

/// Titles of X's own, which need nothing beside them: what else X says of a spending limit is not known.
const TITLES_OF_X: [&str; 3] = ["CreditsDepleted", "SpendCapReached", "UsageCapExceeded"];

/// Whether X refused the post: an answer with this status and body means that nothing was published.
///
/// A body that says itself that it belongs to another status was not made for this answer.
pub fn is_refusal(status: u16, body: &[u8]) -> bool {
    let Some((_, shapes)) = REFUSALS.iter().find(|(refused, _)| *refused == status) else {
        return false;
    };
    let Ok(wire) = serde_json::from_slice::<Wire<'_>>(body) else {
        return false;
    };
    let stated = wire.status.and_then(|stated| stated.get().trim_matches('"').parse::<u16>().ok());
    stated.is_none_or(|stated| stated == status) && shapes.iter().any(|shape| wire.has(*shape))
}

/// What is looked at of a body.
#[derive(Deserialize)]
struct Wire<'a> {
    /// A post that exists is no refusal, whatever the status is.
    data: Option<IgnoredAny>,
    title: Option<&'a RawValue>,
    #[serde(rename = "type", borrow)]
    kind: Option<&'a RawValue>,
    detail: Option<&'a RawValue>,
    status: Option<&'a RawValue>,
    code: Option<&'a RawValue>,
    message: Option<&'a RawValue>,
    errors: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Element<'a> {
    #[serde(borrow)]
    code: Option<&'a RawValue>,
    message: Option<&'a RawValue>,
}

impl Wire<'_> {
    fn has(&self, shape: Shape) -> bool {
        self.data.is_none()
            && match shape {
                Shape::Problem => {
                    // A title alone is anybody's, and so is a type that is not among X's.
                    let is_xs = self.kind.is_none_or(is_type_of_x);
                    let beside = [self.kind, self.detail, self.status.filter(|stated| is_status(stated))];
                    let has_more =
                        beside.iter().any(Option::is_some) || self.title.is_some_and(is_title_of_x);
                    is_text(self.title) && is_xs && has_more
                }
                Shape::Coded => self.errors.is_some_and(are_coded),
                Shape::Error => is_number(self.code) && is_text(self.message),
            }
    }
}

fn are_coded(errors: &RawValue) -> bool {
    let elements: Vec<Element<'_>> = from_text(errors.get()).unwrap_or_default();
    !elements.is_empty() && elements.iter().all(|element| is_number(element.code) && is_text(element.message))
}

/// `about:blank`, or a page of X's.
fn is_type_of_x(kind: &RawValue) -> bool {
    let kind: String = from_text(kind.get()).unwrap_or_default();
    kind == "about:blank"
        || ["https://api.x.com/", "https://api.twitter.com/"].into_iter().any(|host| kind.starts_with(host))
}

fn is_status(stated: &RawValue) -> bool {
    stated.get().trim_matches('"').parse::<u16>().is_ok()
}

fn is_title_of_x(title: &RawValue) -> bool {
    TITLES_OF_X.contains(&title.get().trim_matches('"'))
}

fn is_text(value: Option<&RawValue>) -> bool {
    value.is_some_and(|value| value.get().starts_with('"'))
}

fn is_number(value: Option<&RawValue>) -> bool {
    value.is_some_and(|value| value.get().parse::<i64>().is_ok())
}

#[cfg(test)]
mod tests;
