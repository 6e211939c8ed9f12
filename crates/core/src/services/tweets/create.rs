//! Creates and deletes posts.

use http::Method;
use serde::Deserialize;

use super::new_tweet::NewTweet;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::operation::Operation;
use crate::protocol::envelope::Answer;
use crate::protocol::json;
use crate::protocol::problem::{ProblemContext, interpret_partial};
use crate::protocol::rate_limit::RateLimit;
use crate::protocol::retry_policy::ResendSafety;
use crate::services::{check_id, deleted};
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send;
use crate::transport::request::{Body, Gate, Request};

static CREATE: Endpoint = Endpoint {
    method: Method::POST,
    host: Host::Api,
    template: "/2/tweets",
    resend: ResendSafety::CreatePost,
    context: ProblemContext::CreatePost,
};

static DELETE: Endpoint = Endpoint {
    method: Method::DELETE,
    host: Host::Api,
    template: "/2/tweets/:id",
    resend: ResendSafety::Idempotent,
    context: ProblemContext::General,
};

/// A post that exists.
#[derive(Clone, Debug)]
pub struct CreatedTweet {
    /// Its id.
    pub id: String,
    /// Its text as X wrote it, with links replaced.
    pub text: String,
    /// Attempts made.
    pub attempts: u32,
    /// What X's headers said.
    pub rate_limit: Option<RateLimit>,
    /// Problems that X reported beside the post, one sentence each.
    pub warnings: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireCreated {
    id: String,
    text: String,
}

/// Creates a post, at most once: what may have been processed is never sent again. Each attempt passes the gate.
pub(crate) async fn create(
    call: &Call,
    credentials: &Credentials,
    tweet: &NewTweet,
    gate: &dyn Gate,
) -> Result<CreatedTweet, Error> {
    create_unnamed(call, credentials, tweet, gate).await.map_err(|error| error.during(Operation::CreateTweet))
}

async fn create_unnamed(
    call: &Call,
    credentials: &Credentials,
    tweet: &NewTweet,
    gate: &dyn Gate,
) -> Result<CreatedTweet, Error> {
    let request = Request::new(&CREATE, Authorization::User(credentials)).body(Body::json(tweet)?).gate(gate);
    let mut created = None;
    // A success without an id is as good as no answer: the post may exist.
    let receipt = send(call, &request, &mut |body| {
        let answer: Answer<WireCreated> = json::read(body)?;
        let post = answer.data.filter(|post| crate::protocol::snowflake::is_snowflake(&post.id));
        created = Some((post.ok_or("it has no id of a post")?, answer.errors));
        Ok(())
    })
    .await?;
    let (post, errors) = created
        .ok_or_else(|| Error::new(ErrorCode::Internal, "an answer was accepted without being read"))?;
    let warnings =
        errors.iter().map(interpret_partial).filter_map(|problem| problem.detail.or(problem.title));
    Ok(CreatedTweet {
        id: post.id,
        text: post.text,
        attempts: receipt.attempts,
        rate_limit: receipt.rate_limit,
        warnings: warnings.collect(),
    })
}

/// Deletes a post. One that is gone already counts as deleted.
pub async fn delete(call: &Call, credentials: &Credentials, id: &str) -> Result<bool, Error> {
    check_id("tweetId", id)?;
    deleted(call, &Request::new(&DELETE, Authorization::User(credentials)).path_value(id)).await
}
