//! The closed list of error codes.

/// Hands the list to a macro, so that whatever is made for each code is made of this one list: the code, as JavaScript
/// sees it, its type, and what it means.
#[macro_export]
macro_rules! with_error_codes {
    ($then:ident) => {
        $then! {
            InvalidArgument => "INVALID_ARGUMENT", InvalidData, "An argument can't be used; the message names it.";
            InvalidTweet => "INVALID_TWEET", InvalidData, "X would refuse the post: text, poll, or how media are combined.";
            InvalidMedia => "INVALID_MEDIA", InvalidData, "A medium is not what it says, or breaks one of X's rules.";
            MediaSource => "MEDIA_SOURCE", InvalidData, "A medium could not be read from its source.";
            MediaForbiddenHost => "MEDIA_FORBIDDEN_HOST", NotAllowed, "A media URL leads where media may not come from.";
            MediaTooLarge => "MEDIA_TOO_LARGE", InvalidData, "A medium is larger than X or the policy takes.";
            MediaProcessing => "MEDIA_PROCESSING", InvalidData, "X could not process a medium.";
            Unauthorized => "UNAUTHORIZED", NotAllowed, "X does not know the token, or it has expired.";
            MissingScope => "MISSING_SCOPE", NotAllowed, "The token lacks a scope; the user has to authorize again.";
            Forbidden => "FORBIDDEN", NotAllowed, "X refuses this to this account or app.";
            DuplicateTweet => "DUPLICATE_TWEET", NotAllowed, "The account posted the same text a short while ago.";
            NotFound => "NOT_FOUND", NotFound, "There is no such post, user or medium, or it can't be seen.";
            RateLimited => "RATE_LIMITED", NotAllowed, "A rate limit is reached; `retryAt` says until when.";
            UsageCap => "USAGE_CAP", NotAllowed, "The plan's monthly cap or spending limit is reached.";
            NoCredits => "NO_CREDITS", NotAllowed, "The app's credits are used up.";
            Network => "NETWORK", UnexpectedState, "X could not be reached, or the connection broke.";
            Timeout => "TIMEOUT", UnexpectedState, "There was no answer in time.";
            Aborted => "ABORTED", UnexpectedState, "The caller aborted the call.";
            Upstream => "UPSTREAM", UnexpectedState, "X failed with a server error.";
            UnexpectedResponse => "UNEXPECTED_RESPONSE", UnexpectedState, "X's answer could not be understood.";
            UnknownOutcome => "UNKNOWN_OUTCOME", UnexpectedState, "The post may or may not have been published.";
            CheckpointMismatch => "CHECKPOINT_MISMATCH", InvalidData, "A checkpoint belongs to another post, account or source.";
            InProgress => "IN_PROGRESS", NotAllowed, "Another call is publishing the same intent.";
            ReauthRequired => "REAUTH_REQUIRED", NotAllowed, "The refresh token is spent or revoked; the user has to authorize again.";
            Internal => "INTERNAL", UnexpectedState, "An internal error of this package.";
        }
    };
}

/// Hands the types of errors to a macro.
#[macro_export]
macro_rules! with_error_types {
    ($then:ident) => {
        $then! {
            InvalidData => "invalid_data";
            NotAllowed => "not_allowed";
            NotFound => "not_found";
            UnexpectedState => "unexpected_state";
        }
    };
}

macro_rules! error_types {
    ($($variant:ident => $word:literal;)*) => {
        /// The word that Medusa's error handler maps to an HTTP status. None of them is `unauthorized`, which would be a 401
        /// of the shop's own, the end of its admin's session; or `conflict`, which replaces the message.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ErrorType {
            $(#[doc = concat!("`", $word, "`.")] $variant,)*
        }
    };
}

with_error_types!(error_types);

macro_rules! error_codes {
    ($($variant:ident => $code:literal, $kind:ident, $doc:literal;)*) => {
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

            /// What kind of failure it is.
            pub const fn error_type(self) -> ErrorType {
                match self { $(Self::$variant => ErrorType::$kind,)* }
            }
        }
    };
}

with_error_codes!(error_codes);

#[cfg(test)]
mod tests;
