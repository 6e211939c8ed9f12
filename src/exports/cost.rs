//! What calls cost, and what an app has used.

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::operation::Operation;
use twitter_native_core::services::publish::charges_of;
use twitter_native_core::services::usage;

use super::oauth::read_app;
use crate::call;
use crate::input::{CostSubject, Path, PriceOverrides, UsageOptions, read_argument};
use crate::output::{CostEstimate, Failure, Usage};

/// Days that X reports unless it is asked for others.
const DEFAULT_DAYS: u32 = 7;

/// Estimates what a post, a thread or planned calls cost by X's list of prices
/// (<https://docs.x.com/x-api/getting-started/pricing>): a post with a link costs more than ten times one without.
///
/// Nothing is sent, and no rule of X's but the prices is checked, so that a text can be estimated while it is written.
/// Where X's list leaves something open, the higher price is taken. Reads that find a lost post again are not included;
/// X bills a post that is read several times a UTC day once.
#[napi(
    catch_unwind,
    ts_args_type = "content: PublishContent | PublishContent[] | { calls: PlannedCalls }, prices?: Prices",
    ts_return_type = "CostEstimate"
)]
pub fn estimate_cost(env: &Env, content: Unknown<'_>, prices: Unknown<'_>) -> napi::Result<CostEstimate> {
    call::run(env, || {
        let subject: CostSubject = read_argument(content, "content")?;
        let prices: Option<PriceOverrides> = read_argument(prices, "prices")?;
        let prices = prices.unwrap_or_default().over_list(&Path::Argument("prices"))?;
        Ok(match subject {
            CostSubject::Post(content) => {
                let items = prices.items_of_post(&charges_of(&content));
                CostEstimate::new(items.into_iter().map(|item| (None, item)), &prices)
            }
            CostSubject::Thread(parts) => {
                let items = (0..).zip(&parts).flat_map(|(part, content)| {
                    prices.items_of_post(&charges_of(content)).into_iter().map(move |item| (Some(part), item))
                });
                CostEstimate::new(items, &prices)
            }
            CostSubject::Calls(calls) => {
                let items = prices.items_of_calls(&calls);
                CostEstimate::new(items.into_iter().map(|item| (None, item)), &prices)
            }
        })
    })
}

/// Reads how many posts the app's project has read in this cycle and how many it may, by day and by app, and what is left
/// of its credits where X reports that. It needs `apiKey` and `apiSecret`: X takes nothing but the app's own token here.
#[napi(catch_unwind, ts_args_type = "config?: OAuthConfig & UsageOptions", ts_return_type = "Promise<Usage>")]
pub fn get_usage<'env>(
    env: &'env Env,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, Usage>> {
    call::start(env, Operation::GetUsage, (options, environment), || {
        let app = read_app(app)?;
        let days = call::read_options::<UsageOptions>(options)?.days.unwrap_or(DEFAULT_DAYS);
        Ok(
            move |call: Call| async move { call.run(usage::get(&call, &app, days)).await.map_err(Failure::from) },
        )
    })
}
