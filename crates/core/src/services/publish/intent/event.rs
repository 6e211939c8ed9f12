//! X's events as a second witness of a post whose answer was lost.

use serde::Deserialize;

use super::super::claims;
use super::super::media::own_media;
use crate::error::Error;
use crate::protocol::json::from_text;
use crate::protocol::post::WirePost;
use crate::protocol::publish::Row;
use crate::protocol::reconcile::{
    CLOCK_MARGIN_MS, EventVerdict, KNOWN_CLOCK_MARGIN_MS, MediaMark, Moment, Wanted, judge_event,
};
use crate::protocol::snowflake::is_snowflake;
use crate::transport::call::Call;

/// The event that a post was created.
const POST_CREATED: &str = "post.create";

/// An event of X's Activity API (<https://docs.x.com/x-api/activity/introduction>).
#[derive(Deserialize)]
struct Envelope {
    data: Activity,
}

#[derive(Deserialize)]
struct Activity {
    event_type: String,
    payload: Option<Box<serde_json::value::RawValue>>,
}

/// The post that the event reports; `None` if it is another kind of event.
pub(super) fn created_post(event: &str) -> Result<Option<WirePost>, Error> {
    let refuse = |why: &str| Error::invalid_argument("event", why);
    let Envelope { data } =
        from_text(event).map_err(|_| refuse("is not an event of X's: it has no data.event_type"))?;
    if data.event_type != POST_CREATED {
        return Ok(None);
    }
    let payload = data.payload.ok_or_else(|| refuse("has no data.payload"))?;
    let post: WirePost =
        from_text(payload.get()).map_err(|_| refuse("has a data.payload that is not a post"))?;
    if is_snowflake(&post.id) { Ok(Some(post)) } else { Err(refuse("has a data.payload without a post id")) }
}

/// The row after the event, if that settles its doubt. `others` are the rows that have to do with the post, asked for after
/// the event had come.
pub(super) fn settled_by(call: &Call, row: &Row, seen: &WirePost, others: &[Row]) -> Option<Row> {
    let post = row.post()?;
    let arming = post.post.in_doubt()?;
    let uploads = own_media(post);
    let account = post.account.as_deref();
    let margin_ms = if arming.by_server_clock { KNOWN_CLOCK_MARGIN_MS } else { CLOCK_MARGIN_MS };
    let wanted = Wanted {
        account,
        seek: &arming.seek,
        text: None,
        own_media: uploads
            .iter()
            .map(|upload| MediaMark { id: &upload.id, key: upload.key.as_deref() })
            .collect(),
        armed: Moment { at_ms: arming.since, margin_ms },
    };
    let (server, rows) = (claims::server(call), others);
    let mut others = claims::others_than(server, &post.intent, account.unwrap_or_default(), &arming.seek);
    others.add_rows(rows, &post.intent, account, &arming.seek);
    match judge_event(&wanted, seen, &others.others()) {
        EventVerdict::Ours { id, .. } => {
            claims::published(server, &post.intent, &id);
            row.seen(&id)
        }
        EventVerdict::Candidate(_) | EventVerdict::Another => None,
    }
}
