//! Reads posts.

use http::Method;
use serde::de::DeserializeOwned;

use crate::credentials::Credentials;
use crate::error::Error;
use crate::protocol::envelope::{Answer, Includes};
use crate::protocol::post::{WireMetrics, WirePost};
use crate::protocol::problem::ProblemContext;
use crate::protocol::retry_policy::ResendSafety;
use crate::services::{check_id, without_data};
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send_json;
use crate::transport::request::Request;

static GET: Endpoint = reading("/2/tweets/:id");
static TIMELINE: Endpoint = reading("/2/users/:id/tweets");

const fn reading(template: &'static str) -> Endpoint {
    Endpoint {
        method: Method::GET,
        host: Host::Api,
        template,
        resend: ResendSafety::Idempotent,
        context: ProblemContext::General,
    }
}

const TWEET_FIELDS: &str = "attachments,author_id,conversation_id,created_at,entities,in_reply_to_user_id,lang,\
                            note_tweet,public_metrics,referenced_tweets";
const POST_FIELDS: &str = "attachments,author_id,conversation_id,created_at,entities,in_reply_to_user_id,lang,\
                           note_post,public_metrics,referenced_posts";
const MEDIA_FIELDS: &str =
    "alt_text,duration_ms,height,media_key,preview_image_url,public_metrics,type,url,width";

/// A post.
#[derive(Clone, Debug)]
pub struct Tweet {
    /// The post itself, as X gives it.
    pub post: WirePost,
    /// Its media.
    pub media: Vec<TweetMedia>,
    /// Its links.
    pub urls: Vec<TweetUrl>,
}

/// A medium of a post.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct TweetMedia {
    pub media_key: String,
    pub kind: String,
    pub url: Option<String>,
    pub preview_image_url: Option<String>,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub duration_ms: Option<u64>,
    pub alt_text: Option<String>,
    pub metrics: Option<WireMetrics>,
}

/// A link of a post.
#[derive(Clone, Debug)]
pub struct TweetUrl {
    /// The t.co address in the text.
    pub url: String,
    /// Where it leads.
    pub expanded_url: String,
}

/// A page of posts, newest first.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The posts.
    pub tweets: Vec<Tweet>,
    /// To read the next page.
    pub next_token: Option<String>,
    /// To read the page before.
    pub previous_token: Option<String>,
}

/// Which posts to read.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct TimelineQuery {
    pub max_results: Option<u32>,
    pub pagination_token: Option<String>,
    pub since_id: Option<String>,
    pub until_id: Option<String>,
    pub start_time: Option<String>,
    pub end_time: Option<String>,
    pub exclude: Vec<String>,
}

/// Reads one post.
pub async fn get(call: &Call, credentials: &Credentials, id: &str) -> Result<Tweet, Error> {
    check_id("tweetId", id)?;
    let answer: Answer<WirePost> =
        ask(call, || Request::new(&GET, Authorization::User(credentials)).path_value(id)).await?;
    match answer.data {
        Some(post) => Ok(assemble(post, &answer.includes)),
        None => Err(without_data(&answer.errors)),
    }
}

/// Reads a page of a user's posts.
pub async fn user_timeline(
    call: &Call,
    credentials: &Credentials,
    user_id: &str,
    query: &TimelineQuery,
) -> Result<Timeline, Error> {
    check_id("userId", user_id)?;
    check_query(query)?;
    let answer: Answer<Vec<WirePost>> = ask(call, || {
        let mut request = Request::new(&TIMELINE, Authorization::User(credentials)).path_value(user_id);
        let pairs = [
            ("max_results", query.max_results.map(|count| count.to_string())),
            ("pagination_token", query.pagination_token.clone()),
            ("since_id", query.since_id.clone()),
            ("until_id", query.until_id.clone()),
            ("start_time", query.start_time.clone()),
            ("end_time", query.end_time.clone()),
            ("exclude", (!query.exclude.is_empty()).then(|| query.exclude.join(","))),
        ];
        for (name, value) in pairs {
            if let Some(value) = value {
                request = request.query(name, value);
            }
        }
        request
    })
    .await?;
    if answer.data.is_none() && !answer.errors.is_empty() {
        return Err(without_data(&answer.errors));
    }
    let Answer { data, includes, meta, .. } = answer;
    let tweets = data.unwrap_or_default().into_iter().map(|post| assemble(post, &includes)).collect();
    Ok(Timeline { tweets, next_token: meta.next_token, previous_token: meta.previous_token })
}

fn check_query(query: &TimelineQuery) -> Result<(), Error> {
    if query.max_results.is_some_and(|count| !(5..=100).contains(&count)) {
        return Err(Error::invalid_argument("options.maxResults", "must be from 5 to 100"));
    }
    for (field, id) in [("options.sinceId", &query.since_id), ("options.untilId", &query.until_id)] {
        id.as_deref().map_or(Ok(()), |id| check_id(field, id))?;
    }
    match query.exclude.iter().position(|kind| !matches!(kind.as_str(), "replies" | "retweets")) {
        Some(index) => Err(Error::invalid_argument(
            format!("options.exclude[{index}]"),
            "must be 'replies' or 'retweets'",
        )),
        None => Ok(()),
    }
}

/// Asks in the older vocabulary, and in the newer one where X no longer takes the older.
async fn ask<'a, T>(call: &Call, request: impl Fn() -> Request<'a>) -> Result<Answer<T>, Error>
where
    T: DeserializeOwned + Send,
{
    let with_fields = |name, fields| {
        request()
            .query(name, fields)
            .query("expansions", "attachments.media_keys")
            .query("media.fields", MEDIA_FIELDS)
    };
    match send_json(call, &with_fields("tweet.fields", TWEET_FIELDS)).await {
        Err(error) if error.fields().status == Some(400) => {
            send_json(call, &with_fields("post.fields", POST_FIELDS)).await.map(|(answer, _)| answer)
        }
        other => other.map(|(answer, _)| answer),
    }
}

fn assemble(post: WirePost, includes: &Includes) -> Tweet {
    let by_key = |key: &String| includes.media.iter().find(|medium| medium.media_key == *key);
    let media = post.attachments.media_keys.iter().filter_map(by_key).map(|medium| TweetMedia {
        media_key: medium.media_key.clone(),
        kind: medium.kind.clone(),
        url: medium.url.clone(),
        preview_image_url: medium.preview_image_url.clone(),
        width: medium.width,
        height: medium.height,
        duration_ms: medium.duration_ms,
        alt_text: medium.alt_text.clone(),
        metrics: medium.public_metrics.clone(),
    });
    let urls = post.entities.urls.iter().map(|entity| TweetUrl {
        url: entity.url.clone(),
        expanded_url: entity.expanded_url.clone().unwrap_or_else(|| entity.url.clone()),
    });
    Tweet { media: media.collect(), urls: urls.collect(), post }
}
