//! The user that a token belongs to.

use futures_util::FutureExt;
use http::Method;
use serde::Deserialize;

use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::envelope::Answer;
use crate::protocol::problem::ProblemContext;
use crate::protocol::retry_policy::ResendSafety;
use crate::protocol::snowflake::is_snowflake;
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send_json;
use crate::transport::request::Request;

static ME: Endpoint = Endpoint {
    method: Method::GET,
    host: Host::Api,
    template: "/2/users/me",
    resend: ResendSafety::Idempotent,
    context: ProblemContext::General,
};

/// A user.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are X's own")]
pub struct UserProfile {
    pub id: String,
    pub name: String,
    pub username: String,
    pub profile_image_url: Option<String>,
    pub description: Option<String>,
    pub verified: Option<bool>,
}

/// The id of the account that credentials act for. An OAuth 1.0a token begins with it; for any other it is asked for
/// once for all calls that want it at once, and kept.
pub async fn id_of(call: &Call, credentials: &Credentials) -> Result<String, Error> {
    if let Some(id) = credentials.account_id() {
        return Ok(id.to_owned());
    }
    // Not by the manager of a token that is refreshed: tokens of another account may come to lie in its store.
    let token = credentials.token_fingerprint().await?;
    let accounts = call.client().accounts();
    if let Some(id) = accounts.known(token) {
        return Ok(id);
    }
    let begin = || ask(call.detached(None), credentials.clone()).boxed();
    let id = accounts.question(token, begin).await?;
    accounts.keep(token, &id);
    accounts.keep(credentials.fingerprint(), &id);
    Ok(id)
}

async fn ask(call: Call, credentials: Credentials) -> Result<String, Error> {
    let id = me(&call, &credentials).await?.id;
    if is_snowflake(&id) {
        Ok(id)
    } else {
        Err(Error::new(ErrorCode::UnexpectedResponse, "X's answer has no user id"))
    }
}

/// Reads the profile of the token's user.
pub async fn me(call: &Call, credentials: &Credentials) -> Result<UserProfile, Error> {
    let request = Request::new(&ME, Authorization::User(credentials))
        .query("user.fields", "description,id,name,profile_image_url,username,verified");
    let (answer, _) = send_json::<Answer<UserProfile>>(call, &request).await?;
    answer.data.ok_or_else(|| Error::new(ErrorCode::UnexpectedResponse, "X's answer has no user"))
}
