//! At most one post per row of a caller's store. JavaScript's `PublishIntent` wraps these functions.

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::{ClassInstance, FromNapiValue, PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::error::Error;
use twitter_native_core::operation::Operation;
use twitter_native_core::protocol::publish::Settlement;
use twitter_native_core::services::publish::intent::{
    Accounts, Contents, DEFAULT_LEASE_MS, PublishIntent, Published,
};
use twitter_native_core::services::{check_id, publish};

use super::publish::{Publishers, read_options, read_publishers};
use crate::call;
use crate::input::{FromJs, IntentHandle, JsIntentStore, Path, PublishContentInput, read_argument};
use crate::output::{Failure, IntentStatus, PublishedThread, PublishedTweet};

/// Leases outside of this are of no use: a shorter one can't be extended in time, a longer one blocks after a crash.
const LEASE_MS: std::ops::RangeInclusive<u64> = 1_000..=3_600_000;

/// Makes a handle of the intent that lies in a caller's store.
#[napi(namespace = "internal", catch_unwind, ts_args_type = "store: IntentStore, leaseMs: unknown")]
pub fn open_intent(env: &Env, store: Unknown<'_>, lease_ms: Unknown<'_>) -> napi::Result<IntentHandle> {
    call::run(env, || {
        let store: JsIntentStore = read_argument(store, "options")?;
        let lease_ms = read_argument::<Option<u64>>(lease_ms, "options.leaseMs")?.unwrap_or(DEFAULT_LEASE_MS);
        if !LEASE_MS.contains(&lease_ms) {
            return Err(Error::invalid_argument("options.leaseMs", "must be from 1000 to 3600000"));
        }
        Ok(IntentHandle { intent: Arc::new(PublishIntent::new(Arc::new(store), lease_ms)) })
    })
}

fn read_handle(handle: Unknown<'_>) -> Result<Arc<PublishIntent>, Error> {
    let handle: ClassInstance<'_, IntentHandle> = FromNapiValue::from_unknown(handle)
        .map_err(|_| Error::invalid_argument("this", "must be a PublishIntent"))?;
    Ok(Arc::clone(&handle.intent))
}

/// What a call publishes, and how.
struct Order {
    intent: Arc<PublishIntent>,
    accounts: Accounts,
    options: publish::PublishOptions,
}

fn read_order(
    handle: Unknown<'_>,
    oauth2_token: Unknown<'_>,
    oauth1_credentials: Unknown<'_>,
    options: Unknown<'_>,
) -> Result<Order, Error> {
    let intent = read_handle(handle)?;
    let Publishers { post, media } = read_publishers(oauth2_token, oauth1_credentials)?;
    let options = read_options(options, &media)?;
    let kept = [
        ("options.checkpoint", options.checkpoint.is_some()),
        ("options.onCheckpoint", options.store.is_some()),
        ("options.dryRun", options.dry_run),
    ];
    if let Some((field, _)) = kept.into_iter().find(|(_, given)| *given) {
        return Err(Error::invalid_argument(
            field,
            "is not for an intent, which keeps its checkpoints in its own row",
        ));
    }
    Ok(Order { intent, accounts: Accounts { post, media }, options })
}

/// Publishes an intent's post.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_return_type = "Promise<PublishedTweet | null>",
    ts_args_type = "handle: IntentHandle, content: Prepared<PublishContent>, oauth2Token: Credentials, oauth1Credentials: Keys, options: Options, environment: Environment, onlyResume: boolean"
)]
#[allow(clippy::too_many_arguments, reason = "the caller's own, and what the JavaScript layer adds")]
pub fn publish_intent_post<'env>(
    env: &'env Env,
    handle: Unknown<'env>,
    content: Unknown<'env>,
    oauth2_token: Unknown<'env>,
    oauth1_credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
    only_resume: bool,
) -> napi::Result<PromiseRaw<'env, Option<PublishedTweet>>> {
    call::start(env, Operation::PublishTweetWithMedia, (options, environment), || {
        let content: PublishContentInput = read_argument(content, "content")?;
        let order = read_order(handle, oauth2_token, oauth1_credentials, options)?;
        let contents = Contents::Post(Box::new(content.into()));
        Ok(move |call: Call| async move {
            Ok(match publish_order(&call, order, contents, only_resume).await? {
                Some(Published::Post(tweet)) => Some(PublishedTweet::from(*tweet)),
                Some(Published::Thread(_)) | None => None,
            })
        })
    })
}

