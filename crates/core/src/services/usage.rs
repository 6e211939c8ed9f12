//! What an app has used of its plan: <https://docs.x.com/x-api/usage/introduction>.

use http::Method;
use serde::{Deserialize, Deserializer};

use crate::credentials::AppCredentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::envelope::Answer;
use crate::protocol::json::lenient_count;
use crate::protocol::problem::{ProblemContext, interpret_partial};
use crate::protocol::retry_policy::ResendSafety;
use crate::services::oauth::app_itself;
use crate::transport::authorization::Authorization;
use crate::transport::call::Call;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::exchange::send_json;
use crate::transport::request::Request;

static USAGE: Endpoint = endpoint("/2/usage/tweets");
static CREDITS: Endpoint = endpoint("/2/usage/credits");

const fn endpoint(template: &'static str) -> Endpoint {
    Endpoint {
        method: Method::GET,
        host: Host::Api,
        template,
        resend: ResendSafety::Idempotent,
        context: ProblemContext::General,
    }
}

/// Days that X gives the usage of.
pub const DAYS: std::ops::RangeInclusive<u32> = 1..=90;
const FIELDS: &str =
    "cap_reset_day,daily_client_app_usage,daily_project_usage,project_cap,project_id,project_usage";

/// What an app's project has used.
#[derive(Clone, Debug)]
pub struct Usage {
    /// The project's id.
    pub project_id: Option<String>,
    /// Posts read in this cycle.
    pub posts_read: Option<u64>,
    /// Posts that may be read in a cycle.
    pub cap: Option<u64>,
    /// Day of the month on which the next cycle begins.
    pub cap_reset_day: Option<u64>,
    /// Posts read, by day.
    pub days: Vec<DayUsage>,
    /// The same for each app of the project.
    pub apps: Vec<AppUsage>,
    /// The credits, or why X does not tell them.
    pub credits: Result<Credits, Error>,
}

/// Posts read on one day.
#[derive(Clone, Debug, Deserialize)]
pub struct DayUsage {
    /// ISO 8601.
    pub date: String,
    /// Posts read.
    #[serde(default, rename = "usage", deserialize_with = "lenient_count")]
    pub posts_read: Option<u64>,
}

/// What one app of the project has read.
#[derive(Clone, Debug, Deserialize)]
pub struct AppUsage {
    /// The app's id.
    #[serde(default, rename = "client_app_id", deserialize_with = "lenient_text")]
    pub app_id: Option<String>,
    /// By day.
    #[serde(default, rename = "usage")]
    pub days: Vec<DayUsage>,
}

/// A balance in dollars.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Credits {
    /// Credits that were bought.
    #[serde(rename = "prepaid_balance", deserialize_with = "lenient_amount")]
    pub prepaid_usd: Option<f64>,
    /// Credits that X gave.
    #[serde(rename = "free_balance", deserialize_with = "lenient_amount")]
    pub free_usd: Option<f64>,
    /// Both.
    #[serde(rename = "total_balance", deserialize_with = "lenient_amount")]
    pub total_usd: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireUsage {
    #[serde(deserialize_with = "lenient_text")]
    project_id: Option<String>,
    #[serde(deserialize_with = "lenient_count")]
    project_usage: Option<u64>,
    #[serde(deserialize_with = "lenient_count")]
    project_cap: Option<u64>,
    #[serde(deserialize_with = "lenient_count")]
    cap_reset_day: Option<u64>,
    daily_project_usage: Option<WireDays>,
    daily_client_app_usage: Option<Vec<AppUsage>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireDays {
    usage: Option<Vec<DayUsage>>,
}

/// Reads what the app's project has used in the last `days` days, and its credits. The usage is not lost where X does not
/// tell the credits: it answered 404 there in the summer of 2026.
pub async fn get(call: &Call, app: &AppCredentials, days: u32) -> Result<Usage, Error> {
    if !DAYS.contains(&days) {
        return Err(Error::invalid_argument("config.days", "must be from 1 to 90"));
    }
    // X takes no user's token here.
    let app = app_itself(call, app)?;
    let request = Request::new(&USAGE, Authorization::User(&app))
        .query("days", days.to_string())
        .query("usage.fields", FIELDS);
    let usage = data_of(send_json::<Answer<WireUsage>>(call, &request).await?.0)?;
    let request = Request::new(&CREDITS, Authorization::User(&app));
    let credits = match send_json::<Answer<Credits>>(call, &request).await {
        Ok((answer, _)) => data_of(answer),
        Err(error) => Err(error),
    };
    Ok(Usage {
        project_id: usage.project_id,
        posts_read: usage.project_usage,
        cap: usage.project_cap,
        cap_reset_day: usage.cap_reset_day,
        days: usage.daily_project_usage.unwrap_or_default().usage.unwrap_or_default(),
        apps: usage.daily_client_app_usage.unwrap_or_default(),
        credits,
    })
}

fn data_of<T>(answer: Answer<T>) -> Result<T, Error> {
    answer.data.ok_or_else(|| match answer.errors.first().map(interpret_partial) {
        Some(problem) => Error::new(problem.code, problem.words()),
        None => Error::new(ErrorCode::UnexpectedResponse, "X's answer has neither data nor errors"),
    })
}

/// A text, or a number in place of one; anything else counts as missing.
fn lenient_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<serde_json::Value>::deserialize(deserializer)? {
        Some(serde_json::Value::String(text)) => Some(text),
        Some(serde_json::Value::Number(number)) => Some(number.to_string()),
        _ => None,
    })
}

/// An amount as a number or as text; anything else counts as missing.
fn lenient_amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let amount = match Option::<serde_json::Value>::deserialize(deserializer)? {
        Some(serde_json::Value::Number(number)) => number.as_f64(),
        Some(serde_json::Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    Ok(amount.filter(|amount| amount.is_finite()))
}

#[cfg(test)]
mod tests;
