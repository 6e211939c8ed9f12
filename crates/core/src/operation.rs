//! What a caller asked for, by name.

macro_rules! operations {
    ($($variant:ident => $name:literal, $failure:expr, $doc:literal;)*) => {
        /// An operation of the public interface. Errors name it, and their messages start with its words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation {
            $(#[doc = $doc] $variant,)*
        }

        impl Operation {
            /// The function's name in JavaScript.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// It may create a post.
            pub const fn posts(self) -> bool {
                matches!(self, Self::PublishTweetWithMedia | Self::PublishThread | Self::CreateTweet)
            }

            /// The words that an error's message starts with, where callers know some.
            pub const fn failure(self) -> Option<&'static str> {
                match self { $(Self::$variant => $failure,)* }
            }
        }
    };
}

operations! {
    PublishTweetWithMedia => "publishTweetWithMedia", None, "Uploads media and posts.";
    PublishThread => "publishThread", None, "Posts a thread.";
    UploadMedia => "uploadMedia", Some("Media upload failed"), "Uploads one medium.";
    CreateTweet => "createTweet", Some("Tweet creation failed"), "Posts.";
    ResolveOutcome => "resolveOutcome", Some("Outcome resolution failed"), "Finds out what became of a post.";
    SettleIntent => "settle", Some("The intent could not be settled"), "Takes an operator's decision about a post in doubt.";
    ObserveIntent => "observe", Some("The event could not be taken in"), "Takes an event of X's.";
    IntentStatus => "status", Some("The intent's status could not be read"), "Says how far an intent is.";
    DeleteTweet => "deleteTweet", Some("Tweet deletion failed"), "Deletes a post.";
    GetTweet => "getTweet", Some("Failed to get tweet"), "Reads one post.";
    GetUserTweets => "getUserTweets", Some("Failed to get user tweets"), "Reads a user's posts.";
    GetTweetMetrics => "getTweetMetrics", Some("Failed to get tweet metrics"), "Reads metrics of one post.";
    GetTweetsMetrics => "getTweetsMetrics", Some("Failed to get tweet metrics"), "Reads metrics of many posts.";
    GetUserProfile => "getUserProfile", Some("Failed to get user profile"), "Reads the profile of the token's user.";
    GetUsage => "getUsage", Some("Failed to get usage"), "Reads what the app has used of its plan.";
    ProbeMedia => "probeMedia", Some("Media probe failed"), "Says what a medium is.";
    GetAppBearerToken => "getAppBearerToken", Some("App bearer token request failed"), "Gets the app's own token.";
    InitiateUserAuth => "initiateUserAuth", None, "Makes an authorization URL.";
    ExchangeCodeForToken => "exchangeCodeForToken", Some("OAuth2 token exchange failed"), "Turns a code into tokens.";
    RefreshAccessToken => "refreshAccessToken", Some("OAuth2 token refresh failed"), "Refreshes tokens.";
    GetAccessToken => "getAccessToken", None, "Gives an account's access token.";
    RevokeToken => "revokeToken", Some("OAuth2 token revocation failed"), "Revokes a token.";
    ExchangeOAuth1ForOAuth2 => "exchangeOAuth1ForOAuth2", Some("OAuth1 to OAuth2 exchange failed"), "Turns an OAuth 1.0a token into OAuth 2.0 tokens.";
    RequestOAuth1Token => "requestOAuth1Token", Some("OAuth1 request token failed"), "Starts the three-legged flow.";
    ExchangeOAuth1Verifier => "exchangeOAuth1Verifier", Some("OAuth1 access token exchange failed"), "Ends the three-legged flow.";
    CreateWebhook => "webhooks.create", Some("Webhook creation failed"), "Registers a URL for events.";
    ListWebhooks => "webhooks.list", Some("Failed to list webhooks"), "Lists an app's webhooks.";
    ValidateWebhook => "webhooks.validate", Some("Webhook validation failed"), "Has X check a webhook.";
    DeleteWebhook => "webhooks.delete", Some("Webhook deletion failed"), "Deletes a webhook.";
    ReplayWebhook => "webhooks.replay", Some("Webhook replay failed"), "Has X deliver past events again.";
    CreateSubscription => "activitySubscriptions.create", Some("Subscription creation failed"), "Subscribes to events.";
    ListSubscriptions => "activitySubscriptions.list", Some("Failed to list subscriptions"), "Lists subscriptions.";
    UpdateSubscription => "activitySubscriptions.update", Some("Subscription update failed"), "Changes a subscription.";
    DeleteSubscription => "activitySubscriptions.delete", Some("Subscription deletion failed"), "Deletes a subscription.";
}
