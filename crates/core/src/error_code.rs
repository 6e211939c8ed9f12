//! The closed list of error codes.

macro_rules! error_codes {
    ($($variant:ident => $code:literal, $kind:literal, $doc:literal;)*) => {
        /// What went wrong. The list is closed: callers may match on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $(#[doc = $doc] $variant,)*
        }

        impl ErrorCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as JavaScript sees it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The word that Medusa's error handler maps to an HTTP status. None of them is `unauthorized`, which would be
            /// a 401 of the shop's own, the end of its admin's session; or `conflict`, which replaces the message.
            pub const fn error_type(self) -> &'static str {
                match self { $(Self::$variant => $kind,)* }
            }
        }
    };
}

error_codes! {
    InvalidArgument => "INVALID_ARGUMENT", "invalid_data", "An argument can't be used; the message names it.";
    InvalidTweet => "INVALID_TWEET", "invalid_data", "X would refuse the post: text, poll, or how media are combined.";
    InvalidMedia => "INVALID_MEDIA", "invalid_data", "A medium is not what it says, or breaks one of X's rules.";
    MediaSource => "MEDIA_SOURCE", "invalid_data", "A medium could not be read from its source.";
    MediaForbiddenHost => "MEDIA_FORBIDDEN_HOST", "not_allowed", "A media URL leads where media may not come from.";
    MediaTooLarge => "MEDIA_TOO_LARGE", "invalid_data", "A medium is larger than X or the policy takes.";
    MediaProcessing => "MEDIA_PROCESSING", "invalid_data", "X could not process a medium.";
    Unauthorized => "UNAUTHORIZED", "not_allowed", "X does not know the token, or it has expired.";
    MissingScope => "MISSING_SCOPE", "not_allowed", "The token lacks a scope; the user has to authorize again.";
    Forbidden => "FORBIDDEN", "not_allowed", "X refuses this to this account or app.";
    DuplicateTweet => "DUPLICATE_TWEET", "not_allowed", "The account posted the same text a short while ago.";
    NotFound => "NOT_FOUND", "not_found", "There is no such post, user or medium, or it can't be seen.";
    RateLimited => "RATE_LIMITED", "not_allowed", "A rate limit is reached; `retryAt` says until when.";
    UsageCap => "USAGE_CAP", "not_allowed", "The plan's monthly cap or spending limit is reached.";
    NoCredits => "NO_CREDITS", "not_allowed", "The app's credits are used up.";
    Network => "NETWORK", "unexpected_state", "X could not be reached, or the connection broke.";
    Timeout => "TIMEOUT", "unexpected_state", "There was no answer in time.";
    Aborted => "ABORTED", "unexpected_state", "The caller aborted the call.";
    Upstream => "UPSTREAM", "unexpected_state", "X failed with a server error.";
    UnexpectedResponse => "UNEXPECTED_RESPONSE", "unexpected_state", "X's answer could not be understood.";
    UnknownOutcome => "UNKNOWN_OUTCOME", "unexpected_state", "The post may or may not have been published.";
    CheckpointMismatch => "CHECKPOINT_MISMATCH", "invalid_data", "A checkpoint belongs to another post, account or source.";
    InProgress => "IN_PROGRESS", "not_allowed", "Another call is publishing the same intent.";
    ReauthRequired => "REAUTH_REQUIRED", "not_allowed", "The refresh token is spent or revoked; the user has to authorize again.";
    Internal => "INTERNAL", "unexpected_state", "A defect of this package.";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::ErrorCode;

    #[test]
    fn no_type_ends_an_admins_session_or_loses_the_message() {
        for code in ErrorCode::ALL {
            let kept = ["invalid_data", "not_allowed", "not_found", "unexpected_state"];
            assert!(kept.contains(&code.error_type()), "{code:?}");
        }
    }

    #[test]
    fn codes_are_unique() {
        let codes: HashSet<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), ErrorCode::ALL.len());
    }
}
