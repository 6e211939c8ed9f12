//! X's own calls, as far as publishers make them.

use std::sync::atomic::Ordering;

use bench_support::clock::since_epoch;
use bench_support::content::Kind;
use bench_support::job::likes_of;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, Request, Response};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::{self, AnswerBody};
use crate::auth::authenticate;
use crate::ledger::Refusal;
use crate::multipart::{Upload, read_json, read_upload};
use crate::serve::State;

/// When X began to count milliseconds in ids.
const SNOWFLAKE_EPOCH_MS: u64 = 1_288_834_974_657;
const EXPIRES_AFTER_SECS: u64 = 86_400;

#[derive(Deserialize)]
struct NewPost {
    text: String,
    media: Option<NewPostMedia>,
}

#[derive(Deserialize)]
struct NewPostMedia {
    media_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Initialize {
    media_type: String,
    media_category: String,
    total_bytes: u64,
}

/// Answers a request. What is refused makes the run void.
pub(crate) async fn answer(state: &State, request: Request<Incoming>) -> Response<AnswerBody> {
    let (parts, body) = request.into_parts();
    let answered = match authenticate(state, &parts) {
        Ok(()) => route(state, &parts, body).await,
        Err(refusal) => Err(refusal),
    };
    match answered {
        Ok((status, body)) => answer::json(status, &body),
        Err((status, why)) => {
            let answer = answer::refusal(status, &why);
            state.ledger.problem(why);
            answer
        }
    }
}

async fn route(state: &State, parts: &Parts, body: Incoming) -> Result<(u16, Value), Refusal> {
    let path: Vec<&str> = parts.uri.path().split('/').skip(1).collect();
    match (&parts.method, path.as_slice()) {
        (&Method::POST, ["2", "tweets"]) => create(state, &read_json(body).await?),
        (&Method::GET, ["2", "tweets"]) => measure(state, parts),
        (&Method::POST, ["2", "media", "upload"]) => {
            one_shot(state, read_upload(&parts.headers, body).await?)
        }
        (&Method::POST, ["2", "media", "upload", "initialize"]) => initialize(state, &read_json(body).await?),
        (&Method::POST, ["2", "media", "upload", id, "append"]) => {
            append(state, read_id(id)?, read_upload(&parts.headers, body).await?)
        }
        (&Method::POST, ["2", "media", "upload", id, "finalize"]) => {
            let id = read_id(id)?;
            state.ledger.finalize(id)?;
            Ok((200, medium(state, id)))
        }
        (&Method::GET, ["2", "media", "upload"]) => {
            let id = read_id(query(parts, "media_id").unwrap_or_default().as_str())?;
            match state.ledger.is_ready(id, &state.settings) {
                Some(_) => Ok((200, medium(state, id))),
                None => Err((404, format!("no upload {id} is finalized"))),
            }
        }
        (method, _) => Err((404, format!("there is no {method} {}", parts.uri.path()))),
    }
}

fn create(state: &State, post: &NewPost) -> Result<(u16, Value), Refusal> {
    let media_ids = post.media.as_ref().map_or(&[][..], |media| &media.media_ids);
    state.ledger.post(&state.settings, &post.text, media_ids)?;
    let id = next_id(state).to_string();
    Ok((201, json!({ "data": { "id": id, "text": post.text, "edit_history_tweet_ids": [id] } })))
}

fn measure(state: &State, parts: &Parts) -> Result<(u16, Value), Refusal> {
    let ids = query(parts, "ids").ok_or_else(|| (400, "there are no ids".to_owned()))?;
    let fields = query(parts, "tweet.fields").or_else(|| query(parts, "post.fields")).unwrap_or_default();
    if !fields.split(',').any(|field| field == "public_metrics") {
        return Err((400, format!("the fields are {fields:?}, without metrics")));
    }
    let mut posts = Vec::new();
    for id in ids.split(',') {
        let number = read_id(id)?;
        state.ledger.measure(&state.settings, number)?;
        posts.push(json!({
            "id": id,
            "text": "The autumn collection is here",
            "public_metrics": {
                "retweet_count": 1, "reply_count": 2, "like_count": likes_of(number),
                "quote_count": 3, "bookmark_count": 4, "impression_count": 5000,
            },
        }));
    }
    Ok((200, json!({ "data": posts })))
}

fn initialize(state: &State, begun: &Initialize) -> Result<(u16, Value), Refusal> {
    if begun.media_type != state.settings.kind.content_type() {
        return Err((400, format!("there is no {}", begun.media_type)));
    }
    let id = next_id(state);
    state.ledger.open(id, &state.settings, &begun.media_category, begun.total_bytes)?;
    Ok((200, medium(state, id)))
}

fn append(state: &State, id: u64, upload: Upload) -> Result<(u16, Value), Refusal> {
    let (segment, index) = upload
        .segment
        .zip(upload.segment_index)
        .ok_or_else(|| (400, format!("a segment of {id} has no bytes, or no index")))?;
    state.ledger.append(id, index, segment)?;
    Ok((200, json!({ "data": { "expires_at": now_ms() / 1000 + EXPIRES_AFTER_SECS } })))
}

fn one_shot(state: &State, upload: Upload) -> Result<(u16, Value), Refusal> {
    let (segment, category) = upload
        .segment
        .zip(upload.media_category)
        .ok_or_else(|| (400, "an upload has no bytes, or no category".to_owned()))?;
    let id = next_id(state);
    state.ledger.open(id, &state.settings, &category, segment.bytes)?;
    state.ledger.append(id, 0, segment)?;
    state.ledger.finalize(id)?;
    Ok((200, medium(state, id)))
}

/// How far a medium is.
fn medium(state: &State, id: u64) -> Value {
    let settings = &state.settings;
    let prefix = if settings.kind == Kind::Video { 7 } else { 3 };
    let mut data = json!({
        "id": id.to_string(), "media_key": format!("{prefix}_{id}"),
        "size": settings.bytes, "expires_after_secs": EXPIRES_AFTER_SECS,
    });
    let info = match state.ledger.is_ready(id, settings) {
        Some(true) if settings.kind == Kind::Video && settings.processing_ms > 0 => {
            Some(json!({ "state": "succeeded", "progress_percent": 100 }))
        }
        Some(false) => {
            let check_after_secs = settings.processing_ms.div_ceil(1000);
            Some(json!({ "state": "pending", "check_after_secs": check_after_secs }))
        }
        Some(true) | None => None,
    };
    if let (Some(info), Some(fields)) = (info, data.as_object_mut()) {
        fields.insert("processing_info".to_owned(), info);
    }
    json!({ "data": data })
}

fn next_id(state: &State) -> u64 {
    let count = state.ids.fetch_add(1, Ordering::Relaxed);
    // Twelve bits count within a millisecond; what is beyond them goes to the milliseconds, and stays unlike others.
    (now_ms().saturating_sub(SNOWFLAKE_EPOCH_MS) << 22).wrapping_add(count & 0x003f_ffff)
}

fn now_ms() -> u64 {
    u64::try_from(since_epoch().as_millis()).unwrap_or(u64::MAX)
}

fn read_id(text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| (400, format!("{text:?} is no id")))
}

fn query(parts: &Parts, name: &str) -> Option<String> {
    let pairs = parts.uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.into_iter().find(|(key, _)| *key == name)?.1;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}
