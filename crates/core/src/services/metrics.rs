//! How posts do (X's page on metrics).

use std::collections::HashMap;

use futures_util::stream::{StreamExt, iter};
use http::Method;

use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::envelope::Answer;
use crate::protocol::post::{WireMetrics, WirePost};
use crate::protocol::problem::{PartialProblem, ProblemContext, interpret_partial};
use crate::protocol::retry_policy::ResendSafety;
use crate::protocol::snowflake;
use crate::services::check_id;
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send_json;
use crate::transport::request::Request;

static LOOKUP: Endpoint = Endpoint {
    method: Method::GET,
    host: Host::Api,
    template: "/2/tweets",
    resend: ResendSafety::Idempotent,
    context: ProblemContext::General,
};

/// Posts that X gives in one answer.
const BATCH: usize = 100;
/// Batches that are asked for at once.
const CONCURRENT_BATCHES: usize = 4;
const OWNER_GROUPS: [&str; 2] = ["non_public_metrics", "organic_metrics"];

/// Which groups of metrics to ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MetricsScope {
    /// What anyone may read.
    #[default]
    Public,
    /// Also what only the author may read, within 30 days of the post.
    Owner,
}

/// The metrics of one post.
#[derive(Clone, Debug, Default)]
pub struct TweetMetrics {
    /// What anyone may read.
    pub public: WireMetrics,
    /// What the author may read.
    pub non_public: Option<WireMetrics>,
    /// What the author may read, apart from promotion.
    pub organic: Option<WireMetrics>,
    /// Groups that were asked for and refused.
    pub unavailable: Vec<String>,
}

/// Reads the metrics of one post.
pub async fn one(
    call: &Call,
    credentials: &Credentials,
    id: &str,
    scope: MetricsScope,
) -> Result<TweetMetrics, Error> {
    check_id("tweetId", id)?;
    let mut all = many(call, credentials, &[id.to_owned()], scope).await?;
    all.pop().unwrap_or_else(|| Err(not_mentioned()))
}

/// Reads the metrics of many posts, one result per id in the order given. An error of the whole request is the
/// outer one.
pub async fn many(
    call: &Call,
    credentials: &Credentials,
    ids: &[String],
    scope: MetricsScope,
) -> Result<Vec<Result<TweetMetrics, Error>>, Error> {
    for (index, id) in ids.iter().enumerate() {
        check_id(&format!("tweetIds[{index}]"), id)?;
    }
    let mut distinct: Vec<&str> = ids.iter().map(String::as_str).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let batches: Vec<_> =
        distinct.chunks(BATCH).map(|batch| read_batch(call, credentials, batch, scope)).collect();
    let mut batches = iter(batches).buffer_unordered(CONCURRENT_BATCHES);
    let mut found = HashMap::new();
    while let Some(batch) = batches.next().await {
        found.extend(batch?);
    }
    Ok(ids.iter().map(|id| found.get(id).cloned().unwrap_or_else(|| Err(not_mentioned()))).collect())
}

fn not_mentioned() -> Error {
    Error::new(ErrorCode::NotFound, "X's answer does not mention the post")
}

type Found = HashMap<String, Result<TweetMetrics, Error>>;

async fn read_batch(
    call: &Call,
    credentials: &Credentials,
    ids: &[&str],
    scope: MetricsScope,
) -> Result<Found, Error> {
    if scope == MetricsScope::Public {
        return read(call, credentials, ids, scope).await;
    }
    let owner = match read(call, credentials, ids, scope).await {
        Ok(found) => found,
        // Refused as a whole: the public group must not be lost with the private ones.
        Err(error) if matches!(error.fields().status, Some(400 | 403)) => HashMap::new(),
        Err(error) => return Err(error),
    };
    let lost: Vec<&str> = ids.iter().copied().filter(|id| !matches!(owner.get(*id), Some(Ok(_)))).collect();
    if lost.is_empty() {
        return Ok(owner);
    }
    let mut found = owner;
    for (id, metrics) in read(call, credentials, &lost, MetricsScope::Public).await? {
        let metrics = metrics
            .map(|metrics| TweetMetrics { unavailable: OWNER_GROUPS.map(str::to_owned).into(), ..metrics });
        found.insert(id, metrics);
    }
    Ok(found)
}

async fn read(
    call: &Call,
    credentials: &Credentials,
    ids: &[&str],
    scope: MetricsScope,
) -> Result<Found, Error> {
    let groups = match scope {
        MetricsScope::Public => "public_metrics",
        MetricsScope::Owner => "non_public_metrics,organic_metrics,public_metrics",
    };
    let request = |fields| {
        Request::new(&LOOKUP, Authorization::User(credentials))
            .query("ids", ids.join(","))
            .query(fields, groups)
    };
    let answer = match send_json::<Answer<Vec<WirePost>>>(call, &request("tweet.fields")).await {
        Err(error) if error.fields().status == Some(400) => send_json(call, &request("post.fields")).await?.0,
        other => other?.0,
    };
    let mut found = Found::new();
    for post in answer.data.unwrap_or_default() {
        if let Some(public) = post.public_metrics {
            let mut metrics = TweetMetrics {
                public,
                non_public: post.non_public_metrics,
                organic: post.organic_metrics,
                unavailable: Vec::new(),
            };
            if scope == MetricsScope::Owner {
                metrics.unavailable = refused_groups(&metrics);
            }
            found.insert(post.id, Ok(metrics));
        }
    }
    for problem in &answer.errors {
        note_refusal(problem, &mut found);
    }
    Ok(found)
}

fn refused_groups(metrics: &TweetMetrics) -> Vec<String> {
    let given = [metrics.non_public.is_some(), metrics.organic.is_some()];
    OWNER_GROUPS.iter().zip(given).filter(|(_, given)| !given).map(|(group, _)| (*group).to_owned()).collect()
}

/// A problem about one field leaves the others as they are; one about the post is its result.
fn note_refusal(problem: &PartialProblem, found: &mut Found) {
    if problem.field().is_some() {
        return;
    }
    let Some(id) = problem.resource_id().filter(|id| snowflake::is_snowflake(id)) else {
        return;
    };
    let meaning = interpret_partial(problem);
    let words = meaning.words();
    found.entry(id.to_owned()).or_insert_with(|| {
        Err(Error::new(meaning.code, words).with(|fields| {
            fields.detail = meaning.detail;
            fields.problem_type = meaning.problem_type;
        }))
    });
}
