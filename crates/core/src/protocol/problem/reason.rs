//! Refusals that X calls by a name of their own: the first word of the sentence
//! (<https://docs.x.com/x-api/webhooks/quickstart>, <https://docs.x.com/x-api/account-activity/quickstart>).

use super::parsed::Parsed;
use crate::error_code::ErrorCode;

/// Why X refuses something about webhooks or subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The URL did not give the right answer to X's check.
    CrcValidation,
    /// X does not deliver to such a URL.
    UrlValidation,
    /// The app has a webhook at this URL.
    DuplicateUrl,
    /// The plan has no more webhooks.
    WebhookLimit,
    /// There is no such webhook, or it is another app's.
    WebhookId,
    /// The same subscription exists.
    DuplicateSubscription,
    /// The plan has no more subscriptions.
    SubscriptionLimit,
    /// There is no such subscription.
    SubscriptionNotFound,
    /// Past events are being delivered again at the moment.
    ReplayConflict,
}

const NAMES: &[(&str, Reason)] = &[
    ("CrcValidationFailed", Reason::CrcValidation),
    ("UrlValidationFailed", Reason::UrlValidation),
    ("DuplicateUrlFailed", Reason::DuplicateUrl),
    ("WebhookLimitExceeded", Reason::WebhookLimit),
    ("WebhookIdInvalid", Reason::WebhookId),
    ("DuplicateSubscriptionFailed", Reason::DuplicateSubscription),
    ("SubscriptionLimitExceeded", Reason::SubscriptionLimit),
    ("SubscriptionNotFound", Reason::SubscriptionNotFound),
    ("ReplayConflictError", Reason::ReplayConflict),
];

impl Reason {
    /// The reason that X's words begin with.
    pub fn in_detail(detail: Option<&str>) -> Option<Self> {
        let word = detail?.trim_start().split(|letter: char| !letter.is_ascii_alphanumeric()).next()?;
        NAMES.iter().find(|(name, _)| *name == word).map(|(_, reason)| *reason)
    }

    pub(super) fn of(parsed: &Parsed) -> Option<Self> {
        Self::in_detail(parsed.detail.as_deref()).or_else(|| Self::in_detail(parsed.title.as_deref()))
    }

    pub(super) fn code(self) -> ErrorCode {
        match self {
            Self::CrcValidation | Self::UrlValidation | Self::DuplicateUrl | Self::DuplicateSubscription => {
                ErrorCode::InvalidArgument
            }
            Self::WebhookLimit | Self::SubscriptionLimit => ErrorCode::UsageCap,
            Self::WebhookId | Self::SubscriptionNotFound => ErrorCode::NotFound,
            Self::ReplayConflict => ErrorCode::InProgress,
        }
    }

    /// What to do about it.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::CrcValidation => {
                "X asked the URL with a crc_token, and it has to answer within 10 seconds with what webhookCrcResponse \
                 makes of it and of the app's API secret"
            }
            Self::UrlValidation => "The URL must be https, public and without a port",
            Self::DuplicateUrl => "The app has a webhook at this URL: list them",
            Self::WebhookLimit => {
                "The plan has no more webhooks: delete one that is not needed, or raise the plan"
            }
            Self::SubscriptionLimit => {
                "The plan has no more subscriptions: delete some that are not needed, or raise the plan"
            }
            Self::DuplicateSubscription => "The same subscription exists: list them",
            Self::WebhookId => "The app has no such webhook: list them",
            Self::SubscriptionNotFound => "The app has no such subscription: list them",
            Self::ReplayConflict => "One replay at a time: call again when the one before is over",
        }
    }
}