/// Publishes an intent's thread.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_return_type = "Promise<PublishedThread | null>",
    ts_args_type = "handle: IntentHandle, parts: Prepared<PublishContent[]>, oauth2Token: Credentials, oauth1Credentials: Keys, options: Options, environment: Environment, onlyResume: boolean"
)]
#[allow(clippy::too_many_arguments, reason = "the caller's own, and what the JavaScript layer adds")]
pub fn publish_intent_thread<'env>(
    env: &'env Env,
    handle: Unknown<'env>,
    parts: Unknown<'env>,
    oauth2_token: Unknown<'env>,
    oauth1_credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
    only_resume: bool,
) -> napi::Result<PromiseRaw<'env, Option<PublishedThread>>> {
    call::start(env, Operation::PublishThread, (options, environment), || {
        let parts: Vec<PublishContentInput> = read_argument(parts, "content")?;
        let order = read_order(handle, oauth2_token, oauth1_credentials, options)?;
        let contents = Contents::Thread(parts.into_iter().map(Into::into).collect());
        Ok(move |call: Call| async move {
            Ok(match publish_order(&call, order, contents, only_resume).await? {
                Some(Published::Thread(thread)) => Some(PublishedThread::from(thread)),
                Some(Published::Post(_)) | None => None,
            })
        })
    })
}

async fn publish_order(
    call: &Call,
    order: Order,
    contents: Contents,
    only_resume: bool,
) -> Result<Option<Published>, Failure> {
    let Order { intent, accounts, options } = order;
    intent
        .publish(call, contents, &accounts, options, only_resume)
        .await
        .map_err(|failure| Failure::from(*failure))
}

impl FromJs for Settlement {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        match String::from_js(value, path)?.as_str() {
            "check" => Ok(Self::Check),
            "retry" => Ok(Self::Retry),
            "abandon" => Ok(Self::Abandon),
            _ => Err(path.refuse("must be 'check', 'retry', 'abandon' or { tweetId }")),
        }
    }
}

/// Takes an operator's decision: a word, or the id of the post that it is.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_return_type = "Promise<void>",
    ts_args_type = "handle: IntentHandle, word: string | null, tweetId: unknown, options: Options, environment: Environment"
)]
pub fn settle_intent<'env>(
    env: &'env Env,
    handle: Unknown<'env>,
    word: Unknown<'env>,
    tweet_id: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, ()>> {
    call::start(env, Operation::SettleIntent, (options, environment), || {
        let intent = read_handle(handle)?;
        let settlement = match read_argument::<Option<String>>(tweet_id, "settlement.tweetId")? {
            Some(id) => {
                check_id("settlement.tweetId", &id)?;
                Settlement::Published(id)
            }
            None => read_argument(word, "settlement")?,
        };
        Ok(move |call: Call| async move { call.run(intent.settle(&settlement)).await.map_err(Failure::from) })
    })
}

/// Takes an event of X's, as JSON. Says whether it has settled a doubt.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_return_type = "Promise<boolean>",
    ts_args_type = "handle: IntentHandle, event: string, options: Options, environment: Environment"
)]
pub fn observe_intent<'env>(
    env: &'env Env,
    handle: Unknown<'env>,
    event: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, bool>> {
    call::start(env, Operation::ObserveIntent, (options, environment), || {
        let intent = read_handle(handle)?;
        let event: String = read_argument(event, "event")?;
        Ok(
            move |call: Call| async move { call.run(intent.observe(&call, &event)).await.map_err(Failure::from) },
        )
    })
}

/// Says how far an intent is.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_return_type = "Promise<IntentStatus>",
    ts_args_type = "handle: IntentHandle, options: Options, environment: Environment"
)]
pub fn intent_status<'env>(
    env: &'env Env,
    handle: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, IntentStatus>> {
    call::start(env, Operation::IntentStatus, (options, environment), || {
        let intent = read_handle(handle)?;
        Ok(move |call: Call| async move { call.run(intent.status()).await.map_err(Failure::from) })
    })
}
