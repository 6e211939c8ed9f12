//! The figures that a post is held to.

use crate::protocol::text::MAX_WEIGHTED_LENGTH;

/// Limits of one post. [`PostLimits::default`] has those that X documents for every account; a subscription raises
/// some of them, which X alone knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostLimits {
    /// Weighted length of the text: 280, or 25,000 for accounts with X Premium.
    pub max_weighted_length: u32,
    /// Cashtags in the text. `None`, the default, does not count them: one is the limit of self-serve access to the
    /// API, and a post does not say what access its app has.
    pub max_cashtags: Option<usize>,
    /// Media of any kind: 4.
    pub max_media: usize,
    /// Images: 4.
    pub max_images: usize,
    /// Characters of an alternative text: 1,000.
    pub max_alt_text: usize,
    /// Options of a poll: at least 2.
    pub min_poll_options: usize,
    /// Options of a poll: at most 4.
    pub max_poll_options: usize,
    /// Characters of an option of a poll: 25.
    pub max_poll_option_length: usize,
    /// Minutes that a poll is open: at least 5.
    pub min_poll_minutes: u32,
    /// Minutes that a poll is open: at most 10,080, a week.
    pub max_poll_minutes: u32,
    /// Users tagged in the media: 10.
    pub max_tagged_users: usize,
}

impl Default for PostLimits {
    fn default() -> Self {
        Self {
            max_weighted_length: MAX_WEIGHTED_LENGTH,
            max_cashtags: None,
            max_media: 4,
            max_images: 4,
            max_alt_text: 1000,
            min_poll_options: 2,
            max_poll_options: 4,
            max_poll_option_length: 25,
            min_poll_minutes: 5,
            max_poll_minutes: 10_080,
            max_tagged_users: 10,
        }
    }
}
