//! What a post costs, by X's list of prices.

use std::borrow::Cow;

use super::content::{MediaInput, PublishContent};
use crate::protocol::cost::{LinkIn, PostCharges, Prices, Usd};
use crate::protocol::reconcile::has_link;

/// What a post costs, by estimate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The amount.
    pub usd: Usd,
    /// The day that the prices are of.
    pub as_of: Cow<'static, str>,
}

impl Cost {
    pub(super) fn of(charges: &PostCharges, prices: &Prices) -> Self {
        Self { usd: prices.of_post(charges), as_of: prices.as_of.clone() }
    }
}

/// What X bills for a post. Its rules are not checked: a post that X refuses costs nothing.
pub fn charges_of(content: &PublishContent) -> PostCharges {
    charges_with(content, has_link(&content.text))
}

/// The same but for the text's link.
pub(super) fn charges_of_rest(content: &PublishContent) -> PostCharges {
    charges_with(content, false)
}

/// Adds the text's link, if it has one.
pub(super) fn charges_known_with(rest: PostCharges, text: &str) -> PostCharges {
    PostCharges { link: has_link(text).then_some(LinkIn::Text).or(rest.link), ..rest }
}

/// The same where it is known whether the text has a link.
fn charges_with(content: &PublishContent, text_has_link: bool) -> PostCharges {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let has_alt_text = |medium: &&MediaInput| medium.alt_text.as_ref().is_some_and(|text| !text.is_empty());
    PostCharges {
        link: if text_has_link { Some(LinkIn::Text) } else { link_beside_text(content) },
        is_reply: content.reply_to.is_some(),
        uploads: count(content.media.len()),
        alt_texts: count(content.media.iter().filter(has_alt_text).count()),
        subtitles: count(content.media.iter().map(|medium| medium.subtitles.len()).sum()),
    }
}

fn link_beside_text(content: &PublishContent) -> Option<LinkIn> {
    let presentation = content.presentation.as_ref();
    if presentation.is_some_and(|shown| shown.visit_site.is_some() || shown.watch_now.is_some()) {
        return Some(LinkIn::Button);
    }
    content.direct_message_deep_link.as_ref().map(|_| LinkIn::DirectMessage)
}
