//! What a run is to do. The benchmark writes it as JSON; the mock checks it and drivers carry it out.

use serde::{Deserialize, Serialize};

use crate::content::Kind;

/// The app and user that everything is signed for: X's own published example (its page on creating a signature).
pub const CREDENTIALS: Credentials<'static> = Credentials {
    api_key: "xvz1evFS4wEEPTGEFPHBog",
    api_secret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    access_token: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    access_token_secret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
};
/// The OAuth 2.0 access token of the same user.
pub const BEARER: &str = "bench-Zm9yIG1lYXN1cmVtZW50cyBvbmx5";

/// OAuth 1.0a credentials.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names say it")]
pub struct Credentials<'a> {
    pub api_key: &'a str,
    pub api_secret: &'a str,
    pub access_token: &'a str,
    pub access_token_secret: &'a str,
}

/// What the mock is to expect, and how far away it is to be.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MockSettings {
    /// Posts that a run creates, numbered from 0; each exactly once.
    pub posts: u64,
    /// Media of each post, numbered through all posts.
    pub media_per_post: u64,
    /// What the media are.
    pub kind: Kind,
    /// How large each medium is.
    pub bytes: u64,
    /// Posts whose metrics are read; each exactly once.
    pub metrics: u64,
    /// A round trip, in milliseconds: of connecting, of a TLS handshake and of each request.
    pub delay_ms: u64,
    /// What a connection takes from its client, in bytes a second.
    pub upload_bytes_per_second: Option<u64>,
    /// What a connection gives to its client, in bytes a second.
    pub download_bytes_per_second: Option<u64>,
    /// How long X works on a video, in milliseconds.
    pub processing_ms: u64,
    /// Where to write the certificate of the authority that signed the mock's own. TLS is spoken if it is given.
    pub ca_file: Option<String>,
}

/// What a driver is to do.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Work {
    /// Posts without media.
    Posts {
        /// How many.
        count: u64,
        /// How many are under way at once.
        at_once: u64,
    },
    /// Posts with media.
    Publishes {
        /// How many.
        count: u64,
        /// How many are under way at once.
        at_once: u64,
        /// Media of each.
        media_per_post: u64,
        /// What the media are.
        media: Kind,
        /// How large each is.
        bytes: u64,
    },
    /// Metrics of posts, in batches that are asked for at once.
    Metrics {
        /// How many posts.
        count: u64,
        /// Posts of a batch.
        per_batch: u64,
    },
    /// Signatures alone; one post is sent with the last of them.
    Signatures {
        /// How many.
        count: u64,
    },
}

/// The text of a post, with `{number}` in the place of the number that it is known by.
pub const TEXT: &str = "Number {number}: the autumn collection is here 🍂 https://www.example.com/autumn";

/// The text of the post of this number.
pub fn text_of(number: u64) -> String {
    TEXT.replace("{number}", &number.to_string())
}

/// The number of a post's text, if it is one of ours to the letter.
pub fn number_of(text: &str) -> Option<u64> {
    let digits = text.strip_prefix("Number ")?.split(':').next()?;
    let number = digits.parse().ok()?;
    (text_of(number) == text).then_some(number)
}

/// The id of the post whose metrics are read.
pub fn measured_id(number: u64) -> u64 {
    1_800_000_000_000_000_000 + number * 1_000_003
}

/// How often that post was liked.
pub fn likes_of(id: u64) -> u64 {
    id % 997
}

#[cfg(test)]
mod tests;
