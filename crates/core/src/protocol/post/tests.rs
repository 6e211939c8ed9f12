#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::protocol::envelope::Answer;

#[test]
fn both_vocabularies_are_read() {
    for (note, references, reposts) in [
        ("note_tweet", "referenced_tweets", "retweet_count"),
        ("note_post", "referenced_posts", "repost_count"),
    ] {
        let text = format!(
            r#"{{"data":{{"id":"1","text":"cut","{note}":{{"text":"whole"}},"{references}":[{{"type":"replied_to","id":"2"}}],"public_metrics":{{"{reposts}":"7","like_count":3}}}},"unknown":[1]}}"#
        );
        let answer: Answer<WirePost> = serde_json::from_str(&text).unwrap();
        let post = answer.data.unwrap();
        assert_eq!((post.full_text(), post.references()[0].id.as_str()), ("whole", "2"));
        let metrics = post.public_metrics.unwrap();
        assert_eq!((metrics.reposts(), metrics.like_count, metrics.quote_count), (Some(7), Some(3), None));
    }
}

/// As in an answer that is half renamed: what is there twice is no reason to lose the post.
#[test]
fn both_vocabularies_at_once_are_read() {
    let text = r#"{"id":"1","text":"cut","note_tweet":{"text":"whole"},"note_post":{"text":"whole"},
            "referenced_tweets":[{"type":"quoted","id":"2"}],"referenced_posts":[{"type":"quoted","id":"2"}],
            "public_metrics":{"retweet_count":7,"repost_count":7}}"#;
    let post: WirePost = serde_json::from_str(text).unwrap();
    assert_eq!((post.full_text(), post.refers_to("quoted")), ("whole", Some("2")));
    assert_eq!(post.public_metrics.unwrap().reposts(), Some(7));
}
