//! What calls cost, and what an app has used.

use napi_derive::napi;
use twitter_native_core::protocol::cost::{CostItem, Prices, Usd};
use twitter_native_core::services::publish;
use twitter_native_core::services::usage;

use super::number;

/// What a post costs, by estimate.
#[napi(object, object_from_js = false)]
pub struct EstimatedCost {
    /// Dollars.
    pub usd: f64,
    /// The day that the prices are of.
    pub prices_as_of: String,
}

impl From<publish::Cost> for EstimatedCost {
    fn from(cost: publish::Cost) -> Self {
        Self { usd: cost.usd.dollars(), prices_as_of: cost.as_of.into_owned() }
    }
}

/// One line of an estimate.
#[napi(object, js_name = "CostItem", object_from_js = false)]
pub struct CostLine {
    /// What is billed.
    #[napi(
        ts_type = "'post' | 'post_with_link' | 'media_upload' | 'alt_text' | 'subtitles' | 'post_read' | 'owned_read' | 'user_read' | 'summoned_reply' | 'delete' | 'event'"
    )]
    pub what: &'static str,
    /// Dollars.
    pub usd: f64,
    /// Why it costs that much, for a person.
    pub why: String,
    /// Which part of a thread it is for, counted from 0.
    pub part: Option<u32>,
}

/// What posts or calls cost, by estimate.
#[napi(object, object_from_js = false)]
pub struct CostEstimate {
    /// Dollars: the sum of the items.
    pub usd: f64,
    /// Line by line.
    #[napi(ts_type = "CostItem[]")]
    pub items: Vec<CostLine>,
    /// The day that the prices are of.
    pub prices_as_of: String,
}

impl CostEstimate {
    /// Lines, each with the part of a thread that it is for.
    pub(crate) fn new(items: impl IntoIterator<Item = (Option<u32>, CostItem)>, prices: &Prices) -> Self {
        let mut sum = Usd::ZERO;
        let items = items.into_iter().map(|(part, CostItem { what, usd, why })| {
            sum = sum + usd;
            CostLine { what, usd: usd.dollars(), why, part }
        });
        let items: Vec<CostLine> = items.collect();
        Self { usd: sum.dollars(), items, prices_as_of: prices.as_of.clone().into_owned() }
    }
}

/// Posts read on one day.
#[napi(object, object_from_js = false)]
pub struct DayUsage {
    /// The day, in ISO 8601.
    pub date: String,
    /// Posts read.
    pub posts_read: Option<i64>,
}

impl From<usage::DayUsage> for DayUsage {
    fn from(day: usage::DayUsage) -> Self {
        Self { date: day.date, posts_read: day.posts_read.map(number) }
    }
}

/// What one app has read.
#[napi(object, object_from_js = false)]
pub struct AppUsage {
    /// The app's id.
    pub app_id: Option<String>,
    /// Posts read, by day.
    pub days: Vec<DayUsage>,
}

/// What is left of the credits, in dollars. A balance may be a little below zero.
#[napi(object, object_from_js = false)]
#[allow(clippy::struct_field_names, reason = "the unit belongs to the names that callers see")]
pub struct Credits {
    /// Bought ones.
    pub prepaid_usd: Option<f64>,
    /// Given ones.
    pub free_usd: Option<f64>,
    /// Both.
    pub total_usd: Option<f64>,
}

/// What an app's project has used of its plan.
#[napi(object, object_from_js = false)]
pub struct Usage {
    /// The project's id.
    pub project_id: Option<String>,
    /// Posts read in this cycle.
    pub posts_read: Option<i64>,
    /// Posts that may be read in a cycle; then calls fail with `USAGE_CAP`.
    pub cap: Option<i64>,
    /// Day of the month on which the next cycle begins.
    pub cap_reset_day: Option<i64>,
    /// Posts read, by day.
    pub days: Vec<DayUsage>,
    /// The same for each app of the project.
    pub apps: Vec<AppUsage>,
    /// What is left of the credits, where X reports it.
    pub credits: Option<Credits>,
    /// Why there is nothing about the credits.
    pub credits_unavailable: Option<String>,
}

impl From<usage::Usage> for Usage {
    fn from(usage: usage::Usage) -> Self {
        let days = |days: Vec<usage::DayUsage>| days.into_iter().map(DayUsage::from).collect();
        let (credits, credits_unavailable) = match usage.credits {
            Ok(usage::Credits { prepaid_usd, free_usd, total_usd }) => {
                (Some(Credits { prepaid_usd, free_usd, total_usd }), None)
            }
            Err(error) => (None, Some(error.to_string())),
        };
        Self {
            project_id: usage.project_id,
            posts_read: usage.posts_read.map(number),
            cap: usage.cap.map(number),
            cap_reset_day: usage.cap_reset_day.map(number),
            days: days(usage.days),
            apps: usage
                .apps
                .into_iter()
                .map(|app| AppUsage { app_id: app.app_id, days: days(app.days) })
                .collect(),
            credits,
            credits_unavailable,
        }
    }
}
