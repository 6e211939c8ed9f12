//! Counted and checked texts.

use napi_derive::napi;
use twitter_native_core::protocol::text::ParsedTweet;
use twitter_native_core::protocol::validation::Problem;

use super::number;

/// A part of a text.
#[napi(object, object_from_js = false)]
pub struct TextRange {
    /// UTF-16 index of the first unit.
    pub start: i32,
    /// UTF-16 index of the last unit, which belongs to the part.
    pub end: i32,
}

/// A text, counted as X counts it.
#[napi(object, object_from_js = false)]
pub struct ParsedTweetText {
    /// Weighted characters: links count 23, emoji and most scripts outside of Latin 2.
    pub weighted_length: u32,
    /// Thousandths of the 280 that are used.
    pub permillage: u32,
    /// X would accept the text of an account without a subscription.
    pub valid: bool,
    /// The whole text.
    pub display_text_range: TextRange,
    /// The part within the limit and before the first invalid character.
    pub valid_text_range: TextRange,
}

impl From<ParsedTweet> for ParsedTweetText {
    fn from(parsed: ParsedTweet) -> Self {
        let range = |(start, end)| TextRange { start, end };
        Self {
            weighted_length: parsed.weighted_length,
            permillage: parsed.permillage,
            valid: parsed.valid,
            display_text_range: range(parsed.display_text_range),
            valid_text_range: range(parsed.valid_text_range),
        }
    }
}

/// A rule that a post breaks.
#[napi(object, object_from_js = false)]
pub struct TweetProblem {
    /// A word for programs, for example `text_too_long`.
    pub code: &'static str,
    /// Where, for example `media[2].altText`.
    pub field: String,
    /// A sentence for a person.
    pub message: String,
    /// The limit.
    pub limit: Option<i64>,
    /// The post's figure.
    pub actual: Option<i64>,
}

/// Every rule that a post breaks.
#[napi(object, object_from_js = false)]
pub struct TweetValidation {
    /// There are no problems.
    pub valid: bool,
    /// All problems, not only the first.
    pub problems: Vec<TweetProblem>,
}

impl From<Vec<Problem>> for TweetValidation {
    fn from(problems: Vec<Problem>) -> Self {
        let problems: Vec<TweetProblem> = problems
            .into_iter()
            .map(|problem| TweetProblem {
                code: problem.code.as_str(),
                field: problem.field,
                message: problem.message,
                limit: problem.limit.map(number),
                actual: problem.actual.map(number),
            })
            .collect();
        Self { valid: problems.is_empty(), problems }
    }
}
