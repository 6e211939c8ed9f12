//! What became of a post, by its checkpoint alone.

use std::sync::Mutex;

use super::doubt::{Clocks, Lookout};
use super::ending::in_words;
use super::journal::mismatch;
use super::media::own_media;
use super::options::DEFAULT_SCHEDULE_MS;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::locks::locked;
use crate::protocol::checkpoint::{Checkpoint, PostCheckpoint, PostState, decode};
use crate::protocol::publish::{Command, Doubt, End, Event, Machine, Plan, Rules};
use crate::services::users;
use crate::transport::call::Call;

/// What became of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It exists.
    Published(String),
    /// It does not exist.
    NotFound,
    /// More than one post could be it.
    Ambiguous(Vec<String>),
}

/// Finds out what became of a post. It is looked for until X's timeline has been read often and long enough after it
/// was sent; what was sent long ago takes a few seconds. `schedule_ms` overrides when it is read.
///
/// What could not be found out is an error: X's, or `UNKNOWN_OUTCOME` where the schedule ended too soon.
pub async fn resolve_outcome(
    call: &Call,
    checkpoint: &str,
    credentials: &Credentials,
    schedule_ms: Option<Vec<u64>>,
) -> Result<Resolution, Error> {
    let read = decode(checkpoint).map_err(|why| Error::invalid_argument("checkpoint", why))?;
    check_account(call, credentials, &read).await?;
    let post = match read {
        Checkpoint::Post(post) => post,
        Checkpoint::Thread(mut thread) => match thread.current.take() {
            Some(current) => current,
            None => return Ok(thread.published.pop().map_or(Resolution::NotFound, Resolution::Published)),
        },
    };
    let arming = match &post.post {
        PostState::Published { tweet_id, .. } => return Ok(Resolution::Published(tweet_id.clone())),
        state => state.in_doubt().cloned(),
    };
    let Some(arming) = arming else {
        return Ok(Resolution::NotFound);
    };
    // Without the account there is no timeline to look at.
    users::id_of(call, credentials).await?;
    let schedule_ms = schedule_ms.unwrap_or_else(|| DEFAULT_SCHEDULE_MS.to_vec());
    let lookout = Lookout::new(post.intent.clone(), call, credentials, None);
    let end = look(call, &lookout, post, Plan { schedule_ms, sought: arming.seek, ..Plan::default() }).await;
    match end {
        End::Published { tweet_id, .. } => Ok(Resolution::Published(tweet_id)),
        // A post that was never in doubt does not get here.
        End::InDoubt(Doubt::Absent)
        | End::NotPosted
        | End::NotStored
        | End::StoreTooSlow
        | End::LeaseLost => Ok(Resolution::NotFound),
        End::InDoubt(Doubt::Ambiguous(candidates)) => {
            Ok(Resolution::Ambiguous(candidates.into_iter().map(|candidate| candidate.id).collect()))
        }
        End::InDoubt(doubt) => Err(Error::new(
            ErrorCode::UnknownOutcome,
            format!("what became of the post is still unknown: {}", in_words(&doubt, &lookout.seen())),
        )),
    }
}

/// Sees to it that the checkpoint is that of the account, whatever it says of the post.
async fn check_account(call: &Call, credentials: &Credentials, read: &Checkpoint) -> Result<(), Error> {
    let noted = match read {
        Checkpoint::Post(post) => post.account.as_ref(),
        Checkpoint::Thread(thread) => {
            thread.account.as_ref().or_else(|| thread.current.as_ref()?.account.as_ref())
        }
    };
    match noted {
        Some(noted) if users::id_of(call, credentials).await? != *noted => {
            Err(mismatch("the checkpoint belongs to another account"))
        }
        _ => Ok(()),
    }
}

/// Goes through the machine with a call that may not post.
async fn look(call: &Call, lookout: &Lookout<'_>, post: PostCheckpoint, plan: Plan) -> End {
    let clocks = Clocks::new();
    let machine = Mutex::new(Machine::new(post.post.clone(), plan, Rules::default()));
    let own_media = own_media(&post);
    let mut event = Event::Begun(clocks.now(call));
    loop {
        let command = locked(&machine).on(event);
        event = match command {
            Command::Look { after_ms } => lookout.look(&machine, &clocks, &own_media, after_ms).await,
            Command::Finish(end) => return end,
            // The caller's checkpoint stays as it is. A call that may not post is asked for nothing else.
            Command::Store(_) | Command::UploadMedia | Command::Send | Command::Proceed => Event::NotStored,
        };
    }
}
